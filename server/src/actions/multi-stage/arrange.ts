import { resolvePath, stageFacts } from '../../engine/dockerfile/facts.ts';
import type { Instruction } from '../../engine/dockerfile/model.ts';
import { isWithin } from './paths.ts';
import { isRefusal, type Product, type Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import { owners, usesWorkdir, type Sorted } from './runs.ts';
import { pathAt, type Site, type Step } from './site.ts';
import type { Start } from './start.ts';

/** One thing the final stage says before or behind its products. */
export type Item =
  | { readonly kind: 'instruction'; readonly instruction: Instruction }
  /** Commands taken out of a RUN that also builds. */
  | { readonly kind: 'commands'; readonly commands: readonly string[] }
  | { readonly kind: 'workdir'; readonly path: string }
  | { readonly kind: 'copy'; readonly product: Product }
  /** Where the packages are installed. */
  | { readonly kind: 'packages' };

/** The order of the final stage. */
export interface Arranged {
  /** Instructions above the cut that only the final image is about: they leave the build stage. */
  readonly moved: readonly Instruction[];
  /** Between FROM and the products. */
  readonly head: readonly Item[];
  /** Behind the products, above what follows the cut. */
  readonly tail: readonly Item[];
  /** The working directory while the products are copied, where one is set. */
  readonly workdir: string | undefined;
}

/** What is known when the order is made. */
export interface Parts {
  readonly site: Site;
  readonly start: Start;
  /** Down to the cut. */
  readonly before: readonly Step[];
  /** What follows the cut. */
  readonly rest: readonly Instruction[];
  readonly sorted: ReadonlyMap<Step, readonly Sorted[]>;
  /** ENV and ARG that go along. */
  readonly environment: readonly Instruction[];
  /** Files outside the working directory, by the instruction that brings them. */
  readonly copies: ReadonlyMap<Step, readonly Product[]>;
  readonly products: readonly Product[];
}

const atStart: ReadonlySet<string> = new Set(['LABEL', 'MAINTAINER']);
const atEnd: ReadonlySet<string> = new Set(['EXPOSE', 'VOLUME', 'STOPSIGNAL', 'HEALTHCHECK', 'ENTRYPOINT', 'CMD']);

/** Instructions of which the last one counts. */
const single: ReadonlySet<string> = new Set(['STOPSIGNAL', 'HEALTHCHECK', 'ENTRYPOINT', 'CMD']);

/** Puts what goes along in the order of the build stage. */
export function arrange({ site, start, before, rest, sorted, environment, copies, products }: Parts): Arranged | Refusal {
  const workdir = before.at(-1)?.workdir;
  if (workdir === undefined) return refuse('workdir');
  const last = before.findLast(({ instruction }) => instruction.keyword === 'WORKDIR');
  // Without a WORKDIR it is the builder image's own, which the final image has not: the program may name paths by it.
  const needsWorkdir = workdir !== '/' && !setsWorkdirFirst(rest);
  const user = before.at(-1)?.user;
  const effective = effectiveInstructions(site);
  const head: Item[] = [];
  const tail: Item[] = [];
  const moved: Instruction[] = [];
  // Of each step down to the one at hand: put together once, for there may be thousands.
  const built: (readonly string[])[] = [];
  for (const step of before) {
    built.push(builtBy(step, sorted));
    const { instruction, own } = step;
    const { keyword } = instruction;
    const isFirst = !head.some(({ kind }) => kind === 'packages');
    if (isFirst && (keyword === 'RUN' || keyword === 'USER' || keyword === 'SHELL' || step === last)) head.push({ kind: 'packages' });
    if (atStart.has(keyword) || atEnd.has(keyword)) {
      if (own) moved.push(instruction);
      if (own || !single.has(keyword) || effective.has(instruction)) (atStart.has(keyword) ? head : tail).push({ kind: 'instruction', instruction });
    } else if (keyword === 'USER' || keyword === 'SHELL' || environment.includes(instruction)) head.push({ kind: 'instruction', instruction });
    else if (step === last && needsWorkdir) head.push({ kind: 'workdir', path: writtenPath(step, workdir) });
    else if (step.run !== undefined) {
      const item = systemPart(step, sorted.get(step) ?? [], workdir);
      if (item !== undefined && isRefusal(item)) return item;
      // Where another user goes on to build, the products are copied with that owner.
      const isLast = step.user === user && ownsBuilt(step, built, sorted, products);
      if (item !== undefined) (isLast ? tail : head).push(item);
    }
    for (const product of copies.get(step) ?? []) head.push({ kind: 'copy', product });
  }
  if (!head.some(({ kind }) => kind === 'packages')) head.push({ kind: 'packages' });
  if (last === undefined && needsWorkdir) head.push({ kind: 'workdir', path: workdir });
  return { moved, head: withoutIdleShells(head, tail, rest, start, site), tail, workdir: needsWorkdir ? workdir : undefined };
}

/** Does the RUN give away a directory in which something of the build lies by then? In the final stage it has to come behind the products. */
function ownsBuilt(step: Step, built: readonly (readonly string[])[], sorted: Parts['sorted'], products: readonly Product[]): boolean {
  const given = (sorted.get(step) ?? []).flatMap(({ purpose, invocation }) => (purpose === 'system' && owners.has(invocation.name) ? invocation.args.map((arg) => resolvePath(invocation.directory, arg ?? '') ?? '') : []));
  const directories = given.filter((path) => path !== '' && products.some((each) => isWithin(path, each.path)));
  return directories.length > 0 && built.some((paths) => paths.some((path) => directories.some((directory) => isWithin(directory, path))));
}

/** Where something lies that a step brings or builds. */
function builtBy(step: Step, sorted: Parts['sorted']): readonly string[] {
  const target = step.copy?.destination === undefined ? undefined : pathAt(step.copy.destination.text, step);
  const builds = (sorted.get(step) ?? []).flatMap(({ purpose, invocation }) => (purpose === 'build' && invocation.name !== 'corepack' ? [invocation.directory] : []));
  return [...new Set([target, ...builds])].filter((path) => path !== undefined);
}

/** A SHELL counts for the RUN below it, and the last one for commands in shell form; any other is left out. */
function withoutIdleShells(head: readonly Item[], tail: readonly Item[], rest: readonly Instruction[], start: Start, { stage }: Site): readonly Item[] {
  const isShell = (item: Item): boolean => item.kind === 'instruction' && item.instruction.keyword === 'SHELL';
  const runs = (item: Item): boolean => item.kind === 'commands' || (item.kind === 'instruction' && item.instruction.keyword === 'RUN');
  const next = rest.findIndex(({ keyword }) => keyword === 'SHELL');
  const inForm = start.formShell !== undefined || stageFacts(stage).healthcheck?.command?.form === 'shell';
  const atEnd = tail.some(runs) || rest.slice(0, next < 0 ? undefined : next).some(({ keyword }) => keyword === 'RUN') || (next < 0 && inForm);
  return head.filter((item, index) => {
    if (!isShell(item)) return true;
    const below = head.slice(index + 1);
    const end = below.findIndex(isShell);
    return below.slice(0, end < 0 ? undefined : end).some(runs) || (end < 0 && atEnd);
  });
}

/** Of a stage below, only what still counts goes along: its CMD must not come back behind an ENTRYPOINT that took it away. */
function effectiveInstructions({ stage }: Site): ReadonlySet<Instruction> {
  const { entrypoint, cmd, healthcheck, stopsignal } = stageFacts(stage);
  return new Set([entrypoint, cmd, healthcheck, stopsignal].flatMap((fact) => (fact === undefined ? [] : [fact.instruction])));
}

/** The path as the file writes it, where that means the same in the final stage. */
function writtenPath({ instruction }: Step, workdir: string): string {
  return /^\/[^$"'\\]*$/.test(instruction.args) ? instruction.args : workdir;
}

/** Does a WORKDIR with an absolute path stand above everything that depends on one? */
function setsWorkdirFirst(rest: readonly Instruction[]): boolean {
  const first = rest.find(({ keyword }) => ['WORKDIR', 'RUN', 'COPY', 'ADD', 'VOLUME'].includes(keyword));
  return first?.keyword === 'WORKDIR' && first.args.startsWith('/');
}

/** What of a RUN above the cut the final stage needs as well. */
function systemPart(step: Step, sorted: readonly Sorted[], workdir: string): Item | Refusal | undefined {
  const system = sorted.filter(({ purpose }) => purpose === 'system');
  if (system.length === 0) return undefined;
  const strange = system.find(({ invocation }) => invocation.directory !== workdir && usesWorkdir(invocation));
  if (strange !== undefined) return refuse('command', { command: strange.invocation.command?.text ?? '' });
  if (sorted.every(({ purpose }) => purpose === 'system' || purpose === 'neutral')) return { kind: 'instruction', instruction: step.instruction };
  const commands = system.map(({ invocation }) => (invocation.plain ? invocation.command?.text : undefined));
  const texts = commands.flatMap((text) => (text === undefined || text.includes('\n') ? [] : [text]));
  if (texts.length < commands.length) return refuse('mixed', { command: `RUN ${step.instruction.args}` });
  return { kind: 'commands', commands: texts };
}
