import { edits as outcomeOf, type FixOutcome } from '../core/finding.ts';
import { insertAfter, insertBefore, removeSlot, replaceValue, wrapLines } from './block.ts';
import { Field } from './field.ts';
import { insertFlow, isJson, removeFlowSlot, replaceFlowValue, wrapFlow } from './flow.ts';
import { columnOf } from './lines.ts';
import { isWritten, toNest, toWrite } from './likeness.ts';
import type { MapNode, SequenceNode, Slot } from './node.ts';
import { indent, nest, quoted, renderEntry, renderItem, renderKey, type YamlValue } from './render.ts';
import { type Style, styleOf } from './style.ts';
import { changeOf, finish, hasAnchor, parentOf, refuse, siteOf, untouchable } from './surgery.ts';
import type { Tree } from './tree.ts';

export interface SetOptions {
  /** A new key goes behind the last of these that its map has; behind all keys where it has none of them. */
  readonly after?: readonly string[];
  /** A new key goes before the first of these that its map has; as `after` says where it has none of them. */
  readonly before?: readonly string[];
}

/**
 * Surgery: edits that change one path of a document and nothing else, in the file's own style, comments and line ends kept.
 * All are pure, and speak of the text the field was read from. What cannot be done safely is refused with a reason:
 * documents with problems, shared nodes (anchors, aliases, merge keys), template insertions, tabs, `?` keys.
 */

/** Gives the field this value: replaces what is there, inserts what is not, its missing parents with it. */
export function set(field: Field, value: YamlValue, options: SetOptions = {}): FixOutcome {
  const refusal = untouchable(field);
  if (refusal !== undefined) return refusal;
  if (!field.present) return insert(field, value, options);
  const { slot, node } = Field.placeOf(field);
  const holder = parentOf(field);
  if (slot === undefined || holder === undefined || node === undefined) return refuse('shape', field);
  if (isWritten(value, node)) return outcomeOf([]);
  return replace(field, holder, slot, value);
}

/** Puts a value behind the last item of a sequence; makes a sequence of what is absent, null or empty. */
export function append(sequence: Field, value: YamlValue): FixOutcome {
  return insertItem(sequence, sequence.items().length, value);
}

/**
 * Puts a value before the item at `index`; behind the last for the number of items.
 * @param written for this folder only: the item's lines as they are to be written in a block list, dash and all
 */
export function insertItem(sequence: Field, index: number, value: YamlValue, written?: readonly string[]): FixOutcome {
  const refusal = untouchable(sequence);
  if (refusal !== undefined) return refusal;
  const { tree, node, slot } = Field.placeOf(sequence);
  if (sequence.absent || sequence.isNull) return set(sequence, [value]);
  if (node?.kind !== 'sequence' || index > node.slots.length || index < 0) return refuse('shape', sequence);
  const intent = changeOf(node, (before) => [...before.slice(0, index), ['', toWrite(value)], ...before.slice(index)]);
  const style = styleOf(tree);
  if (node.style === 'flow') {
    const holder = parentOf(sequence);
    if (node.slots.length === 0 && slot !== undefined && holder?.style === 'block') return replace(sequence, holder, slot, [value]);
    return finish(sequence, insertFlow(tree, node, index - 1, { key: undefined, value, written: likeItems(tree, node, value) }, style), intent, siteOf(sequence, node));
  }
  const word = likeItems(tree, node, value);
  const lines = written ?? (word === undefined ? renderItem(value, style) : [`- ${word}`]);
  const isLast = index === node.slots.length;
  return finish(sequence, isLast ? insertAfter(tree, node, index - 1, lines) : insertBefore(tree.text, node, index, lines), intent, siteOf(sequence, node));
}

/** A string among items that all stand in quotes stands in quotes, too. */
function likeItems(tree: Tree, { slots }: SequenceNode, value: YamlValue): string | undefined {
  const [style, ...others] = new Set(slots.map((slot) => (slot.value.kind === 'scalar' ? slot.value.style : undefined)));
  if (typeof value !== 'string' || others.length > 0 || isJson(tree) || (style !== 'single' && style !== 'double')) return undefined;
  return quoted(value, style === 'single' ? "'" : '"');
}

/**
 * Takes a key or an item away, with its comment on the same line and the comments inside it. Comments above it stay.
 * The last one leaves `{}` or `[]`.
 */
export function remove(field: Field): FixOutcome {
  const { slot } = Field.placeOf(field);
  const holder = parentOf(field);
  // An alias itself is nobody else's: without it only this place changes.
  const refusal = untouchable(slot?.value.kind === 'alias' && field.parent !== undefined ? field.parent : field);
  if (refusal !== undefined) return refusal;
  if (slot === undefined || holder === undefined || field.parent === undefined) return refuse(field.present ? 'shape' : 'missing', field);
  return removeOwn(field, field.parent, holder, holder.slots.findIndex((other) => other === slot));
}

/** The same for one of several keys of a map that have the same name: no field can tell them apart, so their index does. */
export function removeAt(map: Field, index: number): FixOutcome {
  const refusal = untouchable(map);
  if (refusal !== undefined) return refusal;
  const { node } = Field.placeOf(map);
  return node?.kind === 'map' ? removeOwn(map, map, node, index) : refuse('shape', map);
}

function removeOwn(field: Field, parent: Field, holder: MapNode | SequenceNode, index: number): FixOutcome {
  const { tree, slot: above } = Field.placeOf(parent);
  const slot = holder.slots[index];
  if (slot === undefined) return refuse('missing', field);
  if (hasAnchor(slot.value) || (slot.key !== undefined && hasAnchor(slot.key))) return refuse('shared', field);
  const attempt = holder.style === 'block' ? removeSlot(tree, holder, index, above) : removeFlowSlot(tree, holder, index);
  const site = field === parent ? { reference: slot.start, column: columnOf(tree.text, slot.start) } : siteOf(field, holder);
  return finish(field, attempt, changeOf(holder, (before) => before.filter((_, at) => at !== index)), site);
}

/** Puts a map or sequence under new keys: its lines move right, block scalars and comments along. */
export function wrap(field: Field, keys: readonly string[]): FixOutcome {
  const refusal = untouchable(field);
  if (refusal !== undefined) return refusal;
  const { tree, slot, node } = Field.placeOf(field);
  if ((node?.kind !== 'map' && node?.kind !== 'sequence') || node.style === 'implicit') return refuse('shape', field);
  if (keys.length === 0) return outcomeOf([]);
  const style = styleOf(tree);
  const holder = parentOf(field);
  const index = holder?.slots.findIndex((other) => other === slot) ?? 0;
  const intent = changeOf(holder, (before) => {
    return before.map(([name, part], at) => [name, at === index ? toNest(keys, part) : part]);
  });
  const names = keys.map((key) => renderKey(key, style));
  const attempt = node.style === 'flow' ? wrapFlow(tree, node, keys, style) : wrapLines(tree, node, slot, names, style.step);
  const site = siteOf(field, holder);
  // All of it moves, its last line too: what an action writes there would stay where it was.
  const whole = typeof attempt === 'string' ? [] : [...attempt, { span: { start: node.end, end: node.end }, newText: '' }];
  return tree.template?.allows(whole, site.reference, site.column) === false ? refuse('template', field) : finish(field, attempt, intent, site);
}

/** Gives a key another name; its quotes stay. */
export function rename(field: Field, newKey: string): FixOutcome {
  const { tree, slot } = Field.placeOf(field);
  const holder = parentOf(field);
  const refusal = untouchable(field);
  if (refusal !== undefined) return refusal;
  if (slot?.key === undefined || holder?.kind !== 'map') return refuse(field.present ? 'shape' : 'missing', field);
  const { key, name } = slot;
  if (name === newKey) return outcomeOf([]);
  if (field.parent?.has(newKey) === true) return refuse('taken', field.parent.at(newKey));
  if (key.kind !== 'scalar' || key.anchor !== undefined || key.tag !== undefined) return refuse('unusual', field);
  const style = styleOf(tree);
  const newText =
    key.style === 'double' ? quoted(newKey, '"') : key.style === 'single' ? quoted(newKey, "'") : renderKey(newKey, style, holder.style !== 'block');
  const edit = { span: { start: key.start, end: key.end }, newText };
  return finish(field, [edit], changeOf(holder, (before) => before.map(([was, part]) => [was === name ? newKey : was, part])), siteOf(field, holder));
}

/**
 * A field that is not there: a key in the nearest map above it, an item behind the last, or the first content of an empty value.
 * @param written for this folder only: the value's key and lines as they are to be written in a block map
 */
export function insert(field: Field, value: YamlValue, { after = [], before = [] }: SetOptions, written?: readonly string[]): FixOutcome {
  const keys: (string | number)[] = [];
  let above: Field | undefined = field;
  while (above !== undefined && !above.present) {
    if (above.key !== undefined) keys.unshift(above.key);
    above = above.parent;
  }
  const [key, ...rest] = keys;
  const inner = nest(rest, value);
  if (above === undefined || key === undefined) return refuse('empty', field);
  const { tree, slot, node } = Field.placeOf(above);
  const whole = inner === undefined ? undefined : nest([key], inner);
  if (inner === undefined) return refuse('shape', field);
  if (node?.kind === 'sequence' && key === node.slots.length) return insertItem(above, key, inner);
  const holder = parentOf(above);
  const isEmptyInBlock = node?.kind === 'map' && node.slots.length === 0 && holder?.style === 'block';
  if (above.isNull || isEmptyInBlock) {
    if (slot === undefined || holder === undefined) return refuse('empty', field);
    return whole === undefined ? refuse('shape', field) : replace(above, holder, slot, whole);
  }
  if (node?.kind !== 'map' || typeof key !== 'string') return refuse('shape', above);
  const intent = changeOf(node, (children) => [...children, [key, toWrite(inner)]]);
  const style = styleOf(tree);
  const next = node.slots.findIndex(({ name }) => before.includes(name));
  const named = node.slots.findLastIndex(({ name }) => after.includes(name));
  const index = named < 0 ? node.slots.length - 1 : named;
  if (node.style === 'implicit') return refuse('unusual', field);
  const site = siteOf(above, node);
  if (node.style === 'flow') return finish(field, insertFlow(tree, node, next < 0 ? index : next - 1, { key, value: inner }, style), intent, site);
  const lines = written === undefined ? renderEntry(renderKey(key, style), inner, style) : under(keys, written, style);
  if (next >= 0) {
    const outcome = finish(field, insertBefore(tree.text, node, next, lines), intent, site);
    if (outcome.kind === 'edits') return outcome;
  }
  // In a template the best place may stand in a branch of its own: then the nearest above it that does not.
  const indexes = tree.template === undefined ? [index] : node.slots.map((_, at) => at).sort((a, b) => Number(a > index) - Number(b > index) || b - a);
  let refusal: FixOutcome | undefined;
  for (const at of indexes) {
    const outcome = finish(field, insertAfter(tree, node, at, lines), intent, site);
    if (outcome.kind === 'edits') return outcome;
    refusal ??= outcome;
  }
  return refusal ?? refuse('unusual', field);
}

function replace(field: Field, holder: MapNode | SequenceNode, slot: Slot, value: YamlValue): FixOutcome {
  const { tree } = Field.placeOf(field);
  if (hasAnchor(slot.value)) return refuse('shared', field);
  if (slot.value.tag !== undefined) return refuse('unusual', field);
  const style = styleOf(tree);
  const index = holder.slots.findIndex((other) => other === slot);
  const attempt = holder.style === 'block' ? replaceValue(tree, slot, value, style) : replaceFlowValue(tree, slot, value, style);
  const intent = changeOf(holder, (before) => before.map(([name, part], at) => [name, at === index ? toWrite(value) : part]));
  return finish(field, attempt, intent, { reference: slot.start, column: columnOf(tree.text, slot.start) });
}

/** Lines of an entry below the new keys that lead to it; the last of `keys` is its own. */
function under(keys: readonly (string | number)[], lines: readonly string[], style: Style): readonly string[] {
  return keys.slice(0, -1).reduceRight<readonly string[]>((inner, key) => [`${renderKey(String(key), style)}:`, ...indent(inner, style.step)], lines);
}
