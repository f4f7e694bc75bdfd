import { cleanPath } from '../text/posix-path.ts';

/** A directory for data that the command line or a variable names. */
export interface NamedDirectory {
  readonly path: string;
  /** The flag or the variable. */
  readonly by: string;
  /** Index of the flag's word; undefined for a variable. */
  readonly at: number | undefined;
}

const flag = /^(--?(?:data[-_.]?(?:dir|path|directory)|storage[-_.]?path|storage\.tsdb\.path|storageDataPath|db[-_]?path|store[-_]dir))(?:=(.*))?$/i;
const variable = /^(?:\w+_)?DATA_?(?:DIR|PATH|DIRECTORY)$|^PGDATA$/;

/** What is there is gone by itself, or comes from the node. */
const fleeting = /^\/(?:tmp|dev|proc|sys|run|var\/run|var\/tmp)(?:\/|$)/;

/**
 * The first directory that a command line or its variables name for data; undefined where none does, or it cannot be read.
 * @param words '' for those that cannot be read
 */
export function namedDirectory(words: readonly string[], variables: readonly { readonly name: string; readonly value: string }[]): NamedDirectory | undefined {
  const byFlag = words.flatMap((word, index) => {
    const [, by, value] = flag.exec(word) ?? [];
    return by === undefined ? [] : [{ by, value: value ?? words[index + 1] ?? '', at: index }];
  });
  const byVariable = variables.flatMap(({ name: by, value }) => (variable.test(by) ? [{ by, value, at: undefined }] : []));
  const found = [...byFlag, ...byVariable].find(({ value }) => /^\/[\w.-]+(?:\/[\w.-]+)*\/?$/.test(value) && !fleeting.test(value));
  return found === undefined ? undefined : { path: cleanPath(found.value), by: found.by, at: found.at };
}
