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
  readonly folders: readonly string[];
  readonly around: readonly string[];
  readonly near: readonly ServiceFact[];
  readonly far: readonly ServiceFact[];
  /** Of its Services in their order: see {@link objectName}. */
  readonly names: readonly (readonly string[])[];
}

/** What one file tells the files of a folder. */
interface ToldFile {
  readonly key: string;
  readonly services: readonly ServiceFact[];
}

/** What the files of one root tell all files of that root. */
export interface RootFacts {
  readonly services: readonly TellingFile[];
  readonly limitRanges: ByFile<LimitRangeFact>;
  readonly claims: ByFile<ClaimFact>;
  /** The files that tell Services: all others of a folder are told the same ones. */
  readonly telling: ReadonlySet<string>;
  /** The files of a Service that several hold, by its name. One cluster takes one of them. */
  readonly repeated: ReadonlyMap<string, readonly TellingFile[]>;
  /** What files tell in the folder that was asked for last; files are visited folder by folder. */
  last: { readonly folder: string; readonly told: readonly ToldFile[]; readonly services: readonly ServiceFact[] } | undefined;
}

/** The kinds of facts that reach all files of a root. */
export const rootKinds = ['services', 'limitRanges', 'claims'] as const satisfies readonly (keyof RootFacts)[];

interface Gathered extends RootFacts {
  readonly services: TellingFile[];
  readonly limitRanges: (readonly [key: string, facts: readonly LimitRangeFact[]])[];
  readonly claims: (readonly [key: string, facts: readonly ClaimFact[]])[];
  readonly telling: Set<string>;
  readonly holders: Map<string, TellingFile[]>;
  readonly repeated: Map<string, readonly TellingFile[]>;
}

/** Gathers the facts of each root. `roots`: longest first. */
export function factsByRoot(store: FileStore, roots: readonly string[]): ReadonlyMap<string, RootFacts> {
  const gathered = new Map<string, Gathered>();
  for (const [key, { services, limitRanges, claims }] of store.all()) {
    if (services === undefined && limitRanges === undefined && claims === undefined) continue;
    const root = rootOf(key, roots);
    const facts: Gathered = gathered.get(root) ?? { services: [], limitRanges: [], claims: [], telling: new Set(), holders: new Map(), repeated: new Map(), last: undefined };
    if (services !== undefined) {
      const far = services.map((service) => ({ ...service, isFar: true }));
      const names = services.map(objectName);
      const file: TellingFile = { key, folders: foldersAbove(key), around: placesAround(key), near: services, far, names };
      facts.services.push(file);
      facts.telling.add(key);
      for (const name of new Set(names.flat())) {
        const holders = [...(facts.holders.get(name) ?? []), file];
        facts.holders.set(name, holders);
        if (holders.length > 1) facts.repeated.set(name, holders);
      }
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

/**
 * The Services of all files but one, marked where their file is far from it. What the file itself says of a Service comes
 * before what others say of it: see {@link withOwn}.
 */
export function servicesOfOthers(facts: RootFacts | undefined, key: string): readonly ServiceFact[] {
  if (facts === undefined) return [];
  const folder = folderOf(key);
  if (facts.last?.folder !== folder) {
    const told = toldIn(facts, key);
    facts.last = { folder, told, services: told.flatMap(({ services }) => services) };
  }
  const { told, services } = facts.last;
  return facts.telling.has(key) ? told.flatMap((file) => (file.key === key ? [] : file.services)) : services;
}

/** What the files of a folder are told, one of which is `key`. */
function toldIn(facts: RootFacts, key: string): readonly ToldFile[] {
  const places = new Set(placesAround(key));
  const shadowed = shadowedBy(facts.repeated, foldersAbove(key));
  return facts.services.map((file) => {
    const services = isBeside(file.around, places) ? file.near : file.far;
    const names = shadowed.get(file);
    return { key: file.key, services: names === undefined ? services : services.filter((_, at) => file.names[at]?.some((name) => names.has(name)) !== true) };
  });
}

/**
 * The same Service stands in several files where a repository holds variants of an app; then the one that is nearest is
 * meant, and others only where they are as near. These are the names that count no more, by the file they stand in.
 */
function shadowedBy(repeated: RootFacts['repeated'], folders: readonly string[]): ReadonlyMap<TellingFile, ReadonlySet<string>> {
  const shadowed = new Map<TellingFile, Set<string>>();
  const steps = new Map<TellingFile, number>();
  const ups = new Map(folders.map((folder, up) => [folder, up]));
  const stepsTo = (file: TellingFile): number => {
    const known = steps.get(file) ?? stepsBetween(ups, file.folders);
    steps.set(file, known);
    return known;
  };
  for (const [name, files] of repeated) {
    const nearest = Math.min(...files.map(stepsTo));
    for (const file of files) {
      if (stepsTo(file) > nearest) shadowed.set(file, (shadowed.get(file) ?? new Set()).add(name));
    }
  }
  return shadowed;
}

/** How many folders up and down again lead from a file to another. `ups`: how many lead up to each folder above it. */
function stepsBetween(ups: ReadonlyMap<string, number>, others: readonly string[]): number {
  const down = others.findIndex((folder) => ups.has(folder));
  return down < 0 ? Number.POSITIVE_INFINITY : down + (ups.get(others[down] ?? '') ?? 0);
}

/** The Services of a file and of others, without what the others say of the same Services. */
export function withOwn(own: readonly ServiceFact[], others: readonly ServiceFact[]): readonly ServiceFact[] {
  if (own.length === 0) return others;
  if (others.length === 0) return own;
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
