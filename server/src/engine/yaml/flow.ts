import type { TextEdit } from '../text/span.ts';
import { type Attempt, renderWord } from './block.ts';
import { beginsLine, type FlowLayout, inLine, onLines, renderLaidOut, renderPair } from './flow-layout.ts';
import { columnOf, commentsIn, eolAt, leading, lineEnd, lineStart, nextLine, startsLine } from './lines.ts';
import { isMissing, type MapNode, type SequenceNode, type Slot } from './node.ts';
import { renderFlow, type YamlValue } from './render.ts';
import type { Style } from './style.ts';
import type { Tree } from './tree.ts';

/** Edits of flow collections, on one line or several. */

/** Is the document JSON, so that what is written into it must be too? */
export function isJson({ root }: Tree): boolean {
  if (root?.kind === 'map' && root.style === 'flow') return root.slots[0]?.key.kind === 'scalar' && root.slots[0].key.style === 'double';
  return root?.kind === 'sequence' && root.style === 'flow';
}

/** An item, or with a key a pair. */
export interface NewSlot {
  readonly key: string | undefined;
  readonly value: YamlValue;
  /** The value of an item as it is to be written; undefined for the style of the file. */
  readonly written?: string | undefined;
}

/** Puts `item` behind the slot at `index`, before the first for -1; on a line of its own where that slot has one. */
export function insertFlow(tree: Tree, collection: MapNode | SequenceNode, index: number, item: NewSlot, style: Style): Attempt {
  const { text } = tree;
  const json = isJson(tree);
  const first = collection.slots[0];
  if (first === undefined) return fill(tree, collection, item, style);
  const slot = index < 0 ? first : collection.slots[index];
  if (slot === undefined) return 'unusual';
  const layout = beginsLine(text, slot.start) ? onLines(tree, slot.start, json, style) : inLine(json, style);
  const written = write(item, layout);
  const separator = layout.lines === undefined ? ' ' : layout.lines.eol + layout.lines.indent;
  if (index < 0) return [insertion(first.start, `${written},${separator}`)];
  const end = Math.min(lineEnd(text, slot.end), collection.end);
  const next = collection.slots[index + 1];
  const isLastOnLine = next === undefined || next.start > end;
  const [comment] = isLastOnLine ? commentsIn(tree, { start: slot.end, end }) : [];
  if (comment === undefined) return [insertion(slot.end, `,${separator}${written}`)];
  // The comment speaks of this slot: the new one goes to a line of its own below.
  const below = nextLine(text, slot.end);
  const line = `${layout.lines?.indent ?? ' '.repeat(columnOf(text, first.start))}${written}`;
  const eol = eolAt(text, below);
  if (slot.comma === undefined) return [insertion(slot.end, ','), insertion(below, line + eol)];
  return slot.comma < comment.start ? [insertion(below, `${line},${eol}`)] : 'unusual';
}

/** What stands before a value that has a line for itself and its key. */
const keyAlone = /^[ \t]*(?:(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'{}[\],:#]+)[ \t]*:[ \t]*)?$/;

/** The first slot of an empty collection. */
function fill(tree: Tree, collection: MapNode | SequenceNode, { key, value }: NewSlot, style: Style): Attempt {
  const { text } = tree;
  const inner = { start: collection.start + 1, end: collection.end - 1 };
  if (!/^[ \t]*$/.test(text.slice(inner.start, inner.end))) return 'unusual';
  const json = isJson(tree);
  const isOnLines = collection !== tree.root && keyAlone.test(leading(text, collection.start));
  const layout = isOnLines ? onLines(tree, collection.start, json, style) : inLine(json, style);
  return [{ span: inner, newText: renderLaidOut(key === undefined ? [value] : { [key]: value }, layout).slice(1, -1) }];
}

function write({ key, value, written }: NewSlot, layout: FlowLayout): string {
  if (written !== undefined) return written;
  return key === undefined ? renderLaidOut(value, layout) : renderPair(key, value, layout);
}

function insertion(at: number, newText: string): TextEdit {
  return { span: { start: at, end: at }, newText };
}

/** Another value for a slot of a flow collection. */
export function replaceFlowValue(tree: Tree, slot: Slot, value: YamlValue, style: Style): Attempt {
  const { value: old, indicator } = slot;
  if (commentsIn(tree, old).length > 0) return 'commented';
  const isQuoted = old.kind === 'scalar' && (old.style === 'single' || old.style === 'double') && typeof value === 'string';
  const json = isJson(tree);
  const layout = beginsLine(tree.text, slot.start) ? onLines(tree, slot.start, json, style) : inLine(json, style);
  const word = isQuoted && !json ? renderWord(old, value, style) : renderLaidOut(value, layout);
  if (!isMissing(old)) return [{ span: { start: old.start, end: old.end }, newText: word }];
  if (slot.key === undefined) return 'unusual';
  return [indicator === undefined ? insertion(slot.end, `: ${word}`) : insertion(indicator, ` ${word}`)];
}

/** Takes a slot away, with its comma, and with its lines and their comment where it has them for itself. */
export function removeFlowSlot(tree: Tree, collection: MapNode | SequenceNode, index: number): Attempt {
  const { text } = tree;
  const slot = collection.slots[index];
  if (slot === undefined) return 'unusual';
  const previous = collection.slots[index - 1];
  const next = collection.slots[index + 1];
  const behind = text.slice(slot.end, lineEnd(text, slot.end));
  const ownsLines = startsLine(text, slot.start) && /^[ \t]*,?[ \t]*(?:#.*)?$/.test(behind) && !(slot.comma === undefined && next !== undefined);
  if (ownsLines && (slot.comma === undefined || slot.comma < slot.end + behind.length)) {
    const lines = { span: { start: lineStart(text, slot.start), end: nextLine(text, slot.end) }, newText: '' };
    if (next !== undefined || slot.comma !== undefined || previous?.comma === undefined) return [lines];
    return [{ span: { start: previous.comma, end: previous.comma + 1 }, newText: '' }, lines];
  }
  const [start, end] =
    next !== undefined
      ? [slot.start, next.start]
      : previous !== undefined
        ? [previous.end, slot.end]
        : [collection.start + 1, collection.end - 1];
  return commentsIn(tree, { start, end }).length > 0 ? 'commented' : [{ span: { start, end }, newText: '' }];
}

/** A flow collection put under new keys, on its line. */
export function wrapFlow(tree: Tree, collection: MapNode | SequenceNode, keys: readonly string[], style: Style): Attempt {
  const opening = keys.map((key) => `{${isJson(tree) ? JSON.stringify(key) : renderFlow(key, style)}: `).join('');
  return [insertion(collection.start, opening), insertion(collection.end, '}'.repeat(keys.length))];
}
