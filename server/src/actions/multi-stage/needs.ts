import { isDevelopmentPackage, runtimeLibrary } from '../../engine/catalog/runtime-packages.ts';
import { shellScriptOf } from '../../engine/dockerfile/command.ts';
import { resolvePath, stageFacts } from '../../engine/dockerfile/facts.ts';
import { argvOf, resolveArgv } from '../../engine/shell/argv.ts';
import { pathsIn, pathsInArguments } from './files.ts';
import { isWithin } from './paths.ts';
import type { Habits, Plan, Product, Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import type { Tree } from './effects.ts';
import { installedBy, type Sorted } from './runs.ts';
import type { Site, Step } from './site.ts';
import type { Start } from './start.ts';

/** Packages to install in the final stage, with their versions as written. */
export function packagesOf(steps: readonly Step[], plan: Pick<Plan, 'family' | 'release' | 'isStatic'>, habits: Pick<Habits, 'isBuildPackage'>): readonly string[] | Refusal {
  const found: string[] = [];
  for (const { manager, package: each, command } of steps.flatMap(installedBy)) {
    if (manager !== (plan.family === 'debian' ? 'apt' : 'apk')) return refuse('manager', { manager });
    if (!each.known && !habits.isBuildPackage(each.name)) return refuse('package', { command: command.text });
    if (habits.isBuildPackage(each.name) || (isDevelopmentPackage(each.name) && plan.isStatic)) continue;
    if (!isDevelopmentPackage(each.name)) {
      found.push(each.version === undefined || plan.family === 'alpine' ? each.name : `${each.name}=${each.version}`);
      continue;
    }
    const library = runtimeLibrary(each.name, plan.family, plan.release);
    if (library === undefined) return refuse('library', { name: each.name });
    found.push(...library.split(' ').filter((name) => name !== ''));
  }
  return [...new Set(found)];
}

/** Did one of the installations bring what its packages recommend, as apt does unless told otherwise? */
export function recommendsOf(steps: readonly Step[], habits: Pick<Habits, 'isBuildPackage'>): boolean {
  return steps.flatMap(installedBy).some(({ manager, package: each, command }) =>
    manager === 'apt' && !habits.isBuildPackage(each.name) && !isDevelopmentPackage(each.name) && !/--no-install-recommends|Install-Recommends/.test(command.text));
}

/** The words of the health check's commands; those of programs that are given addresses left out. */
function checkArguments(site: Site): readonly (string | undefined)[] {
  const check = stageFacts(site.stage).healthcheck?.command;
  if (check === undefined) return [];
  const called = shellScriptOf(check)?.commands().map((each) => argvOf(each)) ?? (check.form === 'exec' ? [resolveArgv(check.words)] : []);
  return called.flatMap(({ name, args }) => (name === 'curl' || name === 'wget' ? [] : args));
}

/** `NODE_OPTIONS="--require ./tracing.js"`: the value is arguments. */
const holdsArguments = /(?:OPTIONS|OPTS|ARGS|FLAGS)$/;

/** Paths in the tree, as written, that the running program is given and that no product or copied file covers. */
export function readsOf(site: Site, start: Start, tree: Tree, products: readonly Product[]): readonly string[] {
  const { env, volumes } = stageFacts(site.stage);
  const words: readonly string[] = [
    ...start.programs.flatMap(({ args }) => pathsInArguments(args)),
    ...pathsInArguments(checkArguments(site)),
    ...[...env].flatMap(([name, { value = '' }]) => {
      if (name === 'PATH' || name === 'HOME' || name === 'TZ' || tree.habits.variables(name)) return [];
      return holdsArguments.test(name) ? pathsInArguments(value.split(/\s+/)) : pathsIn(value, name);
    }),
  ];
  const made = site.steps.flatMap(({ invocations }) => invocations.flatMap(({ name, args, directory }) => (name === 'mkdir' ? args.map((arg) => resolvePath(directory, arg ?? '')) : [])));
  const covered = [...products.map(({ path }) => path), ...products.map(({ destination }) => destination), ...volumes.map(({ value }) => value), ...made];
  return words.filter((word) => {
    const path = resolvePath(site.workdir, word);
    if (path === undefined || !tree.roots.some((root) => isWithin(root, path) && root !== path && root !== '/tmp')) return false;
    return !covered.some((each) => each !== undefined && isWithin(each.replace(/\/$/, ''), path));
  });
}

/** The first user that no RUN of the stage creates. */
export function unknownUser(site: Site, sorted: ReadonlyMap<Step, readonly Sorted[]>): string | undefined {
  const creates = [...sorted.values()].some((commands) => commands.some(({ invocation }) => /^(?:user|add)(?:add|user|mod)$/.test(invocation.name)));
  if (creates) return undefined;
  const names = site.steps.flatMap(({ instruction }) => (instruction.keyword === 'USER' ? [instruction.args.split(':')[0] ?? ''] : []));
  return names.find((name) => !/^\d+$|\$/.test(name));
}

