import type { Span } from '../text/span.ts';
import { commandOf, type Command } from './command.ts';
import { exposedPorts, type ExposedPort } from './expose.ts';
import { jsonArray } from './json-array.ts';
import { words } from './lex.ts';
import { memo } from './memo.ts';
import { argumentsOf, type Instruction, type Stage } from './model.ts';
import { pairsOf } from './pairs.ts';
import { definitions, expand, lookup } from './variables.ts';
import { baseImage } from './base-image.ts';
import { lineage } from './view.ts';

/** A fact and the instruction it comes from. `value` is undefined where this file does not tell. */
export interface Fact<Value> {
  readonly value: Value;
  readonly instruction: Instruction;
}

export interface Healthcheck {
  /** Undefined for HEALTHCHECK NONE. */
  readonly command: Command | undefined;
  readonly instruction: Instruction;
}

/**
 * What the instructions of a stage, and of the stages it is built on, come to. What the base image itself brings along
 * is not here (see `baseImage`), but for the working directory, which relative paths need.
 */
export interface StageFacts {
  /** As written behind USER with variables replaced; undefined value where they cannot be. */
  readonly user: Fact<string | undefined> | undefined;
  /** Absolute, without `.` and `..`; undefined where this file does not tell. */
  readonly workdir: string | undefined;
  /** The last WORKDIR. */
  readonly workdirInstruction: Instruction | undefined;
  /** The words of SHELL; the builder's own `/bin/sh -c` where there is none is not here. */
  readonly shell: Fact<readonly string[]> | undefined;
  /** What ENV sets, last value of each name. */
  readonly env: ReadonlyMap<string, Fact<string | undefined>>;
  readonly exposed: readonly ExposedPort[];
  /** The entrypoint that counts. `ENTRYPOINT []` is one: an empty one. */
  readonly entrypoint: Command | undefined;
  /** The CMD that counts: an ENTRYPOINT takes back a CMD that came from the stages below. */
  readonly cmd: Command | undefined;
  /** An ENTRYPOINT stands in these stages and no CMD behind it, so that a CMD of the base image no longer counts. */
  readonly resetsCmd: boolean;
  readonly healthcheck: Healthcheck | undefined;
  readonly stopsignal: Fact<string | undefined> | undefined;
  readonly volumes: readonly (Fact<string | undefined> & { readonly span: Span })[];
  readonly labels: ReadonlyMap<string, Fact<string | undefined>>;
}

/** The facts at the end of a stage. */
export const stageFacts = memo((stage: Stage): StageFacts => {
  const all = [...lineage(stage)].reverse().flatMap((each) => each.instructions);
  const last = (keyword: string): Instruction | undefined => all.findLast((each) => each.keyword === keyword);
  const expanded = (instruction: Instruction | undefined): Fact<string | undefined> | undefined =>
    instruction === undefined ? undefined : { value: expand(instruction.args, instruction), instruction };
  const healthcheck = last('HEALTHCHECK');
  return {
    user: expanded(last('USER')),
    workdir: workdirAt(stage),
    workdirInstruction: last('WORKDIR'),
    shell: shellOf(last('SHELL')),
    env: envOf(stage),
    exposed: all.flatMap((each) => (each.keyword === 'EXPOSE' ? exposedPorts(each) : [])),
    ...startOf(stage),
    healthcheck: healthcheck === undefined ? undefined : { command: commandOf(healthcheck), instruction: healthcheck },
    stopsignal: expanded(last('STOPSIGNAL')),
    volumes: all.flatMap((each) => (each.keyword === 'VOLUME' ? volumesOf(each) : [])),
    labels: pairValues(all.filter((each) => each.keyword === 'LABEL')),
  };
});

/** The shell that runs the shell form of an instruction: the last SHELL above it, in its stage or those below. */
export function shellAt(instruction: Instruction): Fact<readonly string[]> | undefined {
  const { stage } = instruction;
  if (stage === undefined) return undefined;
  const own = lastAbove(stage, 'SHELL', instruction);
  if (own !== undefined) return shellOf(own);
  return stage.base.kind === 'stage' ? stageFacts(stage.base.stage).shell : undefined;
}

/** The user that runs an instruction; undefined where no USER stands above it. */
export function userAt(instruction: Instruction): Fact<string | undefined> | undefined {
  const { stage } = instruction;
  if (stage === undefined) return undefined;
  const own = lastAbove(stage, 'USER', instruction);
  if (own !== undefined) return { value: expand(own.args, own), instruction: own };
  return stage.base.kind === 'stage' ? stageFacts(stage.base.stage).user : undefined;
}

/** The instructions of a stage by keyword, for what is asked of each of thousands. */
const byKeyword = memo((stage: Stage): ReadonlyMap<string, readonly Instruction[]> => {
  const found = new Map<string, Instruction[]>();
  for (const instruction of stage.instructions) {
    const list = found.get(instruction.keyword);
    if (list === undefined) found.set(instruction.keyword, [instruction]);
    else list.push(instruction);
  }
  return found;
});

function lastAbove(stage: Stage, keyword: string, { index }: Instruction): Instruction | undefined {
  return byKeyword(stage).get(keyword)?.findLast((each) => each.index < index);
}

/** The working directory just before an instruction (without one: at the end of the stage). Absolute, or undefined. */
export function workdirAt(stage: Stage, before?: Instruction): string | undefined {
  const { first, changes } = workdirsOf(stage);
  const last = before === undefined ? changes.at(-1) : changes.findLast(({ index }) => index < before.index);
  return last === undefined ? first : last.directory;
}

/** The working directory that a stage begins in, and those that its instructions set. */
const workdirsOf = memo((stage: Stage) => {
  const first = stage.base.kind === 'stage' ? workdirAt(stage.base.stage) : stage.base.kind === 'scratch' ? '/' : baseDirectory(stage);
  let directory = first;
  const changes = (byKeyword(stage).get('WORKDIR') ?? []).map((instruction) => {
    const path = expand(instruction.args, instruction);
    directory = path === undefined || path === '' ? undefined : resolvePath(directory, path);
    return { index: instruction.index, directory };
  });
  return { first, changes };
});

/** A path as the builder resolves it against a working directory; undefined for a relative one where that is not known. */
export function resolvePath(directory: string | undefined, path: string): string | undefined {
  if (!path.startsWith('/') && directory === undefined) return undefined;
  const segments: string[] = [];
  for (const segment of (path.startsWith('/') ? path : `${directory ?? ''}/${path}`).split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return `/${segments.join('/')}`;
}

function baseDirectory(stage: Stage): string | undefined {
  return stage.base.kind === 'image' ? (baseImage(stage)?.workdir ?? '/') : undefined;
}

function startOf(stage: Stage): Pick<StageFacts, 'entrypoint' | 'cmd' | 'resetsCmd'> {
  const below = stage.base.kind === 'stage' ? startOf(stage.base.stage) : { entrypoint: undefined, cmd: undefined, resetsCmd: false };
  const entrypoint = stage.instructions.findLast((each) => each.keyword === 'ENTRYPOINT');
  const cmd = stage.instructions.findLast((each) => each.keyword === 'CMD');
  const own = cmd === undefined ? undefined : commandOf(cmd);
  return {
    entrypoint: entrypoint === undefined ? below.entrypoint : commandOf(entrypoint),
    cmd: own ?? (entrypoint === undefined ? below.cmd : undefined),
    resetsCmd: own === undefined && (entrypoint !== undefined || below.resetsCmd),
  };
}

function shellOf(instruction: Instruction | undefined): Fact<readonly string[]> | undefined {
  const command = instruction === undefined ? undefined : commandOf(instruction);
  return command?.form === 'exec' ? { value: command.words, instruction: command.instruction } : undefined;
}

function envOf(stage: Stage): ReadonlyMap<string, Fact<string | undefined>> {
  const found = new Map<string, Fact<string | undefined>>();
  for (const each of [...lineage(stage)].reverse()) {
    for (const [name, made] of definitions(each)) {
      const env = made.findLast((one) => one.kind === 'env');
      const value = lookup(each, name);
      if (env !== undefined) found.set(name, { value: value.kind === 'known' ? value.value : undefined, instruction: env.instruction });
    }
  }
  return found;
}

function volumesOf(instruction: Instruction): StageFacts['volumes'] {
  const array = jsonArray(argumentsOf(instruction));
  const paths = array.kind === 'strings' ? array.items.map(({ value, span }) => ({ text: value, span })) : words(argumentsOf(instruction));
  return paths.map(({ text, span }) => ({ value: expand(text, instruction), instruction, span }));
}

function pairValues(instructions: readonly Instruction[]): ReadonlyMap<string, Fact<string | undefined>> {
  const found = new Map<string, Fact<string | undefined>>();
  for (const instruction of instructions) {
    for (const { name, value } of pairsOf(instruction)) {
      found.set(expand(name, instruction) ?? name, { value: value === undefined ? undefined : expand(value, instruction), instruction });
    }
  }
  return found;
}
