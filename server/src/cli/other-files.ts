import type { OtherFile } from '../engine/core/elsewhere.ts';
import type { DocumentEdit } from '../engine/core/finding.ts';
import { SourceText } from '../engine/text/source.ts';
import { applyEdits } from '../engine/text/span.ts';
import { fileKey } from '../engine/workspace/paths.ts';
import { pathOf } from '../host/folders.ts';
import { replaceText } from '../host/node.ts';
import { show } from './collect.ts';
import type { ChangedFile } from './format/report.ts';
import type { Read } from './read-ahead.ts';

/** Other files than the one that is examined, which its fixes may change. */
export interface OtherFiles {
  /** As it was when it was first asked for: all edits of a run count in that text. */
  readonly text: (uri: string) => OtherFile;
  readonly changed: (edits: readonly DocumentEdit[], cwd: string) => readonly ChangedFile[];
}

export function otherFiles(read: Read): OtherFiles {
  const known = new Map<string, OtherFile>();
  const text = (uri: string): OtherFile => {
    const file = known.get(fileKey(uri)) ?? readOther(read, uri);
    known.set(fileKey(uri), file);
    return file;
  };
  const changed = (edits: readonly DocumentEdit[], cwd: string): readonly ChangedFile[] =>
    [...new Set(edits.flatMap(({ uri }) => uri ?? []))].flatMap((uri) => {
      const file = text(uri);
      const path = pathOf(uri);
      if (file.kind !== 'text' || path === undefined) return [];
      return [{ uri, path: show(cwd, path), before: new SourceText(file.text), edits: edits.filter((edit) => edit.uri === uri) }];
    });
  return { text, changed };
}

function readOther(read: Read, uri: string): OtherFile {
  const path = pathOf(uri);
  const file = path === undefined ? undefined : read(path);
  if (file?.kind !== 'text') return { kind: 'unreadable' };
  return file.faithful ? { kind: 'text', text: file.text } : { kind: 'not-utf8' };
}

/** A file that could not be written, and the system's error code or `CHANGED`. */
export interface Unwritten {
  readonly path: string;
  readonly code: string;
}

/**
 * Writes texts to files, all of them or none: where one cannot be written, those that were get their old text back.
 * Undefined where all were written.
 */
export function writeAll(files: readonly { readonly path: string; readonly before: string; readonly after: string }[]): Unwritten | undefined {
  for (const [index, { path, before, after }] of files.entries()) {
    const code = replaceText(path, before, after);
    if (code === undefined) continue;
    for (const written of files.slice(0, index)) replaceText(written.path, written.after, written.before);
    return { path, code };
  }
  return undefined;
}

/** What a changed file holds then, by its path on this machine. */
export function asWritten({ uri, before, edits }: ChangedFile): { readonly path: string; readonly before: string; readonly after: string } {
  return { path: pathOf(uri) ?? '', before: before.text, after: applyEdits(before.text, edits) };
}
