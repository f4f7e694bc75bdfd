import { alsoToStderr, insteadOf, isLogFile, logFlag, type LogTarget, saysConsole } from '../catalog/log-flags.ts';
import { knownProgram } from '../catalog/programs.ts';
import type { Span, TextEdit } from '../text/span.ts';
import { argvOf } from './argv.ts';
import { builtins } from './builtins.ts';
import { followedFiles } from './idle.ts';
import type { Script, SimpleCommand } from './model.ts';
import { outputFiles, withoutRedirect } from './redirects.ts';

/** A flag that names a log among words, and its value: in the same word behind `=`, or in the next one. */
export interface NamedLog {
  readonly target: LogTarget;
  readonly path: string;
  /** Index of the flag's word, of the value's word, and where the value begins in it. */
  readonly at: number;
  readonly valueAt: number;
  readonly from: number;
}

/**
 * The flags among these words that send the log of a program into files.
 * @param program its name, or that of its image
 */
export function namedLogs(program: string | undefined, words: readonly (string | undefined)[]): readonly NamedLog[] {
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

/** A log that a script sends into a file. */
export interface ScriptLog {
  readonly path: string;
  /** What says so: a flag, `>`. */
  readonly said: string;
  readonly kind: 'flag' | 'redirect';
  readonly span: Span;
  /** What to write in its place, or '' to take it away; undefined where it takes more than a word. */
  readonly instead: string | undefined;
  /** The edits that do, in offsets of the script. */
  readonly changes: readonly TextEdit[];
  /** Undefined behind a loop, a group and the like. */
  readonly command: SimpleCommand | undefined;
}

/** Where the commands of a script send logs, by their flags and by redirection. */
export function scriptLogs(script: Script): readonly ScriptLog[] {
  const flags = script.commands().flatMap((command) => commandLogs(script, command)).filter(({ path }) => !isShown(script, path));
  return [...flags, ...redirectLogs(script)];
}

function commandLogs(script: Script, command: SimpleCommand): readonly ScriptLog[] {
  const { name } = argvOf(command);
  return namedLogs(name, command.words.map(({ value }) => value)).flatMap(({ target, path, at, valueAt }) => {
    const [flag, value] = [command.words[at], command.words[valueAt]];
    if (flag === undefined || value === undefined) return [];
    const { instead } = target;
    const start = instead === '' ? flag.local.start - 1 : value.local.start + Math.max(value.text.lastIndexOf(path), 0);
    const change = { span: { start, end: instead === '' ? value.local.end : start + path.length }, newText: instead ?? '' };
    const isPlain = script.text.slice(start, start + path.length) === path || instead === '';
    const span = { start: flag.span.start, end: value.span.end };
    return [{ path, said: target.name, kind: 'flag', span, instead: isPlain ? instead : undefined, changes: [change], command }];
  });
}

/** `server >> /var/log/app.log 2>&1`. What the script reads again itself goes to its output after all. */
function redirectLogs(script: Script): readonly ScriptLog[] {
  return outputFiles(script).flatMap(({ redirect, all, command }) => {
    const path = redirect.target?.value ?? '';
    const isLog = /^\/var\/log\/|\.log$/.test(path) && isLogFile(path) && (path.startsWith('/var/log/') || !isWriter(command));
    if (!isLog || script.text.split(path).length > 2) return [];
    return [{ path, said: redirect.operator, kind: 'redirect', span: redirect.span, instead: '/dev/stdout', changes: withoutRedirect(all, redirect), command }];
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
