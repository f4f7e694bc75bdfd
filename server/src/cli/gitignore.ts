import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

interface Layer {
  readonly folder: string;
  readonly rules: Ignore;
}

/** The ignore rules in force inside one folder: those of the folders above it, nearest last. */
export type Ignores = readonly Layer[];

/** The rules of all folders above `folder`, up to the root of its git repository; none outside a repository. */
export function ignoresAbove(folder: string): Ignores {
  const above: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    above.unshift(at);
    if (existsSync(join(at, '.git'))) break;
    if (dirname(at) === at) return [];
  }
  const [root = folder, ...inner] = above;
  const first = layer(root, join(root, '.git', 'info', 'exclude'));
  return [root, ...inner].slice(0, -1).reduce(enter, first);
}

/** The rules inside `folder`, which is entered from where `outer` is in force. */
export function enter(outer: Ignores, folder: string): Ignores {
  return [...outer, ...layer(folder, join(folder, '.gitignore'))];
}

/** Does git ignore this path? The nearest .gitignore that speaks of it decides. */
export function isIgnored(ignores: Ignores, path: string, directory: boolean): boolean {
  for (const { folder, rules } of [...ignores].reverse()) {
    const inside = relative(folder, path).split(sep).join('/');
    if (inside === '' || inside.startsWith('..')) continue;
    const { ignored, unignored } = rules.test(directory ? `${inside}/` : inside);
    if (ignored || unignored) return ignored;
  }
  return false;
}

function layer(folder: string, file: string): Ignores {
  try {
    return [{ folder, rules: ignore().add(readFileSync(file, 'utf8').replace(/^\ufeff/, '')) }];
  } catch {
    return [];
  }
}

/** The paths among `paths` (relative, forward slashes) that a glob names: `*`, `**`, `?`, `[a-z]`, `{a,b}`. */
export function globFilter(glob: string): (path: string) => boolean {
  const patterns = expandBraces(glob.replace(/^\.\//, '')).map((pattern) => `/${pattern}`);
  const rules = ignore({ ignorecase: false }).add(patterns);
  return (path) => rules.ignores(path);
}

function expandBraces(pattern: string): readonly string[] {
  const match = /^(.*?)\{([^{}]*,[^{}]*)\}(.*)$/.exec(pattern);
  if (match === null) return [pattern];
  const [, before = '', inside = '', after = ''] = match;
  return inside.split(',').flatMap((part) => expandBraces(before + part + after));
}
