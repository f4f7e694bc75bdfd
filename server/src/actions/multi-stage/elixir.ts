import { elixirBase, isElixirImage, type ElixirBase } from '../../engine/catalog/elixir-images.ts';
import { alpine, debianSlim, ubuntu, type RuntimeImage } from '../../engine/catalog/runtimes.ts';
import { resolvePath, stageFacts } from '../../engine/dockerfile/facts.ts';
import type { Argv } from '../../engine/shell/argv.ts';
import type { MixProject } from '../../engine/workspace/build-files/mix-exs.ts';
import { elixirHabits, tasksOf } from './elixir-habits.ts';
import { isCached } from './files.ts';
import { officialImage } from './images.ts';
import { directoryOf, isWithin, nameOf } from './paths.ts';
import type { Plan, Product, Recipe, Recognition, Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import { choose } from './runtime.ts';
import type { Invocation, Site, Step } from './site.ts';
import { isScriptFile, programPath, type Start } from './start.ts';

/** Elixir programs: the release that `mix release` makes, with Erlang in it. */
export const elixir: Recipe = { mayBe: (text) => /\bmix\b/.test(text), recognise, habits: elixirHabits, plan };

interface Call {
  readonly step: Step;
  readonly invocation: Invocation;
  /** The words of one task. */
  readonly words: readonly (string | undefined)[];
}

/** Every call of one of the tasks, in order. */
function callsOf(site: Site, ...tasks: readonly string[]): readonly Call[] {
  return site.steps.flatMap((step) => step.invocations.flatMap((invocation) => (invocation.name === 'mix' ? tasksOf(invocation).flatMap((words) => (tasks.includes(words[0] ?? '') ? [{ step, invocation, words }] : [])) : [])));
}

function recognise(site: Site, start: Start): Recognition | undefined {
  if (!isElixirImage(officialImage(site.base), site.base)) return undefined;
  const program = start.programs.at(-1);
  const releases = callsOf(site, 'release');
  const last = releases.at(-1);
  if (program === undefined) return undefined;
  if (last === undefined) return recogniseMix(site, program);
  const found = releaseOf(site, program);
  if (found === undefined && !isScriptFile(program)) return undefined;
  return { ecosystem: 'Elixir', step: last.step, invocation: last.invocation, sdk: true, runs: found === undefined ? undefined : program.program };
}

/** A project that is compiled for production and then run by Mix, which needs the sources and the toolchain. */
function recogniseMix(site: Site, program: Argv): Recognition | undefined {
  const built = callsOf(site, 'compile', 'deps.compile', 'assets.deploy', 'phx.digest').at(-1);
  if (built === undefined || stageFacts(site.stage).env.get('MIX_ENV')?.value !== 'prod' || !runsMix(program)) return undefined;
  return { ecosystem: 'Elixir', step: built.step, invocation: built.invocation, sdk: true, runs: undefined };
}

function runsMix({ name, args }: Argv): boolean {
  const words = name === 'mix' ? args : (name === 'elixir' || name === 'iex') && args.includes('mix') ? args.slice(args.indexOf('mix') + 1) : [];
  return words[0] === 'phx.server' || words[0] === 'run';
}

/** The directory of the release that a program belongs to, and the name Mix knows it by, where the path says it. */
function releaseOf(site: Site, program: Argv): { readonly path: string; readonly name: string | undefined } | undefined {
  const path = programPath(program, site.workdir);
  if (path === undefined) return undefined;
  const built = /^(.*\/_build\/[\w.-]+\/rel\/([\w.-]+))\/bin\//.exec(path);
  if (built?.[1] !== undefined) return { path: built[1], name: built[2] };
  const directory = directoryOf(path).endsWith('/bin') ? directoryOf(directoryOf(path)) : undefined;
  if (directory === undefined) return undefined;
  const given = callsOf(site, 'release').some(({ words, invocation }) => words.some((word, index) => word === '--path' && resolvePath(invocation.directory, words[index + 1] ?? '') === directory));
  return given || isMoved(site, directory) ? { path: directory, name: undefined } : undefined;
}

/** `cp -r _build/prod/rel/shop /opt/` and `mv _build/prod/rel/shop release`. */
function isMoved(site: Site, directory: string): boolean {
  return site.steps.some(({ invocations }) => invocations.some(({ name, args, directory: at }) => {
    if (name !== 'cp' && name !== 'mv') return false;
    const [source = '', target = '', more] = args.flatMap((arg) => (arg?.startsWith('-') === true ? [] : [resolvePath(at, arg ?? '') ?? '']));
    return more === undefined && /\/_build\/[\w.-]+\/rel\/[\w.-]+$/.test(source) && (target === directory || resolvePath(target, nameOf(source)) === directory);
  }));
}

function plan(site: Site, start: Start, { step }: Recognition): Plan | Refusal {
  const image = site.base?.text ?? '';
  const program = start.programs.at(-1);
  if (program === undefined || start.moves) return refuse('product');
  if (runsMix(program)) return refuse('needsMix', { command: [program.name, ...program.args].filter((word) => word !== undefined).join(' ') });
  const script = start.programs.find((each) => isScriptFile(each) && releaseOf(site, each) === undefined);
  if (script !== undefined) return refuse('script', { program: script.program ?? '' });
  const found = releaseOf(site, program);
  if (found === undefined) return refuse('product');
  const { path, name } = found;
  if (start.programs.some((each) => !isWithin(path, programPath(each, site.workdir) ?? ''))) return refuse('several', { programs: [...new Set(start.programs.map((each) => each.program ?? '?'))].join(', ') });
  const project = projectOf(site);
  const names = project === undefined ? [] : project.releases.length > 0 ? project.releases : [project.app];
  if (name !== undefined && project !== undefined && !names.includes(name)) return refuse('otherProduct', { project: 'mix.exs', made: `rel/${names.join(', rel/')}`, program: `rel/${name}` });
  if (isCached(step, path)) return refuse('cache', { path });
  if (project?.withoutErlang === true) return refuse('withoutErlang');
  const base = site.base === undefined ? undefined : elixirBase(site.base);
  if (base === undefined) return refuse('base', { image });
  const runtime = runtimeOf(base);
  const isOdbc = project?.applications.includes('odbc') === true;
  const libraries = base.family === 'alpine' ? ['libstdc++', 'ncurses-libs', 'openssl', ...(isOdbc ? ['unixodbc'] : [])] : ['libncurses6', 'libstdc++6', 'openssl', ...(isOdbc ? ['libodbc2'] : [])];
  // A package that talks to Node.js is named after it.
  const usesNode = project === undefined || project.deps.some((each) => /node|^(?:live_svelte|live_vue|live_react|inertia)$/.test(each));
  return {
    products: [{ path, destination: path }, ...othersOf(site, path)],
    finish: [],
    habits: usesNode ? elixirHabits : { ...elixirHabits, isBuildPackage: (each) => elixirHabits.isBuildPackage(each) || each === 'nodejs' },
    family: base.family, release: base.release, isStatic: false,
    candidates: (needs) => choose(needs, [{ key: 'multi-stage', runtime, packages: libraries, sameRelease: base.release !== undefined && runtime.image.includes(base.release), pinnedTag: undefined }]),
  };
}

/** The distribution without Elixir. Its locale is none, and Elixir expects UTF-8. */
function runtimeOf({ family, release, isUbuntu }: ElixirBase): RuntimeImage {
  const runtime = family === 'alpine' ? alpine(release) : isUbuntu ? ubuntu(`ubuntu:${release ?? ''}`) : debianSlim(release);
  return { ...runtime, variables: [['LANG', 'C.UTF-8']] };
}

/** Releases of other names in the same place: a cluster may start them by a command of its own. */
function othersOf(site: Site, path: string): readonly Product[] {
  const names = callsOf(site, 'release').flatMap(({ words }) => (words[1] === undefined || words[1].startsWith('-') || words.includes('--path') ? [] : [words[1]]));
  return names.flatMap((name) => (nameOf(path) === name || nameOf(directoryOf(path)) !== 'rel' ? [] : [{ path: `${directoryOf(path)}/${name}`, destination: `${directoryOf(path)}/${name}` }]));
}

/** What mix.exs says in the directory where the release is made. */
function projectOf(site: Site): MixProject | undefined {
  const directory = callsOf(site, 'release').at(-1)?.invocation.directory;
  const file = directory === undefined ? undefined : site.context.file(resolvePath(directory, 'mix.exs') ?? '');
  return file?.ecosystem === 'elixir' ? file : undefined;
}
