import type { ImageRef } from '../../engine/catalog/image-ref.ts';
import { shellScriptOf } from '../../engine/dockerfile/command.ts';
import { copyOf, type Copy } from '../../engine/dockerfile/copy.ts';
import { resolvePath, userAt, workdirAt } from '../../engine/dockerfile/facts.ts';
import type { Dockerfile, Instruction, Stage } from '../../engine/dockerfile/model.ts';
import { runOf, type Run } from '../../engine/dockerfile/run.ts';
import { expand, lookup } from '../../engine/dockerfile/variables.ts';
import { lineage, rootBase } from '../../engine/dockerfile/view.ts';
import { resolveArgv, type Argv } from '../../engine/shell/argv.ts';
import type { Pipeline, Script, SimpleCommand, Statement, Word } from '../../engine/shell/model.ts';
import type { BuildFile } from '../../engine/workspace/file-facts.ts';
import type { ScriptFacts } from '../../engine/workspace/script-facts.ts';

/** One program that a RUN starts. */
export interface Invocation {
  /** Wrappers such as `env` and `sudo` taken off; values filled in where the file tells them. */
  readonly argv: Argv;
  /** Without directory; '' where only a build knows it. */
  readonly name: string;
  readonly args: readonly (string | undefined)[];
  /** `NAME=value` before the command, in an `env`, or by an `export` above it in the same RUN. */
  readonly environment: ReadonlyMap<string, string | undefined>;
  /** Where it runs; undefined where the file does not tell. */
  readonly directory: string | undefined;
  /** Undefined for the exec form. */
  readonly command: SimpleCommand | undefined;
  /** Stands in a plain list of commands: no loop, condition, pipe or subshell around it. */
  readonly plain: boolean;
}

/** One instruction of the stage, or of the stages it is built on, with what holds just before it. */
export interface Step {
  readonly instruction: Instruction;
  /** Of the final stage itself, so that it may be moved. */
  readonly own: boolean;
  readonly workdir: string | undefined;
  readonly user: string | undefined;
  readonly run: Run | undefined;
  readonly copy: Copy | undefined;
  readonly invocations: readonly Invocation[];
}

/** Whether a file of the build stage comes from the build context. `unknown`: nobody has looked, or a command may make it. */
export type Presence = 'there' | 'absent' | 'unknown';

/** The build context as the build stage sees it: by absolute paths of the stage, through the COPY and ADD that bring them. */
export interface ContextFiles {
  file(path: string): BuildFile | undefined;
  presence(path: string): Presence;
  /** Names of the files in a directory, those that have a say in builds. */
  names(directory: string): readonly string[];
  script(path: string): ScriptFacts | undefined;
  /** Configuration by its name in a directory and in `config` and the like below it: files, and directories that hold some. */
  configuration(directory: string): readonly string[];
  /** Directories below one that hold pages, templates or steps of a schema. */
  data(directory: string): readonly string[];
}

/** What is known without a workspace: nothing. */
const noFiles: ContextFiles = { file: () => undefined, presence: () => 'unknown', names: () => [], script: () => undefined, configuration: () => [], data: () => [] };

/** The final stage of a file, laid out for the question "what is built here, and what of it runs?". */
export interface Site {
  readonly file: Dockerfile;
  readonly stage: Stage;
  /** In build order, those of the stages below first; without FROM. */
  readonly steps: readonly Step[];
  /** The image everything starts from. */
  readonly base: ImageRef | undefined;
  /** At the end of the stage. */
  readonly workdir: string | undefined;
  /** What the build context holds. */
  readonly context: ContextFiles;
}

/** @param filesOf the files that the instructions bring from the build context; nothing is known of them where it is left out */
export function siteOf(stage: Stage, filesOf?: (steps: readonly Step[]) => ContextFiles): Site {
  const root = rootBase(stage);
  const stages = [...lineage(stage)].reverse();
  const [first] = stages[0]?.instructions ?? [];
  let workdir = first?.stage === undefined ? undefined : workdirAt(first.stage, first);
  const steps: Step[] = [];
  for (const instruction of stages.flatMap((each) => each.instructions)) {
    steps.push(stepOf(instruction, instruction.stage === stage, workdir));
    if (instruction.keyword === 'WORKDIR') workdir = pathAt(instruction.args, { instruction, workdir });
  }
  return { file: stage.file, stage, steps, base: root.kind === 'image' ? root.ref : undefined, workdir, context: filesOf?.(steps) ?? noFiles };
}

function stepOf(instruction: Instruction, own: boolean, workdir: string | undefined): Step {
  const run = runOf(instruction);
  return {
    instruction,
    own,
    workdir,
    user: userAt(instruction)?.value,
    run,
    copy: copyOf(instruction),
    invocations: run === undefined ? [] : invocationsOf(run, workdir),
  };
}

/** ENV of builder images that commands use by name: the images' own Dockerfiles. */
const imageVariables: Readonly<Record<string, string>> = { GOPATH: '/go', GOROOT: '/usr/local/go', PHP_INI_DIR: '/usr/local/etc/php' };

/** The value of a word of a RUN, with variables of the file replaced; undefined where only a build knows it. */
export function wordValue(word: Word, instruction: Instruction): string | undefined {
  if (word.value !== undefined) return word.hasGlob ? undefined : word.value;
  if (/[`'\\~]|\$[^A-Za-z_{]|\$\{[^}]*[^\w}]/.test(word.text)) return undefined;
  const values = new Map<string, string>();
  for (const [, name = ''] of word.text.matchAll(/\$\{?(\w+)/g)) {
    const value = variableAt(instruction, name) ?? imageVariables[name];
    if (value === undefined) return undefined;
    values.set(name, value);
  }
  return word.text.replace(/\$\{?(\w+)\}?/g, (_, name: string) => values.get(name) ?? '').replaceAll('"', '');
}

function invocationsOf(run: Run, workdir: string | undefined): readonly Invocation[] {
  const { instruction, command } = run;
  if (command.form === 'exec' && shellScriptOf(command) === undefined) {
    const argv = resolveArgv(command.words);
    return [invocation(argv, new Map(), workdir, undefined, true)];
  }
  const script = shellScriptOf(command);
  return script === undefined ? [] : scriptInvocations(script, instruction, workdir);
}

function scriptInvocations(script: Script, instruction: Instruction, workdir: string | undefined): readonly Invocation[] {
  const found: Invocation[] = [];
  const exported = new Map<string, string | undefined>();
  let directory = workdir;
  for (const { command, plain } of walk(script.statements, true)) {
    const value = (word: Word | undefined): string | undefined => (word === undefined ? '' : wordValue(word, instruction));
    const assigned = new Map(command.assignments.map((each) => [each.name, value(each.value)]));
    if (command.name === undefined) {
      for (const [name, text] of assigned) exported.set(name, text);
      continue;
    }
    const words = command.words.map(value);
    const argv = resolveArgv(words);
    const before = argv.wrappers.flatMap((wrapper) => (wrapper.kind === 'env' ? wrapper.words : []));
    const given = argv.name === 'export' ? argv.args : before;
    const pairs = given.flatMap((word) => (word?.includes('=') === true ? [[word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] as const] : []));
    if (argv.name === 'export') for (const [name, text] of pairs) exported.set(name, text);
    found.push(invocation(argv, new Map([...exported, ...pairs, ...assigned]), directory, command, plain));
    if (argv.name === 'cd' || argv.name === 'pushd') {
      const [path] = argv.args;
      directory = plain && path !== undefined ? resolvePath(directory, path) : undefined;
    }
  }
  return found;
}

function invocation(
  argv: Argv, environment: Invocation['environment'], directory: string | undefined, command: SimpleCommand | undefined, plain: boolean,
): Invocation {
  return { argv, name: argv.name ?? '', args: argv.args, environment, directory, command, plain };
}

interface Walked {
  readonly command: SimpleCommand;
  readonly plain: boolean;
}

function walk(statements: readonly Statement[], plain: boolean): readonly Walked[] {
  return statements.flatMap((statement) => statement.pipelines.flatMap((pipeline) => walkPipeline(pipeline, plain && !statement.background)));
}

function walkPipeline(pipeline: Pipeline, plain: boolean): readonly Walked[] {
  const single = pipeline.commands.length === 1 && !pipeline.negated && pipeline.connector !== '||';
  return pipeline.commands.flatMap((command) =>
    command.kind === 'simple' ? [{ command, plain: plain && single }] : walk(command.body, plain && command.type === 'group'),
  );
}

/** A value of ENV or ARG as a command of that instruction sees it. */
export function variableAt(instruction: Instruction, name: string): string | undefined {
  const found = instruction.stage === undefined ? undefined : lookup(instruction.stage, name, instruction.index);
  return found?.kind === 'known' ? found.value : undefined;
}

/** A path of COPY, ADD or VOLUME with variables replaced, absolute. */
export function pathAt(text: string, step: Pick<Step, 'instruction' | 'workdir'>): string | undefined {
  const filled = text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced: string | undefined, bare: string | undefined) => {
    const name = braced ?? bare ?? '';
    return variableAt(step.instruction, name) === undefined ? (imageVariables[name] ?? whole) : whole;
  });
  const path = expand(filled, step.instruction);
  return path === undefined || path === '' ? undefined : resolvePath(step.workdir, path);
}

/** The arguments of a command, patterns such as `target/*.jar` as they are written. */
export function globArgs({ args, command }: Invocation): readonly (string | undefined)[] {
  const words = command?.words ?? [];
  return args.map((arg, index) => {
    const word = arg === undefined ? words[words.length - args.length + index] : undefined;
    return word?.hasGlob === true ? word.value : arg;
  });
}
