import { joinSlices, type MappedText } from '../text/offset-map.ts';
import type { Span } from '../text/span.ts';
import { readHeredocs, type Heredocs, type Terminators } from './heredoc.ts';
import { isSpace, lineAt, skipSpace, type Line } from './lex.ts';
import type { Comment, Escape } from './model.ts';
import type { Structure } from './syntax.ts';

/** An instruction before its words are looked at. */
export interface LogicalLine {
  readonly kind: 'instruction';
  /** Continuations, comment lines and empty lines removed. */
  readonly joined: MappedText;
  /** Of the last line, without its line end. */
  readonly end: number;
  /** Comment lines directly above. */
  readonly above: readonly Comment[];
  /** Reads the here-documents that follow. To be asked before the next line, and only by instructions that can have them. */
  readonly heredocs: () => Heredocs;
}

export interface CommentLine {
  readonly kind: 'comment';
  readonly comment: Comment;
}

/** A here-document was found: the line behind it. */
export interface Resumption {
  readonly kind: 'resumption';
  readonly at: number;
}

/**
 * The instructions and comments of a block (see {@link blockEnd}), which stand where the library says. Whether
 * here-documents follow, and where they end, is told here: what they hold is no instruction, whatever it looks like.
 */
export function* logicalLines(
  text: string,
  { instructions, comments: places }: Structure,
  escape: Escape,
  terminators: Terminators,
): Generator<LogicalLine | CommentLine | Resumption> {
  const comments = places.toReversed();
  for (const span of instructions) {
    const above = [...commentsUpTo(comments, span.start, text, false)];
    for (const comment of above) yield { kind: 'comment', comment };
    for (const comment of commentsUpTo(comments, span.end, text, true)) yield { kind: 'comment', comment };
    const { joined, end } = join(text, span, escape);
    let behind: number | undefined;
    const heredocs = (): Heredocs => {
      const read = readHeredocs(text, lineAt(text, span.end).next, joined.text, terminators);
      if (read.found.length > 0) behind = read.next;
      return read;
    };
    yield { kind: 'instruction', joined, end, above: adjacent(text, above, span.start), heredocs };
    if (behind !== undefined) {
      // Nearly always the end of the block. What the block still has was read without knowledge of the here-document.
      yield { kind: 'resumption', at: behind };
      return;
    }
  }
  for (const comment of commentsUpTo(comments, text.length, text, false)) yield { kind: 'comment', comment };
}

/** Where the block ends that begins at `start`: behind the lines of its first instruction, or at the end of the text. */
export function blockEnd(text: string, start: number, escape: Escape): number {
  let open: Line | undefined;
  for (let at = start; at < text.length; ) {
    const line = lineAt(text, at);
    at = line.next;
    if (line.first < line.span.end && !isComment(text, line)) open = line;
    if (open !== undefined && continuation(text, open.span, escape) === undefined) return at;
  }
  return text.length;
}

/**
 * The lines of an instruction as one, as the builder joins them (BuildKit 0.26, parser.go): comment lines and empty
 * lines between continued lines are passed over. From the text itself: the library's arguments have lost their escapes.
 */
function join(text: string, { start, end }: Span, escape: Escape): { readonly joined: MappedText; readonly end: number } {
  const slices: Span[] = [];
  let contentEnd = start;
  for (let at = start; at < end; ) {
    const { span, first, next } = lineAt(text, at);
    at = next;
    if (first === span.end || (slices.length > 0 && text[first] === '#')) continue;
    slices.push({ start: span.start, end: continuation(text, span, escape) ?? span.end });
    contentEnd = span.end;
  }
  return { joined: joinSlices(text, slices, start), end: contentEnd };
}

function isComment(text: string, { span, first }: Line): boolean {
  return first < span.end && text[first] === '#';
}

/** Where the continued part of a line ends; undefined for a line that is not continued. */
function continuation(text: string, { start, end }: Span, escape: Escape): number | undefined {
  let at = end;
  while (at > start && (text[at - 1] === ' ' || text[at - 1] === '\t')) at -= 1;
  if (at === start || text[at - 1] !== escape) return undefined;
  return at - 1 > start && text[at - 2] === escape ? undefined : at - 1;
}

/** Takes the comments before `end` off the end of a list that runs backwards. */
function* commentsUpTo(backwards: Span[], end: number, text: string, inside: boolean): Generator<Comment> {
  for (let span = backwards.at(-1); span !== undefined && span.start < end; span = backwards.at(-1)) {
    backwards.pop();
    yield commentOf(text, span, inside);
  }
}

function commentOf(text: string, span: Span, inside: boolean): Comment {
  let end = span.end;
  while (end > span.start && isSpace(text[end - 1])) end -= 1;
  return { text: text.slice(skipSpace(text, span.start + 1, end), end), span: { start: span.start, end }, inside };
}

/** Those of the comments that stand directly above an instruction, without an empty line between. */
function adjacent(text: string, comments: readonly Comment[], start: number): readonly Comment[] {
  let below = start;
  const first = comments.findLastIndex(({ span }) => {
    const feed = text.indexOf('\n', span.end);
    const gap = text.indexOf('\n', feed + 1);
    const apart = gap >= 0 && gap < below;
    below = span.start;
    return apart;
  });
  return comments.slice(first + 1);
}
