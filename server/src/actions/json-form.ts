import { edits, refused, type FixOutcome } from '../engine/core/finding.ts';
import { message, type Text } from '../engine/core/message.ts';
import { commandText } from '../engine/dockerfile/command.ts';
import { insertBefore, replaceSpan } from '../engine/dockerfile/edit.ts';
import { jsonArray } from '../engine/dockerfile/json-array.ts';
import { jsonTypo, type JsonTypo } from '../engine/dockerfile/json-typo.ts';
import type { Instruction } from '../engine/dockerfile/model.ts';
import { parseDockerfile } from '../engine/dockerfile/view.ts';
import { toExecForm } from '../engine/shell/exec-form.ts';
import { parseScript } from '../engine/shell/script.ts';
import { applyEdits, type TextEdit } from '../engine/text/span.ts';

const reasons = {
  text: {
    en: 'What stands behind the array belongs to a shell; write all of it in shell form, or make it arguments.',
    zh: '数组后面的内容需要由 shell 处理；请全部写成 shell 形式，或者改为数组中的参数。',
  },
  variable: {
    en: 'The exec form replaces no variables; decide whether this needs a shell: ["sh", "-c", "exec …"].',
    zh: 'exec 形式不会替换变量；请先确定是否需要 shell：["sh", "-c", "exec …"]。',
  },
  unclear: {
    en: 'There is more than one way to read this; write the array by hand.',
    zh: '此处有不止一种理解；请手动改写该数组。',
  },
} satisfies Readonly<Record<string, Text>>;

/**
 * Makes the array that was meant, changing nothing but what is wrong in it; a comment behind it moves above the instruction. A command
 * line in one pair of quotes is split as a shell would. Refuses where there is more than one reading.
 * @param written the instruction of the file: ONBUILD where `instruction` is its trigger
 */
export function repairJsonForm(instruction: Instruction, written: Instruction, typo: JsonTypo): FixOutcome {
  const { kind, words, comment, variable } = typo;
  if (words === undefined) return refused(message(kind === 'text' ? reasons.text : variable ? reasons.variable : reasons.unclear));
  const split = splitLine(instruction, words);
  if (split === undefined) return refused(message(reasons.unclear));
  const [only] = typo.edits;
  const strings = split.map((word) => JSON.stringify(word)).join(', ');
  const array = split === words || only === undefined ? typo.edits : [replaceSpan(only.span, kind === 'whole' ? `[${strings}]` : strings)];
  const all = [...(comment === undefined ? [] : [insertBefore(written, [comment], { belowComments: true })]), ...array];
  return comesTo(written, all, split) ? edits(all) : refused(message(reasons.unclear));
}

/** `['npm start']`: a program of that name there is not. Undefined where the line needs a shell. */
function splitLine({ keyword }: Instruction, words: readonly string[]): readonly string[] | undefined {
  const [only] = words;
  if (only === undefined || words.length > 1 || !/\s/.test(only) || keyword === 'VOLUME') return words;
  // An array inside quotes is no command line.
  if (only.trimStart().startsWith('[')) return undefined;
  const form = toExecForm(parseScript(only));
  return form.kind === 'exec' ? form.words : undefined;
}

/** Reads the text as the edits leave it. */
function comesTo(written: Instruction, list: readonly TextEdit[], words: readonly string[]): boolean {
  const after = parseDockerfile(applyEdits(written.file.source.text, list)).instructions[written.index];
  const instruction = written.trigger === undefined ? after : after?.trigger;
  const text = instruction === undefined ? undefined : commandText(instruction);
  const array = text === undefined || jsonTypo(text) !== undefined ? undefined : jsonArray(text);
  return array?.kind === 'strings' && JSON.stringify(array.items.map(({ value }) => value)) === JSON.stringify(words);
}
