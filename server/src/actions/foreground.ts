import { serviceOf } from '../engine/catalog/system-services.ts';
import { edits, type FixOutcome } from '../engine/core/finding.ts';
import { type BackgroundUse, type BuildUse, serviceText } from '../engine/dockerfile/background-use.ts';
import { deleteInstruction, innerComments } from '../engine/dockerfile/edit.ts';
import { logLinks } from '../engine/dockerfile/log-links.ts';
import type { Instruction } from '../engine/dockerfile/model.ts';
import type { Start } from '../engine/dockerfile/start.ts';
import { placesOf } from '../engine/dockerfile/start-words.ts';
import type { LeftBehind } from '../engine/shell/left-behind.ts';
import type { TextEdit } from '../engine/text/span.ts';
import { changeWord, rewriteScript } from './start-edits.ts';

/** Keeps the program of a start command in the foreground; undefined where no such edit is sure. */
export function foregroundFix(start: Start, use: BackgroundUse): (() => FixOutcome) | undefined {
  if (use.left === undefined) {
    const { change } = use;
    return change === undefined || placesOf(start)[change.remove > 0 ? change.at : change.at - 1] === undefined ? undefined : () => edits(changeWord(start, change));
  }
  const links = linksFor(start, use.left);
  const changes = changesOf(start, use.left, links !== undefined);
  if (changes === undefined) return undefined;
  return () => {
    const outcome = rewriteScript(start, changes);
    return outcome.kind === 'edits' && links !== undefined ? edits([links, ...outcome.edits]) : outcome;
  };
}

/** Where the command follows the log of a packaged server: links it to the output, where it is then seen without. */
function linksFor(start: Start, { departure: { daemon }, follows }: LeftBehind): TextEdit | undefined {
  const name = daemon === undefined ? undefined : (serviceOf(daemon.label) ?? daemon.label);
  const links = name === undefined || follows === undefined ? undefined : logLinks(start, name);
  return links?.places.files.some(([path]) => path === follows) === true ? links.edit : undefined;
}

function changesOf(start: Start, { departure, background, foreground, follows }: LeftBehind, isLinked: boolean): readonly TextEdit[] | undefined {
  const { command, daemon } = departure;
  const service = daemon === undefined ? undefined : (serviceOf(daemon.label) ?? (isLinked ? daemon.label : undefined));
  if (service === undefined) return foreground;
  const text = serviceText(service, start.stage);
  const { departures, then, rest } = background;
  if (text === undefined || departures.length > 1 || then === 'program' || rest.length > 1 || (follows !== undefined && !isLinked) || command.inside !== 'top') return undefined;
  const body = start.script?.text;
  const removed = body?.slice(command.local.end);
  if (removed === undefined || /(?:^|\s)#|<</.test(removed)) return undefined;
  const handsOver = text.includes('exec ') ? text : `exec ${text}`;
  return [{ span: { start: command.local.start, end: command.local.end + removed.trimEnd().length }, newText: handsOver }];
}

/** Takes the start of a program out of a RUN: the whole RUN where it does nothing else. Undefined where comments would go with it. */
export function withoutBuildUse(instruction: Instruction, { command, background }: BuildUse): (() => FixOutcome) | undefined {
  const { source } = instruction.file;
  if (background.rest.length > 0 || command.inside !== 'top' || instruction.heredocs.length > 0) return undefined;
  const before = source.text.slice(instruction.argsSpan.start, command.span.start);
  if (before.trim() === '') return innerComments(instruction).length > 0 ? undefined : () => edits([deleteInstruction(instruction)]);
  const joint = /[ \t]*(?:&&|;)(?:[ \t]*(?:[\\`][ \t]*)?(?:\r?\n)?)*$/.exec(before);
  const end = instruction.argsSpan.end;
  if (joint === null || source.text.slice(command.span.end, end).trim() !== '') return undefined;
  // `a && \` in front of it: the continuation goes, too.
  const start = instruction.argsSpan.start + joint.index;
  const kept = before.slice(0, joint.index).replace(/(?:[ \t]*[\\`][ \t]*\r?\n[ \t]*)+$/, '');
  return () => edits([{ span: { start: Math.min(start, instruction.argsSpan.start + kept.length), end }, newText: '' }]);
}
