import { commandOf, shellScriptOf } from '../dockerfile/command.ts';
import { stageFacts } from '../dockerfile/facts.ts';
import { baseFamily, type Family } from '../dockerfile/family.ts';
import type { Dockerfile, Instruction, Stage } from '../dockerfile/model.ts';
import { expand } from '../dockerfile/variables.ts';
import { wordsOf } from '../dockerfile/start.ts';
import { parseDockerfile } from '../dockerfile/view.ts';
import { initOf, resolveArgv } from '../shell/argv.ts';
import { scriptPaths } from './started-script.ts';

/** What a Dockerfile tells about an image that is built from it. */
export interface ImageFacts {
  /** In order; the last is what a build makes when nobody names a target. */
  readonly stages: readonly StageImage[];
  /** The file as it was when it told this, for fixes that change it. Undefined where it is too long to be read. */
  readonly read?: () => Dockerfile;
}

export interface StageImage {
  readonly name: string | undefined;
  readonly exposed: readonly { readonly port: number; readonly protocol: 'tcp' | 'udp' | 'sctp' }[];
  readonly healthcheck: HealthcheckFact | undefined;
  /** As USER says, with variables replaced; undefined where it says nothing, or nothing that can be known. */
  readonly user: string | undefined;
  readonly volumes: readonly string[];
  /** What its file system is; undefined where nothing tells. */
  readonly family: Family | undefined;
  /** Its own ENTRYPOINT in exec form; undefined where it has none. */
  readonly entrypoint: EntrypointFact | undefined;
}

export interface EntrypointFact {
  readonly words: readonly string[];
  /** The words of the init in front, such as `tini --`; empty for none. */
  readonly init: readonly string[];
  /** Where in the build context the script may stand that it runs, the likeliest first. */
  readonly scripts: readonly string[];
}

/** `none`: HEALTHCHECK NONE; `http`: a request to the container itself; `tcp`: a connection to it; `command`: anything else. */
export type HealthcheckFact =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'http';
      readonly scheme: 'http' | 'https';
      readonly port: number;
      readonly path: string;
      readonly timing: HealthcheckTiming;
    }
  | { readonly kind: 'tcp'; readonly port: number; readonly timing: HealthcheckTiming }
  | {
      readonly kind: 'command';
      /** The words that Docker runs in the container; undefined for a script of another language. */
      readonly command: readonly string[] | undefined;
      readonly timing: HealthcheckTiming;
    };

/** Flags as written, such as `interval: '30s'`. */
export type HealthcheckTiming = Readonly<Record<string, string>>;

/** A longer Dockerfile is not read, in UTF-16 code units. */
export const longestDockerfile = 262_144;

/** A file with more stages is no file that a person wrote. */
const mostStages = 100;

export function imageFacts(text: string): ImageFacts {
  return text.length > longestDockerfile ? { stages: [] } : imageFactsOf(parseDockerfile(text), () => parseDockerfile(text));
}

/**
 * The facts of a Dockerfile that is read already.
 * @param read gives it again. Its text is kept for that, not what was read from it
 */
export function imageFactsOf(file: Dockerfile, read = (): Dockerfile => file): ImageFacts {
  return { stages: file.stages.slice(-mostStages).map(stageImage), read };
}

/** The stage that a build makes: the named one, else the last. */
export function builtStage<S extends { readonly name: string | undefined }>({ stages }: { readonly stages: readonly S[] }, target: string | undefined): S | undefined {
  if (target === undefined) return stages.at(-1);
  return stages.findLast(({ name }) => name?.toLowerCase() === target.toLowerCase());
}

function stageImage(stage: Stage): StageImage {
  const { exposed, healthcheck, user, volumes, entrypoint } = stageFacts(stage);
  return {
    name: stage.name,
    exposed: exposed.map(({ port, protocol }) => ({ port, protocol })),
    healthcheck: healthcheck === undefined ? undefined : healthcheckFact(healthcheck.instruction),
    user: user?.value,
    volumes: volumes.flatMap(({ value }) => value ?? []),
    family: baseFamily(stage),
    entrypoint: entrypoint?.form !== 'exec' || entrypoint.empty ? undefined : entrypointFact(stage, entrypoint.words),
  };
}

function entrypointFact(stage: Stage, words: readonly string[]): EntrypointFact {
  const argv = resolveArgv(words);
  const { program, args, wrappers } = argv;
  const first = wrappers[0]?.kind === 'init' ? wrappers[0] : undefined;
  // An init with nothing behind it takes the command for its program.
  const init = first !== undefined ? first.words.flatMap((word) => word ?? []) : initOf(argv) !== undefined && wrappers.length === 0 ? words : [];
  return { words, init, scripts: program === undefined || init.length === words.length ? [] : scriptPaths(stage, program, args) };
}

/** What a HEALTHCHECK asks. */
export function healthcheckFact(instruction: Instruction): HealthcheckFact {
  const command = commandOf(instruction);
  if (command === undefined) return { kind: 'none' };
  const timing = Object.fromEntries(instruction.flags.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const])));
  const script = shellScriptOf(command);
  const words = script === undefined ? command.words : script.commands().flatMap((each) => each.words.map((word) => word.value ?? expand(word.text, instruction) ?? ''));
  if (words.some((word) => /^(?:.*\/)?(?:curl|wget)$/.test(word))) {
    for (const word of words) {
      const request = requestOf(word);
      if (request !== undefined) return { kind: 'http', ...request, timing };
    }
  }
  const port = connectionOf(words);
  if (port !== undefined) return { kind: 'tcp', port, timing };
  const run = wordsOf(command).flatMap((word) => word ?? []);
  return { kind: 'command', command: command.form === 'shell' && command.script === undefined ? undefined : run, timing };
}

/** `nc -z localhost 5432`, with no more behind it than what a failed command comes to anyway. */
function connectionOf([program, ...args]: readonly string[]): number | undefined {
  if (program === undefined || !/^(?:.*\/)?(?:nc|ncat|netcat)$/.test(program) || !args.some((arg) => /^-\w*z/.test(arg))) return undefined;
  const end = args.indexOf('exit');
  const [host, port, more] = args.slice(0, end < 0 ? undefined : end).filter((arg, index, all) => !arg.startsWith('-') && !/^-\w*w$/.test(all[index - 1] ?? ''));
  const number = /^\d{1,5}$/.exec(port ?? '')?.[0];
  return number === undefined || more !== undefined || !/^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|::1)$/.test(host ?? '') ? undefined : Number(number);
}

/** A request to the container itself; curl and wget take an address without a scheme as HTTP. */
function requestOf(word: string): { readonly scheme: 'http' | 'https'; readonly port: number; readonly path: string } | undefined {
  const match = /^(?:(https?):\/\/)?(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?::(\d{1,5}))?(\/[^#\s]*)?$/i.exec(word);
  if (match === null || (match[1] === undefined && match[2] === undefined)) return undefined;
  const scheme = match[1]?.toLowerCase() === 'https' ? 'https' : 'http';
  return { scheme, port: Number(match[2] ?? (scheme === 'https' ? 443 : 80)), path: match[3] ?? '/' };
}
