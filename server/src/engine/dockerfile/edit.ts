import type { Span, TextEdit } from '../text/span.ts';
import type { Comment, Instruction, Stage } from './model.ts';

/**
 * Edits by whole lines. Lines are given without line ends and without indentation: both are the file's own. None of
 * these touches a byte it does not name.
 */

/** Puts lines above an instruction: above its comments too, unless they are to stay above the new lines. */
export function insertBefore(instruction: Instruction, lines: readonly string[], options: { readonly belowComments?: boolean } = {}): TextEdit {
  const first = options.belowComments === true ? undefined : instruction.comments[0];
  const at = lineStart(instruction, (first ?? instruction).span.start);
  const { eol } = instruction.file.source;
  return insert(at, lines.map((line) => indented(instruction, line) + eol).join(''));
}

/** Puts lines below an instruction, its here-documents included. */
export function insertAfter(instruction: Instruction, lines: readonly string[]): TextEdit {
  const { eol } = instruction.file.source;
  const newText = lines.map((line) => eol + indented(instruction, line)).join('');
  // A continuation that nothing follows would swallow the new lines: it goes.
  return { span: { start: endOfContent(instruction), end: instruction.span.end }, newText };
}

/** Replaces everything behind keyword and flags, here-documents included. Comments between the lines are lost: see `innerComments`. */
export function replaceArguments(instruction: Instruction, newText: string): TextEdit {
  const { argsSpan, heredocs } = instruction;
  if (argsSpan.start === argsSpan.end) return insert(argsSpan.start, ` ${newText}`);
  const end = heredocs.length > 0 ? instruction.span.end : argsSpan.end;
  return { span: { start: argsSpan.start, end }, newText };
}

/** Replaces an instruction by lines. Comments above it stay. */
export function replaceInstruction(instruction: Instruction, lines: readonly string[]): TextEdit {
  const newText = lines.map((line, index) => (index === 0 ? line : indented(instruction, line))).join(instruction.file.source.eol);
  return { span: instruction.span, newText };
}

export function replaceSpan(span: Span, newText: string): TextEdit {
  return { span, newText };
}

/** Deletes an instruction with its line ends, and with the comments directly above it where that is asked for. */
export function deleteInstruction(instruction: Instruction, options: { readonly comments?: boolean } = {}): TextEdit {
  const { text } = instruction.file.source;
  const first = options.comments === true ? instruction.comments[0] : undefined;
  const start = lineStart(instruction, (first ?? instruction).span.start);
  const feed = text.indexOf('\n', instruction.span.end);
  if (feed >= 0) return { span: { start, end: feed + 1 }, newText: '' };
  // The last line of a file without a final line end takes the line ends before it along, so that the file ends as it did.
  const before = text.slice(0, start).replace(/(?:[ \t]*\r?\n)+$/, '').length;
  return { span: { start: before, end: text.length }, newText: '' };
}

/** Deletes a stage that another one follows, with the comments directly above its FROM and those between its instructions. */
export function deleteStage({ from: { instruction }, span }: Stage): TextEdit {
  const { text } = instruction.file.source;
  const start = lineStart(instruction, (instruction.comments[0] ?? instruction).span.start);
  const gap = /^[^\n]*\n(?:[ \t]*\r?\n)*/.exec(text.slice(span.end));
  return { span: { start, end: span.end + (gap?.[0].length ?? 0) }, newText: '' };
}

/** Comment lines between the lines of an instruction. */
export function innerComments(instruction: Instruction): readonly Comment[] {
  const { start, end } = instruction.span;
  return instruction.file.comments.filter(({ inside, span }) => inside && span.start > start && span.end <= end);
}

/** The white space before the keyword. */
export function indentation(instruction: Instruction): string {
  return instruction.file.source.text.slice(lineStart(instruction, instruction.span.start), instruction.span.start);
}

export interface ExecFormLayout {
  /** The file's escape character. */
  readonly escape?: string;
  readonly eol?: string;
  /** Longer lines are broken (UTF-16 code units). */
  readonly maxWidth?: number;
  /** Where on its line the array begins. */
  readonly column?: number;
}

/** Prints a JSON array: on one line, or, where that would be too long, each element on its own. */
export function execForm(words: readonly string[], { escape = '\\', eol = '\n', maxWidth = 100, column = 0 }: ExecFormLayout = {}): string {
  const items = words.map((word) => JSON.stringify(word));
  const line = `[${items.join(', ')}]`;
  if (column + line.length <= maxWidth || items.length < 2) return line;
  return `[${items.join(`, ${escape}${eol}${' '.repeat(column + 1)}`)}]`;
}

/** The array as it would stand behind the keyword and flags of this instruction. */
export function execFormFor(instruction: Instruction, words: readonly string[], keyword: string = instruction.keyword): string {
  const { file, argsSpan, keywordSpan, span } = instruction;
  const renamed = keyword.length - (keywordSpan.end - keywordSpan.start);
  const sameLine = !file.source.text.slice(span.start, argsSpan.start).includes('\n');
  const column = sameLine ? argsSpan.start - lineStart(instruction, span.start) + renamed : keyword.length + 1;
  return execForm(words, { escape: file.escape, eol: file.source.eol, column });
}

function insert(at: number, newText: string): TextEdit {
  return { span: { start: at, end: at }, newText };
}

function indented(instruction: Instruction, line: string): string {
  return line === '' ? '' : indentation(instruction) + line;
}

/** Start of the line that holds `offset`: behind the last line feed, as the builder counts lines, or behind a byte order mark. */
function lineStart({ file }: Instruction, offset: number): number {
  const { text } = file.source;
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && offset > 0 && text.startsWith('\uFEFF') ? 1 : start;
}

/** The end of an instruction without a continuation that continues nothing. */
function endOfContent({ span, file, heredocs }: Instruction): number {
  if (heredocs.length > 0) return span.end;
  const content = file.source.slice(span);
  const dangling = file.escape === '`' ? /[ \t]*(?<!`)`[ \t]*$/ : /[ \t]*(?<!\\)\\[ \t]*$/;
  return span.start + content.replace(dangling, '').length;
}
