import { argvOf } from './argv.ts';
import { basename } from './invocation.ts';
import type { Pipeline, SimpleCommand, Word } from './model.ts';
import { simpleCommands } from './script.ts';

/**
 * How long `sleep` sleeps, in seconds; undefined where nobody can say. Source: GNU coreutils and busybox: numbers with
 * s, m, h or d, their sum where there are several; `infinity`.
 */
export function sleepSeconds(args: readonly (string | undefined)[]): number | undefined {
  const units: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };
  const parts = args.map((arg) => {
    if (arg === 'infinity' || arg === 'inf') return Number.POSITIVE_INFINITY;
    const [, number, unit = ''] = /^(\d+(?:\.\d*)?|\.\d+)([smhd]?)$/.exec(arg ?? '') ?? [];
    return number === undefined ? undefined : Number(number) * (units[unit] ?? 1);
  });
  return parts.length === 0 || parts.includes(undefined) ? undefined : parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
}

/** Does the program only wait, or follow a file: `sleep` for at least so many seconds, `tail -f`? */
export function isWaiting(name: string | undefined, args: readonly (string | undefined)[], seconds: number): boolean {
  const plain = basename(name);
  if (plain === 'sleep') return (sleepSeconds(args) ?? 0) >= seconds;
  return plain === 'tail' && args.some((arg) => arg !== undefined && /^-(?:[a-zA-Z]*[fF]|-follow(?:=.*)?|-retry)$/.test(arg));
}

/** Does nothing but keep the script alive: a long sleep, `tail -f`, a loop around a sleep. */
export function keepsAlive({ commands: [command, piped] }: Pipeline): boolean {
  if (command === undefined || piped !== undefined) return false;
  if (command.kind === 'simple') {
    const [name, ...args] = command.words.map(({ value }) => value).filter((word, index) => index > 0 || word !== 'exec');
    return isWaiting(name, args, 600) || (name === 'sleep' && args.length === 1 && args[0] === undefined);
  }
  const inner = command.body.flatMap(simpleCommands).map(({ name }) => name?.value ?? '');
  return command.type === 'loop' && inner.includes('sleep') && inner.every((name) => /^(?:sleep|true|:|date|echo|printf)$/.test(name));
}

/** The files that a command follows and writes to its output: those of `tail -f`. */
export function followedFiles(command: SimpleCommand): readonly Word[] {
  const { name, args } = argvOf(command);
  if (basename(name) !== 'tail' || !isWaiting(name, args, 0)) return [];
  const words = command.words.slice(command.words.length - args.length);
  return words.filter(({ text, value }, index) => !text.startsWith('-') && !/^\d+$/.test(value ?? '') && !/^-[nc]$|^--(?:pid|lines|bytes)$/.test(words[index - 1]?.value ?? ''));
}
