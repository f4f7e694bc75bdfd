import type { ClaimFact } from '../kubernetes/claim.ts';
import type { ServiceFact } from '../kubernetes/service.ts';
import type { FileStore } from './file-store.ts';
import type { LimitRangeFact } from './limit-range.ts';
import { folderOf, isBeside, placesAround } from './paths.ts';

/** The facts of one kind, by the file that tells them. */
type ByFile<T> = readonly (readonly [key: string, facts: readonly T[]])[];

/** The Services of one file, as they count for files near to it and far from it. */
interface TellingFile {
  readonly key: string;
  readonly around: readonly string[];
  readonly near: readonly ServiceFact[];
  readonly far: readonly ServiceFact[];
}

/** What the files of one root tell all files of that root. */
export interface RootFacts {
  readonly services: readonly TellingFile[];
  readonly limitRanges: ByFile<LimitRangeFact>;
  readonly claims: ByFile<ClaimFact>;
  /** The files that tell Services: all others of a folder are told the same ones. */
  readonly telling: ReadonlySet<string>;
  /** What that is in the folder which was asked for last; files are visited folder by folder. */
  last: { readonly folder: string; readonly services: readonly ServiceFact[] } | undefined;
}

/** The kinds of facts that reach all files of a root. */
export const rootKinds = ['services', 'limitRanges', 'claims'] as const satisfies readonly (keyof RootFacts)[];

interface Gathered extends RootFacts {
  readonly services: TellingFile[];
  readonly limitRanges: (readonly [key: string, facts: readonly LimitRangeFact[]])[];
  readonly claims: (readonly [key: string, facts: readonly ClaimFact[]])[];
  readonly telling: Set<string>;
}

/** Gathers the facts of each root. `roots`: longest first. */
export function factsByRoot(store: FileStore, roots: readonly string[]): ReadonlyMap<string, RootFacts> {
  const gathered = new Map<string, Gathered>();
  for (const [key, { services, limitRanges, claims }] of store.all()) {
    if (services === undefined && limitRanges === undefined && claims === undefined) continue;
    const root = rootOf(key, roots);
    const facts: Gathered = gathered.get(root) ?? { services: [], limitRanges: [], claims: [], telling: new Set(), last: undefined };
    if (services !== undefined) {
      const far = services.map((service) => ({ ...service, isFar: true }));
      facts.services.push({ key, around: placesAround(key), near: services, far });
      facts.telling.add(key);
    }
    if (limitRanges !== undefined) facts.limitRanges.push([key, limitRanges]);
    if (claims !== undefined) facts.claims.push([key, claims]);
    gathered.set(root, facts);
  }
  return gathered;
}

/** What all files but one tell. */
export function ofOthers<T>(facts: ByFile<T> | undefined, key: string): readonly T[] {
  return (facts ?? []).flatMap(([file, told]) => (file === key ? [] : told));
}

/** The claims of the files around one. The same name in another part of a repository is another claim, unless a namespace ties the two. */
export function claimsOfOthers(facts: ByFile<ClaimFact> | undefined, key: string): readonly ClaimFact[] {
  if (facts === undefined) return [];
  const places = new Set(placesAround(key));
  return facts.flatMap(([file, claims]) => (file !== key && isBeside(placesAround(file), places) ? claims : []));
}

/** The Services of all files but one, marked where their file is far from it. */
export function servicesOfOthers(facts: RootFacts | undefined, key: string): readonly ServiceFact[] {
  if (facts === undefined) return [];
  const folder = folderOf(key);
  const isTelling = facts.telling.has(key);
  if (!isTelling && facts.last?.folder === folder) return facts.last.services;
  const places = new Set(placesAround(key));
  const services = facts.services.flatMap((file) => (file.key === key ? [] : isBeside(file.around, places) ? file.near : file.far));
  if (!isTelling) facts.last = { folder, services };
  return services;
}

/**
 * The innermost root a file stands in. Of files below none, those of one folder belong together; what stands in no
 * folder at all, as a text that was never saved, stands alone.
 */
export function rootOf(key: string, roots: readonly string[]): string {
  return roots.find((root) => key.startsWith(`${root}/`)) ?? (key.includes('/') ? folderOf(key) : key);
}
