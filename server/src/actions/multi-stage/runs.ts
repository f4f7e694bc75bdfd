import { resolvePath } from '../../engine/dockerfile/facts.ts';
import { packageInstalls, removedPackages, type Package } from '../../engine/dockerfile/packages.ts';
import type { SimpleCommand } from '../../engine/shell/model.ts';
import { isBuildFile, isPlainBuild, staysInside, type Tree } from './effects.ts';
import { isWithin, nameOf } from './paths.ts';
import { globArgs, wordValue, type Invocation, type Step } from './site.ts';

/** What a command of a RUN is for. */
export type Purpose =
  /** Makes something, or belongs to no image: stays in the build stage. */
  | 'build'
  /** Goes along with whatever stands beside it. */
  | 'neutral'
  /** Installs packages. */
  | 'packages'
  /** Points the package manager to another mirror. */
  | 'mirror'
  /** Sets up what the program finds when it runs: users, directories, files of the system. */
  | 'system'
  /** Is done by the program that the image runs: behind the build only, and in the final stage. */
  | 'program'
  | 'unknown';

/** A command with its purpose. */
export interface Sorted {
  readonly invocation: Invocation;
  readonly purpose: Purpose;
}

const managers: ReadonlySet<string> = new Set(['apt-get', 'apt', 'aptitude', 'apk', 'dnf', 'yum', 'microdnf', 'dpkg', 'apt-key', 'apt-cache', 'apt-mark']);
const neutral: ReadonlySet<string> = new Set([
  'cd', 'set', 'export', 'echo', 'printf', 'true', ':', 'test', '[', 'ls', 'pwd', 'cat', 'date', 'sleep', 'unset', 'shopt', 'env', 'id', 'whoami',
  'uname', 'which', 'command', 'type', 'umask', 'find', 'du', 'sync', 'grep', 'wait', 'exit',
]);
/** They build too, but not everything they do is that: see `isPlainBuild`. */
const building: ReadonlySet<string> = new Set(['git', 'make', 'mage', 'task', 'just', 'cmake', 'protoc', 'buf', 'upx', 'strip', 'tsc']);
const accounts: ReadonlySet<string> = new Set(['useradd', 'adduser', 'groupadd', 'addgroup', 'usermod', 'groupmod', 'passwd', 'chpasswd']);
const makers: ReadonlySet<string> = new Set(['mkdir', 'touch', 'install']);
/** Commands that settle owners and permissions. */
export const owners: ReadonlySet<string> = new Set(['chown', 'chmod', 'chgrp', 'setcap']);
const movers: ReadonlySet<string> = new Set(['cp', 'mv', 'ln', 'tee', 'sed']);
const repositories = /^\/etc\/(?:apk\/repositories|apt\/(?:sources\.list(?:\.d\/.*)?|apt\.conf\.d\/.*))$/;

/** The commands of a RUN, each with its purpose. A RUN that runs a script this file does not show is unknown. */
export function sortRun(step: Step, tree: Tree): readonly Sorted[] {
  const sorted = step.invocations.map((invocation) => ({ invocation, purpose: purposeOf(invocation, step, tree) }));
  if (step.run?.interpreter !== undefined) return sorted.map(({ invocation }) => ({ invocation, purpose: 'unknown' }));
  return sorted;
}

function purposeOf(invocation: Invocation, step: Step, tree: Tree): Purpose {
  const { name, command } = invocation;
  const written = (command?.redirects ?? []).flatMap((redirect) => (/^&?>/.test(redirect.operator) ? [redirect.target] : []));
  const targets = written.flatMap((word) => (word === undefined || /^\d+$|^\/dev\//.test(word.text) ? [] : [wordValue(word, step.instruction)]));
  const own = purposeOfProgram(invocation, tree);
  if (targets.length === 0 || own === 'unknown') return own;
  const where = placesOf(targets, invocation, tree);
  if (where === 'mirror') return 'mirror';
  // What a command writes into the tree may be a file that the program reads.
  if (where === 'tree' && !targets.every((each) => isBuildFile(absolute(each, invocation) ?? '', tree))) return 'unknown';
  if (own === 'build') return where === 'tree' ? 'build' : 'unknown';
  return where === 'system' && name !== 'cat' ? 'system' : where === 'tree' ? 'build' : 'unknown';
}

function purposeOfProgram(invocation: Invocation, tree: Tree): Purpose {
  const { name, args } = invocation;
  if (tree.habits.programs.has(name)) {
    if (tree.habits.isProgram?.(invocation) === true) return 'program';
    return tree.habits.isBuild(invocation, tree.products) && staysInside(invocation, tree) ? 'build' : 'unknown';
  }
  if (managers.has(name)) return 'packages';
  if (name === 'find' && args.some((arg) => arg?.startsWith('-exec') === true || arg === '-ok')) return 'unknown';
  if (neutral.has(name)) return 'neutral';
  if (accounts.has(name)) return 'system';
  if (name === 'update-ca-certificates') return 'system';
  const operands = operandsOf(name, args);
  if (tree.habits.setup?.has(name) === true) return 'system';
  if (name === 'rm' || name === 'rmdir') return tree.habits.keepsBase === true && operands.some((each) => isOfImage(each, invocation, tree)) ? 'system' : 'neutral';
  if (building.has(name)) return isPlainBuild(invocation, tree) ? 'build' : 'unknown';
  if (name === 'mkdir' && operands.every((each) => isMadeAnyway(absolute(each, invocation), tree))) return 'neutral';
  const areSources = operands.length > 0 && operands.every((each) => isBuildFile(absolute(each, invocation) ?? '/', tree));
  if ((name === 'mkdir' || name === 'touch') && areSources) return 'build';
  if (name === 'mkdir') return operands.some((each) => absolute(each, invocation) === undefined) ? 'unknown' : 'system';
  if (name === 'install' && operands.length > 1 && !args.includes('-d')) return moved(operands, invocation, tree);
  if (makers.has(name)) return placesOf(operands, invocation, tree) === 'unknown' ? 'unknown' : 'system';
  if (owners.has(name)) return owned(operandsOf(name, globArgs(invocation)), invocation, tree);
  if (movers.has(name)) return moved(operandsOf(name, globArgs(invocation)), invocation, tree);
  return tree.habits.isProgram?.(invocation) === true ? 'program' : 'unknown';
}

/** Is it a path that the build image brought along, for all that is seen? What package managers and builds leave is none. */
function isOfImage(operand: string | undefined, invocation: Invocation, tree: Tree): boolean {
  const path = absolute(operand?.replace(/\/?\*.*$/, ''), invocation);
  return path !== undefined && path !== '/' && !/^\/(?:usr\/(?:share|src)|var\/(?:cache|log|lib\/apt)|tmp)(?:\/|$)/.test(path) && ![...tree.roots, ...tree.products.map((each) => each.path)].some((each) => isWithin(each, path));
}

/** A program of the toolchain where a person installs one: only the build calls it. */
function isInstalledTool(path: string | undefined, { habits }: Tree): boolean {
  return path !== undefined && /^\/usr\/(?:local\/)?bin\/[^/]+$/.test(path) && habits.programs.has(nameOf(path));
}

/** Is it a directory of the toolchain, or one that WORKDIR and COPY make by themselves? */
function isMadeAnyway(path: string | undefined, { habits, targets }: Tree): boolean {
  return path !== undefined && (habits.directories.some((each) => isWithin(each, path)) || targets.some((each) => isWithin(path, each)));
}

function operandsOf(name: string, args: Invocation['args']): readonly (string | undefined)[] {
  const withoutOptions = args.filter((arg, index) => arg?.startsWith('-') !== true && !(name === 'install' && /^-[mog]$/.test(args[index - 1] ?? '')));
  // The first operand of these is a mode, an owner or a script.
  return owners.has(name) || name === 'sed' ? withoutOptions.slice(1) : withoutOptions;
}

/** Does a command that sets up the system name a path by the working directory? */
export function usesWorkdir({ name, args, command }: Invocation): boolean {
  if (neutral.has(name)) return (command?.redirects ?? []).some(({ target }) => target !== undefined && !/^(?:\/|\d+$)/.test(target.text));
  return !accounts.has(name) && operandsOf(name, args).some((operand) => operand?.startsWith('/') === false);
}

/** Permissions of a product or source travel with the file; those of the working directory and the system do not. */
function owned(operands: readonly (string | undefined)[], invocation: Invocation, tree: Tree): Purpose {
  const paths = operands.map((each) => absolute(each, invocation));
  if (paths.includes(undefined)) return 'unknown';
  if (paths.every((path) => isInstalledTool(path, tree))) return 'build';
  // What lies in a directory that is copied whole travels with it.
  const made = tree.made.filter((each) => !tree.products.some((product) => product.path !== each && isWithin(product.path, each)));
  const inside = paths.map((path) => path !== undefined && tree.roots.some((root) => isWithin(root, path) && root !== path) && !made.some((each) => isWithin(each, path)));
  // A directory that is made by WORKDIR or COPY is made anew in the final stage.
  const product = paths.some((path) => path !== undefined && !tree.targets.includes(path) && tree.products.some((each) => each.path === path));
  if (product) return paths.length === 1 ? 'build' : 'unknown';
  return inside.every(Boolean) ? 'build' : inside.some(Boolean) ? 'unknown' : 'system';
}

/** Copies, moves and links: of products a build step, between files of the system a system step. */
function moved(operands: readonly (string | undefined)[], invocation: Invocation, tree: Tree): Purpose {
  const paths = operands.map((each) => absolute(each, invocation));
  const target = paths.at(-1);
  if (target === undefined || paths.includes(undefined)) return 'unknown';
  if (repositories.test(target)) return 'mirror';
  if (isInstalledTool(target, tree)) return 'build';
  if (invocation.name === 'sed' && paths.every((path) => path !== undefined && (tree.habits.isSource(nameOf(path)) || tree.products.some((each) => isWithin(each.path, path))))) return 'build';
  const sources = paths.slice(0, -1);
  const inTree = (path: string | undefined): boolean => path !== undefined && tree.roots.some((root) => isWithin(root, path));
  if (sources.length > 0 && sources.every(inTree)) {
    const known = sources.every((path) => tree.products.some((each) => path === each.path || each.path === target || isWithin(target, each.path)));
    const forBuild = known || isBuildFile(target, tree) || sources.every((path) => path !== undefined && isBuildFile(path, tree) && !isProduct(path, tree));
    return forBuild && (inTree(target) || known) ? 'build' : 'unknown';
  }
  return sources.some(inTree) || inTree(target) ? 'unknown' : 'system';
}

function isProduct(path: string, { products }: Tree): boolean {
  return products.some((each) => isWithin(each.path, path) || isWithin(path, each.path));
}

function placesOf(values: readonly (string | undefined)[], invocation: Invocation, tree: Tree): 'tree' | 'system' | 'mirror' | 'unknown' {
  const paths = values.map((each) => absolute(each, invocation));
  if (paths.length === 0 || paths.includes(undefined)) return 'unknown';
  if (paths.every((path) => path !== undefined && repositories.test(path))) return 'mirror';
  const inside = paths.map((path) => path !== undefined && tree.roots.some((root) => isWithin(root, path)));
  return inside.every(Boolean) ? 'tree' : inside.some(Boolean) ? 'unknown' : 'system';
}

function absolute(value: string | undefined, { directory }: Invocation): string | undefined {
  return value === undefined ? undefined : resolvePath(directory, value);
}

/** A package that a RUN installs and does not remove again. */
export interface Installed {
  readonly manager: string;
  readonly package: Package;
  readonly command: SimpleCommand;
}

export function installedBy(step: Step): readonly Installed[] {
  if (step.run === undefined) return [];
  const removals = removedPackages(step.run);
  const removed = new Set(removals.flatMap(({ packages }) => packages.map((each) => each.name)));
  return packageInstalls(step.run).flatMap(({ manager, packages, virtual, command }) =>
    virtual !== undefined && removed.has(virtual)
      ? []
      : packages.filter((each) => !removed.has(each.name)).map((each) => ({ manager, package: each, command })),
  );
}

const fetching: ReadonlySet<string> = new Set(['curl', 'wget', 'tar', 'unzip', 'gzip', 'xz', 'rm', 'rmdir', 'git', 'update-ca-certificates', 'locale-gen', 'ldconfig']);

/** Is it a program of the system that never compiles anything, whatever its arguments are? */
export function compilesNothing(name: string): boolean {
  return [managers, neutral, accounts, makers, owners, movers, fetching].some((each) => each.has(name));
}

/** Does a RUN install with apt from lists that only a RUN of the build stage fetched? `steps`: down to and with it. */
export function lacksUpdate(steps: readonly Step[], { invocations }: Step): boolean {
  const calls = (each: Pick<Step, 'invocations'>, verb: string): boolean => each.invocations.some(({ name, args }) => (name === 'apt-get' || name === 'apt') && args.includes(verb));
  return calls({ invocations }, 'install') && !steps.some((each) => calls(each, 'update'));
}

/** Is a toolchain installed and removed again in the same RUN, as official images do? */
export function purges(step: Step): boolean {
  return step.run !== undefined && removedPackages(step.run).some(({ packages, unneeded }) => packages.length > 0 || unneeded);
}
