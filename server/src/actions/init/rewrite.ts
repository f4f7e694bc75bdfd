import type { Init } from '../../engine/catalog/inits.ts';
import { knownProgram } from '../../engine/catalog/programs.ts';
import type { Message } from '../../engine/core/message.ts';
import type { Command } from '../../engine/dockerfile/command.ts';
import { deleteInstruction, execFormFor, insertBefore, replaceArguments } from '../../engine/dockerfile/edit.ts';
import { stageFacts } from '../../engine/dockerfile/facts.ts';
import type { Instruction } from '../../engine/dockerfile/model.ts';
import { isScript, type Start } from '../../engine/dockerfile/start.ts';
import type { TextEdit } from '../../engine/text/span.ts';
import { execWords, replaced, wordsFor } from './exec-words.ts';
import { handOverItems } from './handover.ts';
import type { Installation } from './install.ts';
import { editItems, itemsOf, type Item } from './items.ts';
import { inStyle } from './lines.ts';
import { reason } from './reasons.ts';

/** The edits that put an init in front of a command, without those that install it. */
export type Rewrite =
  | { readonly kind: 'edits'; readonly edits: readonly TextEdit[] }
  | { readonly kind: 'refused'; readonly reason: Message };

export interface Task {
  readonly start: Start;
  readonly init: Init;
  readonly installed: Extract<Installation, { kind: 'installed' }>;
  /** A package manager in front of the application has to be told to hand over to it. */
  readonly hides: boolean;
}

/**
 * - An ENTRYPOINT of the file: the init goes in front of its words.
 * - None in the file nor in the base image: the init becomes ENTRYPOINT, and CMD its arguments.
 * - One in the base image, or nobody knows: it stays, because a new one would hide it; the init goes in front of the words of CMD.
 * Shell form becomes exec form: behind an init, a shell that stays is as deaf as before.
 */
export function rewrite(task: Task): Rewrite {
  const { entrypoint, cmd } = task.start;
  if (entrypoint !== undefined) return inEntrypoint(task, entrypoint, cmd);
  return cmd === undefined ? refused(reason('unchecked')) : inCommand(task, cmd);
}

function inEntrypoint(task: Task, entrypoint: Command, cmd: Command | undefined): Rewrite {
  const { start, init, installed } = task;
  const front = [installed.path, ...init.options, '--'];
  if (entrypoint.form === 'exec') {
    return cmd?.form === 'shell' ? refused(reason('shellArguments')) : inWords(task, [entrypoint, ...(cmd === undefined ? [] : [cmd])], front);
  }
  const result = execWords(entrypoint.script, task.hides);
  if (result.kind === 'refused') return result;
  // In shell form it ignored CMD; in exec form CMD would become its arguments.
  const dropped = start.ignored === undefined ? [] : [deleteInstruction(start.ignored.instruction)];
  return edits([...replaced(entrypoint.instruction, [...front, ...wordsFor(entrypoint.instruction, result)]), ...dropped]);
}

function inCommand(task: Task, cmd: Command): Rewrite {
  const { init, installed, start } = task;
  const { stage, inherited } = start;
  const [first] = inherited ?? [];
  if (first !== undefined && !isScript(first)) return refused(reason('baseEntrypoint', { image: stage.from.imageText, program: first }));
  const free = inherited?.length === 0;
  // A bare word may be an argument of an entrypoint nobody knows; a known program, a path and a shell's text are none.
  if (inherited === undefined && cmd.form === 'exec' && !isProgram(start)) return refused(reason('unknownEntrypoint', { image: stage.from.imageText }));
  // dumb-init takes its first word for the program; written so in the guide of the node images.
  const front = free ? [] : [installed.command, ...init.options, ...(init.options.length > 0 ? ['--'] : [])];
  const entrypoint = free ? [installed.path, ...init.options, '--'] : undefined;
  if (cmd.form === 'exec') {
    const rest = inWords(task, [cmd], front);
    return rest.kind === 'edits' && entrypoint !== undefined ? edits([...newEntrypoint(task, cmd.instruction, entrypoint), ...rest.edits]) : rest;
  }
  const result = execWords(cmd.script, task.hides);
  if (result.kind === 'refused') return result;
  return edits(replaced(cmd.instruction, [...front, ...wordsFor(cmd.instruction, result)], entrypoint === undefined ? [] : newEntrypoint(task, cmd.instruction, entrypoint)));
}

function isProgram({ words: [first], argv: { name, args } }: Start): boolean {
  return first?.includes('/') === true || (name !== undefined && knownProgram(name, args) !== undefined);
}

/** Changes the elements of exec forms that together are one command: ENTRYPOINT and CMD, or CMD alone. A shell among them hands over or goes. */
export function inWords({ start, hides }: Pick<Task, 'start' | 'hides'>, commands: readonly Command[], front: readonly string[]): Rewrite {
  const { wrappers, args } = start.argv;
  const { script } = start;
  const lists = commands.map(itemsOf);
  const shell = wrappers.findIndex(({ kind }) => kind === 'shell');
  const before = wrappers.slice(0, Math.max(shell, 0)).reduce((count, { words }) => count + words.length, 0);
  if (shell >= 0) {
    const body = before + (wrappers[shell]?.words.length ?? 0);
    const result = execWords(script, hides);
    if (result.kind === 'refused') return result;
    const [list, at] = whereIs(commands, body);
    const [home] = whereIs(commands, before);
    const items = lists[list] ?? [];
    // The shell keeps what CMD gives it from its program; without the shell, the program would get it.
    const alone = list === home && at === items.length - 1 && list === commands.length - 1;
    const from = alone && result.kind === 'words' ? at - (body - before) : at;
    const text = result.kind === 'text' ? result.text : `exec ${script?.text.trim().replace(/^exec\s+/, '') ?? ''}`;
    const words = alone && result.kind === 'words' ? result.words : [text];
    const same = words.length === 1 && words[0] === commands[list]?.words[at] && from === at;
    if (!same) lists[list] = [...items.slice(0, from), ...words.map((word) => ({ word })), ...items.slice(at + 1)];
  } else if (hides) {
    const [list, at] = whereIs(commands, start.words.length - args.length - 1);
    lists[list] = handOverItems(lists[list] ?? [], at);
  }
  lists[0] = [...front.map((word): Item => ({ word })), ...(lists[0] ?? [])];
  return edits(commands.flatMap((command, index) => editItems(command, lists[index] ?? [])));
}

/** Which command the word at `index` of all of them stands in, and where. */
function whereIs(commands: readonly Command[], index: number): readonly [number, number] {
  const first = commands[0]?.words.length ?? 0;
  return index < first ? [0, index] : [1, index - first];
}

/** ENTRYPOINT in front of CMD and its comments, or in the place of an empty one. */
function newEntrypoint({ start }: Task, cmd: Instruction, words: readonly string[]): readonly TextEdit[] {
  const empty = stageFacts(start.stage).entrypoint?.instruction;
  if (empty?.stage !== undefined && empty.stage === cmd.stage) return [replaceArguments(empty, execFormFor(empty, words))];
  const line = `ENTRYPOINT ${execFormFor(cmd, words, 'ENTRYPOINT')}`;
  return [insertBefore(cmd, [cmd.stage === undefined ? line : inStyle(cmd.stage, line)])];
}

function edits(list: readonly TextEdit[]): Rewrite {
  return { kind: 'edits', edits: list };
}

function refused(why: Message): Rewrite {
  return { kind: 'refused', reason: why };
}
