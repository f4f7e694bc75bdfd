import { interpreterRuntime, smallSibling } from '../../engine/catalog/interpreter-images.ts';
import { isCompiledGem, librariesOfGem } from '../../engine/catalog/ruby-gems.ts';
import { resolvePath, stageFacts } from '../../engine/dockerfile/facts.ts';
import { distributionOf } from '../../engine/dockerfile/family.ts';
import type { GemfileLock } from '../../engine/workspace/build-files/gemfile-lock.ts';
import { officialImage } from './images.ts';
import { isCopiedAgain, leavesCompilers, namesHeaders, ownPrograms, projectProducts, removesCompilers, scriptProblem, withScripts } from './interpreted.ts';
import { isWithin } from './paths.ts';
import { isRefusal, type Plan, type Product, type Recipe, type Recognition, type Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import { rubyHabits } from './ruby-habits.ts';
import { choose } from './runtime.ts';
import { installedBy } from './runs.ts';
import { variableAt, type Invocation, type Site, type Step } from './site.ts';
import { buildingSteps } from './split.ts';
import type { Start } from './start.ts';

/** Programs in Ruby whose gems Bundler installs: the gems and the project go along at the same paths. */
export const ruby: Recipe = { mayBe: (text, base) => base === 'ruby' && /\bbundler?\b/.test(text), recognise, habits: rubyHabits(true), plan };

interface Found {
  readonly step: Step;
  readonly invocation: Invocation;
}

function installsOf(site: Site): readonly Found[] {
  return site.steps.flatMap((step) => step.invocations.filter(({ name, args }) => (name === 'bundle' || name === 'bundler') && (args.every((arg) => arg?.startsWith('-') === true) || args[0] === 'install')).map((invocation) => ({ step, invocation })));
}

function recognise(site: Site, given: Start): Recognition | undefined {
  const start = withScripts(given);
  const found = installsOf(site).at(-1);
  const program = start.programs.at(-1);
  const sibling = smallSibling(site.base?.tag, distributionOf(site.stage)?.release);
  if (officialImage(site.base) !== 'ruby' || sibling === undefined || found === undefined || program === undefined || isNoService(program.name, program.args)) return undefined;
  const lock = lockOf(site, found);
  const compiles = leavesCompilers(site) || (sibling.isFull && !removesCompilers(site) && (namesHeaders(site) || lock?.gems.some((gem) => isCompiledGem(gem) && !lock.ready.includes(gem)) === true));
  const runs = program.name === 'bundle' ? program.args[1] : program.name === 'ruby' ? program.args.find((arg) => arg?.startsWith('-') === false) : program.program;
  return { ecosystem: 'Ruby', ...found, sdk: sibling.isFull, runs, start, isNative: true, isQuiet: !compiles };
}

/** Shells, consoles and test runners: nobody serves anything by them. */
function isNoService(name = '', args: readonly (string | undefined)[]): boolean {
  const called = name === 'bundle' && args[0] === 'exec' ? (args[1] ?? '') : name;
  return ['', 'bash', 'sh', 'irb', 'pry', 'rspec', 'tail', 'sleep', 'guard', 'cucumber'].includes(called) || (/(?:^|\/)rails$/.test(called) && ['console', 'c', 'test'].includes(args.at(-1) ?? '')) || (called === 'rake' && /^(?:spec|test)?$/.test(args.at(-1) ?? ''));
}

function lockOf(site: Site, { invocation: { directory } }: Found): GemfileLock | undefined {
  const file = site.context.file(resolvePath(directory, 'Gemfile.lock') ?? '');
  return file?.ecosystem === 'bundler' ? file : undefined;
}

function plan(site: Site, start: Start): Plan | Refusal {
  const found = installsOf(site).at(-1);
  const family = distributionOf(site.stage);
  const sibling = smallSibling(site.base?.tag, family?.release);
  if (sibling === undefined || found === undefined || (family?.family !== 'debian' && family?.family !== 'alpine')) return refuse('base', { image: site.base?.text ?? '' });
  if (removesCompilers(site)) return refuse('removed');
  const packages = packagesFor(site, found, sibling.isFull && family.family === 'debian', family.family, family.release);
  if (!isList(packages)) return packages;
  const problem = scriptProblem(site, start, sibling.isFull, new Set());
  if (problem !== undefined) return problem;
  const habits = rubyHabits(isCopiedAgain(site, found.step));
  const project = projectProducts(site, buildingSteps(site, habits), habits);
  if (isRefusal(project)) return project;
  const gems = gemDirectories(site, found);
  if (isRefusal(gems)) return gems;
  const own = gems.filter((path) => !project.some((each) => isWithin(each.path, path)));
  const image = `ruby:${sibling.tag}`;
  const runtime = interpreterRuntime(image, ['ruby', 'bundle', 'bundler', 'gem', 'irb', 'rake', 'erb', ...ownPrograms(start, sibling.isFull)]);
  return {
    products: [...own.map((path): Product => ({ path, destination: path })), ...project],
    habits, finish: gems.includes(userSettings) ? [`mkdir -p ${userSettings}`] : [], family: family.family, release: family.release, isStatic: false,
    candidates: (needs) => choose(needs, [{ key: 'multi-stage', runtime, packages, sameRelease: true, pinnedTag: site.base?.digest === undefined ? sibling.pinned : undefined }]),
  };
}

function isList<T>(value: readonly T[] | Refusal): value is readonly T[] {
  return Array.isArray(value);
}

/** System packages that the small image needs for the gems; a reason where they cannot be named. */
function packagesFor(site: Site, found: Found, isFull: boolean, family: 'debian' | 'alpine', release: string | undefined): readonly string[] | Refusal {
  // The library of C++ is part of Debian's base, and not of Alpine's.
  if (family === 'alpine') return site.steps.some((step) => installedBy(step).some((each) => /^(?:g\+\+|build-base|clang)$/.test(each.package.name))) ? ['libstdc++'] : [];
  if (!isFull) return [];
  const lock = lockOf(site, found);
  if (lock === undefined) return namesHeaders(site) ? [] : refuse('gems');
  const installed = site.steps.flatMap((step) => installedBy(step).map((each) => each.package.name));
  const wanted = lock.gems.filter((gem) => !lock.ready.includes(gem)).map((gem) => ({ gem, libraries: librariesOfGem(gem, release) }));
  const unknown = wanted.find(({ libraries }) => libraries === 'unknown');
  if (unknown !== undefined) return refuse('addon', { name: unknown.gem });
  return wanted.flatMap(({ libraries }) => (libraries === 'unknown' ? [] : libraries)).filter((each) => !installed.includes(each));
}

/** Bundler writes it where no Gemfile is there yet, and with `--global`: it may be missing. */
const userSettings = '/root/.bundle';

/**
 * Where Bundler puts gems and what it remembers about them: without its settings it would ask for the groups that were left out.
 * Source: bundle-config(1), and ENV of the official image (GEM_HOME and BUNDLE_APP_CONFIG are /usr/local/bundle).
 */
function gemDirectories(site: Site, { step, invocation }: Found): readonly string[] | Refusal {
  const { env } = stageFacts(site.stage);
  const directories = ['/usr/local/bundle'];
  for (const name of ['GEM_HOME', 'BUNDLE_PATH', 'BUNDLE_APP_CONFIG']) {
    const value = env.get(name)?.value ?? variableAt(step.instruction, name);
    if (env.has(name) && value === undefined) return refuse('variable', { name });
    const path = value === undefined ? undefined : resolvePath(invocation.directory, value);
    if (path !== undefined) directories.push(path);
  }
  for (const each of site.steps.flatMap(({ invocations }) => invocations)) {
    if (each.name !== 'bundle' && each.name !== 'bundler') continue;
    const words = each.args.filter((arg) => arg?.startsWith('-') === false && arg !== 'set');
    const given = each.args[0] === 'config' && words[1] === 'path' ? words[2] : each.args[each.args.indexOf('--path') + 1];
    if ((each.args[0] === 'config' && words[1] === 'path') || each.args.includes('--path')) {
      const path = given === undefined ? undefined : resolvePath(each.directory, given);
      if (path === undefined) return refuse('product');
      directories.push(path);
    }
    const isDeployment = each.args.includes('--deployment') || (each.args[0] === 'config' && words[1] === 'deployment');
    if (isDeployment && each.directory !== undefined && !env.has('BUNDLE_PATH')) directories.push(resolvePath(each.directory, 'vendor/bundle') ?? each.directory);
    // What is set for all projects lies in the home directory.
    if (each.args[0] === 'config' && !each.args.includes('--local')) {
      if (step.user !== undefined && !/^(?:root|0)(?::|$)/.test(step.user)) return refuse('command', { command: each.command?.text ?? 'bundle config' });
      directories.push(userSettings);
    }
  }
  if (env.get('BUNDLE_DEPLOYMENT')?.value !== undefined && !env.has('BUNDLE_PATH') && invocation.directory !== undefined) directories.push(resolvePath(invocation.directory, 'vendor/bundle') ?? '/');
  return [...new Set(directories)].filter((path, _index, all) => !all.some((other) => other !== path && isWithin(other, path)));
}
