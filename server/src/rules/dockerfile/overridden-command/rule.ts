import { edits, type FixOutcome, type Severity } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { deleteInstruction, innerComments, replaceInstruction } from '../../../engine/dockerfile/edit.ts';
import type { Instruction } from '../../../engine/dockerfile/model.ts';
import { dockerfileRule } from '../../../engine/rule-kinds.ts';

const texts = {
  found: {
    en: 'This {keyword} never counts: another one follows in its stage, and only the last one does. Remove it, or merge the two.',
    zh: '此 {keyword} 不会生效：同一阶段后面还有一个 {keyword}，只有最后一个有效。请删除它，或将两者合并。',
  },
  later: { en: 'This one counts', zh: '生效的是这一个' },
  fix: { en: 'Remove the {keyword} that never counts', zh: '删除不会生效的 {keyword}' },
};

const keywords = ['CMD', 'ENTRYPOINT', 'HEALTHCHECK'];

/**
 * The builder keeps one value of each for a stage, and every instruction replaces it whole. An ENTRYPOINT takes back a CMD
 * of the stages below only while its own stage has none (BuildKit 0.26, dispatchEntrypoint), so that what is taken away here
 * changes no image.
 */
export default dockerfileRule(
  {
    id: 'dockerfile/overridden-command',
    guideline: 'validity',
    title: { en: 'Of several commands in a stage only the last one counts.', zh: '一个阶段有多条命令时，只有最后一条有效。' },
    severities: ['warning', 'information'],
    fix: 'safe',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* ({ stages }) {
    for (const stage of stages) {
      for (const keyword of keywords) {
        const all = stage.instructions.filter((each) => each.keyword === keyword);
        const last = all.at(-1);
        if (last === undefined) continue;
        for (const instruction of all.slice(0, -1)) {
          yield {
            span: instruction.span,
            // By its text: a number would name another one as soon as one of them is gone.
            place: `stage ${stage.name ?? String(stage.index)}:${keyword}:${instruction.args}`,
            severity: severityOf(instruction, last),
            message: message(texts.found, { keyword }),
            related: [{ span: last.span, message: message(texts.later) }],
            fixes: [{ key: 'remove', title: message(texts.fix, { keyword }), safety: 'safe', outcome: () => without(instruction) }],
          };
        }
      }
    }
  },
);

/** The same twice is only untidy; something else, or a command where another was wanted, does not run. */
function severityOf(instruction: Instruction, last: Instruction): Severity {
  const text = ({ args, flags }: Instruction): string => [...flags.map(({ name, value }) => `${name}=${value ?? ''}`), args].join(' ');
  return text(instruction) === text(last) ? 'information' : 'warning';
}

/** Comments stay: those above it, and those between its lines. */
function without(instruction: Instruction): FixOutcome {
  const comments = innerComments(instruction).map(({ span }) => instruction.file.source.slice(span));
  return edits([comments.length === 0 ? deleteInstruction(instruction) : replaceInstruction(instruction, comments)]);
}
