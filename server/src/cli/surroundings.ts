import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { fileRole } from '../engine/workspace/file-roles.ts';
import type { Host } from '../engine/workspace/host.ts';
import { loadConfigOf, loadFolder } from '../engine/workspace/load.ts';
import { fileKey, fileUri, foldersAbove } from '../engine/workspace/paths.ts';
import type { WorkspaceIndex } from '../engine/workspace/workspace-index.ts';
import { list, nodeHost, pathOf, repositoryOf } from '../host/folders.ts';
import type { Candidate, Look } from './collect.ts';
import type { Io } from './io.ts';
import type { Read } from './read-ahead.ts';

/** The files around those to check that have something to tell. Plain data: found once, read by every thread. */
export interface Surroundings {
  /** URIs of the folders in which files know of each other. */
  readonly roots: readonly string[];
  /** Of these the outermost, with the URIs of the files to read in their order. */
  readonly folders: readonly { readonly folder: string; readonly files: readonly string[] }[];
  /** Paths of files to read that stand in none of those folders. */
  readonly alone: readonly string[];
  /** One URI in each folder with files to check: the configuration above it is looked for. */
  readonly configured: readonly string[];
}

/**
 * Finds what an editor reads that has the folder of the files to check open: the git repository that a file or the
 * directory it was found in belongs to, else that directory. Files that stand in neither know of each other.
 */
export async function findSurroundings(files: readonly Pick<Candidate, 'path' | 'from'>[], look: Look): Promise<Surroundings> {
  const rootOf = new Map<string, string | undefined>();
  const alone: string[] = [];
  for (const { path, from } of files) {
    const folder = from ?? dirname(path);
    if (!rootOf.has(folder)) rootOf.set(folder, repositoryOf(folder) ?? from);
    if (rootOf.get(folder) === undefined) alone.push(path);
  }
  const roots = [...new Set(rootOf.values())].flatMap((root) => (root === undefined ? [] : pathToFileURL(root).href));
  const shared = folderOfAll(alone.map((path) => fileKey(pathToFileURL(path).href)));
  const outermost = roots.filter((root) => !roots.some((other) => fileKey(root).startsWith(`${fileKey(other)}/`)));
  const folders: { readonly folder: string; readonly files: readonly string[] }[] = [];
  for (const folder of outermost) {
    const telling: string[] = [];
    for await (const uri of list(folder, (each) => fileRole(each) !== undefined, (path) => seenBy(look, path))) telling.push(uri);
    folders.push({ folder, files: telling });
  }
  const configured = new Map(files.map(({ path }) => [dirname(path), path]));
  return {
    roots: [...roots, ...(shared === undefined ? [] : [shared])],
    folders,
    alone,
    configured: [...configured.values()].map((path) => pathToFileURL(path).href),
  };
}

/** Reads what the files around those to check tell. `withConfigs`: also the configuration that counts for each folder. */
export async function readSurroundings(
  index: WorkspaceIndex,
  { roots, folders, alone, configured }: Surroundings,
  { read, breathe, withConfigs }: { readonly read: Read; readonly breathe: Io['breathe']; readonly withConfigs: boolean },
): Promise<void> {
  const textOf = (path: string | undefined): string | undefined => {
    const file = path === undefined ? undefined : read(path);
    return file?.kind === 'text' ? file.text : undefined;
  };
  index.setRoots(roots);
  for (const { folder, files } of folders) {
    const host: Host = { ...nodeHost, read: (uri) => Promise.resolve(textOf(pathOf(uri))), list: () => known(files) };
    await loadFolder(index, host, folder, breathe, () => false);
  }
  for (const path of alone) {
    const text = textOf(path);
    if (text !== undefined) index.update(pathToFileURL(path).href, text, 'disk');
  }
  if (withConfigs) for (const uri of configured) await loadConfigOf(index, nodeHost, uri);
}

// eslint-disable-next-line @typescript-eslint/require-await -- what a host lists may take time; this is known already
async function* known(files: readonly string[]): AsyncGenerator<string> {
  yield* files;
}

/** The innermost folder that all of these files stand in, below the top. Whoever names them together says that they belong together. */
function folderOfAll([first, ...others]: readonly string[]): string | undefined {
  if (first === undefined) return undefined;
  return foldersAbove(first).find((folder) => folder !== '' && others.every((key) => key.startsWith(`${folder}/`)));
}

function seenBy(look: Look, path: string): ReturnType<Look> {
  try {
    return look(path);
  } catch {
    return [];
  }
}

/** Which configuration counts for a file, of those that were read, and does it take the file out of the checks? */
export function configOf(index: WorkspaceIndex, path: string): { readonly file: string | undefined; readonly isIgnored: boolean } {
  const { file, isIgnored } = index.configOf(pathToFileURL(path).href);
  return { file: file === undefined ? undefined : fileURLToPath(fileUri(file)), isIgnored };
}
