import { edits, refused, type FixOutcome } from '../engine/core/finding.ts';
import { message, type Text } from '../engine/core/message.ts';
import type { Command } from '../engine/dockerfile/command.ts';
import { deleteInstruction } from '../engine/dockerfile/edit.ts';
import { stageFacts } from '../engine/dockerfile/facts.ts';
import { hasShell } from '../engine/dockerfile/family.ts';
import { hidesApplication } from '../engine/dockerfile/shutdown.ts';
import { takesArguments, type Start } from '../engine/dockerfile/start.ts';
import { toExecForm } from '../engine/shell/exec-form.ts';
import { isReplaceable, lastCommand } from '../engine/shell/hand-over.ts';
import type { TextEdit } from '../engine/text/span.ts';
import { execWords, replaced, wordsFor } from './init/exec-words.ts';
import { inWords } from './init/rewrite.ts';

const reasons = {
  noShell: {
    en: 'This command needs a shell, and the image has none; do its work at build time, or in the program itself.',
    zh: '此命令需要 shell，而镜像中没有；请在构建时或在程序中完成这些工作。',
  },
  arguments: {
    en: 'CMD holds the arguments of the ENTRYPOINT here, and this text is more than plain words.',
    zh: '此处的 CMD 是 ENTRYPOINT 的参数，而这段文本并非单纯的参数。',
  },
} satisfies Readonly<Record<string, Text>>;

/**
 * CMD or ENTRYPOINT in shell form, written in exec form. What needs a shell keeps one that hands over by `exec`. A CMD that
 * an ENTRYPOINT in shell form has made useless goes: in exec form it would come back to life.
 * @param hides a package manager stands before the application and has to be told to hand over
 */
export function execFormOf(command: Command, hides = false): FixOutcome {
  const { instruction } = command;
  const { stage, keyword } = instruction;
  const result = execWords(command.script, hides);
  if (result.kind === 'refused') return refused(result.reason);
  if (result.kind === 'text' && stage !== undefined && hasShell(stage) === false) return refused(message(reasons.noShell));
  if (result.kind === 'text' && keyword === 'CMD' && takesArguments(command)) return refused(message(reasons.arguments));
  const dropped = keyword === 'ENTRYPOINT' ? uselessCommand(command) : [];
  return edits([...replaced(instruction, wordsFor(instruction, result)), ...dropped]);
}

/** Puts `exec` before the last command of a text in shell form. Undefined where it does not belong there, or the shell is not needed at all. */
export function execInPlace({ script }: Command): FixOutcome | undefined {
  const command = script === undefined ? undefined : lastCommand(script);
  const word = command?.name;
  if (script === undefined || word === undefined || command?.assignments.length !== 0 || !isReplaceable(script, word)) return undefined;
  const form = toExecForm(script);
  return form.kind === 'shell-exec' ? edits([{ span: { start: word.span.start, end: word.span.start }, newText: 'exec ' }]) : undefined;
}

/** Takes the shell out of the way of the program it runs, wherever it stands: in shell form, or as `sh -c` in exec form. */
export function withoutShell(start: Start): FixOutcome {
  const { entrypoint, cmd } = start;
  const hides = hidesApplication(start);
  const commands = [entrypoint, cmd].filter((each) => each !== undefined);
  const shell = commands.find(({ form }) => form === 'shell');
  if (shell !== undefined) return execFormOf(shell, hides);
  const result = inWords({ start, hides }, commands, []);
  return result.kind === 'edits' ? edits(result.edits) : refused(result.reason);
}

function uselessCommand({ instruction: { stage } }: Command): readonly TextEdit[] {
  const cmd = stage === undefined ? undefined : stageFacts(stage).cmd;
  return cmd === undefined || cmd.empty || cmd.instruction.stage !== stage ? [] : [deleteInstruction(cmd.instruction)];
}
