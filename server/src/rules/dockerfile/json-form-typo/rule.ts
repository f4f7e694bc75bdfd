import { repairJsonForm } from '../../../actions/json-form.ts';
import type { Severity } from '../../../engine/core/finding.ts';
import { message, type Text } from '../../../engine/core/message.ts';
import { commandText } from '../../../engine/dockerfile/command.ts';
import { stageFacts } from '../../../engine/dockerfile/facts.ts';
import { jsonTypo, type JsonTypo } from '../../../engine/dockerfile/json-typo.ts';
import type { Instruction } from '../../../engine/dockerfile/model.ts';
import { isWindows } from '../../../engine/dockerfile/platform.ts';
import { takesArguments } from '../../../engine/dockerfile/start.ts';
import { dockerfileRule } from '../../../engine/rule-kinds.ts';
import type { MappedText } from '../../../engine/text/offset-map.ts';

const mistakes: Readonly<Record<JsonTypo['kind'], Text>> = {
  quotes: { en: 'The exec form of {keyword} takes double quotes only.', zh: '{keyword} 的 exec 形式只能使用英文双引号。' },
  bare: { en: 'The exec form of {keyword} needs every word in double quotes.', zh: '{keyword} 的 exec 形式要求每个词都用英文双引号括起来。' },
  'missing-comma': { en: 'A comma is missing between the strings of {keyword}.', zh: '{keyword} 的字符串之间缺少逗号。' },
  'extra-comma': { en: 'There is a comma too many among the strings of {keyword}.', zh: '{keyword} 的字符串之间多了一个逗号。' },
  bracket: { en: 'A bracket is missing around the strings of {keyword}.', zh: '{keyword} 的字符串缺少方括号。' },
  comment: { en: 'The exec form of {keyword} takes no comment behind it.', zh: '{keyword} 的 exec 形式后面不能跟注释。' },
  text: { en: 'The exec form of {keyword} takes no text behind it.', zh: '{keyword} 的 exec 形式后面不能跟其他内容。' },
  backslash: { en: 'A backslash in the exec form of {keyword} has to be doubled.', zh: '{keyword} 的 exec 形式中，反斜杠必须写成两个。' },
  whole: { en: 'The whole command of {keyword} stands in one pair of quotes.', zh: '{keyword} 的整条命令写在了一对引号里。' },
  unclosed: { en: 'A quote is missing in the exec form of {keyword}.', zh: '{keyword} 的 exec 形式中缺少引号。' },
};

const outcomes = {
  shell: { en: 'A shell gets the whole text instead, and finds no such program. Repair the array.', zh: '整段文本会被交给 shell，而 shell 找不到这样的程序。请改正该数组。' },
  arguments: {
    en: '"{program}" gets /bin/sh, -c and the whole text as its arguments instead. Repair the array.',
    zh: '“{program}”收到的参数会变成 /bin/sh、-c 和整段文本。请改正该数组。',
  },
  path: { en: 'Brackets and quotes become part of the path. Repair the array.', zh: '方括号和引号会成为路径的一部分。请改正该数组。' },
  refused: { en: 'The build stops here. Repair the array.', zh: '构建会在此处失败。请改正该数组。' },
};

const fix = { en: 'Repair the array', zh: '改正该数组' };

/** What the builder takes for a JSON array: `engine/dockerfile/json-array.ts`. */
export default dockerfileRule(
  {
    id: 'dockerfile/json-form-typo',
    guideline: 'validity',
    title: { en: 'What looks like the exec form is none.', zh: '看起来是 exec 形式，实际上不是。' },
    severities: ['error', 'warning'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: ['dockerfile/background-process', 'dockerfile/no-init-process', 'dockerfile/shell-form-command', 'dockerfile/init-around-shell'],
  },
  function* ({ instructions }) {
    for (const written of instructions) {
      const instruction = written.trigger ?? written;
      const { keyword } = instruction;
      const text = takesArray.has(keyword) ? commandText(instruction) : undefined;
      const typo = text === undefined ? undefined : jsonTypo(text);
      if (text === undefined || typo === undefined || isMeant(written, instruction, typo)) continue;
      const severity = severityOf(instruction, typo, text);
      const program = takerOf(instruction);
      const so = severity === 'error' ? outcomes.refused : keyword === 'VOLUME' ? outcomes.path : program === undefined ? outcomes.shell : outcomes.arguments;
      const what = mistakes[typo.kind];
      yield {
        span: instruction.argsSpan,
        place: placeOf(written),
        severity,
        message: message({ en: `${what.en} ${so.en}`, zh: `${what.zh}${so.zh}` }, { keyword, program: program ?? '' }),
        fixes: [{ key: 'repair', title: message(fix), safety: 'suggestion', outcome: () => repairJsonForm(instruction, written, typo) }],
      };
    }
  },
);

const takesArray: ReadonlySet<string> = new Set(['ADD', 'CMD', 'COPY', 'ENTRYPOINT', 'HEALTHCHECK', 'RUN', 'SHELL', 'VOLUME']);

/** The program of an ENTRYPOINT in exec form that a CMD is the arguments of. */
function takerOf({ keyword, stage }: Instruction): string | undefined {
  const { entrypoint, cmd } = keyword === 'CMD' && stage !== undefined ? stageFacts(stage) : {};
  return entrypoint?.form === 'exec' && cmd !== undefined && takesArguments(cmd) ? entrypoint.words[0] : undefined;
}

/** Paths may begin with a bracket: `COPY [a-z]*.sh /bin/`. PowerShell and cmd have their own ways with quotes and brackets. */
function isMeant({ stage }: Instruction, { keyword }: Instruction, { kind, words }: JsonTypo): boolean {
  if (keyword === 'SHELL') return false;
  if (keyword === 'RUN' && stage !== undefined && isWindows(stage)) return true;
  if (keyword === 'COPY' || keyword === 'ADD' || keyword === 'VOLUME') return kind === 'bare' || kind === 'text' || kind === 'bracket' || (words?.length ?? 0) < (keyword === 'VOLUME' ? 1 : 2);
  return false;
}

/** The builder itself refuses a SHELL that is no array, and an array of other things than strings; sources of that name there are none, and RUN fails. */
function severityOf({ keyword }: Instruction, { kind }: JsonTypo, { text }: MappedText): Severity {
  if (keyword === 'VOLUME') return 'warning';
  if (keyword === 'RUN') return kind === 'text' && /[|;]/.test(text) ? 'warning' : 'error';
  return keyword === 'SHELL' || keyword === 'COPY' || keyword === 'ADD' || isJson(text) ? 'error' : 'warning';
}

function isJson(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}

/** As the other rules about start commands name it, so that one of them speaks; several others may stand in one stage. */
function placeOf({ stage, keyword, index }: Instruction): string {
  const own = stage === undefined ? 'triggers' : `stage ${stage.name ?? String(stage.index)}`;
  const single = keyword === 'CMD' || keyword === 'ENTRYPOINT';
  const same = stage?.instructions.filter((each) => each.keyword === keyword) ?? [];
  return `${own}:${keyword}${single && same.at(-1)?.index === index ? '' : `:${String(same.findIndex((each) => each.index === index))}`}`;
}
