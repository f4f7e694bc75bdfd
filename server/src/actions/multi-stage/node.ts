import { nodeRuntime, nodeRuntimeTag } from '../../engine/catalog/runtimes.ts';
import { distributionOf } from '../../engine/dockerfile/family.ts';
import { resolvePath, stageFacts } from '../../engine/dockerfile/facts.ts';
import type { Argv } from '../../engine/shell/argv.ts';
import { officialImage } from './images.ts';
import { bundlers, scripts } from './node-effects.ts';
import { nodeHabits } from './node-habits.ts';
import { managerOf, pruneOf } from './node-packages.ts';
import { isWithin } from './paths.ts';
import { isRefusal, type Plan, type Product, type Recipe, type Recognition, type Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import { choose } from './runtime.ts';
import type { Invocation, Site, Step } from './site.ts';
import type { Start } from './start.ts';

/** Node.js programs with a bundle step: what runs is made by `npm run build` and the like, and lies in a directory of its own. */
export const node: Recipe = { mayBe: (_text, base) => base === 'node', recognise, habits: nodeHabits, plan };

/** Is this a command that bundles or compiles? `npm run build`, `yarn build`, `npx tsc`, `next build`. */
function isBundling({ name, args }: Invocation): boolean {
  const words = args.filter((arg) => arg !== undefined);
  const [first = '', second = ''] = words.filter((arg) => !arg.startsWith('-'));
  if (name === 'npm' || name === 'pnpm' || name === 'yarn') {
    if (first === 'run' || first === 'run-script') return scripts.test(second);
    if (first === 'exec') return bundlers.has(second);
    return name !== 'npm' && (scripts.test(first) || bundlers.has(first));
  }
  if (name === 'npx') return bundlers.has(first);
  return ['tsc', 'tsup', 'webpack', 'rollup', 'esbuild', 'ncc', 'swc'].includes(name) || (bundlers.has(name) && first === 'build');
}

function bundlingOf(site: Site): { readonly step: Step; readonly invocation: Invocation } | undefined {
  return site.steps.flatMap((step) => step.invocations.filter(isBundling).map((invocation) => ({ step, invocation }))).at(-1);
}

function recognise(site: Site, start: Start): Recognition | undefined {
  const found = bundlingOf(site);
  const program = start.programs.at(-1);
  if (found === undefined || program === undefined || officialImage(site.base) !== 'node') return undefined;
  const script = program.name === 'node' ? scriptOf(program) : undefined;
  if (program.name !== 'node' && !startsPackage(program)) return undefined;
  const output = script === undefined ? undefined : outputOf(site, script, found.invocation);
  const full = nodeRuntimeTag(site.base?.tag) !== (site.base?.tag ?? 'latest');
  return { ecosystem: 'Node.js', ...found, sdk: full, runs: output === undefined ? undefined : script };
}

/** `npm start` and its like, unless the script's name says that it is for development. */
function startsPackage({ name = '', args }: Argv): boolean {
  if (!['npm', 'yarn', 'pnpm', 'npx', 'next', 'nuxt', 'nuxi', 'pm2-runtime', 'serve', 'http-server'].includes(name)) return false;
  return !args.some((arg) => arg !== undefined && /^(?:dev|develop|serve|watch|preview|test|lint|storybook)(?:$|:)|:(?:dev|watch)$/.test(arg));
}

/** The first module that is loaded before the program: by an option of `node`, or by NODE_OPTIONS. */
function preloadOf({ stage }: Site, args: Argv['args']): string | undefined {
  const words = [...args, ...(stageFacts(stage).env.get('NODE_OPTIONS')?.value?.split(/[\s"']+/) ?? [])];
  const option = /^(?:-r|--require|--import|--loader|--experimental-loader)(?:=(.+))?$/;
  return words.flatMap((word, index) => {
    const found = option.exec(word ?? '');
    return found === null ? [] : [found[1] ?? words[index + 1] ?? ''];
  }).find((each) => !each.startsWith('data:'));
}

/** The script that `node` is given, options and their values left out. */
function scriptOf({ args }: Argv): string | undefined {
  const valued = new Set(['-r', '--require', '--import', '--loader', '--experimental-loader', '-C', '--conditions', '--title']);
  return args.find((arg, index) => arg !== undefined && !arg.startsWith('-') && !valued.has(args[index - 1] ?? ''));
}

/**
 * The directory of build products that holds the script, absolute: the first directory of the path whose name bundlers use, or
 * the one the command names by `--outDir`. Undefined for what may be a source.
 */
function outputOf(site: Site, script: string, { args, directory }: Invocation): string | undefined {
  const path = resolvePath(site.workdir, script);
  if (path === undefined || site.workdir === undefined || !isWithin(site.workdir, path) || path === site.workdir) return undefined;
  const named = args.flatMap((arg, index) => (/^(?:--outDir|--out-dir|--outdir|-d)$/.test(args[index - 1] ?? '') ? [arg] : (arg?.match(/^--(?:outDir|out-dir|outdir)=(.+)$/)?.slice(1) ?? [])));
  const given = named.map((each) => resolvePath(directory, each ?? '')).find((each) => each !== undefined && isWithin(each, path));
  if (given !== undefined) return given;
  const whole = path.slice(site.workdir.length).split('/').filter((each) => each !== '');
  // `node dist` runs the index file of the directory.
  const segments = whole.length === 1 && !script.includes('.js') ? whole : whole.slice(0, -1);
  const [first = ''] = segments;
  if (!/^(?:dist|build|out|output|\.output|\.next|compiled|bundle|_build)$/.test(first) && !/^(?:dist|build)[-_.]/.test(first)) return undefined;
  const depth = first === '.next' && segments[1] === 'standalone' ? 2 : 1;
  return resolvePath(site.workdir, segments.slice(0, depth).join('/'));
}

function plan(site: Site, start: Start, { step, invocation }: Recognition): Plan | Refusal {
  const program = start.programs.at(-1);
  if (program === undefined || site.workdir === undefined) return refuse('product');
  const names = [...new Set(start.programs.map((each) => each.name ?? '?'))];
  if (names.length > 1) return refuse('several', { programs: names.join(', ') });
  if (program.name !== 'node') {
    const command = [program.name, ...program.args].join(' ');
    if (program.name === 'npm' || program.name === 'yarn' || program.name === 'pnpm') return refuse('packageScript', { command });
    return ['pm2-runtime', 'serve', 'http-server'].includes(program.name ?? '') ? refuse('tool', { tool: program.name ?? '' }) : refuse('framework', { command });
  }
  const script = scriptOf(program);
  const output = script === undefined || start.moves ? undefined : outputOf(site, script, invocation);
  if (output === undefined) return refuse('source', { path: script ?? 'node' });
  const preload = preloadOf(site, program.args);
  if (preload !== undefined && !isWithin(output, resolvePath(site.workdir, preload) ?? '/')) return refuse('preload', { path: preload });
  const strange = program.args.find((arg, index) => /^(?:-r|--require|--import|--loader)$/.test(program.args[index - 1] ?? '') && arg?.startsWith('.') === true && !isWithin(output, resolvePath(site.workdir, arg) ?? '/'));
  const file = program.args.find((arg) => arg?.startsWith('--env-file') === true);
  if (strange !== undefined || file !== undefined) return refuse('source', { path: strange ?? file ?? '' });
  if (invocation.directory !== site.workdir) return refuse('workspace');
  const cached = step.run?.mounts.find(({ type, target }) => type === 'cache' && target !== undefined && isWithin(resolvePath(step.workdir, target) ?? '', output));
  if (cached !== undefined) return refuse('cache', { path: output });
  const dependencies = dependenciesOf(site, output);
  if (isRefusal(dependencies)) return dependencies;
  const tag = nodeRuntimeTag(site.base?.tag);
  const family = distributionOf(site.stage);
  if (tag === undefined || (family?.family !== 'debian' && family?.family !== 'alpine')) return refuse('base', { image: site.base?.text ?? '' });
  const prisma = site.steps.some(({ invocations }) => invocations.some(({ name, args }) => name === 'prisma' || args.includes('prisma')));
  return {
    products: [...dependencies.products, { path: output, destination: output }],
    finish: dependencies.finish,
    family: family.family, release: family.release, isStatic: false,
    // The engine of Prisma looks for OpenSSL, which the small images lack.
    candidates: (needs) => choose(needs, [{ key: 'multi-stage', runtime: nodeRuntime(`node:${tag}`), packages: prisma ? ['openssl'] : [], sameRelease: true, pinnedTag: undefined }]),
  };
}

/** package.json and node_modules without what only development needs. Nuxt and Next's standalone output bring their own. */
function dependenciesOf(site: Site, output: string): { readonly products: readonly Product[]; readonly finish: readonly string[] } | Refusal {
  const { workdir = '/' } = site;
  if (/\/(?:\.output|\.next\/standalone)$/.test(output)) return { products: [], finish: [] };
  const manager = managerOf(site);
  if (isRefusal(manager)) return manager;
  const prune = pruneOf(site, manager);
  if (prune !== undefined && typeof prune !== 'string') return prune;
  const product = (name: string): Product => ({ path: `${workdir === '/' ? '' : workdir}/${name}`, destination: `${workdir === '/' ? '' : workdir}/${name}` });
  return { products: [product('package.json'), product('node_modules')], finish: prune === undefined ? [] : [prune] };
}
