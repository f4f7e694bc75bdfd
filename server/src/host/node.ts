import { isUtf8 } from 'node:buffer';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';

/** Files above this many bytes are named, not read: no manifest people write comes near it. */
export const largestFile = 8 * 1024 * 1024;

export interface TextFile {
  readonly kind: 'text';
  readonly text: string;
  /** False where the bytes are no UTF-8: the text then holds U+FFFD for them and must never be written back. */
  readonly faithful: boolean;
}

/** Why a file cannot be read as text. `code` is the system's error code, such as ENOENT. */
export type ReadFailure =
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'binary' | 'utf16' | 'too-big' | 'not-a-file' };

/** Reads a file as UTF-8, byte order mark kept. Never throws. */
export function readText(path: string): TextFile | ReadFailure {
  try {
    const stat = fs.statSync(path);
    if (!stat.isFile()) return { kind: 'not-a-file' };
    if (stat.size > largestFile) return { kind: 'too-big' };
    return decode(fs.readFileSync(path));
  } catch (error) {
    return { kind: 'failed', code: codeOf(error) };
  }
}

/** Bytes as text: UTF-8 with its byte order mark kept. A NUL byte near the beginning means that it is no text. */
export function decode(bytes: Buffer): TextFile | ReadFailure {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return { kind: 'utf16' };
  if (bytes.subarray(0, 8192).includes(0)) return { kind: 'binary' };
  return { kind: 'text', text: bytes.toString('utf8'), faithful: isUtf8(bytes) };
}

/**
 * Replaces a file's text in one step: a reader sees the old bytes or the new ones, never half of them, and the file's
 * mode stays. A symbolic link stays one; what it points to is written. Returns the system's error code where it
 * cannot be done, or `CHANGED` where the file no longer holds `before`; the file is then as it was.
 */
export function replaceText(path: string, before: string, after: string): string | undefined {
  let temporary: string | undefined;
  try {
    const target = fs.realpathSync(path);
    fs.accessSync(target, fs.constants.W_OK);
    if (fs.readFileSync(target, 'utf8') !== before) return 'CHANGED';
    const { mode, uid, gid } = fs.statSync(target);
    temporary = join(dirname(target), `.podwright-${String(process.pid)}.tmp`);
    const file = fs.openSync(temporary, 'wx', mode & 0o7777);
    try {
      fs.writeFileSync(file, after, 'utf8');
      fs.fsyncSync(file);
      keepOwner(file, uid, gid);
      fs.fchmodSync(file, mode & 0o7777);
    } finally {
      fs.closeSync(file);
    }
    fs.renameSync(temporary, target);
    return undefined;
  } catch (error) {
    if (temporary !== undefined && codeOf(error) !== 'EEXIST') fs.rmSync(temporary, { force: true });
    return codeOf(error);
  }
}

function keepOwner(file: number, uid: number, gid: number): void {
  const made = fs.fstatSync(file);
  if (made.uid === uid && made.gid === gid) return;
  try {
    fs.fchownSync(file, uid, gid);
  } catch {
    // Only root may give files away; everybody else becomes the owner of what they rewrite, as with any editor.
  }
}

/** The system's error code (`ENOENT`, `EACCES`…), or the error's own words where it has none. */
export function codeOf(error: unknown): string {
  if (error instanceof Error) return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
  return String(error);
}
