import type { TextEdit } from '../engine/text/span.ts';

/** Line insertions and deletions beyond which two texts are simply called different. Bounds time and memory. */
const effort = 800;

/**
 * Edits that turn `before` into `after` and leave alone what both share, so that cursors, folds and breakpoints
 * elsewhere stay. Compared by lines, then trimmed to characters; never cuts a CRLF or a surrogate pair in two.
 */
export function difference(before: string, after: string): readonly TextEdit[] {
  if (before === after) return [];
  const a = linesOf(before);
  const b = linesOf(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const starts = offsets(a);
  const hunks = changed(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  return hunks.map(({ from, to, lines }) => {
    const start = starts[head + from] ?? before.length;
    const end = starts[head + to] ?? before.length;
    return trimmed(before, start, end, lines.join(''));
  });
}

/** Replace lines `from` (inside) to `to` (not inside) by `lines`. */
interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** Myers' greedy comparison. One hunk for everything where the texts share too little to be worth the search. */
function changed(a: readonly string[], b: readonly string[]): readonly Hunk[] {
  if (a.length === 0 || b.length === 0) return [{ from: 0, to: a.length, lines: b }];
  const limit = Math.min(a.length + b.length, effort);
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: ReadonlyMap<number, number>[] = [];
  for (let steps = 0; steps <= limit; steps += 1) {
    trace.push(new Map(furthest));
    for (let k = -steps; k <= steps; k += 2) {
      const down = k === -steps || (k !== steps && at(furthest, k - 1) < at(furthest, k + 1));
      let x = down ? at(furthest, k + 1) : at(furthest, k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      furthest.set(k, x);
      if (x >= a.length && x - k >= b.length) return hunksOf(trace, a, b);
    }
  }
  return [{ from: 0, to: a.length, lines: b }];
}

/** Walks the search back from the end and joins neighbouring insertions and deletions. */
function hunksOf(trace: readonly ReadonlyMap<number, number>[], a: readonly string[], b: readonly string[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let x = a.length;
  let y = b.length;
  for (let steps = trace.length - 1; steps > 0; steps -= 1) {
    const furthest = trace[steps] ?? new Map<number, number>();
    const k = x - y;
    const down = k === -steps || (k !== steps && at(furthest, k - 1) < at(furthest, k + 1));
    const fromX = at(furthest, down ? k + 1 : k - 1);
    const fromY = fromX - (down ? k + 1 : k - 1);
    const hunk = down
      ? { from: fromX, to: fromX, lines: [b[fromY] ?? ''] }
      : { from: fromX, to: fromX + 1, lines: [] };
    const next = hunks.at(-1);
    if (next?.from === hunk.to) hunks[hunks.length - 1] = { from: hunk.from, to: next.to, lines: [...hunk.lines, ...next.lines] };
    else hunks.push(hunk);
    x = fromX;
    y = fromY;
  }
  return hunks.reverse();
}

function at(furthest: ReadonlyMap<number, number>, k: number): number {
  return furthest.get(k) ?? 0;
}

/** One replacement without the characters that stay at its two ends. */
function trimmed(text: string, start: number, end: number, newText: string): TextEdit {
  let head = 0;
  while (head < end - start && head < newText.length && text[start + head] === newText[head]) head += 1;
  while (head > 0 && (splits(text, start + head) || splits(newText, head))) head -= 1;
  let tail = 0;
  while (tail < end - start - head && tail < newText.length - head && text[end - 1 - tail] === newText[newText.length - 1 - tail]) {
    tail += 1;
  }
  while (tail > 0 && (splits(text, end - tail) || splits(newText, newText.length - tail))) tail -= 1;
  return { span: { start: start + head, end: end - tail }, newText: newText.slice(head, newText.length - tail) };
}

/** Does a cut at `offset` part a CRLF or a surrogate pair? */
function splits(text: string, offset: number): boolean {
  if (offset <= 0 || offset >= text.length) return false;
  const before = text.charCodeAt(offset - 1);
  const after = text.charCodeAt(offset);
  return (before === 13 && after === 10) || (before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000);
}

/** Lines with their line ends. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

function offsets(lines: readonly string[]): readonly number[] {
  const starts: number[] = [];
  let next = 0;
  for (const line of lines) {
    starts.push(next);
    next += line.length;
  }
  return starts;
}
