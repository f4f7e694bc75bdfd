import type { FileFacts } from './file-facts.ts';
import { folderOf, nameOf } from './paths.ts';

/** Where a text comes from. What stands unsaved in an editor beats what is on the disk. */
export type Origin = 'disk' | 'buffer';

interface Entry {
  readonly disk?: FileFacts;
  readonly buffer?: FileFacts;
}

/** What became of a file's facts. */
export interface FactsChange {
  readonly key: string;
  readonly before: FileFacts | undefined;
  readonly after: FileFacts | undefined;
}

/** The facts of files by key, as they count. Holds no more files than it is made for; further ones are not taken. */
export class FileStore {
  readonly #most: number;
  readonly #entries = new Map<string, Entry>();
  readonly #folders = new Map<string, Set<string>>();
  /** Folders with files on the disk that were told of, in them or below; also those that are gone. */
  readonly #above = new Set<string>();

  constructor(most: number) {
    this.#most = most;
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  get(key: string): FileFacts | undefined {
    return effective(this.#entries.get(key));
  }

  put(key: string, from: Origin, facts: FileFacts): FactsChange {
    const old = this.#entries.get(key);
    const isFull = old === undefined && this.#entries.size >= this.#most;
    if (from === 'disk' && !isFull) this.#noteAbove(key);
    return this.#replace(key, isFull ? undefined : { ...old, [from]: facts });
  }

  drop(key: string, from: Origin): FactsChange {
    const { disk, buffer } = this.#entries.get(key) ?? {};
    const left = from === 'disk' ? buffer : disk;
    return this.#replace(key, left === undefined ? undefined : { [from === 'disk' ? 'buffer' : 'disk']: left });
  }

  /** Was a file on the disk told of that stands in the folder, at any depth? */
  isAbove(folder: string): boolean {
    return this.#above.has(folder);
  }

  /** The files below a folder, at any depth. */
  below(folder: string): readonly string[] {
    return [...this.#entries.keys()].filter((key) => key.startsWith(`${folder}/`));
  }

  /** The names of the files in a folder itself, in order. */
  names(folder: string): readonly string[] {
    return [...(this.#folders.get(folder) ?? [])].sort();
  }

  *all(): Generator<readonly [key: string, facts: FileFacts]> {
    for (const [key, entry] of this.#entries) yield [key, effective(entry) ?? {}];
  }

  #noteAbove(key: string): void {
    for (let folder = folderOf(key); !this.#above.has(folder); folder = folderOf(folder)) this.#above.add(folder);
  }

  #replace(key: string, entry: Entry | undefined): FactsChange {
    const before = this.get(key);
    const folder = folderOf(key);
    const names = this.#folders.get(folder) ?? new Set<string>();
    if (entry === undefined) {
      this.#entries.delete(key);
      names.delete(nameOf(key));
    } else {
      this.#entries.set(key, entry);
      names.add(nameOf(key));
    }
    if (names.size === 0) this.#folders.delete(folder);
    else this.#folders.set(folder, names);
    return { key, before, after: effective(entry) };
  }
}

function effective(entry: Entry | undefined): FileFacts | undefined {
  const { disk, buffer } = entry ?? {};
  // A text was perhaps taken in before a kustomization named it as a patch: then the disk's is the better knowledge.
  if (buffer !== undefined && buffer.patches === undefined && disk?.patches !== undefined) return { ...buffer, patches: disk.patches };
  return buffer ?? disk;
}
