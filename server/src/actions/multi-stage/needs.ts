import { isBuildPackage, isDevelopmentPackage, runtimeLibrary } from '../../engine/catalog/runtime-packages.ts';
import { resolvePath, stageFacts } from '../../engine/dockerfile/facts.ts';
import { pathsIn } from './files.ts';
import { isWithin } from './paths.ts';
import type { Plan, Product, Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import { installedBy, type Sorted, type Tree } from './runs.ts';
import type { Site, Step } from './site.ts';
import type { Start } from './start.ts';

/** Packages to install in the final stage, with their versions as written. */
export function packagesOf(steps: readonly Step[], plan: Plan): readonly string[] | Refusal {
  const found: string[] = [];
  for (const { manager, package: each, command } of steps.flatMap(installedBy)) {
    if (manager !== (plan.family === 'debian' ? 'apt' : 'apk')) return refuse('manager', { manager });
    if (!each.known) return refuse('package', { command: command.text });
    if (isBuildPackage(each.name) || (isDevelopmentPackage(each.name) && plan.isStatic)) continue;
    if (!isDevelopmentPackage(each.name)) {
      found.push(each.version === undefined || plan.family === 'alpine' ? each.name : `${each.name}=${each.version}`);
      continue;
    }
    const library = runtimeLibrary(each.name, plan.family, plan.release);
    if (library === undefined) return refuse('library', { name: each.name });
    found.push(library);
  }
  return [...new Set(found)];
}

/** A path in the tree that the running program is given and that no product or copied file covers. */
export function readsOf(site: Site, start: Start, tree: Tree, products: readonly Product[]): string | undefined {
  const { env, volumes, healthcheck } = stageFacts(site.stage);
  const words = [
    ...start.programs.flatMap(({ args }) => args),
    ...(healthcheck?.command?.words ?? []),
    ...[...env].flatMap(([name, { value }]) => (name === 'PATH' || name === 'HOME' || tree.habits.variables(name) ? [] : [value])),
  ].filter((word) => word !== undefined);
  const made = site.steps.flatMap(({ invocations }) => invocations.flatMap(({ name, args, directory }) => (name === 'mkdir' ? args.map((arg) => resolvePath(directory, arg ?? '')) : [])));
  const covered = [...products.map(({ path }) => path), ...products.map(({ destination }) => destination), ...volumes.map(({ value }) => value), ...made];
  return words.flatMap(pathsIn).find((word) => {
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

