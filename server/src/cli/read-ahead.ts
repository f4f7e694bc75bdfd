import { type ReadFailure, readText, type TextFile } from '../host/node.ts';

export type Read = (path: string) => TextFile | ReadFailure;

/** UTF-16 code units of texts that are kept for a second look; what exceeds them is read again. */
const mostKept = 32_000_000;

/** Reads files. The text of one that will be asked for twice, for what it tells others and to be checked, is kept between. */
export function readAhead(twice: Iterable<string>): Read {
  const awaited = new Set(twice);
  const kept = new Map<string, TextFile>();
  let room = mostKept;
  return (path) => {
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
}
