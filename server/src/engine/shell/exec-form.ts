import { builtins, setupless } from './builtins.ts';
import type { Assignment, Pipeline, Redirect, Script, SimpleCommand, Word } from './model.ts';
import { tidy } from './tidy.ts';

/** Why a shell text has no exec form. */
export type ExecRefusal =
  | 'empty'
  /** The shell cannot read it. */
  | 'syntax-error'
  /** A loop, `if`, subshell, function. */
  | 'compound'
  | 'pipe'
  | 'background'
  /** The last command runs only when the one before it fails. */
  | 'alternative'
  /** Something runs after the program: `app; echo done`. */
  | 'not-last'
  /** Output to a file. */
  | 'redirect'
  | 'heredoc'
  /** A shell builtin; there is no program to run. */
  | 'builtin'
  /** The shell has to stay to run its traps. */
  | 'trap'
  /** `X=$Y app`, where the shell would not split the value and `env` would. */
  | 'assignment';

export type ExecForm =
  | { readonly kind: 'exec'; readonly words: readonly string[] }
  /** Still needs a shell (variables, patterns, `&&`): the text for `sh -c`, with `exec` before its last command. */
  | {
      readonly kind: 'shell-exec';
      readonly script: string;
      /** Where the text is `cd <path> && program`: the program's words, and the directory a WORKDIR could name instead. */
      readonly workdir?: { readonly path: string; readonly words: readonly string[] };
    }
  | { readonly kind: 'refused'; readonly reason: ExecRefusal };

/**
 * The form of a start command in which the program itself is process 1. Words lose their quotes as the shell would
 * remove them; variables are left to a shell, because users set them when the container runs.
 */
export function toExecForm(script: Script): ExecForm {
  if (script.errors.length > 0) return refused('syntax-error');
  const last = script.statements.at(-1);
  if (last === undefined) return refused('empty');
  const pipeline = last.pipelines.at(-1);
  const command = pipeline?.commands.at(-1);
  const obstacle = obstacleIn(script, pipeline);
  if (obstacle !== undefined) return refused(obstacle);
  if (command?.kind !== 'simple') return refused('compound');
  const alone = script.statements.length === 1 && last.pipelines.length === 1;
  return alone ? ofOne(script, command) : ofSeveral(script, command);
}

function obstacleIn(script: Script, pipeline: Pipeline | undefined): ExecRefusal | undefined {
  const commands = script.commands();
  if (script.statements.some((each) => each.background)) return 'background';
  if (script.statements.some((each) => each.pipelines.some((one) => one.commands.some((c) => c.kind === 'compound')))) return 'compound';
  if (commands.some((each) => each.name?.value === 'trap')) return 'trap';
  if (pipeline === undefined || pipeline.negated) return 'compound';
  if (pipeline.commands.length > 1) return 'pipe';
  return pipeline.connector === '||' ? 'alternative' : undefined;
}

/** One command and nothing else. */
function ofOne(script: Script, command: SimpleCommand): ExecForm {
  const obstacle = obstacleOf(command);
  if (obstacle !== undefined) return refused(obstacle);
  const values = literals(program(command));
  const kept = command.redirects.filter((redirect) => !goesToConsole(redirect));
  const assigned = command.assignments.map(assignmentWord);
  if (values === undefined || kept.length > 0 || assigned.includes(undefined)) return withExec(script, command);
  if (command.assignments.length === 0) return { kind: 'exec', words: values };
  return { kind: 'exec', words: ['env', ...assigned.filter((each) => each !== undefined), ...values] };
}

/** Other commands come first. */
function ofSeveral(script: Script, command: SimpleCommand): ExecForm {
  if (setupless.has(command.name?.value ?? '')) return refused('not-last');
  const obstacle = obstacleOf(command);
  if (obstacle !== undefined) return refused(obstacle);
  const form = withExec(script, command);
  const workdir = workdirOf(script, command);
  return form.kind === 'shell-exec' && workdir !== undefined ? { ...form, workdir } : form;
}

/** What keeps this command, the last of its script, from being the process itself. */
function obstacleOf(command: SimpleCommand): ExecRefusal | undefined {
  const [first] = program(command);
  if (first === undefined) return command.redirects.length > 0 ? 'redirect' : 'empty';
  if (command.redirects.some((each) => each.operator.startsWith('<<'))) return 'heredoc';
  if (command.redirects.some((each) => goesToFile(each))) return 'redirect';
  if (first.value?.startsWith('-') === true && isExec(command)) return 'builtin';
  return first.value !== undefined && builtins.has(first.value) ? 'builtin' : undefined;
}

/** The words behind an `exec`; all words where there is none. */
function program(command: SimpleCommand): readonly Word[] {
  return isExec(command) ? command.words.slice(1) : command.words;
}

function isExec(command: SimpleCommand): boolean {
  return command.name?.value === 'exec';
}

function literals(words: readonly Word[]): readonly string[] | undefined {
  const values = words.flatMap((word) => (word.value === undefined || word.hasGlob ? [] : [word.value]));
  return values.length === words.length ? values : undefined;
}

function assignmentWord({ name, text, value }: Assignment): string | undefined {
  if (value?.value === undefined || !text.startsWith(`${name}=`)) return undefined;
  return `${name}=${value.value}`;
}

/** Puts `exec` before the last command. An assignment before a builtin such as `exec` is not exported everywhere, so `env` sets it. */
function withExec(script: Script, command: SimpleCommand): ExecForm {
  if (command.assignments.length === 0) {
    return { kind: 'shell-exec', script: tidy(script, isExec(command) ? undefined : { before: command, insert: 'exec ' }) };
  }
  const rewrite = new Map(command.assignments.map((each) => [each, asArgument(each)]));
  if (isExec(command) || [...rewrite.values()].includes(undefined)) return refused('assignment');
  const known = new Map([...rewrite].map(([each, text]) => [each, text ?? each.text]));
  return { kind: 'shell-exec', script: tidy(script, { before: command, insert: 'exec env ', rewrite: known }) };
}

/** An assignment as a word that means the same to `env`: the shell splits words at blanks, but no assigned value. */
export function asArgument({ name, text, value }: Assignment): string | undefined {
  if (value === undefined || !text.startsWith(`${name}=`)) return undefined;
  if (!value.hasExpansion && !value.hasGlob) return text;
  if (/^"(?:[^"\\]|\\.)*"$/s.test(value.text)) return text;
  return value.quoted || /^~|[:]~|[\\"'`(]/.test(value.text) ? undefined : `${name}="${value.text}"`;
}

function workdirOf(script: Script, command: SimpleCommand): { readonly path: string; readonly words: readonly string[] } | undefined {
  const [cd, second, third] = script.commands();
  if (cd === undefined || second !== command || third !== undefined || second.connector !== '&&') return undefined;
  const [name, path] = literals(cd.words) ?? [];
  const words = literals(program(command));
  const plain = cd.words.length === 2 && cd.redirects.length + cd.assignments.length + command.redirects.length + command.assignments.length === 0;
  return name === 'cd' && path !== undefined && path !== '-' && words !== undefined && plain ? { path, words } : undefined;
}

/** Output that ends at the container's own output anyway. */
function goesToConsole({ operator, descriptor, target }: Redirect): boolean {
  if (operator !== '>' && operator !== '>>') return false;
  const own = descriptor === 2 ? /^(?:\/dev\/stderr|\/dev\/fd\/2|\/proc\/(?:1|self)\/fd\/2)$/ : /^(?:\/dev\/stdout|\/dev\/fd\/1|\/proc\/(?:1|self)\/fd\/1)$/;
  return (descriptor ?? 1) <= 2 && descriptor !== 0 && own.test(target?.value ?? '');
}

function goesToFile(redirect: Redirect): boolean {
  if (redirect.operator === '>&' || redirect.operator === '<&') return !/^(?:\d+|-)$/.test(redirect.target?.value ?? '');
  if (redirect.operator === '<' || redirect.operator.startsWith('<<')) return false;
  return !goesToConsole(redirect) && redirect.target?.value !== '/dev/null';
}

function refused(reason: ExecRefusal): ExecForm {
  return { kind: 'refused', reason };
}
