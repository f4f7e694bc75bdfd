import { bodyIndex, resolveArgv, type Argv } from '../shell/argv.ts';
import type { Script } from '../shell/model.ts';
import { parseScript } from '../shell/script.ts';
import { baseImage } from './base-image.ts';
import type { Command } from './command.ts';
import { shellAt, stageFacts } from './facts.ts';
import { memo } from './memo.ts';
import type { Stage } from './model.ts';
import { rootBase } from './view.ts';

/** What the instructions of a stage make process 1 of its containers. */
export interface Start {
  readonly stage: Stage;
  /** The ENTRYPOINT that counts, unless it is empty. */
  readonly entrypoint: Command | undefined;
  /** The CMD that counts, unless it is empty or ignored. */
  readonly cmd: Command | undefined;
  /** A CMD that an ENTRYPOINT in shell form makes useless. */
  readonly ignored: Command | undefined;
  /** The base image's own entrypoint in front of CMD: empty for none, undefined where it is not known. Always empty behind an ENTRYPOINT of the file. */
  readonly inherited: readonly string[] | undefined;
  /** The instruction whose words begin the command. */
  readonly anchor: Command;
  /** All words, but for an entrypoint script of the base image, which hands over to them. Undefined for a word that is not known. */
  readonly words: readonly (string | undefined)[];
  /** The same with wrappers taken off. */
  readonly argv: Argv;
  /** What the outermost shell runs: shell form or `sh -c`. */
  readonly script: Script | undefined;
}

/** Undefined where the base image alone decides, where the build would fail, and where there is no command at all. */
export const startOf = memo((stage: Stage): Start | undefined => {
  const facts = stageFacts(stage);
  const entrypoint = facts.entrypoint?.empty === true ? undefined : facts.entrypoint;
  const cmd = facts.cmd?.empty === true ? undefined : facts.cmd;
  const anchor = entrypoint ?? cmd;
  if (anchor === undefined || entrypoint?.form === 'invalid' || cmd?.form === 'invalid') return undefined;
  const ignores = entrypoint?.form === 'shell';
  const inherited = facts.entrypoint !== undefined ? [] : inheritedEntrypoint(stage);
  const own = [entrypoint, ignores ? undefined : cmd].flatMap((command) => (command === undefined ? [] : wordsOf(command)));
  const words = inherited === undefined || isScript(inherited[0]) ? own : [...inherited, ...own];
  const argv = resolveArgv(words);
  return {
    stage, entrypoint, cmd: ignores ? undefined : cmd, ignored: ignores ? cmd : undefined, inherited, anchor, words, argv,
    script: anchor.form === 'shell' ? anchor.script : outermostScript(words, argv),
  };
});

/** The text of the first `sh -c`, wrappers such as `env` before it taken off. */
function outermostScript(words: Start['words'], argv: Argv): Script | undefined {
  const index = bodyIndex(argv);
  const body = index === undefined ? undefined : words[index];
  return body === undefined ? undefined : parseScript(body);
}

/** The words of a command as the container gets them: the shell form is one word for the shell of its stage. */
export function wordsOf(command: Command): readonly (string | undefined)[] {
  if (command.form === 'exec') return command.words;
  return [...shellWords(command), command.interpreter === undefined ? command.script?.text : undefined];
}

/** The shell that runs this command's shell form. */
export function shellWords(command: Command): readonly string[] {
  return shellAt(command.instruction)?.value ?? ['/bin/sh', '-c'];
}

/** By convention an entrypoint script ends in `exec "$@"`; those of the official images do. */
export function isScript(program: string | undefined): boolean {
  return program !== undefined && /\.sh$|entrypoint/.test(program);
}

/** Does the ENTRYPOINT of the file take this CMD for its arguments, and not for a program to run? */
export function takesArguments({ instruction: { stage } }: Command): boolean {
  const words = stage === undefined ? undefined : stageFacts(stage).entrypoint?.words;
  return words !== undefined && words.length > 0 && !isScript(words.at(-1)) && resolveArgv([...words, 'program']).program !== 'program';
}

function inheritedEntrypoint(stage: Stage): readonly string[] | undefined {
  return rootBase(stage).kind === 'scratch' ? [] : baseImage(stage)?.entrypoint;
}
