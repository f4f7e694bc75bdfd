import { commandWords } from './command-line.ts';
import { cleanPath } from './volumes.ts';
import type { Container } from './workload.ts';

/** A directory for data that the command line or a variable names. */
export interface NamedDirectory {
  readonly path: string;
  /** The flag or the variable. */
  readonly by: string;
}

const flag = /^(--?(?:data[-_.]?(?:dir|path|directory)|storage[-_.]?path|storage\.tsdb\.path|storageDataPath|db[-_]?path|store[-_]dir))(?:=(.*))?$/i;
const variable = /^(?:\w+_)?DATA_?(?:DIR|PATH|DIRECTORY)$|^PGDATA$/;

/** What is there is gone by itself, or comes from the node. */
const fleeting = /^\/(?:tmp|dev|proc|sys|run|var\/run|var\/tmp)(?:\/|$)/;

/** The first directory that a container is told to keep data in; undefined where none is named, or it cannot be read. */
export function namedDirectory(container: Container): NamedDirectory | undefined {
  const words = commandWords(container);
  const byFlag = words.flatMap((word, index) => {
    const [, by, value] = flag.exec(word) ?? [];
    return by === undefined ? [] : [{ by, value: value ?? words[index + 1] ?? '' }];
  });
  const byVariable = container.field.get('env').items().flatMap((item) => {
    const by = item.get('name').text ?? '';
    return variable.test(by) ? [{ by, value: item.get('value').text ?? '' }] : [];
  });
  const found = [...byFlag, ...byVariable].find(({ value }) => /^\/[\w.-]+(?:\/[\w.-]+)*\/?$/.test(value) && !fleeting.test(value));
  return found === undefined ? undefined : { path: cleanPath(found.value), by: found.by };
}
