import { knownProgram } from '../catalog/programs.ts';
import { resolveArgv, type Argv } from '../shell/argv.ts';
import type { Span } from '../text/span.ts';
import type { Command } from './command.ts';
import type { Stage } from './model.ts';
import { isScript, startOf, type Start } from './start.ts';

/** A command in exec form with words that only a shell would replace something in. */
export interface Unexpanded {
  /** Where the word stands. */
  readonly command: Command;
  readonly stage: Stage;
  readonly argv: Argv;
  /** The first such word, with what is around its variable. */
  readonly word: string;
  readonly span: Span;
  /** It names the program itself. */
  readonly isProgram: boolean;
  /** The start command that it is a part of; undefined in RUN and HEALTHCHECK. */
  readonly start: Start | undefined;
}

/** `$X`, `${X}`, `${X:-y}`, `$(x)` and the like; not `$1`, `$$`, `${env:X}`, which other programs have their own ways with. */
const expansion = /(?<![\\$])\$(?:\{([A-Za-z_]\w*)(?::?[-+=?][^}]*|[#%][^}]*)?\}|([A-Za-z_]\w*)|\([a-z])|`[^`]+`/g;

/** Would a shell replace something in this word? */
export function wantsShell(word: string): boolean {
  return /^~(?=\/|$)/.test(word) || word.search(expansion) >= 0;
}

/** The variables of a word, in order. */
export function variablesOf(word: string): readonly string[] {
  return [...word.matchAll(expansion)].flatMap(([, braced, bare]) => braced ?? bare ?? []);
}

/** The words of the start command of a stage: those of ENTRYPOINT, or of CMD. */
export function unexpandedStart(stage: Stage): Unexpanded | undefined {
  const start = startOf(stage);
  if (start === undefined || (start.inherited === undefined && !isProgram(start.argv))) return undefined;
  return [start.entrypoint, start.cmd].filter((each) => each?.form === 'exec').map((command) => (command === undefined ? undefined : inWords(command, stage, start.argv, start))).find((each) => each !== undefined);
}

/** Those of a RUN or HEALTHCHECK. */
export function unexpandedIn(command: Command, stage: Stage): Unexpanded | undefined {
  return command.form === 'exec' ? inWords(command, stage, resolveArgv(command.words), undefined) : undefined;
}

function inWords(command: Command, stage: Stage, argv: Argv, start: Start | undefined): Unexpanded | undefined {
  if (expandsItself(argv)) return undefined;
  const at = command.words.findIndex((word) => wantsShell(word) && !(argv.name === 'java' && isPlaceholder(word)));
  const [word, span] = [command.words[at], command.wordSpans[at]];
  if (word === undefined || span === undefined) return undefined;
  return { command, stage, argv, word, span, isProgram: word === argv.program, start };
}

/** Behind an entrypoint of the base image that nobody knows, words may be anything. */
function isProgram({ program, name, args }: Argv): boolean {
  return program?.includes('/') === true || (name !== undefined && knownProgram(name, args) !== undefined);
}

/** Programs that replace variables of their own, run a command line by a shell, or have another meaning for the dollar sign. */
const expanding: ReadonlySet<string> = new Set([
  'sh', 'bash', 'ash', 'dash', 'zsh', 'ksh', 'busybox', 'fish', 'su', 'runuser', 'script', 'ssh', 'watch', 'xargs', 'parallel', 'entr', 'watchexec', 'eval',
  'nginx', 'openresty', 'envsubst', 'gomplate', 'dockerize', 'confd', 'awk', 'gawk', 'mawk', 'sed', 'perl', 'make', 'find', 'jq', 'yq', 'psql', 'mysql', 'mongosh', 'mongo', 'redis-cli',
  'npm', 'npx', 'pnpm', 'yarn', 'concurrently', 'nodemon', 'cross-env', 'cross-env-shell', 'dotenv', 'pm2-runtime', 'pm2', 'foreman', 'honcho', 'supervisord',
  'cmd', 'cmd.exe', 'pwsh', 'powershell', 'powershell.exe', 'docker', 'bazel', 'kubectl', 'fluentd', 'fluent-bit', 'telegraf', 'vector', 'grafana-server', 'test', '[', 'expr', 'tclsh', 'expect',
]);

function expandsItself({ program, name, args, wrappers }: Argv): boolean {
  if (name === undefined || program === undefined || wrappers.some(({ kind }) => kind === 'shell')) return true;
  // What is not found expands nothing.
  if (wantsShell(program)) return false;
  if (isScript(program) || expanding.has(name)) return true;
  // `python -c`, `node -e`, `php -r`: a program of its own, in a language with dollar signs or not.
  return args.some((arg) => arg !== undefined && /^(?:-[cer]|--eval|-pe)$/.test(arg) && knownProgram(name, args)?.handling === 'depends');
}

/** Spring replaces `${…}` in the values of options by variables of the environment. */
function isPlaceholder(word: string): boolean {
  return /^-(?:D|-)[\w.-]+=[^$]*\$\{[^}]*\}/.test(word);
}
