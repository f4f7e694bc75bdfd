import { resolvePath } from '../../engine/dockerfile/facts.ts';
import type { Instruction } from '../../engine/dockerfile/model.ts';
import { arrange, type Arranged } from './arrange.ts';
import { carriedEnvironment } from './environment.ts';
import { broughtBy, type Brought } from './files.ts';
import { packagesOf, readsOf, recommendsOf, unknownUser } from './needs.ts';
import { isWithin } from './paths.ts';
import { isRefusal, type Habits, type Needs, type Plan, type Product, type Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import type { Tree } from './effects.ts';
import { installedBy, lacksUpdate, owners, sortRun, type Sorted } from './runs.ts';
import { pathAt, type Site, type Step } from './site.ts';
import { toolsOf } from './tools.ts';
import type { Start } from './start.ts';

/** A stage taken apart. */
export interface Split extends Arranged {
  /** The last instruction of the build stage; everything behind it belongs to the final one as it stands. */
  readonly cut: Instruction;
  /** What follows the cut. */
  readonly rest: readonly Instruction[];
  /** The program and what it needs, the program first; copied between head and tail. */
  readonly products: readonly Product[];
  /** For `--chown`: who built, where that is not root. */
  readonly owner: string | undefined;
  /** Commands that point the package manager to a mirror. */
  readonly mirrors: readonly string[];
  readonly needs: Needs;
}

/** Takes a stage apart by what each instruction is for, or says which one cannot be told. */
export function splitOf(site: Site, start: Start, habits: Habits, plan: Plan): Split | Refusal {
  const tree = treeOf(site, habits, plan.products);
  const sorted = sortAll(site, tree);
  for (const [step, commands] of sorted) {
    const strange = commands.find(({ purpose }) => purpose === 'unknown');
    if (strange !== undefined || (step.run !== undefined && commands.length === 0)) {
      return refuse('command', { command: strange?.invocation.command?.text ?? `RUN ${step.instruction.args}` });
    }
  }
  const last = lastBuild(site, habits, sorted);
  const cut = site.steps[last];
  if (cut === undefined) return refuse('product');
  const before = site.steps.slice(0, last + 1);
  const early = before.flatMap((step) => sorted.get(step) ?? []).find(({ purpose }) => purpose === 'program');
  if (early !== undefined) return refuse('command', { command: early.invocation.command?.text ?? early.invocation.name });
  const rest = site.steps.slice(last + 1).map(({ instruction }) => instruction);
  const brought: Brought[] = [];
  for (const step of before) {
    const found = broughtBy(step, habits);
    if (found === undefined) return refuse('command', { command: `${step.instruction.keyword} ${step.instruction.args}` });
    brought.push(found);
  }
  const listed = brought.flatMap(({ files }) => files).filter((file) => !plan.products.some(({ path }) => isWithin(path, file.path)));
  const after = site.steps.slice(last + 1);
  const reads = readsOf(site, start, tree, [...plan.products, ...listed, ...after.flatMap(broughtLater)]).map((text) => ({ text, path: resolvePath(site.workdir, text) ?? text }));
  const unread = reads.find(({ path }) => site.context.presence(path) === 'unknown');
  const whole = brought.find((each) => each.whole);
  if (unread !== undefined && whole !== undefined) {
    return refuse('reads', { path: unread.text, copy: `${whole.step.instruction.keyword} ${whole.step.instruction.args}` });
  }
  if (unread !== undefined) return refuse('unread', { path: unread.text });
  // What the context does not hold, the container gets from elsewhere when it starts.
  const kept = [...site.context.configuration(site.workdir ?? '/'), ...(habits.readsFolders === true ? site.context.data(site.workdir ?? '/') : [])];
  const settings = kept.filter((path) => ![...plan.products, ...listed, ...after.flatMap(broughtLater)].some((each) => isWithin(each.path, path)));
  const data = [...listed, ...settings.map((path) => ({ path, destination: path })), ...reads.flatMap(({ path }) => (site.context.presence(path) === 'there' && !settings.some((each) => isWithin(each, path)) ? [{ path, destination: path }] : []))];
  const stale = after.find((step, index) => lacksUpdate(after.slice(0, index + 1), step));
  if (stale !== undefined) return refuse('update', { command: `RUN ${stale.instruction.args}` });
  const packages = packagesOf(before, plan, habits);
  if (isRefusal(packages)) return packages;
  const environment = carriedEnvironment(site, before, rest, habits);
  if (isRefusal(environment)) return environment;
  const outside = data.filter((product) => !tree.roots.some((root) => isWithin(root, product.path)));
  const arranged = arrange({ site, start, before, rest, sorted, environment, copies: new Map(brought.map(({ step, files }) => [step, files.filter((file) => outside.includes(file))])), products: plan.products });
  if (isRefusal(arranged)) return arranged;
  const { head } = arranged;
  const placed = [...head, ...arranged.tail];
  const has = (keyword: string): boolean => placed.some((item) => item.kind === 'instruction' && item.instruction.keyword === keyword);
  const runs = has('RUN') || placed.some(({ kind }) => kind === 'commands') || rest.some(({ keyword }) => keyword === 'RUN');
  // What a RUN above those installations calls has to be there before.
  const later = head.some((item) => item.kind === 'commands' || (item.kind === 'instruction' && item.instruction.keyword === 'RUN')) ? [] : after.flatMap((step) => installedBy(step).map((each) => each.package.name));
  return {
    ...arranged,
    cut: cut.instruction,
    rest,
    products: [...plan.products, ...data.filter((product) => !outside.includes(product))],
    owner: ownerOf(before),
    mirrors: [...sorted.values()].flat().flatMap(({ purpose, invocation }) => (purpose === 'mirror' && invocation.plain ? [invocation.command?.text ?? ''] : [])),
    needs: { packages, recommends: recommendsOf(before, habits), later, runs, user: unknownUser(site, sorted), ...withSetup(sorted, toolsOf(site, start, { runs, shell: has('SHELL') || rest.some(({ keyword }) => keyword === 'SHELL') })) },
  };
}

/** The instructions down to the last one that builds: what a recipe asks before it knows its products. */
export function buildingSteps(site: Site, habits: Habits): readonly Step[] {
  return site.steps.slice(0, lastBuild(site, habits, sortAll(site, treeOf(site, habits, []))) + 1);
}

function treeOf(site: Site, habits: Habits, products: readonly Product[]): Tree {
  const targets = targetsOf(site);
  return { habits, roots: rootsOf(site, habits), products, targets, made: madeBy(site, habits, targets) };
}

function sortAll(site: Site, tree: Tree): ReadonlyMap<Step, readonly Sorted[]> {
  return new Map(site.steps.map((step) => [step, step.run === undefined ? [] : sortRun(step, tree)]));
}

function lastBuild(site: Site, habits: Habits, sorted: ReadonlyMap<Step, readonly Sorted[]>): number {
  return site.steps.findLastIndex((step) => step.own && step.run !== undefined && staysBehind(sorted.get(step) ?? [], habits));
}

/** The tools, with those that RUN lines of the final stage call and that small images may lack. */
function withSetup<T extends Pick<Needs, 'tools'>>(sorted: ReadonlyMap<Step, readonly Sorted[]>, needs: T): T {
  const called = [...sorted.values()].flat().flatMap(({ purpose, invocation }) => (purpose === 'system' && /^(?:adduser|addgroup|setcap)$/.test(invocation.name) ? [invocation.name] : []));
  return { ...needs, tools: [...new Set([...needs.tools, ...called])] };
}

/** What a COPY or ADD behind the cut puts into the final stage by itself. */
function broughtLater(step: Step): readonly Product[] {
  const target = step.copy?.destination === undefined ? undefined : pathAt(step.copy.destination.text, step);
  const found = broughtBy(step, { isSource: () => false });
  return target !== undefined && found?.whole !== false ? [{ path: target, destination: target }] : (found?.files ?? []);
}

/** The user of the build, as `--chown` takes it. */
function ownerOf(before: readonly Step[]): string | undefined {
  const user = before.at(-1)?.user;
  if (user === undefined || /^(?:root|0)(?::|$)/.test(user)) return undefined;
  // A group of the same name is only sure to exist for the user that node images bring along.
  return user === 'node' ? 'node:node' : user;
}

/** Is some of it part of the build? Clean-up of sources is, too. */
function staysBehind(commands: readonly Sorted[], { keepsProject = false }: Habits): boolean {
  if (keepsProject) return commands.some(({ purpose, invocation }) => purpose === 'build' && !owners.has(invocation.name));
  if (commands.some(({ purpose }) => purpose === 'build')) return true;
  return commands.some(({ invocation }) => invocation.name === 'rm') && commands.every(({ purpose }) => purpose === 'neutral');
}

/** Directories of sources and toolchain. */
function rootsOf(site: Site, habits: Habits): readonly string[] {
  const workdirs = site.steps.flatMap(({ run, copy, workdir }) => ((run ?? copy) === undefined ? [] : [workdir]));
  const built = site.steps.flatMap(({ invocations }) => invocations.flatMap(({ name, directory }) => (habits.programs.has(name) ? [directory] : [])));
  const projects = site.steps.flatMap(({ invocations }) => invocations.flatMap(({ name, args, directory }) => (name.startsWith('mvn') ? [projectOf(args, directory)] : [])));
  const known = [...workdirs, ...built, ...projects].flatMap((path) => (path === undefined || path === '/' ? [] : [path]));
  return [...new Set([...known, ...habits.directories, '/tmp', '/var/cache', '/var/lib/apt'])];
}

/** `mvn -f /home/app/pom.xml` builds in `/home/app`. */
function projectOf(args: readonly (string | undefined)[], directory: string | undefined): string | undefined {
  const file = args[args.findIndex((arg) => arg === '-f' || arg === '--file') + 1];
  const path = args.includes('-f') || args.includes('--file') ? resolvePath(directory, file ?? '') : undefined;
  return path?.endsWith('.xml') === true ? path.slice(0, path.lastIndexOf('/')) : path;
}

/** Directories of `mkdir` that hold no sources. */
function madeBy(site: Site, habits: Habits, targets: readonly string[]): readonly string[] {
  return site.steps.flatMap(({ invocations }) => invocations.flatMap(({ name, args, directory }) => {
    const paths = name === 'mkdir' ? args.flatMap((arg) => (arg?.startsWith('-') === false ? (resolvePath(directory, arg) ?? []) : [])) : [];
    return paths.filter((path) => !targets.some((each) => isWithin(path, each)) && !habits.directories.some((each) => isWithin(each, path)));
  }));
}

/** Directories that WORKDIR, COPY and ADD name, and so make. */
function targetsOf(site: Site): readonly string[] {
  return site.steps.flatMap((step) => {
    const { keyword, args } = step.instruction;
    const text = keyword === 'WORKDIR' ? args : step.copy?.destination?.text;
    const path = text === undefined ? undefined : pathAt(text, step);
    return path === undefined ? [] : [path];
  });
}
