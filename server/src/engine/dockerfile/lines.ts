import { joinSlices, type MappedText } from '../text/offset-map.ts';
import type { Span } from '../text/span.ts';
import { lastLines, readHeredocs, type Heredocs } from './heredoc.ts';
import { isSpace, lineAt, skipSpace, type Line } from './lex.ts';
import type { Comment } from './model.ts';
import { structureOf, type Escape } from './syntax.ts';

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

/** A stretch of text that the library failed on. */
export interface Unreadable {
  readonly kind: 'unreadable';
  readonly span: Span;
}

/**
 * The instructions and comments from `start` on, which is below the directives. The library reads the text in pieces
 * that end where a here-document may begin: whether there is one, and where it ends, is told here, and what it holds is
 * no instruction, whatever it looks like.
 */
export function* logicalLines(text: string, start: number, escape: Escape): Generator<LogicalLine | CommentLine | Unreadable> {
  const terminators = lastLines(text);
  let at = start;
  while (at < text.length) {
    const piece = { start: at, end: pieceEnd(text, at, escape) };
    at = piece.end;
    const structure = structureOf(text, piece, escape);
    if (structure === undefined) {
      yield { kind: 'unreadable', span: piece };
      continue;
    }
    const comments = structure.comments.toReversed();
    for (const span of structure.instructions) {
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
        // Nearly always the end of the piece. What the piece still has was read without knowledge of the here-document.
        comments.length = 0;
        at = behind;
        break;
      }
    }
    for (const comment of commentsUpTo(comments, piece.end, text, false)) yield { kind: 'comment', comment };
  }
}

/** Where the first instruction ends that has `<<` in one of its lines; the end of the text where none has. */
function pieceEnd(text: string, start: number, escape: Escape): number {
  let line: Line;
  let at = start;
  do {
    const found = text.indexOf('<<', at);
    if (found < 0) return text.length;
    line = lineAt(text, Math.max(start, text.lastIndexOf('\n', found) + 1));
    at = line.next;
  } while (isComment(text, line));
  let open = line;
  while (continuation(text, open.span, escape) !== undefined && at < text.length) {
    line = lineAt(text, at);
    if (line.first < line.span.end && !isComment(text, line)) open = line;
    at = line.next;
  }
  return at;
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
