import type { Chunk } from '../yaml/stream.ts';

/**
 * For each chunk what is known of the same text. Edits leave most documents as they are and in their order, so those
 * before and after the change are compared in pairs, which costs far less than to look all of them up by their texts.
 */
export function inStep<T extends { readonly text: string }>(known: readonly T[], chunks: readonly Chunk[]): readonly (T | undefined)[] {
  const most = Math.min(known.length, chunks.length);
  const isSame = (before: number, now: number): boolean => known[before]?.text === chunks[now]?.text;
  let head = 0;
  while (head < most && isSame(head, head)) head += 1;
  let tail = 0;
  while (tail < most - head && isSame(known.length - 1 - tail, chunks.length - 1 - tail)) tail += 1;
  const moved = new Map(known.slice(head, known.length - tail).map((each) => [each.text, each]));
  return chunks.map((chunk, index) => {
    if (index < head) return known[index];
    const fromEnd = chunks.length - index;
    return fromEnd <= tail ? known[known.length - fromEnd] : moved.get(chunk.text);
  });
}
