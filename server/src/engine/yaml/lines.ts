import type { Span, TextEdit } from '../text/span.ts';
import { isBlockScalar, type Node } from './node.ts';

/** Lines of a document's text, for surgery. All offsets are UTF-16; YAML here breaks lines at LF and CRLF only. */

/** A text and its comments, in order. */
interface Commented {
  readonly text: string;
  readonly comments: readonly Span[];
}

/** Start of the line that holds `offset`, behind a byte order mark. */
export function lineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.charCodeAt(0) === 0xfeff ? 1 : start;
}

/** Offset of the line end's first character (CR of CRLF), or the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  if (at < 0) return text.length;
  return at > offset && text.charCodeAt(at - 1) === 13 ? at - 1 : at;
}

/** Start of the line after the one that holds `offset`; the end of the text where none follows. */
export function nextLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at + 1;
}

/** What stands before `offset` on its line, a byte order mark left out. */
export function leading(text: string, offset: number): string {
  return text.slice(lineStart(text, offset), offset);
}

/** Distance from the line's start, as YAML counts indentation. */
export function columnOf(text: string, offset: number): number {
  return leading(text, offset).length;
}

export function startsLine(text: string, offset: number): boolean {
  return /^ *$/.test(leading(text, offset));
}

/** The line end nearest before `offset`, else the first of the text, else LF. */
export function eolAt(text: string, offset: number): '\n' | '\r\n' {
  const before = offset === 0 ? -1 : text.lastIndexOf('\n', offset - 1);
  const at = before >= 0 ? before : text.indexOf('\n');
  return at > 0 && text.charCodeAt(at - 1) === 13 ? '\r\n' : '\n';
}

/** Start of the line that follows the content ending at `end`: a block scalar's content has its line end in it. */
export function lineAfter(text: string, end: number): number {
  return end > 0 && text.charCodeAt(end - 1) === 10 ? end : nextLine(text, end);
}

const nothing = /^ *(?:#|$)/;

/** Start of the first line from `line` on that holds more than blanks and a comment; the end of the text where none follows. */
export function contentLine(text: string, line: number): number {
  let at = line;
  while (at < text.length && nothing.test(text.slice(at, lineEnd(text, at)))) at = nextLine(text, at);
  return at;
}

/**
 * Start of the first line behind `end` (the end of a slot's content) that is not the slot's: comments indented deeper
 * than the slot's `column` belong to it, those at its column and blank lines before them to what follows.
 * @param flush the slot's value is a list whose dashes stand in the slot's own column: items of it that were commented
 * out (`#- item`) stand there too, and still belong to it
 */
export function extentEnd(text: string, end: number, column: number, flush = false): number {
  let owned = lineAfter(text, end);
  for (let at = owned; at < text.length; at = nextLine(text, at)) {
    const line = text.slice(at, lineEnd(text, at));
    const comment = /^( *)#(\s*- )?/.exec(line);
    const depth = comment?.[1]?.length ?? -1;
    if (depth > column || (flush && depth === column && comment?.[2] !== undefined)) owned = nextLine(text, at);
    else if (!/^[ \t]*$/.test(line)) break;
  }
  return owned;
}

/** Start of the comment lines that stand at `column` directly above the line of `offset`; that line's start where none do. */
export function commentsAbove(text: string, offset: number, column: number): number {
  let start = lineStart(text, offset);
  for (;;) {
    const above = start < 2 ? start : lineStart(text, start - 1);
    if (above >= start || !text.startsWith(`${' '.repeat(column)}#`, above)) return start;
    start = above;
  }
}

/**
 * Put `lines` in the place of the whole lines from `from` (a line's start, or the end of the text) to `to`. A text
 * without a final line end stays without one.
 */
export function replaceLines(text: string, from: number, to: number, lines: readonly string[]): TextEdit {
  const eol = eolAt(text, from);
  const bare = to === text.length && !text.endsWith('\n');
  if (!bare || text.length === 0) return { span: { start: from, end: to }, newText: lines.map((line) => line + eol).join('') };
  if (from === to) return { span: { start: from, end: to }, newText: lines.map((line) => eol + line).join('') };
  if (lines.length > 0) return { span: { start: from, end: to }, newText: lines.join(eol) };
  return { span: { start: contentEnd(text, from), end: to }, newText: '' };
}

/** The end of the last line with content before `from`, the start of a line; blank lines between would end the text with a line end. */
function contentEnd(text: string, from: number): number {
  for (let at = from; at > 0 && text.charCodeAt(at - 1) === 10; ) {
    const start = lineStart(text, at - 1);
    const end = lineEnd(text, start);
    if (start === 0 || !/^[ \t]*$/.test(text.slice(start, end))) return end;
    at = start;
  }
  return from;
}

/** Offset behind a block scalar's header (`|2-`); of any other node its end. */
export function headEnd(text: string, node: Node): number {
  if (!isBlockScalar(node)) return node.end;
  const header = /^[|>][-+0-9]*/.exec(text.slice(node.start, node.start + 8));
  return node.start + (header?.[0].length ?? 1);
}

/** Every comment that begins inside the span. */
export function commentsIn({ comments }: Commented, { start, end }: Span): readonly Span[] {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const found: Span[] = [];
  for (let at = low; at < comments.length; at += 1) {
    const comment = comments[at];
    if (comment === undefined || comment.start >= end) break;
    found.push(comment);
  }
  return found;
}

/** The text of the comment on the same line behind a node or an offset, without `#` and outer spaces. */
export function commentBehind(tree: Commented, what: Node | number): string | undefined {
  const { text } = tree;
  const from = typeof what === 'number' ? what : headEnd(text, what);
  const [comment] = commentsIn(tree, { start: from, end: lineEnd(text, from) });
  if (comment === undefined || !/^[ \t,]*$/.test(text.slice(from, comment.start))) return undefined;
  return text.slice(comment.start + 1, comment.end).trim();
}
