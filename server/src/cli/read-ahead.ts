import { type ReadFailure, readText, type TextFile } from '../host/node.ts';

export interface Read {
  (path: string): TextFile | ReadFailure;
  /** The file was written: what is kept of it is old. */
  readonly forget?: (path: string) => void;
}

/** UTF-16 code units of texts that are kept for a second look; what exceeds them is read again. */
const mostKept = 32_000_000;

/** Reads files. The text of one that will be asked for twice, for what it tells others and to be checked, is kept between. */
export function readAhead(twice: Iterable<string>): Read {
  const awaited = new Set(twice);
  const kept = new Map<string, TextFile>();
  let room = mostKept;
  const read = (path: string): TextFile | ReadFailure => {
    const known = kept.get(path);
    if (known !== undefined) {
      kept.delete(path);
      room += known.text.length;
      return known;
    }
    const file = readText(path);
    if (awaited.delete(path) && file.kind === 'text' && file.text.length <= room) {
      kept.set(path, file);
      room -= file.text.length;
    }
    return file;
  };
  return Object.assign(read, { forget: (path: string): void => void kept.delete(path) });
}
