import type { Distribution } from '../../engine/catalog/runtimes.ts';
import { distributionOf } from '../../engine/dockerfile/family.ts';
import { resolvePath } from '../../engine/dockerfile/facts.ts';
import { memo } from '../../engine/dockerfile/memo.ts';
import { officialImage } from './images.ts';
import { isWithin, nameOf } from './paths.ts';
import { globArgs, type Invocation, type Site, type Step } from './site.ts';

/** The distribution of a stage that installs its toolchain itself: of a plain image, because any other may hold what the program calls. */
export function plainDistribution({ stage, base }: Site): Distribution | undefined {
  const seen = distributionOf(stage);
  if (!['debian', 'ubuntu', 'alpine'].includes(officialImage(base) ?? '')) return undefined;
  if (seen?.evidence !== 'image' || (seen.family !== 'debian' && seen.family !== 'alpine' && seen.family !== 'ubuntu')) return undefined;
  return { family: seen.family === 'alpine' ? 'alpine' : 'debian', release: seen.release };
}

/** The paths that `mv` and `rm` name. */
const takenAway = memo((site: Site): ReadonlySet<string | undefined> => {
  const calls = site.steps.flatMap(({ invocations }) => invocations.filter(({ name }) => name === 'mv' || name === 'rm'));
  return new Set(calls.flatMap(({ args, directory }) => args.map((arg) => (arg === undefined ? undefined : resolvePath(directory, arg)))));
});

/** Is the file taken away again by `mv` or `rm`? */
export function wasMoved(site: Site, path: string): boolean {
  return takenAway(site).has(path);
}

/** A command that puts a file from one path at another. */
export interface Moved {
  readonly source: string;
  readonly step: Step;
  /** The path only refers to the other one. */
  readonly isLink: boolean;
}

const valued: ReadonlySet<string> = new Set(['-m', '--mode', '-o', '--owner', '-g', '--group', '-S', '--suffix', '-t']);

/** The last `cp`, `mv`, `install` or `ln` that puts a file at the path; undefined where there is none. */
export function movedTo(site: Site, path: string): Moved | undefined {
  const directories = new Set(site.steps.map(({ workdir }) => workdir));
  for (const step of [...site.steps].reverse()) {
    for (const invocation of [...step.invocations].reverse()) {
      const { name, args } = invocation;
      if (!['cp', 'mv', 'install', 'ln'].includes(name)) continue;
      const isDirectory = (text: string, target: string): boolean => /(?:^|\/)\.{0,2}$/.test(text) || /\/s?bin$|^\/$/.test(target) || directories.has(target);
      const source = sourceIn(invocation, path, isDirectory);
      if (source !== undefined) return { source, step, isLink: name === 'ln' || args.includes('--symbolic-link') };
    }
  }
  return undefined;
}

function sourceIn(invocation: Invocation, path: string, isDirectory: (text: string, target: string) => boolean): string | undefined {
  const { args, directory } = invocation;
  const words = globArgs(invocation);
  const at = args.indexOf('-t');
  const operands = words.filter((word, index) => word?.startsWith('-') !== true && !valued.has(args[index - 1] ?? ''));
  const given = at >= 0 ? args[at + 1] : operands.at(-1);
  const sources = at >= 0 ? operands : operands.slice(0, -1);
  const target = given === undefined ? undefined : resolvePath(directory, given);
  if (given === undefined || target === undefined) return undefined;
  const into = at >= 0 || sources.length > 1 || isDirectory(given, target);
  for (const text of sources) {
    const source = text === undefined ? undefined : resolvePath(directory, text);
    if (source === undefined) continue;
    if ((into ? resolvePath(target, nameOf(source)) : target) === path) return source;
  }
  return undefined;
}

/** The cache mount of a RUN that a path lies in, so that no stage holds it. */
export function isCached(site: Site, path: string): boolean {
  return site.steps.some(({ run, workdir }) => run?.mounts.some(({ type, target }) => type === 'cache' && target !== undefined && isWithin(resolvePath(workdir, target) ?? '', path)) === true);
}
