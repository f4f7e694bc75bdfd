import type { Finding } from './core/finding.ts';
import type { Manifest } from './kubernetes/manifest.ts';
import type { Facts } from './workspace/facts.ts';
import type { Chunk } from './yaml/stream.ts';

/** One document of a YAML stream: parsed once, its findings kept until something they depend on changes. */
export interface CachedChunk {
  readonly text: string;
  readonly facts: Facts;
  readonly manifests: readonly Manifest[];
  /** Findings that need no rule: syntax. */
  readonly own: readonly Finding[];
  /** What the rules of each group found, in the order of the groups. Offsets count from the chunk. */
  readonly found: Found[];
  /** The findings of all groups where the chunk stood last. */
  placed: Placed | undefined;
}

/** What the rules that read the same facts found, and the signature of those facts. */
interface Found {
  readonly signature: string;
  readonly findings: readonly Finding[];
}

/** Findings with offsets of the whole text, and what they depend on beside the chunk. */
interface Placed {
  readonly signatures: readonly string[];
  readonly base: number;
  readonly index: number;
  readonly findings: readonly Finding[];
}

/**
 * For each chunk what is known of the same text. Edits leave most documents as they are and in their order, so those
 * before and after the change are compared in pairs, which costs far less than to look all of them up by their texts.
 */
export function inStep(known: readonly CachedChunk[], chunks: readonly Chunk[]): readonly (CachedChunk | undefined)[] {
  const most = Math.min(known.length, chunks.length);
  const isSame = (before: number, now: number): boolean => known[before]?.text === chunks[now]?.text;
  let head = 0;
  while (head < most && isSame(head, head)) head += 1;
  let tail = 0;
  while (tail < most - head && isSame(known.length - 1 - tail, chunks.length - 1 - tail)) tail += 1;
  const moved = new Map(known.slice(head, known.length - tail).map((chunk) => [chunk.text, chunk]));
  return chunks.map((chunk, index) => {
    if (index < head) return known[index];
    const fromEnd = chunks.length - index;
    return fromEnd <= tail ? known[known.length - fromEnd] : moved.get(chunk.text);
  });
}

/**
 * The same text in memory of its own. A slice of a string keeps the whole string alive in V8, and what is kept of a
 * document must not keep the stream of every keystroke.
 */
export function detached(slice: string): string {
  return `${slice} `.slice(0, -1);
}
