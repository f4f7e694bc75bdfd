import { foldersAbove } from './paths.ts';

/** The folders all of whose files are known: what is not known there is not there. By key. */
export class ListedFolders {
  readonly #folders = new Set<string>();

  add(folder: string): void {
    this.#folders.add(folder);
  }

  /** Nobody follows the folder any more, nor what is in it. */
  forget(folder: string): void {
    for (const each of this.#folders) if (each === folder || each.startsWith(`${folder}/`)) this.#folders.delete(each);
  }

  has(key: string): boolean {
    return this.#folders.has(key) || foldersAbove(key).some((above) => this.#folders.has(above));
  }
}
