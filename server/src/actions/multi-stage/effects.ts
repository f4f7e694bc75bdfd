import { resolvePath } from '../../engine/dockerfile/facts.ts';
import { isCompiler } from './c-habits.ts';
import { isWithin, nameOf } from './paths.ts';
import type { Habits, Product } from './recipe.ts';
import type { Invocation } from './site.ts';

/** Where things lie in the build stage. */
export interface Tree {
  readonly habits: Habits;
  /** Directories of sources and toolchain; what lies outside belongs to the system. */
  readonly roots: readonly string[];
  readonly products: readonly Product[];
  /** Directories that WORKDIR, COPY and ADD name. */
  readonly targets: readonly string[];
  /** Directories that only `mkdir` makes: the program writes there. */
  readonly made: readonly string[];
}

/** Verbs of git that change a checkout at most. */
const checkout: ReadonlySet<string> = new Set([
  'add', 'am', 'apply', 'branch', 'checkout', 'commit', 'config', 'describe', 'diff', 'fetch', 'init', 'lfs', 'log', 'ls-files', 'ls-remote', 'merge', 'pull', 'remote', 'reset',
  'restore', 'rev-list', 'rev-parse', 'show', 'sparse-checkout', 'stash', 'status', 'submodule', 'switch', 'tag',
]);
const buildTargets = /^(?:all|default|(?:[\w.-]*[-_.])?(?:build|compile|bin|binary|deps?|dependencies|vendor|mod|tidy|gen|generate|protos?|fmt|lint|vet|test|check|clean|release|static|linux)(?:[-_./][\w.-]*)?)$/;

/** Is this call of `git`, `make` and the like sure to leave nothing that the finished program reads? Everything else is unknown. */
export function isPlainBuild(invocation: Invocation, tree: Tree): boolean {
  const { name, args } = invocation;
  if (name === 'git') return isPlainGit(invocation, tree);
  if (name === 'cmake') return !args.some((arg) => arg === '--install' || arg === 'install' || arg === '-P' || arg === '-E');
  if (!staysInside(invocation, tree)) return false;
  if (!['make', 'mage', 'task', 'just'].includes(name)) return true;
  const words = invocation.command?.words ?? [];
  // `-j$(nproc)` is an option, whatever it comes to.
  const known = args.filter((arg, index) => arg !== undefined || words[words.length - args.length + index]?.text.startsWith('-') !== true);
  const targets = operands(known, ['-C', '-f', '-j', '-I', '-l', '-o', '-d', '-t']).filter((arg) => arg?.includes('=') !== true && !/^\d+$/.test(arg ?? ''));
  return targets.every((target) => target !== undefined && (buildTargets.test(target) || tree.products.some(({ path }) => nameOf(path) === target)));
}

/** A clone counts as source where something is built in it, or where it lies in a directory of the toolchain. */
function isPlainGit({ args, directory }: Invocation, { habits, roots }: Tree): boolean {
  const [verb, ...rest] = operands(args, ['-C', '-c']);
  if (verb !== 'clone') return args.length > 0 && (verb === undefined ? args.every((arg) => arg !== undefined) : checkout.has(verb));
  const [url, given] = operands(rest.length === 0 ? [] : args.slice(args.indexOf('clone') + 1), ['-b', '--branch', '--depth', '--reference', '-o', '--origin', '-c', '--config', '-j', '--jobs', '--filter']);
  const target = given ?? (url === undefined ? undefined : nameOf(url.replace(/\/+$/, '')).replace(/\.git$/, ''));
  const path = target === undefined ? undefined : resolvePath(directory, target);
  if (path === undefined || path === '/') return false;
  return [...habits.directories, '/tmp'].some((each) => isWithin(each, path)) || roots.some((root) => isWithin(path, root));
}

function operands(args: Invocation['args'], valued: readonly string[]): Invocation['args'] {
  return args.filter((arg, index) => arg?.startsWith('-') !== true && !valued.includes(args[index - 1] ?? ''));
}

/** Options of Maven and Gradle whose value is a file that they only read, or a cache. */
const readOptions: ReadonlySet<string> = new Set(['-g', '--gradle-user-home', '--project-cache-dir', '-I', '--init-script', '-s', '--settings', '-gs', '--global-settings', '-t', '--toolchains', '-gt', '-f', '--file']);

/** Does every path that the command is given lie with the sources, the toolchain or the products? */
export function staysInside({ name, args, directory }: Invocation, { roots, products }: Tree): boolean {
  // Where these put their result is followed by the recipe.
  if (name === 'go' && (args[0] === 'build' || args[0] === 'install')) return true;
  if (name === 'dotnet') return true;
  // It prepares, and what it is told about other places counts for the installation.
  if (name === 'configure' || isCompiler(name)) return true;
  // These take paths of headers, and the place of a tool.
  if (name.startsWith('docker-php-ext-') || (name === 'php' && args.some((arg) => arg?.startsWith('--install-dir=') === true))) return true;
  if (name === 'cargo' && (args.includes('build') || args.includes('install'))) return true;
  return args.every((arg, index) => {
    if (/^(?:mvn|gradle)/.test(name) && readOptions.has(args[index - 1] ?? '')) return true;
    const written = /^(?:[\w-]+=)?(\/.*|\.\.(?:\/.*)?)$/.exec(arg ?? '')?.[1];
    const path = written === undefined ? undefined : resolvePath(directory, written);
    return written === undefined || (path !== undefined && [...roots, ...products.map((each) => each.path)].some((each) => isWithin(each, path)));
  });
}

/**
 * Is a file of the tree that a command writes one that only the build reads: a source, something of the toolchain, or part of
 * a product?
 */
export function isBuildFile(path: string, { habits, roots, products }: Tree): boolean {
  if ([...habits.directories, '/tmp', '/var/cache', '/var/lib/apt', ...products.map((each) => each.path)].some((each) => isWithin(each, path))) return true;
  if (products.some((each) => isWithin(path, each.path))) return true;
  return roots.some((root) => isWithin(root, path) && root !== path && habits.isSource(path.slice(root.length + 1)));
}
