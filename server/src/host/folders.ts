import { type Dirent, existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { fileRole, skippedFolders } from '../engine/workspace/file-roles.ts';
import type { FileChange, Host } from '../engine/workspace/host.ts';
import { readText } from './node.ts';

/** More folders than this are no repository but somebody's whole disk; the rest of it is not looked at. */
const mostFolders = 30_000;

/** Milliseconds between two looks at a folder, at the least; and how many times longer than a look the pause is. */
const shortestPause = 2_000;
const pauseByLook = 50;

/**
 * The files of this machine, for `file:` URIs; of others it knows nothing. Reads, lists and looks at dates, never more.
 * Folders are listed in one order, so that what is read first is the same everywhere.
 */
export const nodeHost: Host = { read, list: (folder, wanted) => list(folder, wanted, entriesOf), watch };

/** What stands in a folder; nothing where it cannot be read. */
export type Entries = (path: string) => readonly Dirent[] | Promise<readonly Dirent[]>;

function entriesOf(path: string): Promise<readonly Dirent[]> {
  return readdir(path, { withFileTypes: true }).catch(() => []);
}

// eslint-disable-next-line @typescript-eslint/require-await -- one small file at a time is read at once: asking four times costs more than it frees
async function read(uri: string): Promise<string | undefined> {
  const path = pathOf(uri);
  const file = path === undefined ? undefined : readText(path);
  return file?.kind === 'text' ? file.text : undefined;
}

/** The files below a folder. Whoever has looked into folders already gives what he saw. */
export async function* list(folder: string, wanted: (uri: string) => boolean, entriesIn: Entries): AsyncGenerator<string> {
  const top = pathOf(folder);
  const waiting = top === undefined ? [] : [top];
  for (let seen = 0; seen < mostFolders; seen += 1) {
    const path = waiting.pop();
    if (path === undefined) return;
    const entries = await entriesIn(path);
    const below: string[] = [];
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.isDirectory()) {
        if (!skippedFolders.has(entry.name)) below.push(join(path, entry.name));
      } else if (entry.isFile() || entry.isSymbolicLink()) {
        const uri = pathToFileURL(join(path, entry.name)).href;
        if (wanted(uri)) yield uri;
      }
    }
    waiting.push(...below.reverse());
  }
}

/**
 * Looks at the dates of files again and again, at most one fiftieth of the time: works on every system and for every
 * file system, where the system's own notices do not. Only files whose name says that they tell something.
 */
function watch(folder: string, changed: (changes: readonly FileChange[]) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  let known: ReadonlyMap<string, string> | undefined;
  // What is written while the first look goes on may have been read before: it counts as changed.
  const since = Date.now() - 1_000;
  const look = async (): Promise<void> => {
    const began = performance.now();
    const now = await datesOf(folder, () => isStopped);
    if (isStopped) return;
    const before = known ?? new Map([...now].filter(([, date]) => Number.parseFloat(date) < since));
    known = now;
    const changes = changesBetween(before, now);
    if (changes.length > 0) changed(changes);
    schedule(Math.max(shortestPause, (performance.now() - began) * pauseByLook));
  };
  const schedule = (pause: number): void => {
    timer = setTimeout(() => void look(), pause);
    timer.unref();
  };
  schedule(0);
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}

/** Date and size of each telling file. */
async function datesOf(folder: string, isStopped: () => boolean): Promise<ReadonlyMap<string, string>> {
  const dates = new Map<string, string>();
  for await (const uri of list(folder, (each) => fileRole(each) !== undefined, entriesOf)) {
    if (isStopped()) break;
    const found = await stat(fileURLToPath(uri)).catch(() => undefined);
    if (found?.isFile() === true) dates.set(uri, `${String(found.mtimeMs)} ${String(found.size)}`);
  }
  return dates;
}

function changesBetween(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): readonly FileChange[] {
  const changes: FileChange[] = [];
  for (const uri of before.keys()) if (!now.has(uri)) changes.push({ uri, kind: 'deleted' });
  for (const [uri, date] of now) {
    const old = before.get(uri);
    if (old !== date) changes.push({ uri, kind: old === undefined ? 'created' : 'changed' });
  }
  return changes;
}

/**
 * The folder of the git repository that a folder stands in; undefined where it stands in none. A repository that is
 * somebody's whole home, as some people keep their settings, is none of this kind.
 */
export function repositoryOf(folder: string): string | undefined {
  const home = resolve(homedir());
  for (let at = resolve(folder); at !== home && dirname(at) !== at; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
  }
  return undefined;
}

/** The path of a `file:` URI on this machine; undefined for others. */
export function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    // A URI of another machine, or one that no path of this system can be.
    return undefined;
  }
}
