import type { WordChange } from '../engine/catalog/daemons.ts';
import { edits, type FixOutcome } from '../engine/core/finding.ts';
import type { Command } from '../engine/dockerfile/command.ts';
import { deleteInstruction, innerComments, insertBefore } from '../engine/dockerfile/edit.ts';
import type { Start } from '../engine/dockerfile/start.ts';
import { placesOf, type StartScript, startScript } from '../engine/dockerfile/start-words.ts';
import type { Script } from '../engine/shell/model.ts';
import { parseScript } from '../engine/shell/script.ts';
import { sourceOffset, sourceSpan } from '../engine/text/offset-map.ts';
import { applyEdits, mergeEdits, type TextEdit, touches } from '../engine/text/span.ts';
import { execWords } from './init/exec-words.ts';
import { editItems, type Item, itemsOf } from './init/items.ts';
import { replaced } from './init/exec-words.ts';

/** Takes words of an exec form out and puts others in. `at` counts all words of the start command. */
export function changeWord(start: Start, { at, remove, insert }: WordChange): readonly TextEdit[] {
  const places = placesOf(start);
  const place = places[remove > 0 ? at : at - 1];
  if (place === undefined) return [];
  const from = remove > 0 ? place.at : place.at + 1;
  const items = itemsOf(place.command);
  return keepComments(place.command, editItems(place.command, [...items.slice(0, from), ...insert.map((word): Item => ({ word })), ...items.slice(from + remove)]));
}

/** Comments between the lines that edits take away move above the instruction. */
function keepComments({ instruction }: Command, changes: readonly TextEdit[]): readonly TextEdit[] {
  const lost = innerComments(instruction).filter(({ span }) => changes.some((edit) => touches(edit.span, span)));
  const lines = lost.map(({ span }) => instruction.file.source.slice(span));
  return lines.length === 0 ? changes : [insertBefore(instruction, lines, { belowComments: true }), ...changes];
}

/**
 * Changes what the shell of a start command runs. Where the text comes to one program that needs no shell any more, it becomes
 * exec form; else the text is changed in place.
 * @param changes in offsets of the shell's text
 */
export function rewriteScript(start: Start, changes: readonly TextEdit[]): FixOutcome {
  const found = startScript(start);
  if (found === undefined) return edits([]);
  const text = applyEdits(found.script.text, changes);
  const plain = execWords(parseScript(text), false);
  const whole = plain.kind === 'words' ? asWords(start, found, plain.words) : undefined;
  if (whole !== undefined) return edits(whole);
  return edits(spliceScript(found.command, found.script, changes));
}

/** Edits of a shell text as edits of the file: in exec form it stands in a JSON string. */
export function spliceScript(command: Command, { map }: Script, changes: readonly TextEdit[]): readonly TextEdit[] {
  const spliced = mergeEdits(changes).map(({ span, newText }) => {
    const at = sourceOffset(map, span.start);
    const place = span.end > span.start ? sourceSpan(map, span) : { start: at, end: at };
    return { span: place, newText: command.form === 'exec' ? JSON.stringify(newText).slice(1, -1) : newText };
  });
  return keepComments(command, spliced);
}

/** Undefined where words of the same list stand behind the text: they are arguments of the shell. */
function asWords(start: Start, { command, from, at }: StartScript, words: readonly string[]): readonly TextEdit[] | undefined {
  const places = placesOf(start);
  const [first, last] = [places[from], places[at]];
  if (first?.command !== command || last === undefined || at !== start.words.length - 1) return undefined;
  if (command.form === 'exec') {
    const items = itemsOf(command);
    return keepComments(command, editItems(command, [...items.slice(0, first.at), ...words.map((word): Item => ({ word }))]));
  }
  // In shell form an ENTRYPOINT ignored CMD; in exec form CMD would become its arguments.
  const dropped = start.ignored === undefined ? [] : [deleteInstruction(start.ignored.instruction)];
  return mergeEdits([...replaced(command.instruction, words), ...dropped]);
}
