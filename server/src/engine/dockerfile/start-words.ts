import { bodyIndex } from '../shell/argv.ts';
import type { Script } from '../shell/model.ts';
import { parseScript } from '../shell/script.ts';
import type { Command } from './command.ts';
import { type Start, wordsOf } from './start.ts';

/** Where a word of a start command stands in the file. In shell form the shell's own words stand nowhere. */
export interface StartWord {
  readonly command: Command;
  /** Index among the words of that command. */
  readonly at: number;
}

/** The place of each of `start.words`; undefined for those that the base image brings. */
export function placesOf({ entrypoint, cmd, words }: Start): readonly (StartWord | undefined)[] {
  const own = [entrypoint, cmd].flatMap((command) => (command === undefined ? [] : wordsOf(command).map((_, at): StartWord => ({ command, at }))));
  return [...Array.from({ length: words.length - own.length }, () => undefined), ...own];
}

/** The text that a shell of the start command runs. */
export interface StartScript {
  readonly command: Command;
  /** Its spans lead into the file. */
  readonly script: Script;
  /** Index of the shell's own word and of the text among `start.words`. */
  readonly from: number;
  readonly at: number;
}

/** What the outermost shell runs: shell form or `sh -c`. Undefined where there is none, or its text is no plain text. */
export function startScript(start: Start): StartScript | undefined {
  const at = bodyIndex(start.argv);
  const place = at === undefined ? undefined : placesOf(start)[at];
  if (at === undefined || place === undefined) return undefined;
  const { command } = place;
  const shell = start.argv.wrappers.findIndex(({ kind }) => kind === 'shell');
  const from = start.argv.wrappers.slice(0, shell).reduce((count, { words }) => count + words.length, 0);
  if (command.form === 'shell') return command.script === undefined ? undefined : { command, script: command.script, from, at };
  const mapped = command.items[place.at]?.mapped;
  return mapped === undefined ? undefined : { command, script: parseScript(mapped.text, mapped.map), from, at };
}
