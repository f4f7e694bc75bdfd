import type { Span } from '../text/span.ts';

/** One document of a stream with everything around it: directives, markers, comments, blank lines. Never empty. */
export interface Chunk extends Span {
  readonly text: string;
}

/** What may follow `---` or `...` at the start of a line to make it a marker: space, tab, line end, end of text. */
function endsMarker(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13 || Number.isNaN(code);
}

function isMarker(text: string, at: number, mark: '---' | '...'): boolean {
  return text.startsWith(mark, at) && endsMarker(text.charCodeAt(at + 3));
}

/** Nothing but spaces, or a comment: a line that needs no document to stand in. */
function isTrivial(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 35) return true;
    if (code !== 32 && code !== 9 && code !== 13 && code !== 0xfeff) return false;
  }
  return true;
}

function indexOrEnd(text: string, part: string, from: number): number {
  const at = text.indexOf(part, from);
  return at < 0 ? text.length : at;
}

/**
 * The documents of a YAML stream, tiling the whole text: the texts of the chunks, joined, are `text`.
 *
 * Exact, not a guess: at column 0 a line of `---` or `...` ends every scalar and collection, whatever its style, so no
 * parser state is needed. `%` lines and what stands around them belong to the document they introduce, everything else
 * between two documents to the one before. A byte order mark belongs to the first. An empty text has no chunk.
 */
export function splitStream(text: string): readonly Chunk[] {
  const starts = [0];
  // Until a `---` or content was seen, a `---` opens this chunk's document instead of beginning the next chunk.
  let opened = false;
  // After `...` no document is open: what is not a comment begins another one, a `%` line announces it.
  let ended = false;
  // Where the next line of dots begins; looked for once, because most texts have none.
  let dots = -1;
  let lineStart = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (lineStart < text.length) {
    let lineEnd = text.indexOf('\n', lineStart);
    if (lineEnd < 0) lineEnd = text.length;
    const first = text.charCodeAt(lineStart);
    if (first === 45 && isMarker(text, lineStart, '---')) {
      if (opened) starts.push(lineStart);
      opened = true;
      ended = false;
    } else if (first === 46 && isMarker(text, lineStart, '...')) {
      ended = true;
    } else if (!opened || ended) {
      if (!isTrivial(text, lineStart, lineEnd)) {
        if (ended && opened) starts.push(lineStart);
        opened = first !== 37;
        ended = false;
      }
    }
    // Inside of a document only a marker is of interest, and most lines are none.
    if (opened && !ended) {
      if (dots < lineEnd) dots = indexOrEnd(text, '\n...', lineEnd);
      lineStart = Math.min(dots, indexOrEnd(text, '\n---', lineEnd)) + 1;
    } else lineStart = lineEnd + 1;
  }
  return starts
    .map((start, index) => ({ start, end: starts[index + 1] ?? text.length }))
    .filter(({ start, end }) => start < end)
    .map(({ start, end }) => ({ start, end, text: text.slice(start, end) }));
}
