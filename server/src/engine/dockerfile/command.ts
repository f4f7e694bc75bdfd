import { concat, joinParts, subtext, type MappedText } from '../text/offset-map.ts';
import type { Script } from '../shell/model.ts';
import { parseScript } from '../shell/script.ts';
import { bodyIndex, resolveArgv } from '../shell/argv.ts';
import type { Span } from '../text/span.ts';
import { heredocOf } from './heredoc.ts';
import { jsonArray, type JsonItem } from './json-array.ts';
import { memo } from './memo.ts';
import { argumentsOf, type Heredoc, type Instruction } from './model.ts';

/** The command of CMD, ENTRYPOINT, RUN, SHELL or HEALTHCHECK CMD. */
export interface Command {
  readonly instruction: Instruction;
  /** `invalid`: a JSON array that holds something else than strings; the build stops there. */
  readonly form: 'exec' | 'shell' | 'invalid';
  /** The strings of the exec form; empty for the others. */
  readonly words: readonly string[];
  /** Of each string, quotes included. */
  readonly wordSpans: readonly Span[];
  readonly items: readonly JsonItem[];
  /** The shell form's text, here-documents included, as a shell reads it. Undefined for the exec form, and where a `#!` line names another interpreter. */
  readonly script: Script | undefined;
  /** `#!/usr/bin/env python3` at the head of a here-document that is the command: that line without `#!`. */
  readonly interpreter: string | undefined;
  /** `[]`, or nothing at all. */
  readonly empty: boolean;
  /** The command without keyword and flags. */
  readonly span: Span;
}

const withCommand: ReadonlySet<string> = new Set(['CMD', 'ENTRYPOINT', 'RUN', 'SHELL', 'HEALTHCHECK']);

/** Undefined for instructions without a command, HEALTHCHECK NONE among them. */
export const commandOf = memo((instruction: Instruction): Command | undefined => {
  if (!withCommand.has(instruction.keyword)) return undefined;
  const text = commandText(instruction);
  return text === undefined ? undefined : read(instruction, text);
});

/** What the builder reads as exec or shell form: the arguments, of HEALTHCHECK those behind CMD. Undefined for HEALTHCHECK NONE. */
export function commandText(instruction: Instruction): MappedText | undefined {
  return instruction.keyword === 'HEALTHCHECK' ? healthcheckText(instruction) : argumentsOf(instruction);
}

/**
 * The shell text that runs in the end: of the shell form itself, or the body of `["sh", "-c", "…"]`, wrappers such as `tini --`
 * taken off. Spans lead to the Dockerfile in both cases.
 */
export const shellScriptOf = memo((command: Command): Script | undefined => {
  if (command.form !== 'exec') return command.script;
  const at = bodyIndex(resolveArgv(command.words));
  const body = at === undefined ? undefined : command.items[at]?.mapped;
  return body === undefined ? undefined : parseScript(body.text, body.map);
});

/** `HEALTHCHECK CMD …`: what follows the word CMD. */
function healthcheckText(instruction: Instruction): MappedText | undefined {
  const head = /^cmd(?=\s|$)\s*/i.exec(instruction.args);
  return head === null ? undefined : subtext(argumentsOf(instruction), head[0].length);
}

function read(instruction: Instruction, text: MappedText): Command {
  const array = jsonArray(text);
  const items = array.kind === 'strings' ? array.items : [];
  const form = array.kind === 'strings' ? 'exec' : array.kind === 'none' ? 'shell' : 'invalid';
  const interpreter = form === 'shell' ? interpreterOf(instruction, text) : undefined;
  const shell = form === 'shell' && interpreter === undefined ? shellText(instruction, text) : undefined;
  let script: Script | undefined;
  return {
    instruction,
    form,
    words: items.map((item) => item.value),
    wordSpans: items.map((item) => item.span),
    items,
    // Most commands of a file are never looked into.
    get script(): Script | undefined {
      return (script ??= shell === undefined ? undefined : parseScript(shell.text, shell.map));
    },
    interpreter,
    empty: form === 'exec' ? items.length === 0 : text.text === '',
    span: text.text === '' ? instruction.argsSpan : spanOf(instruction, text),
  };
}

function spanOf(instruction: Instruction, text: MappedText): Span {
  return { start: text.map[0]?.source ?? instruction.argsSpan.start, end: instruction.argsSpan.end };
}

/** The text the builder hands to the shell: the body where the here-document is the whole command, else both. */
function shellText({ heredocs }: Instruction, text: MappedText): MappedText {
  const [first] = heredocs;
  if (first === undefined) return text;
  return onlyHeredoc(text.text) ? first.body : concat([text, ...heredocs.flatMap(withEnd)]);
}

function withEnd({ body, bodySpan, endSpan, name }: Heredoc): readonly MappedText[] {
  // The line feed before the body stands for the line end before it.
  const feed = joinParts([{ text: '\n', span: { start: bodySpan.start - 1, end: bodySpan.start } }]);
  return [feed, body, joinParts([{ text: name, span: endSpan }])];
}

function interpreterOf({ heredocs }: Instruction, text: MappedText): string | undefined {
  const body = onlyHeredoc(text.text) ? heredocs[0]?.body.text : undefined;
  return body?.startsWith('#!') === true ? body.slice(2, body.indexOf('\n')).trim() : undefined;
}

function onlyHeredoc(text: string): boolean {
  return text.startsWith('<<') && heredocOf(text) !== undefined;
}
