import type { ServiceFact } from '../kubernetes/service.ts';
import type { FileStore } from './file-store.ts';
import type { LimitRangeFact } from './limit-range.ts';
import { folderOf, isNear } from './paths.ts';

/** The facts of one kind, by the file that tells them. */
type ByFile<T> = readonly (readonly [key: string, facts: readonly T[]])[];

/** What the files of one root tell all files of that root. */
export interface RootFacts {
  readonly services: ByFile<ServiceFact>;
  readonly limitRanges: ByFile<LimitRangeFact>;
}

type Writable = { -readonly [K in keyof RootFacts]: RootFacts[K][number][] };

/** Gathers the facts of each root. `roots`: longest first. */
export function factsByRoot(store: FileStore, roots: readonly string[]): ReadonlyMap<string, RootFacts> {
  const gathered = new Map<string, Writable>();
  for (const [key, { services, limitRanges }] of store.all()) {
    if (services === undefined && limitRanges === undefined) continue;
    const root = rootOf(key, roots);
    const facts = gathered.get(root) ?? { services: [], limitRanges: [] };
    if (services !== undefined) facts.services.push([key, services]);
    if (limitRanges !== undefined) facts.limitRanges.push([key, limitRanges]);
    gathered.set(root, facts);
  }
  return gathered;
}

/** What all files but one tell. */
export function ofOthers<T>(facts: ByFile<T> | undefined, key: string): readonly T[] {
  return (facts ?? []).flatMap(([file, told]) => (file === key ? [] : told));
}

/** The Services of all files but one, marked where their file is far from it. */
export function servicesOfOthers(facts: ByFile<ServiceFact> | undefined, key: string): readonly ServiceFact[] {
  return (facts ?? []).flatMap(([file, told]) => {
    if (file === key) return [];
    return isNear(file, key) ? told : told.map((service) => ({ ...service, isFar: true }));
  });
}

/**
 * The innermost root a file stands in. Of files below none, those of one folder belong together; what stands in no
 * folder at all, as a text that was never saved, stands alone.
 */
export function rootOf(key: string, roots: readonly string[]): string {
  return roots.find((root) => key.startsWith(`${root}/`)) ?? (key.includes('/') ? folderOf(key) : key);
}
