import type { ClaimFact } from '../kubernetes/claim.ts';
import type { ServiceFact } from '../kubernetes/service.ts';
import type { FileStore } from './file-store.ts';
import type { LimitRangeFact } from './limit-range.ts';
import { folderOf, foldersAbove, isBeside, placesAround } from './paths.ts';

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
  /** Services that several files hold. One cluster takes one of them. */
  readonly repeated: ReadonlySet<string>;
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
  readonly names: Set<string>;
  readonly repeated: Set<string>;
}

/** Gathers the facts of each root. `roots`: longest first. */
export function factsByRoot(store: FileStore, roots: readonly string[]): ReadonlyMap<string, RootFacts> {
  const gathered = new Map<string, Gathered>();
  for (const [key, { services, limitRanges, claims }] of store.all()) {
    if (services === undefined && limitRanges === undefined && claims === undefined) continue;
    const root = rootOf(key, roots);
    const facts: Gathered = gathered.get(root) ?? { services: [], limitRanges: [], claims: [], telling: new Set(), names: new Set(), repeated: new Set(), last: undefined };
    if (services !== undefined) {
      const far = services.map((service) => ({ ...service, isFar: true }));
      facts.services.push({ key, around: placesAround(key), near: services, far });
      facts.telling.add(key);
      for (const name of new Set(services.flatMap(objectName))) (facts.names.has(name) ? facts.repeated : facts.names).add(name);
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
  const others = facts.services.filter((file) => file.key !== key);
  const isShadowed = shadows(key, others, facts.repeated);
  const services = others.flatMap((file) => {
    const told = isBeside(file.around, places) ? file.near : file.far;
    return isShadowed === undefined ? told : told.filter((service) => !isShadowed(file, service));
  });
  if (!isTelling) facts.last = { folder, services };
  return services;
}

/**
 * The same Service stands in several files where a repository holds variants of an app; then the one that is nearest is
 * meant, and others only where they are as near. Undefined where no Service stands in several.
 */
function shadows(key: string, files: readonly TellingFile[], repeated: ReadonlySet<string>): ((file: TellingFile, service: ServiceFact) => boolean) | undefined {
  if (repeated.size === 0) return undefined;
  const folders = foldersAbove(key);
  const nearest = new Map<string, number>();
  const steps = new Map<TellingFile, number>();
  for (const file of files) {
    const names = file.near.flatMap(objectName).filter((name) => repeated.has(name));
    if (names.length === 0) continue;
    const distance = stepsBetween(folders, file.key);
    steps.set(file, distance);
    for (const name of names) nearest.set(name, Math.min(distance, nearest.get(name) ?? distance));
  }
  return (file, service) => objectName(service).some((name) => (steps.get(file) ?? 0) > (nearest.get(name) ?? Number.POSITIVE_INFINITY));
}

/** How many folders up and down again lead from a file, whose folders these are, to another. */
function stepsBetween(folders: readonly string[], to: string): number {
  const others = foldersAbove(to);
  const up = folders.findIndex((folder) => others.includes(folder));
  return up < 0 ? Number.POSITIVE_INFINITY : up + others.indexOf(folders[up] ?? '');
}

/** The Services of a file and of others, without what the others say of the same Services. */
export function withOwn(own: readonly ServiceFact[], others: readonly ServiceFact[]): readonly ServiceFact[] {
  if (own.length === 0) return others;
  const names = new Set(own.flatMap(objectName));
  return [...own, ...others.filter((service) => !objectName(service).some((name) => names.has(name)))];
}

/** What two Services of one cluster cannot share; none where the name is computed. */
function objectName({ name, namespace }: ServiceFact): readonly string[] {
  return name === '' ? [] : [`${namespace ?? ''}/${name}`];
}

/**
 * The innermost root a file stands in. Of files below none, those of one folder belong together; what stands in no
 * folder at all, as a text that was never saved, stands alone.
 */
export function rootOf(key: string, roots: readonly string[]): string {
  return roots.find((root) => key.startsWith(`${root}/`)) ?? (key.includes('/') ? folderOf(key) : key);
}
