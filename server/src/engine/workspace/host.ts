/** A change of a file, by whoever made it. A rename is a deletion and a creation. */
export interface FileChange {
  readonly uri: string;
  readonly kind: 'created' | 'changed' | 'deleted';
}

/** The files of a workspace: on a disk, or behind an editor that has them somewhere else. Nothing is ever written. */
export interface Host {
  /** The text of a file; undefined where it cannot be read as text, or is too large to be of use. Never fails. */
  read(uri: string): Promise<string | undefined>;
  /**
   * The URIs of the files below a folder that `wanted` asks for by their URI, in any order. Folders named in
   * `skippedFolders` are not entered, symbolic links to folders not followed. Never fails: what cannot be listed is empty.
   */
  list(folder: string, wanted: (uri: string) => boolean): AsyncIterable<string>;
  /** Tells of changes below a folder until the returned function is called. Changes that come together are told together. */
  watch(folder: string, changed: (changes: readonly FileChange[]) => void): () => void;
}
