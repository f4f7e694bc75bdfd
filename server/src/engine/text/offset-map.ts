import type { Span } from './span.ts';

/** `length` characters of a derived text from `at` on, made of `sourceLength` characters of the source from `source` on. */
export interface Piece {
  readonly at: number;
  readonly source: number;
  readonly length: number;
  readonly sourceLength: number;
}

/**
 * Where each character of a derived text (continuations joined, comment lines dropped, escapes decoded) stands in the
 * source. Pieces are in order of `at` and without gaps; where the two lengths differ, the piece is one decoded escape.
 * Never empty: even an empty text stands somewhere.
 */
export type OffsetMap = readonly Piece[];

/** A text that was taken out of a source, and the way back. All offsets are UTF-16 code units. */
export interface MappedText {
  readonly text: string;
  readonly map: OffsetMap;
}

/** One stretch of a derived text and what it was made of. */
export interface Part {
  readonly text: string;
  readonly span: Span;
}

/** The map of a text that stands in its source as it is, from offset `source` on. */
export function identityMap(length: number, source = 0): OffsetMap {
  return [{ at: 0, source, length, sourceLength: length }];
}

/** The map of the same text after its source moved by `delta` code units. */
export function shiftMap(map: OffsetMap, delta: number): OffsetMap {
  return map.map(({ at, source, length, sourceLength }) => ({ at, source: source + delta, length, sourceLength }));
}

/** The text of all parts, one after the other. `anchor` is where a text without any character stands. */
export function joinParts(parts: readonly Part[], anchor = 0): MappedText {
  const map: Piece[] = [];
  let text = '';
  for (const part of parts) {
    if (part.text === '') continue;
    map.push({
      at: text.length,
      source: part.span.start,
      length: part.text.length,
      sourceLength: part.span.end - part.span.start,
    });
    text += part.text;
  }
  if (map.length === 0) map.push({ at: 0, source: parts[0]?.span.start ?? anchor, length: 0, sourceLength: 0 });
  return { text, map };
}

/** The text of several stretches of `source`, one after the other. */
export function joinSlices(source: string, spans: readonly Span[], anchor = 0): MappedText {
  return joinParts(
    spans.map((span) => ({ text: source.slice(span.start, span.end), span })),
    anchor,
  );
}

/** Several derived texts of one source, one after the other. */
export function concat(texts: readonly MappedText[]): MappedText {
  return joinParts(texts.flatMap(({ text, map }) => map.map((piece) => partOf(text, piece))));
}

/** The part of a derived text between two of its own offsets. */
export function subtext({ text, map }: MappedText, start: number, end: number = text.length): MappedText {
  const parts: Part[] = [];
  for (let index = pieceIndex(map, start); index < map.length; index += 1) {
    const piece = map[index];
    if (piece === undefined || piece.at >= end) break;
    const from = Math.max(start, piece.at);
    const to = Math.min(end, piece.at + piece.length);
    if (to > from) parts.push({ text: text.slice(from, to), span: sourceSpan(map, { start: from, end: to }) });
  }
  return joinParts(parts, sourceOffset(map, start));
}

/** Without white space at both ends. */
export function trim(mapped: MappedText): MappedText {
  const { text } = mapped;
  const start = text.length - text.trimStart().length;
  const end = Math.max(start, text.trimEnd().length);
  return start === 0 && end === text.length ? mapped : subtext(mapped, start, end);
}

/** The source offset of the character at `offset`; for the end of the text, the place behind its last character. */
export function sourceOffset(map: OffsetMap, offset: number): number {
  const piece = map[pieceIndex(map, offset)];
  if (piece === undefined) return offset;
  const inside = Math.max(0, offset - piece.at);
  if (inside >= piece.length) return piece.source + piece.sourceLength;
  return piece.length === piece.sourceLength ? piece.source + inside : piece.source;
}

/**
 * The source span of a span of the derived text, half open. What was removed inside is covered; what was removed at
 * its ends is not.
 */
export function sourceSpan(map: OffsetMap, span: Span): Span {
  const start = sourceOffset(map, span.start);
  if (span.end <= span.start) return { start, end: start };
  const piece = map[pieceIndex(map, span.end - 1)];
  if (piece === undefined) return { start, end: start };
  const exact = piece.length === piece.sourceLength && span.end - piece.at <= piece.length;
  return { start, end: exact ? piece.source + (span.end - piece.at) : piece.source + piece.sourceLength };
}

function pieceIndex(map: OffsetMap, offset: number): number {
  let low = 0;
  let high = map.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((map[middle]?.at ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function partOf(text: string, piece: Piece): Part {
  return {
    text: text.slice(piece.at, piece.at + piece.length),
    span: { start: piece.source, end: piece.source + piece.sourceLength },
  };
}
