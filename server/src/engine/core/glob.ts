/**
 * Globs with the meaning they have in a .gitignore, and with `{a,b}`. They come from files that nobody vetted, so they
 * are matched by hand and never become regular expressions: the time is at most the length of the pattern times the
 * length of the path, whatever the pattern. (The packages that do this compile to backtracking expressions.)
 */

/** Why a glob cannot be used. */
export type GlobProblem = 'empty' | 'too-long' | 'alternatives';

/** A path, relative to the folder that the globs belong to: forward slashes, no `.` or `..`, not empty. */
export type PathFilter = (path: string) => boolean;

/** `{a,b}` multiplies patterns; more than so many of one are no pattern that a person wrote. */
const mostAlternatives = 64;
const longestGlob = 500;

export function globProblem(glob: string): GlobProblem | undefined {
  if (glob.length > longestGlob) return 'too-long';
  if (/^!?\/?$/.test(glob.trim())) return 'empty';
  return alternatives(glob) === undefined ? 'alternatives' : undefined;
}

/**
 * What the globs name. The last one that matches decides, `!` takes back; what lies in a folder that is named is named
 * too. A glob without a slash counts at any depth, others from the top; `/` at the end means folders only. Globs with a
 * {@link globProblem} are passed over.
 */
export function globFilter(globs: readonly string[]): PathFilter {
  const patterns = globs.flatMap((glob) => (globProblem(glob) === undefined ? (alternatives(glob) ?? []).map(compile) : []));
  if (patterns.length === 0) return () => false;
  const named = (segments: readonly string[], isFolder: boolean): boolean =>
    patterns.findLast((pattern) => (isFolder || !pattern.foldersOnly) && matchPath(pattern.segments, segments))?.isNegated === false;
  return (path) => {
    const segments = path.split('/');
    return segments.some((_, index) => named(segments.slice(0, index + 1), index < segments.length - 1));
  };
}

type Token = { readonly kind: 'one'; readonly char: string } | { readonly kind: 'any' } | { readonly kind: 'many' } | CharacterSet;

interface CharacterSet {
  readonly kind: 'set';
  readonly isNegated: boolean;
  readonly ranges: readonly (readonly [first: string, last: string])[];
}

/** `**`: any number of segments, none included; at the end of a pattern at least one. */
type Segment = 'deep' | readonly Token[];

interface Pattern {
  readonly isNegated: boolean;
  readonly foldersOnly: boolean;
  readonly segments: readonly Segment[];
}

function compile(glob: string): Pattern {
  const isNegated = glob.startsWith('!');
  let body = (isNegated ? glob.slice(1) : glob).replace(/^\.\//, '');
  const foldersOnly = body.endsWith('/');
  if (foldersOnly) body = body.slice(0, -1);
  const isAnchored = body.includes('/');
  const parts = body.split('/').filter((part, index) => part !== '' || index > 0);
  const segments = parts.map((part): Segment => (part === '**' ? 'deep' : tokens(part)));
  return { isNegated, foldersOnly, segments: isAnchored ? segments : ['deep', ...segments] };
}

function tokens(part: string): readonly Token[] {
  const found: Token[] = [];
  const chars = Array.from(part);
  for (let at = 0; at < chars.length; at += 1) {
    const char = chars[at] ?? '';
    if (char === '*') {
      if (found.at(-1)?.kind !== 'many') found.push({ kind: 'many' });
    } else if (char === '?') found.push({ kind: 'any' });
    else if (char === '\\' && at + 1 < chars.length) found.push({ kind: 'one', char: chars[(at += 1)] ?? '' });
    else if (char === '[') {
      const close = chars.indexOf(']', at + (/[!^]/.test(chars[at + 1] ?? '') ? 3 : 2));
      if (close < 0) found.push({ kind: 'one', char });
      else {
        found.push(characterSet(chars.slice(at + 1, close)));
        at = close;
      }
    } else found.push({ kind: 'one', char });
  }
  return found;
}

function characterSet(inside: readonly string[]): CharacterSet {
  const isNegated = inside[0] === '!' || inside[0] === '^';
  const chars = isNegated ? inside.slice(1) : inside;
  const ranges: [string, string][] = [];
  for (let at = 0; at < chars.length; at += 1) {
    const first = chars[at] ?? '';
    const isRange = chars[at + 1] === '-' && at + 2 < chars.length;
    ranges.push([first, isRange ? (chars[at + 2] ?? '') : first]);
    if (isRange) at += 2;
  }
  return { kind: 'set', isNegated, ranges };
}

/**
 * The one loop behind both levels: what a `many` took is given back to the last one only, because an earlier one that
 * takes as little as it can leaves the most to what follows.
 */
function matchAll<P, V>(pattern: readonly P[], values: readonly V[], isMany: (part: P) => boolean, fits: (part: P, value: V) => boolean): boolean {
  let at = 0;
  let value = 0;
  let many = -1;
  let taken = 0;
  while (value < values.length) {
    const part = pattern[at];
    if (part !== undefined && isMany(part)) {
      many = at;
      taken = value;
      at += 1;
    } else if (part !== undefined && fits(part, values[value] as V)) {
      at += 1;
      value += 1;
    } else if (many >= 0) {
      taken += 1;
      at = many + 1;
      value = taken;
    } else return false;
  }
  while (at < pattern.length && isMany(pattern[at] as P)) at += 1;
  return at === pattern.length;
}

function matchPath(pattern: readonly Segment[], segments: readonly string[]): boolean {
  const last = pattern.at(-1);
  // `a/**` names what is in `a`, not `a`.
  const parts: readonly Segment[] = last === 'deep' ? [...pattern, [{ kind: 'many' }]] : pattern;
  return matchAll(parts, segments, (part) => part === 'deep', (part, segment) => part !== 'deep' && matchSegment(part, segment));
}

function matchSegment(pattern: readonly Token[], segment: string): boolean {
  return matchAll(pattern, Array.from(segment), (token) => token.kind === 'many', fitsToken);
}

function fitsToken(token: Token, char: string): boolean {
  if (token.kind === 'one') return token.char === char;
  if (token.kind === 'set') return token.ranges.some(([first, last]) => first <= char && char <= last) !== token.isNegated;
  return token.kind === 'any';
}

/** The patterns that `{a,b}` stands for; undefined where there are too many. Braces without a comma stand for themselves. */
function alternatives(glob: string): readonly string[] | undefined {
  let done: readonly string[] = [];
  let open: readonly string[] = [glob.trim()];
  while (open.length > 0) {
    const next: string[] = [];
    const finished: string[] = [];
    for (const each of open) {
      const match = /\{([^{}]*,[^{}]*)\}/.exec(each);
      if (match === null) finished.push(each);
      else for (const part of (match[1] ?? '').split(',')) next.push(each.slice(0, match.index) + part + each.slice(match.index + match[0].length));
    }
    done = [...done, ...finished];
    open = next;
    if (done.length + open.length > mostAlternatives) return undefined;
  }
  return done;
}
