import type { FixOutcome } from '../core/finding.ts';
import { insert, insertItem, type SetOptions } from './edit.ts';
import { Field } from './field.ts';
import { columnOf, commentsAbove, extentEnd, startsLine } from './lines.ts';
import { indent, renderKey, type YamlValue } from './render.ts';
import { type Style, styleOf } from './style.ts';
import { untouchable } from './surgery.ts';

/**
 * A part of a document to be put into another, with its comments. Its lines stand at the left edge, in the layout of texts
 * of our own: block style, two columns a step, dashes indented, no value over several lines but block scalars.
 */
export interface Excerpt {
  readonly value: YamlValue;
  readonly lines: readonly string[];
}

/** An item of a block sequence from the comments above it to the last that is its own; undefined where it has no such lines. */
export function excerptOf(item: Field): Excerpt | undefined {
  const { tree, slot } = Field.placeOf(item);
  const { text } = tree;
  const value = item.plain();
  if (slot === undefined || value === undefined || item.parent?.style !== 'block' || !startsLine(text, slot.start)) return undefined;
  const column = columnOf(text, slot.start);
  const lines = linesOf(text.slice(commentsAbove(text, slot.start, column), extentEnd(text, slot.end, column)));
  return { value, lines: lines.map((line) => line.slice(column)) };
}

/** Which lines of the document's text an excerpt of this item has: from the first to before the second, from 0. */
export function linesOfItem(item: Field): readonly [from: number, to: number] | undefined {
  const { tree, slot } = Field.placeOf(item);
  const excerpt = excerptOf(item);
  if (slot === undefined || excerpt === undefined) return undefined;
  const from = linesOf(tree.text.slice(0, commentsAbove(tree.text, slot.start, columnOf(tree.text, slot.start)))).length;
  return [from, from + excerpt.lines.length];
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/**
 * Puts an item before the one at `index`, behind the last for the number of items, in the layout of its new file: its
 * comments come along where the list is in block style.
 * @param options where a list that does not stand yet goes
 */
export function putItem(sequence: Field, index: number, { value, lines }: Excerpt, options: SetOptions = {}): FixOutcome {
  const style = styleOf(Field.placeOf(sequence).tree);
  const written = relaid(lines, style);
  if (!sequence.absent || typeof sequence.key !== 'string') return insertItem(sequence, index, value, written);
  return untouchable(sequence) ?? insert(sequence, [value], options, [`${renderKey(sequence.key, style)}:`, ...indent(written, style.dash)]);
}

/** A column of an excerpt, and where it stands in another layout. */
interface Level {
  readonly from: number;
  readonly to: number;
}

/** The lines of an excerpt in the layout of another document. */
export function relaid(lines: readonly string[], style: Style): readonly string[] {
  const levels: Level[] = [];
  const result: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const column = depthOf(lines, index);
    if (column === undefined) {
      result.push('');
      continue;
    }
    const level = levelAt(levels, column, /^ *- /.test(contentFrom(lines, index)), style);
    result.push(' '.repeat(level.to) + line.trimStart());
    if (line.trimStart().startsWith('#')) continue;
    const dashes = /^ *((?:- )*)/.exec(line)?.[1]?.length ?? 0;
    if (dashes > 0) levels.push({ from: column + dashes, to: level.to + dashes });
    if (!/(?:^|[\s:-])[|>][-+]?(?:\s+#.*)?$/.test(line)) continue;
    // Behind a key the text stands deeper than the key, behind a dash deeper than the dash.
    const holder = /^ *(?:- )*[|>]/.test(line) ? level : (levels.at(-1) ?? level);
    const shift = holder === level && dashes > 0 ? level.to - column : holder.to - holder.from + style.step - 2;
    for (; index + 1 < lines.length; index += 1) {
      const below = lines[index + 1] ?? '';
      if (below.trim() !== '' && below.length - below.trimStart().length <= holder.from) break;
      result.push(below.trim() === '' ? '' : ' '.repeat(below.length - below.trimStart().length + shift) + below.trimStart());
    }
  }
  return result;
}

/** The column of the line; comments stand where what they speak of stands. Undefined for a line without content. */
function depthOf(lines: readonly string[], index: number): number | undefined {
  const line = lines[index] ?? '';
  return line.trim() === '' ? undefined : line.length - line.trimStart().length;
}

/** The line, or for a comment the first below it that is none. */
function contentFrom(lines: readonly string[], index: number): string {
  return lines.slice(index).find((line) => line.trim() !== '' && !line.trimStart().startsWith('#')) ?? '';
}

function levelAt(levels: Level[], column: number, isItem: boolean, style: Style): Level {
  while ((levels.at(-1)?.from ?? -1) > column) levels.pop();
  const last = levels.at(-1);
  if (last?.from === column) return last;
  const level = { from: column, to: last === undefined ? 0 : last.to + (isItem ? style.dash : style.step) };
  levels.push(level);
  return level;
}
