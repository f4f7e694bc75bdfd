import type { Span, TextEdit } from '../text/span.ts';
import { columnOf, commentsAbove, commentsIn, eolAt, extentEnd, headEnd, leading, lineAfter, lineEnd, lineStart, nextLine, replaceLines, startsLine } from './lines.ts';
import { isBlockScalar, isMissing, type MapNode, type Node, type SequenceNode, type Slot, slotsOf } from './node.ts';
import type { Reason } from './refusals.ts';
import { fitsBlockScalar, indent, isBranch, isList, quoted, renderBlock, renderInline, renderLeaf, type YamlValue } from './render.ts';
import type { Style } from './style.ts';
import type { Tree } from './tree.ts';

/** Edits of block collections: whole lines, unless a line is shared with a dash. */
export type Attempt = readonly TextEdit[] | Reason;

/** Can the column of what stands at `offset` be told? Not behind tabs, `?` or anchors. */
export function hasPlainLead(text: string, offset: number): boolean {
  return /^ *(?:- +)*$/.test(leading(text, offset));
}

/** New lines behind the slot at `index`: behind its value, its comment on the same line and deeper comments below. */
export function insertAfter({ text }: Tree, collection: MapNode | SequenceNode, index: number, lines: readonly string[]): Attempt {
  const slot = collection.slots[index];
  if (slot === undefined || !hasPlainLead(text, slot.start)) return 'unusual';
  const column = columnOf(text, slot.start);
  // Without a line end behind its last line a block scalar has none in its value: to add one would change the value.
  if (endsOpen(text, slot)) return insertBefore(text, collection, index, lines);
  const isFlush = slot.value.kind === 'sequence' && slot.value.style === 'block' && columnOf(text, slot.value.start) === column;
  const at = extentEnd(text, slot.end, column, isFlush);
  return [replaceLines(text, at, at, indent(lines, column))];
}

/** New lines before the slot at `index` and the comments above it. */
export function insertBefore(text: string, collection: MapNode | SequenceNode, index: number, lines: readonly string[]): Attempt {
  const slot = collection.slots[index];
  if (slot === undefined || !hasPlainLead(text, slot.start)) return 'unusual';
  const column = columnOf(text, slot.start);
  if (startsLine(text, slot.start)) {
    // Comments above the first key speak of the whole map, or of the file.
    const isFirstKey = index === 0 && collection.kind === 'map';
    const at = isFirstKey ? lineStart(text, slot.start) : commentsAbove(text, slot.start, column);
    return [replaceLines(text, at, at, indent(lines, column))];
  }
  const eol = eolAt(text, slot.start);
  const newText = `${[...lines.slice(0, 1), ...indent(lines.slice(1), column)].join(eol)}${eol}${' '.repeat(column)}`;
  return [{ span: { start: slot.start, end: slot.start }, newText }];
}

/** Does the text end in a block scalar that has no line end in its value, for want of one behind it? */
export function endsOpen(text: string, slot: Slot): boolean {
  if (slot.end !== text.length || text.endsWith('\n')) return false;
  const last = lastOf(slot.value);
  return isBlockScalar(last) && !text.slice(last.start, headEnd(text, last)).includes('-');
}

/** The node whose content ends where that of `node` ends. */
function lastOf(node: Node): Node {
  const last = slotsOf(node).at(-1);
  return last === undefined ? node : lastOf(last.value);
}

/** Another value behind the key or dash of a slot in a block collection. */
export function replaceValue(tree: Tree, slot: Slot, value: YamlValue, style: Style): Attempt {
  const { text } = tree;
  const { indicator, value: old } = slot;
  if (indicator === undefined || !hasPlainLead(text, slot.start)) return 'unusual';
  const column = columnOf(text, slot.start);
  const isBelow = !isMissing(old) && lineStart(text, old.start) > indicator;
  if (isBelow && (old.kind === 'scalar' || slotsOf(old).length === 0 || !isBlock(old))) return replaceBelow(text, slot, column, value, style);
  const isItem = slot.key === undefined;
  const itemColumn = isMissing(old) || isBelow ? column + 2 : columnOf(text, old.start);
  const [head, rest] = isBranch(value)
    ? branchLines(renderBlock(value, style), isItem ? itemColumn : column + (isList(value) ? style.dash : style.step), isItem)
    : leafLines(tree, slot, value, column, style);
  if (isMissing(old)) {
    const at = nextLine(text, indicator);
    return [...behind(text, indicator, head), ...(rest.length > 0 ? [replaceLines(text, at, at, rest)] : [])];
  }
  if (isBlock(old)) return replaceCollection(tree, slot, isBelow, column, head, rest);
  const end = headEnd(text, old);
  const first = head === '' ? { span: { start: indicator, end }, newText: '' } : { span: { start: old.start, end }, newText: head };
  // The lines of a block scalar go; behind every other value there is nothing to replace.
  const from = nextLine(text, end);
  const to = isBlockScalar(old) ? Math.max(from, old.end) : from;
  if (rest.length === 0 && from === to) return [first];
  const below = replaceLines(text, from, to, rest);
  // Without a line end behind the value both stand at the end of the text: one edit, because edits must not touch.
  if (below.span.start > first.span.end) return [first, below];
  return [{ span: { start: first.span.start, end: below.span.end }, newText: first.newText + below.newText }];
}

function isBlock(node: Node): boolean {
  return (node.kind === 'map' || node.kind === 'sequence') && node.style === 'block';
}

/** The part that stands behind the indicator, and the lines below. */
type Lines = readonly [head: string, rest: readonly string[]];

function branchLines(lines: readonly string[], column: number, isItem: boolean): Lines {
  return isItem ? [lines[0] ?? '', indent(lines.slice(1), column)] : ['', indent(lines, column)];
}

function leafLines({ text }: Tree, slot: Slot, value: YamlValue, column: number, style: Style): Lines {
  const { value: old } = slot;
  // Deeper comments below would become part of a block scalar.
  const end = isMissing(old) ? slot.end : old.end;
  const isFollowed = !isBlock(old) && extentEnd(text, end, column) > lineAfter(text, end);
  if (!fitsBlockScalar(value) || isFollowed) return [renderWord(old, value, style), []];
  const [head = '', ...rest] = renderLeaf(value, style, column + (slot.key === undefined ? 2 : style.step));
  return [head, rest];
}

/** On one line, in the quotes that the old value stands in. */
export function renderWord(old: Node, value: YamlValue, style: Style): string {
  if (old.kind === 'scalar' && typeof value === 'string') {
    if (old.style === 'double') return quoted(value, '"');
    if (old.style === 'single') return quoted(value, "'");
  }
  return renderInline(value, style);
}

function behind(text: string, indicator: number, head: string): readonly TextEdit[] {
  if (head === '') return [];
  const end = lineEnd(text, indicator);
  const isBlank = /^[ \t]*$/.test(text.slice(indicator, end));
  return [{ span: { start: indicator, end: isBlank ? end : indicator }, newText: ` ${head}` }];
}

/** A scalar or flow collection that stands on a line of its own below its key: the new value takes its place there. */
function replaceBelow(text: string, slot: Slot, column: number, value: YamlValue, style: Style): Attempt {
  const { value: old } = slot;
  const at = columnOf(text, old.start);
  if (isBlockScalar(old) || !startsLine(text, old.start) || at <= column) return 'unusual';
  const lines = isBranch(value) ? renderBlock(value, style) : [renderWord(old, value, style)];
  const [first = '', ...rest] = lines;
  const edit = { span: { start: old.start, end: old.end }, newText: first };
  const below = nextLine(text, old.end);
  return rest.length > 0 ? [edit, replaceLines(text, below, below, indent(rest, at))] : [edit];
}

function replaceCollection(tree: Tree, slot: Slot, isBelow: boolean, column: number, head: string, rest: readonly string[]): Attempt {
  const { text } = tree;
  const { value: old, indicator = slot.start } = slot;
  const to = extentEnd(text, slot.end, column);
  const from = isBelow ? nextLine(text, indicator) : old.start;
  if (commentsIn(tree, { start: from, end: to }).length > 0) return 'commented';
  if (isBelow) return [...behind(text, indicator, head), replaceLines(text, from, to, rest)];
  const eol = eolAt(text, old.start);
  return [{ span: { start: old.start, end: endOfLines(text, to) }, newText: [head, ...rest].join(eol) }];
}

/** The end of the line before `to` (the start of a line, or the end of the text), without its line end. */
function endOfLines(text: string, to: number): number {
  return to > 0 && text.charCodeAt(to - 1) === 10 ? lineEnd(text, lineStart(text, to - 1)) : to;
}

/**
 * Takes a slot away, with its comment on the same line and deeper comments below. Comments above it stay. The last slot
 * leaves `{}` or `[]` behind `holder`, the slot whose value the collection is (undefined for the root).
 */
export function removeSlot(tree: Tree, collection: MapNode | SequenceNode, index: number, holder: Slot | undefined): Attempt {
  const { text } = tree;
  const slot = collection.slots[index];
  if (slot === undefined || !hasPlainLead(text, slot.start)) return 'unusual';
  const column = columnOf(text, slot.start);
  // Among dashes in flush style a comment may speak of the keys around as well as of the items.
  if (commentsIn(tree, slot).some(({ start }) => startsLine(text, start) && columnOf(text, start) <= column)) return 'commented';
  const to = extentEnd(text, slot.end, column);
  const from = lineStart(text, slot.start);
  if (collection.slots.length === 1) {
    const empty = collection.kind === 'map' ? '{}' : '[]';
    const isBelow = holder?.indicator !== undefined && from > holder.indicator;
    if (isBelow) return [{ span: { start: holder.indicator, end: holder.indicator }, newText: ` ${empty}` }, removeLines(text, from, to, false)];
    return [{ span: { start: slot.start, end: endOfLines(text, to) }, newText: empty }];
  }
  if (startsLine(text, slot.start)) {
    const previous = collection.slots[index - 1];
    const followsScalar = previous?.end === from && isBlockScalar(lastOf(previous.value));
    return [removeLines(text, from, to, followsScalar)];
  }
  const next = collection.slots[index + 1];
  return next === undefined ? 'unusual' : removeFirst(text, slot, next, to);
}

/** Keeps the line end before the lines where a block scalar's value ends with it. */
function removeLines(text: string, from: number, to: number, keepsLineEnd: boolean): TextEdit {
  return keepsLineEnd ? { span: { start: from, end: to }, newText: '' } : replaceLines(text, from, to, []);
}

/** The first slot shares its line with a dash: the next one moves up to it, and comments between go above the dash. */
function removeFirst(text: string, slot: Slot, next: Slot, to: number): Attempt {
  const between = text.slice(to, lineStart(text, next.start));
  const comments = between.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const lead = leading(text, slot.start);
  if (comments.length > 0 && !/^ *- +$/.test(lead)) {
    // Behind several dashes there is no line above for the comments: what follows stays where it is, below the dashes.
    return [{ span: { start: slot.start - (/ *$/.exec(lead)?.[0].length ?? 0), end: endOfLines(text, to) }, newText: '' }];
  }
  const at = lineStart(text, slot.start);
  const above = comments.map((comment) => ' '.repeat(lead.indexOf('-')) + comment + eolAt(text, slot.start)).join('');
  const gone: TextEdit = { span: { start: slot.start, end: next.start }, newText: '' };
  return above === '' ? [gone] : [{ span: { start: at, end: at }, newText: above }, gone];
}

/** The lines of a block collection moved under new keys, comments along. `holder` as above. */
export function wrapLines({ text }: Tree, collection: MapNode | SequenceNode, holder: Slot | undefined, keys: readonly string[], step: number): Attempt {
  if (!hasPlainLead(text, collection.start)) return 'unusual';
  const own = columnOf(text, collection.start);
  const outer = holder === undefined ? own : columnOf(text, holder.start);
  const eol = eolAt(text, collection.start);
  const shift = keys.length * step;
  // Dashes in flush style stand at the column of their key: the new key cannot.
  const column = holder !== undefined && own === outer ? own + step : own;
  const heads = keys.map((key, index) => `${' '.repeat(column + index * step)}${key}:`);
  const to = extentEnd(text, collection.end, outer);
  const isCompact = !startsLine(text, collection.start);
  const from = isCompact || holder?.indicator === undefined ? lineStart(text, collection.start) : nextLine(text, holder.indicator);
  const moved = shifts(text, { start: isCompact ? nextLine(text, from) : from, end: to }, ' '.repeat(shift));
  const opening = isCompact
    ? { span: { start: collection.start, end: collection.start }, newText: `${heads.join(eol).slice(own)}${eol}${' '.repeat(own + shift)}` }
    : { span: { start: from, end: from }, newText: heads.map((line) => line + eol).join('') };
  return [opening, ...moved];
}

function shifts(text: string, { start, end }: Span, space: string): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  for (let at = start; at < end; at = nextLine(text, at)) {
    if (lineEnd(text, at) > at) edits.push({ span: { start: at, end: at }, newText: space });
  }
  return edits;
}
