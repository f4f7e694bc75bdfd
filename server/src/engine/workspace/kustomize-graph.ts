import type { ImageChange, Kustomization, PatchEntry } from './kustomization.ts';
import type { SeenObject, ObjectIdentity } from './kustomize-match.ts';
import { folderOf, resolveIn } from './paths.ts';

/** What Kustomize takes a file for. A file that is a resource anywhere is one. */
export type KustomizeRole = 'resource' | 'patch' | 'other';

/** A patch entry with the file it names. */
export interface PlacedEntry {
  readonly entry: PatchEntry;
  readonly file: string | undefined;
}

/** A kustomization that a file's objects come through, and how they look by then. */
interface Station {
  readonly node: GraphNode;
  readonly renames: readonly (readonly [prefix: string, suffix: string])[];
  readonly isMoved: boolean;
}

interface GraphNode {
  readonly folder: string;
  readonly kustomization: Kustomization;
  readonly components: readonly string[];
  readonly patches: readonly PlacedEntry[];
  /** Everything it names, and what for. */
  readonly uses: ReadonlyMap<string, Use>;
}

type Use = KustomizeRole | 'component';

const precedence: readonly Use[] = ['resource', 'component', 'patch', 'other'];

/** Names grow by every prefix on the way; more ways than these are not told apart. */
const mostStations = 500;

/**
 * Which kustomization names which file: kept as files come and go, and asked upwards, from a file to all that take it
 * in. Keys are those of `fileKey`.
 */
export class KustomizeGraph {
  /** By folder: Kustomize looks for one kustomization in each. */
  readonly #nodes = new Map<string, GraphNode>();
  readonly #users = new Map<string, Map<string, Use>>();

  /** Adds the kustomization of a file, replaces it, or with undefined takes it away. */
  set(key: string, kustomization: Kustomization | undefined): void {
    const folder = folderOf(key);
    for (const target of this.#nodes.get(folder)?.uses.keys() ?? []) {
      const users = this.#users.get(target);
      users?.delete(folder);
      if (users?.size === 0) this.#users.delete(target);
    }
    this.#nodes.delete(folder);
    if (kustomization === undefined) return;
    const node = nodeOf(folder, kustomization);
    this.#nodes.set(folder, node);
    for (const [target, use] of node.uses) {
      const users = this.#users.get(target) ?? new Map<string, Use>();
      this.#users.set(target, users.set(folder, use));
    }
  }

  /** Undefined for a file that no kustomization names. */
  roleOf(key: string): KustomizeRole | undefined {
    const uses = [...(this.#users.get(key)?.values() ?? [])];
    const role = precedence.find((use) => uses.includes(use));
    return role === 'component' ? 'resource' : role;
  }

  /** Is the file a patch somewhere? */
  isPatch(key: string): boolean {
    return [...(this.#users.get(key)?.keys() ?? [])].some((folder) => this.#nodes.get(folder)?.patches.some(({ file }) => file === key) === true);
  }

  /** The patch files that a kustomization names. */
  patchFilesOf(key: string): readonly string[] {
    return (this.#nodes.get(folderOf(key))?.patches ?? []).flatMap(({ file }) => file ?? []);
  }

  /** The patches that may reach the objects of a file, each with the object as it is when the patch comes. */
  patchesOf(key: string, object: ObjectIdentity): readonly (PlacedEntry & { readonly seen: SeenObject })[] {
    return this.#stations(key).flatMap(({ node, renames, isMoved }) => {
      const names = object.name === undefined ? [] : renames.reduce<readonly string[]>((all, [prefix, suffix]) => [...all, `${prefix}${all.at(-1) ?? ''}${suffix}`], [object.name]);
      const seen = { ...object, names: [...new Set(names)], isMoved };
      return this.#withComponents(node).flatMap(({ patches }) => patches.map((patch) => ({ ...patch, seen })));
    });
  }

  /** The image changes that may reach the objects of a file, or those that it patches: Kustomize renames images after that. */
  imagesOf(key: string): readonly ImageChange[] {
    return this.#stations(key, true).flatMap(({ node }) => this.#withComponents(node).flatMap(({ kustomization }) => kustomization.images));
  }

  /** Names of objects whose replicas are set on the way. */
  replicasOf(key: string): readonly string[] {
    return this.#stations(key).flatMap(({ node }) => this.#withComponents(node).flatMap(({ kustomization }) => kustomization.replicas));
  }

  /** Every kustomization above a file, nearest first, each once; with `asPatch` also above the objects that it patches. */
  #stations(key: string, asPatch = false): readonly Station[] {
    const stations: Station[] = [];
    const seen = new Set<string>();
    const visit = (target: string, renames: Station['renames'], isMoved: boolean): void => {
      for (const [folder, use] of this.#users.get(target) ?? []) {
        const node = this.#nodes.get(folder);
        const isTaken = use === 'resource' || use === 'component' || (asPatch && use === 'patch' && target === key);
        if (node === undefined || seen.has(folder) || !isTaken) continue;
        seen.add(folder);
        stations.push({ node, renames, isMoved: isMoved || node.kustomization.namespace !== undefined });
      }
    };
    visit(key, [], false);
    for (let at = 0; at < stations.length && stations.length < mostStations; at += 1) {
      const station = stations[at];
      if (station === undefined) break;
      const { namePrefix, nameSuffix } = station.node.kustomization;
      const renames = namePrefix === '' && nameSuffix === '' ? station.renames : [...station.renames, [namePrefix, nameSuffix] as const];
      visit(station.node.folder, renames, station.isMoved);
    }
    return stations;
  }

  /** A kustomization and the components it uses: they patch what it has gathered. */
  #withComponents(node: GraphNode): readonly GraphNode[] {
    const found = new Set([node]);
    for (const each of found) {
      for (const folder of each.components) {
        const component = this.#nodes.get(folder);
        if (component !== undefined) found.add(component);
      }
    }
    return [...found];
  }
}

function nodeOf(folder: string, kustomization: Kustomization): GraphNode {
  const resolve = (paths: readonly string[]): readonly string[] => paths.flatMap((path) => resolveIn(folder, path) ?? []);
  const components = resolve(kustomization.components);
  const patches = kustomization.patches.map((entry) => ({ entry, file: entry.path === undefined ? undefined : resolveIn(folder, entry.path) }));
  const uses = new Map<string, Use>();
  const add = (use: Use, targets: readonly string[]): void => {
    for (const target of targets) if (!uses.has(target)) uses.set(target, use);
  };
  add('resource', resolve(kustomization.resources));
  add('component', components);
  add('patch', patches.flatMap(({ file }) => file ?? []));
  add('other', resolve(kustomization.others));
  return { folder, kustomization, components, patches, uses };
}
