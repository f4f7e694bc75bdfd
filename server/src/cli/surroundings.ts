import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadConfigOf, loadFolder } from '../engine/workspace/load.ts';
import { fileKey, fileUri, foldersAbove } from '../engine/workspace/paths.ts';
import type { WorkspaceIndex } from '../engine/workspace/workspace-index.ts';
import type { Host } from '../engine/workspace/host.ts';
import { list, nodeHost, repositoryOf } from '../host/folders.ts';
import type { Candidate, Look } from './collect.ts';
import type { Io } from './io.ts';

/**
 * Reads what the files around those to check tell, as an editor does that has their folder open: the git repository
 * that a file or the directory it was found in belongs to, else that directory. Files that stand in neither know of
 * each other.
 */
export async function readSurroundings(
  index: WorkspaceIndex,
  files: readonly Pick<Candidate, 'path' | 'from'>[],
  { look, breathe }: { readonly look: Look; readonly breathe: Io['breathe'] },
): Promise<void> {
  const host: Host = { ...nodeHost, list: (folder, wanted) => list(folder, wanted, (path) => seenBy(look, path)) };
  const rootOf = new Map<string, string | undefined>();
  const alone: string[] = [];
  for (const { path, from } of files) {
    const folder = from ?? dirname(path);
    if (!rootOf.has(folder)) rootOf.set(folder, repositoryOf(folder) ?? from);
    if (rootOf.get(folder) === undefined) alone.push(path);
  }
  const roots = [...new Set(rootOf.values())].flatMap((root) => (root === undefined ? [] : pathToFileURL(root).href));
  const shared = folderOfAll(alone.map((path) => fileKey(pathToFileURL(path).href)));
  index.setRoots([...roots, ...(shared === undefined ? [] : [shared])]);
  const outermost = roots.filter((root) => !roots.some((other) => fileKey(root).startsWith(`${fileKey(other)}/`)));
  for (const root of outermost) await loadFolder(index, host, root, breathe, () => false);
  for (const path of alone) {
    const uri = pathToFileURL(path).href;
    const text = await nodeHost.read(uri);
    if (text !== undefined) index.update(uri, text, 'disk');
  }
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

/** Which configuration counts for a file, and does it take the file out of the checks? */
export async function configOf(index: WorkspaceIndex, path: string): Promise<{ readonly file: string | undefined; readonly isIgnored: boolean }> {
  const uri = pathToFileURL(path).href;
  await loadConfigOf(index, nodeHost, uri);
  const { file, isIgnored } = index.configOf(uri);
  return { file: file === undefined ? undefined : fileURLToPath(fileUri(file)), isIgnored };
}
