import { shiftMap } from '../text/offset-map.ts';
import { detached } from '../text/detached.ts';
import { recent, type Recent } from '../text/recent.ts';
import { shift, type Span } from '../text/span.ts';
import { lastLines, type Terminators } from './heredoc.ts';
import { readInstruction, type Unplaced } from './instruction.ts';
import { blockEnd, logicalLines } from './lines.ts';
import type { Comment, Escape, Flag, Heredoc, Problem } from './model.ts';
import { structureOf, type Structure } from './syntax.ts';

/** An instruction with the comments above and in it, or the comments at the end of a file. */
interface Block {
  readonly comments: readonly Comment[];
  readonly instructions: readonly Unplaced[];
  readonly problems: readonly Problem[];
  /** Where the next one begins. */
  readonly next: number;
}

/** A block, and the here-documents that have to follow its own lines for it to be this one. */
interface Known {
  readonly rest: string;
  readonly block: Block;
  /** Where it began in the text in which it was read. */
  readonly start: number;
}

/** As many characters as a Dockerfile may have: a keystroke in the longest one finds all its blocks again. */
const mostCharacters = 262_144;

/** Blocks of the same lines, with other here-documents: more are not kept, nor longer ones. */
const mostAlike = 40;
const longestRest = 20_000;

/** By the lines of a block without its here-documents. */
const known: Readonly<Record<Escape, Recent<readonly Known[]>>> = { '\\': recent(mostCharacters), '`': recent(mostCharacters) };

/**
 * Reads the text from `start` on, which is below the directives, block by block. What a block says depends on nothing
 * but its own text, so one that was there before is not read again, only moved. Blocks in a row of which nothing is
 * known go to the library in one piece, which ends where a here-document may begin: a text that is new goes as a whole.
 */
export function* blocks(text: string, start: number, escape: Escape): Generator<Block> {
  const terminators = lastLines(text);
  let piece: Span[] = [];
  for (let at = start; at < text.length; ) {
    const span = { start: at, end: blockEnd(text, at, escape) };
    const lines = text.slice(at, span.end);
    const found = known[escape].get(lines)?.find(({ rest }) => stands(text, rest, span.end));
    at = span.end;
    if (found === undefined) piece.push(span);
    if (found === undefined && !mayAnnounce(lines, escape)) continue;
    for (const block of read(text, piece, escape, terminators)) {
      yield block;
      at = block.next;
    }
    piece = [];
    if (found === undefined) continue;
    const block = moved(found.block, span.start - found.start);
    yield block;
    at = block.next;
  }
  yield* read(text, piece, escape, terminators);
}

/** May these lines announce here-documents? A continuation may stand between the two signs. */
function mayAnnounce(lines: string, escape: Escape): boolean {
  return lines.includes('<<') || lines.includes(`<${escape}`);
}

/** Do these lines stand there, the last of them to its end? */
function stands(text: string, lines: string, at: number): boolean {
  return text.startsWith(lines, at) && (lines === '' || lines.endsWith('\n') || at + lines.length === text.length);
}

/** Reads blocks that follow each other, of which only the last may announce here-documents. */
function* read(text: string, piece: readonly Span[], escape: Escape, terminators: Terminators): Generator<Block> {
  const [first, last] = [piece[0], piece.at(-1)];
  if (first === undefined || last === undefined) return;
  const own = detached(text.slice(first.start, last.end));
  const structure = structureOf(own, escape);
  if (structure === undefined) {
    // No code of its own: no text is known that comes here.
    const span = { start: first.start, end: last.end };
    yield { comments: [], instructions: [], problems: [{ code: 'unknown-instruction', span }], next: last.end };
    return;
  }
  const take = taker(structure);
  for (const span of piece) {
    const [start, end] = [span.start - first.start, span.end - first.start];
    const lines = own.slice(start, end);
    const part = take(end);
    if (span === last && mayAnnounce(lines, escape)) yield readAnnouncing(text, span, shiftStructure(part, first.start), escape, terminators);
    else {
      const block = readBlock(own, end, part, escape, terminators);
      keep(lines, { rest: '', block, start }, escape);
      yield moved(block, first.start);
    }
  }
}

/** Where a here-document ends, if it does, is told by the text behind the block. */
function readAnnouncing(text: string, { start, end }: Span, structure: Structure, escape: Escape, terminators: Terminators): Block {
  const here = readBlock(text, end, structure, escape, terminators);
  if (here.next - end > longestRest || here.problems.some(({ code }) => code === 'unterminated-heredoc')) return here;
  const own = detached(text.slice(start, here.next));
  const block = readBlock(own, end - start, shiftStructure(structure, -start), escape, lastLines(own));
  keep(own.slice(0, end - start), { rest: own.slice(end - start), block, start: 0 }, escape);
  return here;
}

function keep(lines: string, each: Known, escape: Escape): void {
  const alike = known[escape].get(lines) ?? [];
  known[escape].set(lines, [...alike.slice(1 - mostAlike), each]);
}

/** Reads the block that ends at `end`; `terminators` are those of the text. */
function readBlock(text: string, end: number, structure: Structure, escape: Escape, terminators: Terminators): Block {
  const comments: Comment[] = [];
  const instructions: Unplaced[] = [];
  const problems: Problem[] = [];
  let next = end;
  for (const line of logicalLines(text, structure, escape, terminators)) {
    if (line.kind === 'comment') comments.push(line.comment);
    else if (line.kind === 'resumption') next = line.at;
    else instructions.push(readInstruction(line, escape, (problem) => problems.push(problem)));
  }
  return { comments, instructions, problems, next };
}

/** Gives what begins before an offset and was not given before. */
function taker({ instructions, comments }: Structure): (end: number) => Structure {
  const take = (spans: readonly Span[]): ((end: number) => readonly Span[]) => {
    let from = 0;
    return (end) => {
      const start = from;
      while ((spans[from]?.start ?? end) < end) from += 1;
      return spans.slice(start, from);
    };
  };
  const [takeInstructions, takeComments] = [take(instructions), take(comments)];
  return (end) => ({ instructions: takeInstructions(end), comments: takeComments(end) });
}

function shiftStructure({ instructions, comments }: Structure, by: number): Structure {
  return { instructions: instructions.map((span) => shift(span, by)), comments: comments.map((span) => shift(span, by)) };
}

function moved(block: Block, by: number): Block {
  if (by === 0) return block;
  return {
    comments: block.comments.map((comment) => movedComment(comment, by)),
    instructions: block.instructions.map((instruction) => movedInstruction(instruction, by)),
    problems: block.problems.map(({ code, span }) => ({ code, span: shift(span, by) })),
    next: block.next + by,
  };
}

// Written out, property by property: they are made anew at every keystroke, and spreads cost several times as much.

function movedInstruction(each: Unplaced, by: number): Unplaced {
  const { keyword, args } = each;
  return {
    keyword,
    keywordSpan: shift(each.keywordSpan, by),
    span: shift(each.span, by),
    argsSpan: shift(each.argsSpan, by),
    args,
    argsMap: shiftMap(each.argsMap, by),
    flags: each.flags.map((flag) => movedFlag(flag, by)),
    heredocs: each.heredocs.map((heredoc) => movedHeredoc(heredoc, by)),
    comments: each.comments.map((comment) => movedComment(comment, by)),
    trigger: each.trigger === undefined ? undefined : movedInstruction(each.trigger, by),
  };
}

function movedComment({ text, span, inside }: Comment, by: number): Comment {
  return { text, span: shift(span, by), inside };
}

function movedFlag({ name, value, span, valueSpan }: Flag, by: number): Flag {
  return { name, value, span: shift(span, by), valueSpan: valueSpan === undefined ? undefined : shift(valueSpan, by) };
}

function movedHeredoc({ name, chomp, expand, body, bodySpan, endSpan }: Heredoc, by: number): Heredoc {
  return { name, chomp, expand, body: { text: body.text, map: shiftMap(body.map, by) }, bodySpan: shift(bodySpan, by), endSpan: shift(endSpan, by) };
}
