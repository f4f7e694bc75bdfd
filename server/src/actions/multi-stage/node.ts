import { isNativePackage, systemPackagesOf } from '../../engine/catalog/node-modules.ts';
import { nodeRuntime, nodeRuntimeTag } from '../../engine/catalog/runtimes.ts';
import { distributionOf } from '../../engine/dockerfile/family.ts';
import { resolvePath } from '../../engine/dockerfile/facts.ts';
import { removedPackages } from '../../engine/dockerfile/packages.ts';
import type { Argv } from '../../engine/shell/argv.ts';
import type { PackageJson } from '../../engine/workspace/build-files/package-json.ts';
import { officialImage } from './images.ts';
import { nodeHabits } from './node-habits.ts';
import { missingPackage, readsBeside, startCommand, unsettledPackage } from './node-needs.ts';
import { isBundling, outputOf, scriptOf, singleOutput } from './node-output.ts';
import { managerOf, pruneOf } from './node-packages.ts';
import { isDevelopmentProgram, packageJsonOf, packageStart } from './node-start.ts';
import { isWithin } from './paths.ts';
import { isRefusal, type Plan, type Product, type Recipe, type Recognition, type Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import { choose } from './runtime.ts';
import { installedBy } from './runs.ts';
import type { Invocation, Site, Step } from './site.ts';
import { startOf, type Start } from './start.ts';

/**
 * Node.js programs with a bundle step or with packages that are compiled: what runs is made by `npm run build` and the like, and
 * lies in a directory of its own.
 */
export const node: Recipe = { mayBe: (_text, base) => base === 'node', recognise, habits: nodeHabits, plan };

function bundlingOf(site: Site): { readonly step: Step; readonly invocation: Invocation } | undefined {
  return site.steps.flatMap((step) => step.invocations.filter(isBundling).map((invocation) => ({ step, invocation }))).at(-1);
}

function recognise(site: Site, start: Start): Recognition | undefined {
  if (officialImage(site.base) !== 'node') return undefined;
  const json = packageJsonOf(site);
  const followed = json === undefined ? undefined : packageStart(start, json);
  const seen = followed === undefined || isRefusal(followed) ? start : { ...start, programs: followed.programs, moves: followed.moves };
  const program = seen.programs.at(-1);
  if (program === undefined || seen.programs.some(isDevelopmentProgram)) return undefined;
  const script = program.name === 'node' ? scriptOf(program) : undefined;
  if (program.name !== 'node' && seen === start && !startsPackage(program)) return undefined;
  const full = nodeRuntimeTag(site.base?.tag) !== (site.base?.tag ?? 'latest');
  const found = bundlingOf(site);
  if (found === undefined) {
    const native = script === undefined ? undefined : nativeInstallation(site, full, json);
    return native === undefined ? undefined : { ecosystem: 'Node.js', ...native, sdk: full, runs: script, start: seen, isNative: true };
  }
  const output = script === undefined ? undefined : outputOf(site, script, found.invocation);
  return { ecosystem: 'Node.js', ...found, sdk: full, runs: output === undefined ? undefined : script, start: seen };
}

const compilers: ReadonlySet<string> = new Set(['build-base', 'build-essential', 'gcc', 'g++', 'clang']);

/** The installation of packages that compiles some of them: with compilers that the file installs, or that a full image has. */
function nativeInstallation(site: Site, full: boolean, json: PackageJson | undefined): { readonly step: Step; readonly invocation: Invocation } | undefined {
  const manager = managerOf(site);
  if (isRefusal(manager)) return undefined;
  const installs = site.steps.some((step) => installedBy(step).some((each) => compilers.has(each.package.name)));
  const removes = site.steps.some(({ run }) => run !== undefined && removedPackages(run).some(({ packages, unneeded }) => unneeded || packages.some(({ name }) => compilers.has(name))));
  const needs = full && json !== undefined && [...json.dependencies.keys()].some(isNativePackage);
  return (installs && !removes) || needs ? manager : undefined;
}

/** `npm start` and its like, unless the script's name says that it is for development. */
function startsPackage({ name = '', args }: Argv): boolean {
  if (!['npm', 'yarn', 'pnpm', 'npx', 'next', 'nuxt', 'nuxi', 'pm2-runtime', 'serve', 'http-server'].includes(name)) return false;
  return !args.some((arg) => arg !== undefined && /^(?:dev|develop|serve|watch|preview|test|lint|storybook)(?:$|:)|:(?:dev|watch)$/.test(arg));
}

function plan(site: Site, start: Start, { step, invocation, isNative = false }: Recognition): Plan | Refusal {
  const { workdir } = site;
  if (start.programs.length === 0 || workdir === undefined || workdir === '/') return refuse('product');
  const json = packageJsonOf(site);
  const written = startOf(site.stage) ?? start;
  const followed = json === undefined ? undefined : packageStart(written, json);
  if (followed !== undefined && isRefusal(followed)) return followed;
  const builds = start.programs.find(isBundling);
  if (builds !== undefined) return refuse('builtAtStart', { command: [builds.name, ...builds.args].join(' ') });
  const tag = nodeRuntimeTag(site.base?.tag);
  const family = distributionOf(site.stage);
  if (tag === undefined || (family?.family !== 'debian' && family?.family !== 'alpine')) return refuse('base', { image: site.base?.text ?? '' });
  const isFull = site.base?.tag !== tag && family.family === 'debian';
  const unsettled = json === undefined ? undefined : unsettledPackage(site, json, isFull);
  if (unsettled !== undefined) return unsettled;
  const taken = takenFrom(site, { start, written, json, step, invocation, isNative, workdir });
  if (isRefusal(taken)) return taken;
  const runtime = nodeRuntime(`node:${tag}`);
  const command = startCommand(site, written, followed, runtime);
  if (command !== undefined && isRefusal(command)) return command;
  const prisma = json?.dependencies.has('@prisma/client') === true || site.steps.some(({ invocations }) => invocations.some(({ name, args }) => name === 'prisma' || args.includes('prisma')));
  // The engine of Prisma looks for OpenSSL, which the small images lack.
  const packages = [...(prisma ? ['openssl'] : []), ...(isFull && json !== undefined ? systemPackagesOf(json.dependencies.keys()) : [])];
  return {
    ...taken,
    ...(command === undefined ? {} : { command }),
    family: family.family, release: family.release, isStatic: false,
    candidates: (needs) => choose(needs, [{ key: 'multi-stage', runtime, packages, sameRelease: true, pinnedTag: undefined }]),
  };
}

/** What is known of a build when its products are looked for. */
interface Parts extends Pick<Recognition, 'step' | 'invocation'> {
  /** What runs in the end. */
  readonly start: Start;
  /** What CMD and ENTRYPOINT say. */
  readonly written: Start;
  readonly json: PackageJson | undefined;
  readonly isNative: boolean;
  readonly workdir: string;
}

/** The directories that go along, and what removes the packages of development from them first. */
function takenFrom(site: Site, { start, written, json, step, invocation, isNative, workdir }: Parts): Pick<Plan, 'products' | 'finish'> | Refusal {
  const manager = managerOf(site);
  const output = singleOutput(site, start, invocation);
  const bringsPackages = typeof output === 'string' && /\/(?:\.output|\.next\/standalone)$/.test(output);
  if (!bringsPackages && isRefusal(manager)) return manager;
  const hasWorkspaces = json?.hasWorkspaces === true || site.context.presence(resolvePath(workdir, 'pnpm-workspace.yaml') ?? '') === 'there';
  const isWhole = isNative || (json !== undefined && !bringsPackages && (typeof output !== 'string' || hasWorkspaces || readsBeside(site, json)));
  if (typeof output !== 'string' && !isWhole) return output;
  if (isWhole && written.moves) return refuse('product');
  if (isWhole && hasWorkspaces && !isRefusal(manager) && manager.manager === 'pnpm') return refuse('workspace');
  const problem = missingPackage(site, start, json, isWhole);
  if (problem !== undefined) return problem;
  if (invocation.directory !== workdir) return refuse('workspace');
  const cached = typeof output !== 'string' ? undefined : step.run?.mounts.find(({ type, target }) => type === 'cache' && target !== undefined && isWithin(resolvePath(step.workdir, target) ?? '', output));
  if (cached !== undefined && typeof output === 'string') return refuse('cache', { path: output });
  // Without dependencies nothing is left of node_modules, and there would be nothing to copy.
  const isSelfContained = bringsPackages || (!isWhole && json?.dependencies.size === 0);
  const prune = isSelfContained || isNative || isRefusal(manager) ? undefined : pruneOf(site, manager, json);
  if (prune !== undefined && typeof prune !== 'string') return prune;
  const product = (path: string): Product => ({ path, destination: path });
  const own = isWhole || typeof output !== 'string' ? [workdir] : bringsPackages ? [output] : [`${workdir}/package.json`, ...(isSelfContained ? [] : [`${workdir}/node_modules`]), output];
  return { products: own.map(product), finish: prune === undefined ? [] : [prune] };
}
