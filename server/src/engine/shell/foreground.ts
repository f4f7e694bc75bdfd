import type { WordChange } from '../catalog/daemons.ts';
import { mergeEdits, type TextEdit } from '../text/span.ts';
import { type Argv, argvOf } from './argv.ts';
import type { Background } from './background.ts';
import { isReplaceable } from './hand-over.ts';
import { followedFiles } from './idle.ts';
import type { Script, SimpleCommand } from './model.ts';
import { withoutRedirect } from './redirects.ts';

/**
 * The edits (offsets of the script) that run the one command which a script leaves in the background in its foreground, in
 * place of what only waited for it. Undefined where that takes more than moving a few words: several commands, others
 * behind them, no foreground mode.
 */
export function intoForeground(script: Script, { departures, then, rest }: Background): readonly TextEdit[] | undefined {
  const [departure, second] = departures;
  if (departure === undefined || second !== undefined || departure.command.inside !== 'top') return undefined;
  if (then === 'program' || rest.length > 1 || onlyFollowed(departure.command, rest) !== undefined) return undefined;
  const { command, daemon } = departure;
  const flags = daemon === undefined ? [] : daemon.foreground;
  const removed = script.text.slice(command.local.end);
  // A comment of the script would be lost with what stands behind the command, and so would a here-document.
  if (flags === undefined || /(?:^|\s)#|<</.test(removed)) return undefined;
  const end = command.local.end + removed.trimEnd().length;
  const changes = mergeEdits([
    ...starts(script, command),
    ...wordChanges(command, flags),
    ...followedRedirects(command, rest),
    { span: { start: command.local.end, end }, newText: '' },
  ]);
  return changes.length === 0 ? undefined : changes;
}

/** `nohup` goes, `exec` comes. */
function starts(script: Script, command: SimpleCommand): readonly TextEdit[] {
  const kept = command.words.findIndex(({ value }) => value !== 'nohup' && value !== 'setsid');
  const [first, program] = [command.words[0], command.words[kept]];
  if (first === undefined || program === undefined) return [];
  const insert = program.value !== 'exec' && isReplaceable(script, program) ? 'exec ' : '';
  return first === program && insert === '' ? [] : [{ span: { start: first.local.start, end: program.local.start }, newText: insert }];
}

/**
 * A file that `tail -f` behind the command shows, and that the command's own output does not go to: what the program writes
 * there would be seen no more without the `tail`. Undefined where there is none.
 */
export function onlyFollowed({ redirects }: SimpleCommand, rest: Background['rest']): string | undefined {
  const files = rest.flatMap(({ commands }) => commands.flatMap((each) => (each.kind === 'simple' ? followedFiles(each) : [])));
  const own = redirects.filter(({ operator }) => operator.includes('>')).map(({ target }) => target?.text);
  return files.find(({ text, value }) => value !== '/dev/null' && !own.includes(text))?.text;
}

/** Output that a `tail -f` behind the command brought back goes straight to where it belongs. */
function followedRedirects({ redirects }: SimpleCommand, rest: Background['rest']): readonly TextEdit[] {
  const followed = rest.flatMap(({ commands: [each] }) => (each?.kind === 'simple' ? each.words.slice(1).map(({ text }) => text) : []));
  const first = redirects.find(({ operator, target }) => operator.includes('>') && target !== undefined && followed.includes(target.text));
  return first === undefined ? [] : withoutRedirect(redirects, first);
}

function wordChanges(command: SimpleCommand, changes: readonly WordChange[]): readonly TextEdit[] {
  const offset = wrapperWords(argvOf(command));
  return changes.flatMap(({ at, remove: count, insert }) => {
    const before = command.words[offset + at - 1];
    const from = before?.local.end ?? command.words[0]?.local.start;
    const to = count === 0 ? from : command.words[offset + at + count - 1]?.local.end;
    if (from === undefined || to === undefined) return [];
    const text = insert.map(shellWord).join(' ');
    return [{ span: { start: from, end: to }, newText: before === undefined || text === '' ? text : ` ${text}` }];
  });
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`;
}

/** How many words the wrappers in front of the program have. */
export function wrapperWords({ wrappers }: Argv): number {
  return wrappers.reduce((count, { words }) => count + words.length, 0);
}
