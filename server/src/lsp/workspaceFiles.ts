import { DidChangeWatchedFilesNotification, FileChangeType } from 'vscode-languageserver';
import type { Connection, FileEvent, InitializeParams, WorkspaceFoldersChangeEvent } from 'vscode-languageserver';
import { fileRole, isSkipped } from '../engine/workspace/file-roles.ts';
import type { FileChange, Host } from '../engine/workspace/host.ts';
import { applyChanges, loadConfigOf, loadFolder } from '../engine/workspace/load.ts';
import { fileKey } from '../engine/workspace/paths.ts';
import type { WorkspaceIndex } from '../engine/workspace/workspace-index.ts';
import type { Abilities } from './abilities.ts';
import { log } from './guard.ts';
import { pace } from './pace.ts';

/** Longest wait for a document's configuration, in milliseconds: a slow disk must not keep the first warnings back. */
const patience = 200;

/** A folder the client has open, by the URI that the client gave it. */
interface Root {
  readonly uri: string;
  readonly key: string;
  isGone: boolean;
  unwatch: () => void;
}

/**
 * Tells the index of the files that are not open: what is in the folders when they are opened, and what becomes of it.
 * Reads in the background, one file after the other, and gives way to everything else; changes come before what is still
 * to be read. Nothing is ever written.
 */
export class WorkspaceFiles {
  readonly #connection: Connection;
  readonly #index: WorkspaceIndex;
  readonly #host: Host;
  readonly #learned: () => void;
  readonly #configs = new Map<string, Promise<void>>();
  #roots: readonly Root[] = [];
  readonly #changes: FileChange[] = [];
  /** Everything that reads, one after the other: an older text never comes after a newer one. */
  #work: Promise<void> = Promise.resolve();
  #isWatched = false;
  #isStopped = false;

  /** @param learned called whenever the index may know more than before; cheap to call */
  constructor(connection: Connection, index: WorkspaceIndex, host: Host, learned: () => void) {
    this.#connection = connection;
    this.#index = index;
    this.#host = host;
    this.#learned = learned;
  }

  initialize(params: Pick<InitializeParams, 'workspaceFolders'> & { readonly rootUri?: string | null }): void {
    const folders = params.workspaceFolders?.map(({ uri }) => uri) ?? [params.rootUri ?? ''];
    this.#roots = folders.filter((uri) => uri !== '').map(rootAt);
    this.#index.setRoots(this.#roots.map(({ uri }) => uri));
  }

  /** Begins to read, and to watch: the client does it where it can, else dates are looked at. */
  start({ watchFiles }: Abilities): void {
    this.#isWatched = watchFiles;
    if (watchFiles) {
      // Everything, because folders come and go too, and files are named in other files by any name.
      const registered = this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*' }] });
      registered.catch((error: unknown) => {
        log(this.#connection, 'client/registerCapability', error);
        this.#isWatched = false;
        for (const root of this.#roots) this.#watch(root);
      });
    }
    for (const root of this.#roots) this.#open(root);
  }

  /** Folders were added to or taken from the workspace. */
  foldersChanged({ added, removed }: WorkspaceFoldersChangeEvent): void {
    const gone = new Set(removed.map(({ uri }) => fileKey(uri)));
    const known = new Set(this.#roots.map(({ key }) => key));
    const left = this.#roots.filter(({ key }) => !gone.has(key));
    const fresh = added.map(({ uri }) => rootAt(uri)).filter(({ key }) => !known.has(key) || gone.has(key));
    const closed = this.#roots.filter(({ key }) => gone.has(key));
    this.#roots = [...left, ...fresh];
    this.#index.setRoots(this.#roots.map(({ uri }) => uri));
    for (const root of closed) {
      root.isGone = true;
      root.unwatch();
      this.#add(() => {
        if (!this.#roots.some((other) => isInside(root.key, other.key))) this.#index.close(root.uri);
        // A folder that stood inside and stays was taken along.
        for (const inner of this.#roots) if (isInside(inner.key, root.key) && !fresh.includes(inner)) this.#load(inner);
      });
    }
    for (const root of fresh) this.#open(root);
    this.#learned();
  }

  /** What the client saw happen. */
  filesChanged(events: readonly FileEvent[]): void {
    this.#take(events.map(({ uri, type }) => ({ uri, kind: type === FileChangeType.Deleted ? 'deleted' : type === FileChangeType.Created ? 'created' : 'changed' })));
  }

  /** A document was written by its editor: known at once, whoever watches. */
  saved(uri: string): void {
    this.#take([{ uri, kind: 'changed' }]);
  }

  /** Looks once for the configuration of a document, which may stand above the folders that are open. */
  async configOf(uri: string): Promise<void> {
    const folder = uri.slice(0, uri.lastIndexOf('/'));
    const known = this.#configs.get(folder) ?? loadConfigOf(this.#index, this.#host, uri);
    this.#configs.set(folder, known);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, patience)));
    await Promise.race([known, late]);
    clearTimeout(timer);
  }

  /** The folder that a file belongs to, by the client's own URI: the innermost that is open. */
  folderOf(uri: string): string | undefined {
    const key = fileKey(uri);
    return this.#roots.filter((root) => isInside(key, root.key)).sort((a, b) => b.key.length - a.key.length)[0]?.uri;
  }

  /** The text of a file as it is on the disk. */
  read(uri: string): Promise<string | undefined> {
    return this.#host.read(uri);
  }

  /** Done with all that is known to be to do. */
  async settled(): Promise<void> {
    for (let work: Promise<void> | undefined; work !== this.#work; ) await (work = this.#work);
  }

  dispose(): void {
    this.#isStopped = true;
    for (const { unwatch } of this.#roots) unwatch();
  }

  #open(root: Root): void {
    if (!this.#isWatched) this.#watch(root);
    this.#load(root);
  }

  #watch(root: Root): void {
    root.unwatch = this.#host.watch(root.uri, (changes) => {
      this.#take(changes);
    });
  }

  #load(root: Root): void {
    this.#add(async () => {
      // A folder inside another one that is open is read with it.
      if (this.#roots.some((other) => isInside(root.key, other.key))) return;
      const steps = pace(() => this.#isStopped || root.isGone);
      const breathe = async (): Promise<void> => {
        this.#learned();
        if ((await steps.next()) && this.#changes.length > 0) await this.#apply();
      };
      await loadFolder(this.#index, this.#host, root.uri, breathe, () => this.#isStopped || root.isGone);
    });
  }

  #take(changes: readonly FileChange[]): void {
    const telling = changes.filter((change) => this.#mayTell(change));
    if (telling.length === 0) return;
    this.#changes.push(...telling);
    this.#add(() => this.#apply());
  }

  /** Files that tell nothing come and go in great numbers; a folder has any name, and only its coming and going matters. */
  #mayTell({ uri, kind }: FileChange): boolean {
    const key = fileKey(uri);
    if (this.#index.has(key)) return true;
    if (isSkipped(`${key}/`)) return false;
    const role = this.#index.roleOf(key);
    // Above the folders that are open, configurations count and nothing else.
    if (!this.#roots.some((root) => isInside(key, root.key))) return role === 'config';
    return role !== undefined || kind !== 'changed';
  }

  async #apply(): Promise<void> {
    const steps = pace(() => this.#isStopped);
    // What half of the changes say, as in the middle of a checkout, is told to nobody.
    const breathe = async (): Promise<void> => {
      await steps.next();
    };
    const changes: FileChange[] = [];
    for (const change of newest(this.#changes.splice(0))) {
      const isFile = this.#index.roleOf(change.uri) !== undefined || this.#index.has(change.uri);
      if (isFile || change.kind === 'deleted') changes.push(change);
      // Not all clients name the files of a folder that was moved here, or came back with a branch.
      else for await (const uri of this.#host.list(change.uri, (each) => fileRole(fileKey(each)) !== undefined)) changes.push({ uri, kind: 'created' });
    }
    await applyChanges(this.#index, this.#host, changes, breathe, () => this.#isStopped);
  }

  #add(job: () => void | Promise<void>): void {
    const told = (): void => {
      if (this.#changes.length === 0) this.#learned();
    };
    this.#work = this.#work.then(job).then(told).catch((error: unknown) => {
      log(this.#connection, 'workspace files', error);
    });
  }
}

/** A file that goes and comes back, as with another branch, is read once: what counts is what became of it last. */
function newest(changes: readonly FileChange[]): Iterable<FileChange> {
  const last = new Map<string, FileChange>();
  for (const change of changes) {
    // In the order of their last events: a folder that went and files that came back in it.
    last.delete(change.uri);
    last.set(change.uri, change);
  }
  return last.values();
}

function rootAt(uri: string): Root {
  return { uri, key: fileKey(uri), isGone: false, unwatch: () => undefined };
}

function isInside(key: string, folder: string): boolean {
  return key.startsWith(`${folder}/`);
}
