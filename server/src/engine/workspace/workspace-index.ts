import type { ClaimFact } from '../kubernetes/claim.ts';
import type { ServiceFact } from '../kubernetes/service.ts';
import type { SuppliedPath } from '../yaml/supplied.ts';
import { claimsOfOthers, factsByRoot, ofOthers, type RootFacts, rootKinds, rootOf, servicesOfOthers } from './by-root.ts';
import { changedParts, FactVersions, kindOfPart, type WorkspaceFactKind } from './fact-versions.ts';
import { type FileFacts, fileFacts } from './file-facts.ts';
import { fileRole, type FileRole, isSkipped } from './file-roles.ts';
import { type FactsChange, FileStore, type Origin } from './file-store.ts';
import { bareImage } from './image-name.ts';
import { type BuiltImage, ImageTable } from './image-table.ts';
import { type ImageUser, ImageUsers } from './image-users.ts';
import type { ImageChange } from './kustomization.ts';
import { KustomizeGraph, type KustomizeRole } from './kustomize-graph.ts';
import type { ObjectIdentity } from './kustomize-match.ts';
import { mayGetProbe, suppliedPaths } from './kustomize-supplied.ts';
import type { LimitRangeFact } from './limit-range.ts';
import { ListedFolders } from './listed.ts';
import { configPlaces, type FileConfig, NearestConfigs } from './nearest-config.ts';
import { fileKey, fileUri, folderOf } from './paths.ts';

export type { WorkspaceFactKind };

/**
 * What the files of a workspace tell each other. Keeps facts, and no texts but those of Dockerfiles, which are short, so
 * that its memory is bounded; is told of files by somebody who can read them, and says which it wants to be told of
 * ({@link wanted}). Services and LimitRanges count in their own root only. Takes URIs and paths in any spelling; keys and
 * URIs it gives are in one.
 */
export class WorkspaceIndex {
  readonly #rules: readonly string[];
  readonly #files: FileStore;
  readonly #graph = new KustomizeGraph();
  readonly #images = new ImageTable();
  readonly #users = new ImageUsers({
    builtImage: (file, image) => this.builtImage(file, image),
    containers: (file) => this.#files.get(file)?.containers,
    revision: () => (['images', 'overlays', 'containers'] as const).map((kind) => this.version(kind)).join(),
  });
  /** Keys that somebody was asked to read, so that nobody is asked twice. */
  readonly #asked = new Set<string>();
  readonly #wanted = new Set<string>();
  readonly #nearest = new NearestConfigs();
  readonly #versions = new FactVersions();
  readonly #listed = new ListedFolders();
  #roots: readonly string[] = [];
  #byRoot: ReadonlyMap<string, RootFacts> | undefined;

  /** @param rules ids of the rules that configuration files may name */
  constructor(rules: readonly string[] = [], mostFiles = 50_000) {
    this.#rules = rules;
    this.#files = new FileStore(mostFiles);
  }

  /** The folders that are open. */
  setRoots(folders: readonly string[]): void {
    this.#roots = folders.map(fileKey).sort((a, b) => b.length - a.length);
    for (const kind of rootKinds) this.#grow(kind);
  }

  /** Grows whenever facts of the kind change: equal numbers, equal answers. */
  version(kind: WorkspaceFactKind): number {
    return this.#versions.of(kind);
  }

  /** Another text whenever {@link version} of any kind is another. */
  get revision(): string {
    return this.#versions.revision;
  }

  /** Takes in the text of a file. */
  update(uri: string, text: string, from: Origin): void {
    const key = fileKey(uri);
    const role = this.roleOf(key);
    if (role === undefined || (from === 'disk' && isSkipped(key))) return;
    const facts = fileFacts(role, text, { isPatch: this.#graph.isPatch(key), isUser: (images) => this.#users.isUser(key, images), rules: this.#rules });
    this.#announce(this.#files.put(key, from, facts));
  }

  /**
   * Takes in facts that somebody has read already: those of an open document, made document by document. Patches are
   * not among them: files that Kustomize takes for patches are updated by their text.
   */
  updateFacts(uri: string, facts: FileFacts, from: Origin): void {
    this.#announce(this.#files.put(fileKey(uri), from, facts));
  }

  /** The file is there, and its text says nothing or cannot be read. */
  note(uri: string): void {
    this.updateFacts(uri, {}, 'disk');
  }

  /** The file, or the folder with all that is in it, is gone from the disk; or the file's editor was closed. */
  remove(uri: string, from: Origin): void {
    const key = fileKey(uri);
    for (const each of this.#files.has(key) ? [key] : from === 'disk' ? this.#files.below(key) : []) {
      this.#asked.delete(each);
      this.#announce(this.#files.drop(each, from));
    }
  }

  /** URIs of files that are to be read, or read again, because another file named them. Each is given once. */
  wanted(): readonly string[] {
    this.#want(this.#users.unread());
    const wanted = [...this.#wanted];
    this.#wanted.clear();
    return wanted.map(fileUri);
  }

  /** The Services of the other files of this file's root. */
  services(uri: string): readonly ServiceFact[] {
    const key = fileKey(uri);
    return servicesOfOthers(this.#factsAround(key), key);
  }

  /** The LimitRanges of the other files of this file's root. */
  limitRanges(uri: string): readonly LimitRangeFact[] {
    return ofOthers(this.#factsAround(uri)?.limitRanges, fileKey(uri));
  }

  /** The PersistentVolumeClaims of the other files around this one. */
  claims(uri: string): readonly ClaimFact[] {
    return claimsOfOthers(this.#factsAround(uri)?.claims, fileKey(uri));
  }

  /** What Kustomize takes the file for; undefined where no kustomization names it. */
  kustomizeRole(uri: string): KustomizeRole | undefined {
    return this.#graph.roleOf(fileKey(uri));
  }

  /** Where overlays, components and their patches may add to an object of the file, or set something in it. */
  supplied(uri: string, object: ObjectIdentity): readonly SuppliedPath[] {
    return suppliedPaths(this.#graph, fileKey(uri), object, (file) => this.#files.get(file)?.patches ?? []);
  }

  /** What becomes of an image's name in overlays: the entries for it that reach the file. */
  imageChanges(uri: string, image: string): readonly ImageChange[] {
    return this.#graph.imagesOf(fileKey(uri)).filter((change) => change.name === bareImage(image));
  }

  /** The image, if a file says that it is built here: under its own name, or under the one that an overlay gives it. */
  builtImage(uri: string, image: string): BuiltImage | undefined {
    if (this.#images.isEmpty) return undefined;
    const names = [image, ...this.imageChanges(uri, image).flatMap(({ newName }) => newName ?? [])];
    return names.map((name) => this.#images.find(bareImage(name), (key) => this.#files.get(key)?.image)).find((found) => found !== undefined);
  }

  /** The containers of manifests that run the image of a Dockerfile and have no probe, as far as no overlay may supply one. */
  imageUsers(uri: string): readonly ImageUser[] {
    return this.#users.of(fileKey(uri)).filter(({ file, container }) =>
      !this.configOf(file).isIgnored && this.kustomizeRole(file) !== 'patch' && !mayGetProbe(this.supplied(file, container.object)));
  }

  /** Key of the folder that a Dockerfile is built in, as some file says; else its own. */
  contextOf(uri: string): string {
    const key = fileKey(uri);
    return this.#images.contextOf(key) ?? folderOf(key);
  }

  /** Names of the known files in a folder itself, in order. */
  names(folder: string): readonly string[] {
    return this.#files.names(fileKey(folder));
  }

  has(uri: string): boolean {
    return this.#files.has(fileKey(uri));
  }

  /** All files below the folder were told of: what is not known there is not there. */
  setListed(folder: string): void {
    this.#listed.add(fileKey(folder));
    this.#grow('build');
  }

  /** Is what is not known of a folder not there? */
  isListed(folder: string): boolean {
    return this.#listed.has(fileKey(folder));
  }

  /** Nobody follows the folder any more: what its files told is forgotten. */
  close(folder: string): void {
    this.#listed.forget(fileKey(folder));
    this.remove(folder, 'disk');
    this.#grow('build');
  }

  /** Does a kustomization take the file for a patch, so that it must be read whole? */
  isPatch(uri: string): boolean {
    return this.#graph.isPatch(fileKey(uri));
  }

  /** All that a file tells; undefined for one that is not there. */
  factsOf(uri: string): FileFacts | undefined {
    return this.#files.get(fileKey(uri));
  }

  /** The configuration of a file: the nearest one above it. */
  configOf(uri: string): FileConfig {
    return this.#nearest.of(fileKey(uri), (place) => this.#files.get(place)?.config?.config);
  }

  /** URIs above a file at which nobody has looked for a configuration yet. They count as looked at from now on. */
  unknownConfigPlaces(uri: string): readonly string[] {
    // Whoever listed a file of a folder, or of one below, has listed the folder itself: what is not known of it is not there.
    const isSeen = (folder: string): boolean => this.#files.isAbove(folder) && this.isListed(folder);
    const places = configPlaces(fileKey(uri)).filter((place) => !this.#files.has(place) && !this.#asked.has(place) && !isSeen(folderOf(place)));
    for (const place of places) this.#asked.add(place);
    return places.map(fileUri);
  }

  /** What the file can tell the others: by its name, else by what names it. Undefined: nothing. */
  roleOf(uri: string): FileRole | undefined {
    const key = fileKey(uri);
    return fileRole(key) ?? (this.#graph.isPatch(key) ? 'manifest' : this.#images.isDockerfile(key) ? 'dockerfile' : undefined);
  }

  /** Tells those who depend on the parts of a file's facts that are others now. */
  #announce({ key, before, after }: FactsChange): void {
    if ((before === undefined) !== (after === undefined)) this.#grow('build');
    this.#users.set(key, after?.images);
    const changed = changedParts(before, after, (part) => (part === 'image' ? this.#images.isDockerfile(key) : this.#users.isUser(key)));
    for (const part of changed) this.#grow(kindOfPart[part]);
    if (changed.has('kustomization')) {
      this.#graph.set(key, after?.kustomization);
      this.#want(this.#graph.patchFilesOf(key).filter((file) => this.#files.get(file)?.patches === undefined));
    }
    if (!changed.has('builds') && !changed.has('config')) return;
    this.#grow('images');
    const rows = (after?.config?.config.images ?? []).map((row) => ({ ...row, target: undefined, byDockerfile: true }));
    this.#images.setBuilds(key, [...(after?.builds ?? []), ...rows]);
    this.#want(this.#images.dockerfilesOf(key).filter((file) => fileRole(file) === undefined && !this.#files.has(file)));
  }

  #grow(kind: WorkspaceFactKind): void {
    this.#versions.grow(kind);
    if (rootKinds.some((each) => each === kind)) this.#byRoot = undefined;
    if (kind === 'config') this.#nearest.clear();
  }

  #want(keys: readonly string[]): void {
    for (const key of keys) {
      if (!this.#asked.has(key)) this.#wanted.add(key);
      this.#asked.add(key);
    }
  }

  #factsAround(uri: string): RootFacts | undefined {
    this.#byRoot ??= factsByRoot(this.#files, this.#roots);
    return this.#byRoot.get(rootOf(fileKey(uri), this.#roots));
  }
}
