import { alsoToStderr, insteadOf, isLogFile, logFlag, type LogTarget, logVariable, saysConsole } from '../catalog/log-flags.ts';
import { knownProgram } from '../catalog/programs.ts';
import { edits, type FixOutcome } from '../core/finding.ts';
import { argvOf } from '../shell/argv.ts';
import { builtins } from '../shell/builtins.ts';
import { followedFiles } from '../shell/idle.ts';
import type { Script, SimpleCommand } from '../shell/model.ts';
import { outputFiles, withoutRedirect } from '../shell/redirects.ts';
import type { Span } from '../text/span.ts';
import type { Field } from '../yaml/field.ts';
import { splice } from '../yaml/splice.ts';
import { changeWords } from './foreground.ts';
import { invocationOf, type Invocation, type ShellBody } from './invocation.ts';
import type { Container } from './workload.ts';

/** A log that goes into a file. */
export interface LogFile {
  readonly path: string;
  /** What says so: a flag, a variable, `>`. */
  readonly said: string;
  readonly kind: 'flag' | 'redirect' | 'variable';
  /** The field that says it, and where. */
  readonly field: Field;
  readonly span: Span;
  /** What to write in its place, or '' to take it away; undefined where it takes more than a word. */
  readonly instead: string | undefined;
  readonly outcome: () => FixOutcome;
}

/** Where a container's command, arguments and variables say that it logs into files. */
export function logFiles(container: Container): readonly LogFile[] {
  const invocation = invocationOf(container);
  const env = container.field.get('env').items();
  if (env.some((item) => saysConsole(item.at('name').text ?? '', item.at('value').text ?? ''))) return [];
  const variables = env.flatMap(variableFile);
  if (invocation === undefined) return variables;
  const { shell } = invocation;
  return [...(shell === undefined ? wordFiles(invocation, container.image?.name) : [...shell.script.commands().flatMap((command) => commandFiles(shell, command)).filter(({ path }) => !isShown(shell.script, path)), ...redirectFiles(shell)]), ...variables];
}

function nothing(): FixOutcome {
  return edits([]);
}

/** A flag among words, and its value: in the same word behind `=`, or in the next one. */
interface Named {
  readonly target: LogTarget;
  readonly path: string;
  /** Index of the flag's word, of the value's word, and where the value begins in it. */
  readonly at: number;
  readonly valueAt: number;
  readonly from: number;
}

function named(program: string | undefined, words: readonly (string | undefined)[]): readonly Named[] {
  if (words.some((word) => word !== undefined && alsoToStderr.test(word))) return [];
  const options = words.flatMap((word, at) => {
    if (word?.startsWith('-') !== true) return [];
    const equals = word.indexOf('=');
    const [path, valueAt, from] = equals < 0 ? [words[at + 1], at + 1, 0] : [word.slice(equals + 1), at, equals + 1];
    return path === undefined ? [] : [{ flag: equals < 0 ? word : word.slice(0, equals), path, at, valueAt, from }];
  });
  if (options.some(({ flag, path }) => saysConsole(flag, path))) return [];
  return options.flatMap(({ flag, ...option }) => {
    const target = logFlag(program, flag);
    return target === undefined || !isLogFile(option.path) ? [] : [{ target: { ...target, instead: insteadOf(target, option.path) }, ...option }];
  });
}

/** @param image its name tells the program where only options of it are written */
function wordFiles({ items, words, argv }: Invocation, image: string | undefined): readonly LogFile[] {
  const program = words[0]?.startsWith('-') === true ? image : argv.name;
  return named(program, words).flatMap(({ target, path, at, valueAt, from }) => {
    const field = items[valueAt];
    if (field === undefined) return [];
    const { instead } = target;
    const offset = words.length - argv.args.length - 1;
    const outcome =
      instead === undefined
        ? nothing
        : instead === ''
          ? () => changeWords(items, argv, [{ at: at - offset, remove: valueAt - at + 1, insert: [] }])
          : () => splice(field, [{ span: { start: from, end: from + path.length }, newText: instead }]);
    return [{ path, said: target.name, kind: 'flag', field, span: field.span, instead, outcome }];
  });
}

function commandFiles({ body, script }: ShellBody, command: SimpleCommand): readonly LogFile[] {
  const { name } = argvOf(command);
  return named(name, command.words.map(({ value }) => value)).flatMap(({ target, path, at, valueAt }) => {
    const [flag, value] = [command.words[at], command.words[valueAt]];
    if (flag === undefined || value === undefined) return [];
    const { instead } = target;
    const start = instead === '' ? flag.local.start - 1 : value.local.start + Math.max(value.text.lastIndexOf(path), 0);
    const change = { span: { start, end: instead === '' ? value.local.end : start + path.length }, newText: instead === '' ? '' : (instead ?? '') };
    const isPlain = script.text.slice(start, start + path.length) === path || instead === '';
    return [{ path, said: target.name, kind: 'flag', field: body, span: { start: flag.span.start, end: value.span.end }, instead: isPlain ? instead : undefined, outcome: () => splice(body, [change]) }];
  });
}

/** `server >> /var/log/app.log 2>&1`. What the script reads again itself goes to its output after all. */
function redirectFiles({ body, script }: ShellBody): readonly LogFile[] {
  return outputFiles(script).flatMap(({ redirect, all, command }) => {
    const path = redirect.target?.value ?? '';
    const isLog = /^\/var\/log\/|\.log$/.test(path) && isLogFile(path) && (path.startsWith('/var/log/') || !isWriter(command));
    if (!isLog || script.text.split(path).length > 2) return [];
    return [{ path, said: redirect.operator, kind: 'redirect', field: body, span: redirect.span, instead: '/dev/stdout', outcome: () => splice(body, withoutRedirect(all, redirect)) }];
  });
}

/** Does the script bring the file back to its output: `tail -F` of it, of a pattern, or of a variable that may name it? */
function isShown(script: Script, path: string): boolean {
  return script.commands().flatMap(followedFiles).some(({ value, hasGlob }) => {
    if (value === undefined || value === path) return true;
    if (hasGlob) return path.startsWith(value.slice(0, Math.max(value.search(/[*?[{]/), 0)));
    return path.endsWith(`/${value}`) || value.endsWith(`/${path.replace(/^\.\//, '')}`);
  });
}

/** Programs of one line, whose output is data rather than a log. */
function isWriter(command: SimpleCommand | undefined): boolean {
  if (command === undefined) return true;
  const { name, args } = argvOf(command);
  return name === undefined || builtins.has(name) || knownProgram(name, args)?.serves === 'never';
}

function variableFile(item: Field): readonly LogFile[] {
  const target = logVariable(item.at('name').text ?? '');
  const field = item.at('value');
  const path = field.text;
  if (target === undefined || path === undefined || !path.startsWith('/') || !isLogFile(path)) return [];
  const instead = insteadOf(target, path);
  const outcome = (): FixOutcome => splice(field, [{ span: { start: 0, end: path.length }, newText: instead ?? '' }]);
  return [{ path, said: target.name, kind: 'variable', field, span: field.span, instead, outcome }];
}
