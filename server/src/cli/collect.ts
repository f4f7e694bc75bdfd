import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Text } from '../engine/core/message.ts';
import { kindOf } from '../engine/sniff.ts';
import { codeOf } from '../host/node.ts';
import { enter, globFilter, ignoresAbove, type Ignores, isIgnored } from './gitignore.ts';
import { texts } from './texts.ts';

/** A file to look at. `named`: the user wrote its name, so it is taken whatever it is called. */
export interface Candidate {
  readonly kind: 'file';
  readonly path: string;
  /** As shown: relative to the working directory where it is inside, forward slashes. */
  readonly shown: string;
  readonly named: boolean;
  /** The directory among the arguments that it was found in; undefined where its name or a pattern was given. */
  readonly from: string | undefined;
}

/** A path that cannot be looked at, and why. */
export interface Problem {
  readonly kind: 'problem';
  readonly shown: string;
  readonly reason: Reason;
}

/** What a path comes to. */
export type Found = Candidate | Problem;

export interface Reason {
  readonly text: Text;
  readonly code?: string;
}

/** Never entered: other people's code and the version control's own files. */
const skipped = new Set(['node_modules', '.git', '.hg', '.svn', '.jj']);

/** What stands in a folder. Throws where it cannot be read. */
export type Look = (path: string) => readonly Dirent[];

/** Looks into each folder once, however many ask. */
export function lookOnce(): Look {
  const seen = new Map<string, readonly Dirent[]>();
  return (path) => {
    const known = seen.get(path) ?? readdirSync(path, { withFileTypes: true });
    seen.set(path, known);
    return known;
  };
}

interface Walk {
  readonly cwd: string;
  readonly noIgnore: boolean;
  readonly look: Look;
  /** Real paths already given out, so that no file is checked twice. */
  readonly seen: Set<string>;
  readonly take: (path: string) => boolean;
  readonly from: string | undefined;
}

/**
 * The files that `paths` name, in order, each once. Directories are walked by name; symbolic links to directories are not
 * followed (git does not either), so a walk always ends.
 */
export function* collect(
  paths: readonly string[],
  { cwd, noIgnore, look }: Pick<Walk, 'cwd' | 'noIgnore' | 'look'>,
): Generator<Found> {
  const walk: Walk = { cwd, noIgnore, look, seen: new Set(), take: (path) => kindOf(path) !== undefined, from: undefined };
  for (const path of paths) {
    // What an unset variable leaves of a path must not mean the whole working directory.
    if (path === '') {
      yield { kind: 'problem', shown: '""', reason: { text: texts.emptyPath } };
      continue;
    }
    const full = resolve(cwd, path);
    const kind = kindOfEntry(full);
    if (kind === 'directory') yield* folder(placeOf(cwd, full), noIgnore ? [] : ignoresAbove(full), { ...walk, from: full });
    else if (kind === 'file') yield* file(placeOf(cwd, full), true, walk);
    else if (kind === 'ENOENT' && /[*?[{]/.test(path)) yield* glob(path, walk);
    else yield { kind: 'problem', shown: show(cwd, full), reason: reasonOf(kind) };
  }
}

/** A path in its three forms: asked of the system once for a folder, and put together for what stands in it. */
interface Place {
  readonly path: string;
  /** Without symbolic links. */
  readonly real: string;
  readonly shown: string;
}

function placeOf(cwd: string, path: string): Place {
  return { path, real: realpathSync(path), shown: show(cwd, path) };
}

function* folder(at: Place, outer: Ignores, walk: Walk): Generator<Found> {
  let entries: readonly Dirent[];
  try {
    entries = walk.look(at.path);
  } catch (error) {
    yield { kind: 'problem', shown: at.shown, reason: reasonOf(codeOf(error)) };
    return;
  }
  const ignores = !walk.noIgnore && entries.some(({ name }) => name === '.gitignore') ? enter(outer, at.path) : outer;
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(at.path, entry.name);
    const shown = at.shown === '.' ? entry.name : `${at.shown.replace(/\/$/, '')}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!skipped.has(entry.name) && !isIgnored(ignores, path, true)) yield* folder({ path, real: join(at.real, entry.name), shown }, ignores, walk);
    } else if (walk.take(path) && !isIgnored(ignores, path, false)) {
      const kind = entry.isSymbolicLink() ? kindOfEntry(path) : entry.isFile() ? 'file' : 'other';
      if (kind === 'file') yield* file({ path, real: entry.isSymbolicLink() ? realpathSync(path) : join(at.real, entry.name), shown }, false, walk);
      // A link to nowhere is no manifest that somebody deploys; but one that cannot be followed is worth a word.
      else if (kind === 'ELOOP' || kind === 'EACCES') yield { kind: 'problem', shown, reason: reasonOf(kind) };
    }
  }
}

function* file({ path, real, shown }: Place, named: boolean, { seen, from }: Walk): Generator<Candidate> {
  if (seen.has(real)) return;
  seen.add(real);
  yield { kind: 'file', path, shown, named, from };
}

/** A pattern that no shell has expanded: the files of the working directory that it names. */
function* glob(pattern: string, walk: Walk): Generator<Found> {
  const normal = sep === '\\' ? pattern.replaceAll('\\', '/') : pattern;
  const [, fixed = ''] = /^((?:[^*?[{/]*\/)*)/.exec(normal) ?? [];
  const base = resolve(walk.cwd, fixed);
  const matches = globFilter(normal.slice(fixed.length));
  const named = (path: string): boolean => matches(relative(base, path).split(sep).join('/'));
  let found = 0;
  // Counted here and not by what comes out: a file that another path has given out already matches all the same.
  const take = (path: string): boolean => {
    const isMatch = named(path) && walk.take(path);
    if (isMatch) found += 1;
    return isMatch;
  };
  if (kindOfEntry(base) === 'directory') yield* folder(placeOf(walk.cwd, base), walk.noIgnore ? [] : ignoresAbove(base), { ...walk, take });
  if (found === 0) yield { kind: 'problem', shown: pattern, reason: { text: texts.noMatch } };
}

function kindOfEntry(path: string): string {
  try {
    const stat = statSync(path);
    return stat.isDirectory() ? 'directory' : stat.isFile() ? 'file' : 'other';
  } catch (error) {
    return codeOf(error);
  }
}

/** A system's error code in words. */
export function reasonOf(code: string): Reason {
  if (code === 'ENOENT' || code === 'ENOTDIR') return { text: texts.missing };
  if (code === 'EACCES' || code === 'EPERM') return { text: texts.denied };
  if (code === 'ELOOP') return { text: texts.loop };
  return code === 'other' ? { text: texts.notAFile } : { text: texts.unreadable, code };
}

/** A path as users read it: relative to the working directory where it is inside, forward slashes. */
export function show(cwd: string, path: string): string {
  const inside = relative(cwd, path);
  const shown = inside === '' ? '.' : inside.startsWith('..') || isAbsolute(inside) ? path : inside;
  return shown.split(sep).join('/');
}
