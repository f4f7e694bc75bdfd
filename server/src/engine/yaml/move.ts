import { edits as outcomeOf, type FixOutcome } from '../core/finding.ts';
import { insert, remove, set, type SetOptions } from './edit.ts';
import { Field } from './field.ts';
import { columnOf, commentsAbove, commentsIn, extentEnd, lineEnd, lineStart, startsLine } from './lines.ts';
import { isBlockScalar, type Slot } from './node.ts';
import { inSteps, keysOf, rootOf } from './steps.ts';
import { changeOf, finish, parentOf, refuse, siteOf, untouchable } from './surgery.ts';

/**
 * Takes a key of a map to another map where it does not stand yet, or stands without a value, as it is written: with its quotes, its block scalars,
 * and the comments above it, behind it and in it. Keys that are missing on the way there are made.
 * @param keys the path of the new map; the key keeps its name
 */
export function move(field: Field, keys: readonly (string | number)[], options: SetOptions = {}): FixOutcome {
  const refusal = untouchable(field);
  if (refusal !== undefined) return refusal;
  const { key } = field;
  const value = field.plain();
  if (field.opaque) return refuse('unknown', field);
  if (typeof key !== 'string' || value === undefined) return refuse(field.present ? 'shape' : 'missing', field);
  const from = keysOf(field);
  const entry = entryOf(field);
  // Where the lines cannot be taken as they are, the value is written anew, and comments in it would be lost.
  const isCommented = hasComments(field, entry);
  if (entry === undefined && isCommented) return refuse('commented', field);
  return inSteps(rootOf(field), [
    (root) => {
      const target = root.at(...keys, key);
      if (target.present && !target.isNull) return refuse('taken', target);
      if (target.present) return isCommented ? refuse('commented', field) : set(target, value);
      if (isCommented && !takesLines(target)) return refuse('commented', field);
      return untouchable(target) ?? insert(target, value, options, entry?.lines);
    },
    (root) => removeWhole(root.at(...from)),
  ]);
}

/** Takes a key away, but leaves the comment behind its value where there is one: on a line of its own. */
export function strike(field: Field): FixOutcome {
  const { tree, slot, node } = Field.placeOf(field);
  const holder = parentOf(field);
  if (slot === undefined || holder?.style !== 'block' || node?.kind !== 'scalar' || isBlockScalar(node) || !startsLine(tree.text, slot.start)) return remove(field);
  const [comment] = commentsIn(tree, { start: slot.end, end: lineEnd(tree.text, slot.end) });
  const refusal = untouchable(field);
  if (comment === undefined || refusal !== undefined || holder.slots.length === 1) return refusal ?? remove(field);
  const edit = { span: { start: slot.start, end: comment.start }, newText: '' };
  const intent = changeOf(holder, (before) => before.filter((_, index) => holder.slots[index] !== slot));
  return finish(field, [edit], intent, siteOf(field, holder));
}

interface Written {
  /** At the left edge. */
  readonly lines: readonly string[];
  /** Where the comments above it begin. */
  readonly start: number;
  /** Start of the first line behind it. */
  readonly end: number;
}

/** An entry of a block map with all that belongs to it; undefined where it has no lines for itself. */
function entryOf(field: Field): Written | undefined {
  const { tree, slot } = Field.placeOf(field);
  const { text } = tree;
  if (slot === undefined || field.parent?.style !== 'block' || !startsLine(text, slot.start)) return undefined;
  const column = columnOf(text, slot.start);
  const start = startOf(field, slot, column);
  const end = extentEnd(text, slot.end, column);
  const lines = text.slice(start, end).split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const edge = ' '.repeat(column);
  if (!lines.every((line) => line.startsWith(edge) || line.trim() === '')) return undefined;
  return { start, end, lines: lines.map((line) => line.slice(column)) };
}

/** Comments above the first key speak of the whole map. */
function startOf(field: Field, slot: Slot, column: number): number {
  const { text } = Field.placeOf(field).tree;
  const isFirst = field.parent?.keys()[0] === field.key;
  return isFirst ? lineStart(text, slot.start) : commentsAbove(text, slot.start, column);
}

/** Goes the new key among those of a block map, so that its lines stay as they are? */
function takesLines(target: Field): boolean {
  const above = target.parent;
  if (above?.present === false) return takesLines(above);
  return above?.kind === 'map' && above.style === 'block' && !above.isEmpty;
}

function hasComments(field: Field, entry: Written | undefined): boolean {
  const { tree, slot } = Field.placeOf(field);
  const span = entry ?? slot;
  return span !== undefined && commentsIn(tree, span).length > 0;
}

/** Takes away the comments above it, too. */
function removeWhole(field: Field): FixOutcome {
  const { tree, slot } = Field.placeOf(field);
  const entry = entryOf(field);
  const outcome = remove(field);
  if (outcome.kind === 'refused' || slot === undefined || entry === undefined) return outcome;
  const span = { start: entry.start, end: lineStart(tree.text, slot.start) };
  return span.start === span.end ? outcome : outcomeOf([{ span, newText: '' }, ...outcome.edits]);
}
