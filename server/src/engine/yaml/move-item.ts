import { edits as outcomeOf, type FixOutcome } from '../core/finding.ts';
import { insert, insertItem, remove, type SetOptions } from './edit.ts';
import { Field } from './field.ts';
import { columnOf, commentsAbove, commentsIn, extentEnd, lineStart, startsLine } from './lines.ts';
import { indent } from './render.ts';
import { inSteps, keysOf, rootOf } from './steps.ts';
import { styleOf } from './style.ts';
import { refuse, untouchable } from './surgery.ts';

/**
 * Takes an item of a list to another list, as it is written: with its quotes, its block scalars, and the comments above it, behind it and
 * in it. A list that is not there is made, and one that is left without items goes with its key.
 * @param list where it goes; at another path than the item's own list
 * @param index before which item; behind the last for the number of items
 */
export function moveItem(item: Field, list: Field, index: number, options: SetOptions = {}): FixOutcome {
  const { parent, key } = item;
  const refusal = untouchable(item) ?? untouchable(list);
  if (refusal !== undefined) return refusal;
  const value = item.plain();
  if (parent === undefined || typeof key !== 'number' || parent === list) return refuse('shape', item);
  if (value === undefined) return refuse('unknown', item);
  const written = linesOf(item);
  const isCommented = commentsIn(Field.placeOf(item).tree, written ?? Field.placeOf(item).slot ?? { start: 0, end: 0 }).length > 0;
  const takesLines = list.absent || (list.style === 'block' && !list.isEmpty);
  if (isCommented && (written === undefined || !takesLines)) return refuse('commented', item);
  const [from, to] = [keysOf(item), keysOf(list)];
  return inSteps(rootOf(item), [
    (root) => {
      const target = root.at(...to);
      if (!target.absent) return insertItem(target, index, value, takesLines ? written?.lines : undefined);
      const { dash } = styleOf(Field.placeOf(target.parent ?? target).tree);
      return insert(target, [value], options, written === undefined ? undefined : [`${String(target.key)}:`, ...indent(written.lines, dash)]);
    },
    (root) => removeWhole(root.at(...from)),
  ]);
}

interface Written {
  /** At the left edge, the first item line with its dash. */
  readonly lines: readonly string[];
  /** Where the comments above it begin. */
  readonly start: number;
  /** Start of the first line behind it. */
  readonly end: number;
}

/** An item of a block list with all that belongs to it; undefined where it has no lines for itself. */
function linesOf(item: Field): Written | undefined {
  const { tree, slot } = Field.placeOf(item);
  const { text } = tree;
  if (slot === undefined || item.parent?.style !== 'block' || !startsLine(text, slot.start)) return undefined;
  const column = columnOf(text, slot.start);
  const start = commentsAbove(text, slot.start, column);
  const end = extentEnd(text, slot.end, column);
  const lines = text.slice(start, end).split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const edge = ' '.repeat(column);
  if (!lines.every((line) => line.startsWith(edge) || line.trim() === '')) return undefined;
  return { start, end, lines: lines.map((line) => line.slice(column)) };
}

/** Takes away the comments above it, too. */
function removeWhole(item: Field): FixOutcome {
  const { tree, slot } = Field.placeOf(item);
  const { parent } = item;
  if (parent?.items().length === 1 && parent.parent !== undefined) return remove(parent);
  const written = linesOf(item);
  const outcome = remove(item);
  if (outcome.kind === 'refused' || slot === undefined || written === undefined) return outcome;
  const span = { start: written.start, end: lineStart(tree.text, slot.start) };
  if (span.start === span.end) return outcome;
  const [first] = outcome.edits;
  // At the end of a file without a last line end, the one above goes: here that above the comments.
  if (first !== undefined && first.span.start < span.end) {
    const kept = /\r?\n?$/.exec(tree.text.slice(0, span.start))?.index ?? span.start;
    return outcomeOf([{ span: { start: kept, end: first.span.end }, newText: '' }, ...outcome.edits.slice(1)]);
  }
  return outcomeOf([{ span, newText: '' }, ...outcome.edits]);
}
