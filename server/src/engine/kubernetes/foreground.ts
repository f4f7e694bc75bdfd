import type { WordChange } from '../catalog/daemons.ts';
import type { FixOutcome } from '../core/finding.ts';
import { type Argv, argvOf } from '../shell/argv.ts';
import type { Background } from '../shell/background.ts';
import { isReplaceable } from '../shell/hand-over.ts';
import { followedFiles } from '../shell/idle.ts';
import type { Script, SimpleCommand } from '../shell/model.ts';
import { withoutRedirect } from '../shell/redirects.ts';
import { mergeEdits, type TextEdit } from '../text/span.ts';
import { insertItem, remove, set } from '../yaml/edit.ts';
import type { Field } from '../yaml/field.ts';
import { splice } from '../yaml/splice.ts';
import { inSteps } from '../yaml/steps.ts';
import type { ShellBody } from './invocation.ts';

/**
 * Runs the one command that a script leaves in the background in its foreground, in place of what only waited for it.
 * Undefined where that takes more than moving a few words: several commands, others behind them, no foreground mode.
 */
export function intoForeground({ body, script }: ShellBody, { departures, then, rest }: Background): (() => FixOutcome) | undefined {
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
  return changes.length === 0 ? undefined : () => splice(body, changes);
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

/** The words of the wrappers in front of the program. */
function wrapperWords({ wrappers }: Argv): number {
  return wrappers.reduce((count, { words }) => count + words.length, 0);
}

/** Takes words out of `command` and `args` and puts others in, in the place of those where it can. `argv`: whose words the changes count. */
export function changeWords(items: readonly Field[], argv: Argv, changes: readonly WordChange[]): FixOutcome {
  const offset = wrapperWords(argv);
  const root = rootOf(items);
  const steps = changes.flatMap(({ at, remove: count, insert }) => {
    const gone = items.slice(offset + at, offset + at + count);
    const kept = gone.slice(0, insert.length);
    const before = kept.at(-1) ?? items[offset + at - 1];
    return [
      ...kept.map((item, index) => on(item, (field) => set(field, insert[index] ?? ''))),
      ...gone.slice(kept.length).toReversed().map((item) => on(item, remove)),
      ...(before === undefined ? [] : insert.slice(kept.length).toReversed().map((word) => on(before, behind(word)))),
    ];
  });
  return root === undefined ? { kind: 'edits', edits: [] } : inSteps(root, steps);
}

function behind(word: string): (field: Field) => FixOutcome {
  return (field) => (field.parent === undefined ? set(field, word) : insertItem(field.parent, Number(field.key) + 1, word));
}

function on(field: Field, edit: (field: Field) => FixOutcome): (root: Field) => FixOutcome {
  const path: (string | number)[] = [];
  for (let at: Field | undefined = field; at?.key !== undefined; at = at.parent) path.unshift(at.key);
  return (root) => edit(root.at(...path));
}

function rootOf([first]: readonly Field[]): Field | undefined {
  let at = first;
  while (at?.parent !== undefined) at = at.parent;
  return at;
}
