import { isShellInvocation } from '../shell/invocation.ts';
import type { SimpleCommand } from '../shell/model.ts';
import { parseScript } from '../shell/script.ts';
import type { Field } from '../yaml/field.ts';
import type { Container } from './workload.ts';

const leaving: ReadonlySet<string> = new Set(['exit', 'test', '[', 'kill', 'pkill', 'killall']);
const suffixes: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * The seconds a container's preStop hook takes at the least: what it sleeps, one after the other. 0 where it does not
 * sleep, or where nobody can tell.
 */
export function preStopSeconds({ field }: Container): number {
  return hookSeconds(field.at('lifecycle', 'preStop'));
}

/** The same for any hook of a container's lifecycle. */
export function hookSeconds(hook: Field): number {
  if (hook.kind !== 'map') return 0;
  const sleep = hook.at('sleep', 'seconds').int;
  if (sleep !== undefined) return sleep;
  return commandSeconds(hook.at('exec', 'command').items().map((item) => item.text));
}

/** The same for the words of a command; undefined are those that nobody can read. */
export function commandSeconds(words: readonly (string | undefined)[]): number {
  const shell = isShellInvocation(words);
  return shell === undefined ? slept(words) : sleptIn(shell.body ?? '');
}

/** Only what runs in every case and is waited for: loops, branches and background commands may end at once. */
function sleptIn(body: string): number {
  if (!body.includes('sleep')) return 0;
  const script = parseScript(body);
  const commands = script.commands();
  if (script.errors.length > 0) return 0;
  const first = commands.findIndex(mayLeave);
  const sure = first < 0 ? commands : commands.slice(0, first);
  return sure.filter(isSure).reduce((sum, { words }) => sum + slept(words.map(({ value }) => value)), 0);
}

/** What follows a test or an exit may not be reached, and a hook ends with the app that it told to stop (`nginx -s quit`). */
function mayLeave({ name, words }: SimpleCommand): boolean {
  return leaving.has(name?.value ?? '') || words.slice(1).some(({ text }) => /quit|stop|shutdown|graceful/i.test(text));
}

function isSure({ inside, background, connector }: SimpleCommand): boolean {
  return inside === 'top' && !background && connector !== '||' && connector !== '|';
}

/** `sleep 1m 30s`. Source: GNU coreutils and BusyBox, sleep; `exec` before it changes nothing. */
function slept(words: readonly (string | undefined)[]): number {
  const own = words[0] === 'exec' ? words.slice(1) : words;
  const [program, ...args] = own;
  if (program === undefined || !/^(?:\S*\/)?sleep$/.test(program)) return 0;
  const seconds = args.map((arg) => {
    const [, value, suffix = ''] = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(arg ?? '') ?? [];
    return Number(value ?? 0) * (suffixes[suffix] ?? 1);
  });
  return Math.floor(seconds.reduce((sum, each) => sum + each, 0));
}
