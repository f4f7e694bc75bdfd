import { fileRole } from './file-roles.ts';
import type { FileChange, Host } from './host.ts';
import type { WorkspaceIndex } from './workspace-index.ts';

/** Gives way to what is more urgent; called after every file. */
export type Breathe = () => Promise<void> | undefined;

/** How often one file may name another that names another: Kustomize folders patching each other go no deeper. */
const mostRounds = 10;

/** Reads what a folder has to tell into the index. Ends early where `isStopped` says so. */
export async function loadFolder(index: WorkspaceIndex, host: Host, folder: string, breathe: Breathe, isStopped: () => boolean): Promise<void> {
  for await (const uri of host.list(folder, (each) => fileRole(plain(each)) !== undefined)) {
    if (isStopped()) return;
    await readInto(index, host, uri);
    await breathe();
  }
  await readWanted(index, host, breathe, isStopped);
  if (!isStopped()) index.setListed(folder);
}

/** Takes changes of files into the index: creation, renaming, deletion, another branch. */
export async function applyChanges(index: WorkspaceIndex, host: Host, changes: readonly FileChange[], breathe: Breathe, isStopped: () => boolean): Promise<void> {
  for (const { uri, kind } of changes) {
    if (isStopped()) return;
    if (kind === 'deleted') index.remove(uri, 'disk');
    else await readInto(index, host, uri);
    await breathe();
  }
  await readWanted(index, host, breathe, isStopped);
}

/** Looks for the configuration of a file in its folder and above, also above the folders that are open. */
export async function loadConfigOf(index: WorkspaceIndex, host: Host, uri: string): Promise<void> {
  for (const place of index.unknownConfigPlaces(uri)) {
    const text = await host.read(place);
    if (text !== undefined) index.update(place, text, 'disk');
  }
}

async function readWanted(index: WorkspaceIndex, host: Host, breathe: Breathe, isStopped: () => boolean): Promise<void> {
  for (let round = 0; round < mostRounds; round += 1) {
    const wanted = index.wanted();
    if (wanted.length === 0) return;
    for (const uri of wanted) {
      if (isStopped()) return;
      const text = await host.read(uri);
      if (text !== undefined) index.update(uri, text, 'disk');
      await breathe();
    }
  }
}

async function readInto(index: WorkspaceIndex, host: Host, uri: string): Promise<void> {
  if (fileRole(plain(uri)) === 'presence') {
    index.note(uri);
    return;
  }
  const text = await host.read(uri);
  if (text === undefined) index.remove(uri, 'disk');
  else index.update(uri, text, 'disk');
}

/** A URI's path, for a look at its name. */
function plain(uri: string): string {
  return uri.replace(/[?#].*$/s, '');
}
