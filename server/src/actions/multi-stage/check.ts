import { packageOfProgram, isInBase } from '../../engine/catalog/runtime-packages.ts';
import { hasAdduser } from '../../engine/catalog/runtimes.ts';
import { applyEdits } from '../../engine/text/span.ts';
import type { DocumentEdit } from '../../engine/core/finding.ts';
import type { Command } from '../../engine/dockerfile/command.ts';
import { copyOf } from '../../engine/dockerfile/copy.ts';
import { stageFacts, type StageFacts } from '../../engine/dockerfile/facts.ts';
import { parseDockerfile, type Instruction, type Stage } from '../../engine/dockerfile/view.ts';
import { isOnlyMounted } from './files.ts';
import { isWithin, nameOf } from './paths.ts';
import type { Candidate, Habits, Plan, Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import { pathAt, siteOf, type Site } from './site.ts';
import type { Split } from './split.ts';
import { inheritedStart, programPath, startOf } from './start.ts';

/**
 * Reads the result as a file of its own and compares: the build stage does what the old one did, and the image starts the
 * same program with the same settings. Undefined where all is well.
 */
export function checkConversion(site: Site, habits: Habits, split: Split, candidate: Candidate, edits: readonly DocumentEdit[], plan: Pick<Plan, 'command' | 'prelude' | 'settings'> = {}): Refusal | undefined {
  const file = parseDockerfile(applyEdits(site.file.source.text, edits));
  const final = file.stages.at(-1);
  const build = file.stages.at(-2);
  if (final === undefined || build === undefined || file.stages.length !== site.file.stages.length + 1) return refuse('lost', { what: 'FROM' });
  if (file.problems.length > site.file.problems.length) return refuse('lost', { what: file.problems[0]?.code ?? '' });
  const lost = lostSetting(stageFacts(site.stage), stageFacts(final), site, habits, plan) ?? lostInstruction(site.stage, build, split, plan);
  if (lost !== undefined) return refuse('lost', { what: lost });
  return missingPath(final, build, split) ?? missingProgram(final, split, candidate);
}

/** The first setting of the image that the new final stage does not have. */
export function lostSetting(before: StageFacts, after: StageFacts, site: Site, habits: Pick<Habits, 'variables'>, { command: given, settings = [] }: Pick<Plan, 'command' | 'settings'>): string | undefined {
  const text = (instruction: { readonly args: string } | undefined): string => instruction?.args ?? '';
  for (const [name, { value }] of before.env) {
    const now = after.env.get(name);
    const forBuild = name === 'PATH' || habits.variables(name);
    // The final stage puts a directory of its own in front of the search path.
    if (name === 'PATH' && settings.some(({ args }) => args.includes('PATH='))) continue;
    if (now === undefined ? !forBuild : now.value !== value) return `ENV ${name}`;
  }
  if ((before.user?.value ?? '') !== (after.user?.value ?? '')) return 'USER';
  if (site.workdir !== after.workdir) return 'WORKDIR';
  const ports = (facts: StageFacts): string => facts.exposed.map((each) => `${String(each.port)}/${each.protocol}`).sort().join();
  if (ports(before) !== ports(after)) return 'EXPOSE';
  const values = (facts: StageFacts): string => [...facts.labels].map(([name, { value }]) => `${name}=${value ?? ''}`).sort().join('\n');
  if (values(before) !== values(after)) return 'LABEL';
  const volumes = (facts: StageFacts): string => facts.volumes.map(({ value }) => value).sort().join('\n');
  if (volumes(before) !== volumes(after)) return 'VOLUME';
  if (text(before.healthcheck?.instruction) !== text(after.healthcheck?.instruction)) return 'HEALTHCHECK';
  if (text(before.stopsignal?.instruction) !== text(after.stopsignal?.instruction)) return 'STOPSIGNAL';
  if (isOther(before.entrypoint, after.entrypoint, given)) return 'ENTRYPOINT';
  return isOther(before.cmd, after.cmd, given) ? 'CMD' : undefined;
}

/** Is it another command, and not the one given? The exec form of a shell form is not: what it starts is looked at by itself. */
function isOther(before: Command | undefined, after: Command | undefined, given: Plan['command']): boolean {
  if (given !== undefined && before?.instruction === given.instruction) return after?.form !== 'exec' || JSON.stringify(after.words) !== JSON.stringify(given.words);
  if (before?.form === 'shell' && after?.form === 'exec') return false;
  return before?.instruction.args !== after?.instruction.args;
}

/** The first instruction of the build that the new build stage does not have word for word. */
function lostInstruction(before: Stage, after: Stage, { cut, moved }: Split, { prelude }: Pick<Plan, 'prelude'>): string | undefined {
  const kept = before.instructions.filter((each) => each.index <= cut.index && !moved.includes(each));
  const text = (stage: Stage, index: number): string | undefined => {
    const instruction = stage.instructions[index];
    return instruction === undefined ? undefined : written(instruction);
  };
  const added = (each: Instruction): number => (prelude !== undefined && each.index >= prelude.before.index ? prelude.lines.length : 0);
  const lost = kept.find((each, index) => written(each) !== text(after, index + added(each)));
  return lost?.keyword;
}

/** The text of an instruction, without a continuation that leads nowhere: it would swallow what now follows. */
function written({ file, span }: Instruction): string {
  return file.source.slice(span).replace(file.escape === '\\' ? /[\s\\]+$/ : /[\s`]+$/, '');
}

/** Every `COPY --from` names a stage above, and a path that is one of the products; and every product is copied. */
function missingPath(final: Stage, build: Stage, split: Split): Refusal | undefined {
  const known = [...split.products, ...split.head.flatMap((item) => (item.kind === 'copy' ? [item.product] : []))];
  const copies = final.instructions.map((each) => copyOf(each));
  const paths = new Set(known.map(({ path }) => path));
  const copied = new Set(copies.flatMap((copy) => (copy?.from?.stage === build ? copy.sources.map(({ text }) => text) : [])));
  const left = known.find(({ path }) => !copied.has(path));
  for (const copy of copies) {
    if (copy?.from === undefined) continue;
    if (copy.from.stage === undefined && copy.from.image === undefined) return refuse('lost', { what: `--from=${copy.from.text}` });
    const strange = copy.from.stage === build && copy.sources.some(({ text }) => !paths.has(text));
    if (strange) return refuse('lost', { what: copy.sources[0]?.text ?? 'COPY' });
  }
  const laid = siteOf(build);
  const mounted = known.find(({ path }) => isOnlyMounted(laid, path));
  if (mounted !== undefined) return refuse('mounted', { path: mounted.path });
  return left === undefined ? undefined : refuse('lost', { what: left.path });
}

/** Everything the container starts is copied, or part of the final base. */
function missingProgram(final: Stage, split: Split, candidate: Candidate): Refusal | undefined {
  const start = startOf(final) ?? inheritedStart(final);
  const site = siteOf(final);
  if (start === undefined) return refuse('lost', { what: 'CMD' });
  const copied = site.steps.flatMap((step) => {
    const target = step.copy?.destination === undefined ? undefined : pathAt(step.copy.destination.text, step);
    return target === undefined ? [] : [target];
  });
  const shell = [...start.shells, start.formShell].find((each) => each !== undefined && !hasTool(each, candidate, split.needs.packages));
  if (shell !== undefined) return refuse('tool', { tool: shell });
  for (const argv of start.programs) {
    const { name = '', program = name } = argv;
    const path = programPath(argv, site.workdir);
    const found = copied.some((target) => (path === undefined ? searched.test(target) && nameOf(target) === name : isWithin(target, path)));
    if (!found && !hasTool(program, candidate, split.needs.packages)) return refuse('tool', { tool: program });
  }
  return undefined;
}

/** Directories that every image looks for programs in. */
const searched = /^\/(?:usr\/(?:local\/)?)?s?bin\/[^/]+$/;

/** Is a program part of a final image with its packages? */
export function hasTool(tool: string, { runtime, packages }: Pick<Candidate, 'runtime' | 'packages'>, more: readonly string[] = []): boolean {
  const name = tool.slice(tool.lastIndexOf('/') + 1);
  if (runtime.family === 'distroless') return bringsProgram(runtime, tool, name);
  const { family } = runtime;
  const installed = [...runtime.packages, ...packages, ...more].map((each) => each.replace(/=.*$/, ''));
  if (name === 'adduser' || name === 'addgroup') return hasAdduser(runtime) || installed.includes('adduser');
  return runtime.shells.includes(name) || isInBase(name, family) || installed.includes(packageOfProgram(name, family) ?? name) || bringsProgram(runtime, tool, name);
}

/** Is it one of the image's own programs, by its name or where the image has it? */
function bringsProgram({ programs, home }: Candidate['runtime'], tool: string, name: string): boolean {
  if (programs?.includes(name) !== true) return false;
  return !tool.includes('/') || tool === `${home ?? ''}/${name}` || /^\$(?:JAVA_HOME|\{JAVA_HOME\})\/bin\/java$/.test(tool);
}
