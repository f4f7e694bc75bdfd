import { edits as outcomeOf, type FixOutcome, refused } from '../core/finding.ts';
import type { Span } from '../text/span.ts';
import { type Attempt, insertAfter, insertBefore, removeSlot, replaceValue, wrapLines } from './block.ts';
import { Field } from './field.ts';
import { insertFlow, isJson, removeFlowSlot, replaceFlowValue, wrapFlow } from './flow.ts';
import { columnOf, commentsIn } from './lines.ts';
import { type MapNode, type Node, type SequenceNode, type Slot, slotsOf } from './node.ts';
import { because, type Reason } from './refusals.ts';
import { nest, quoted, renderEntry, renderItem, renderKey, type YamlValue } from './render.ts';
import { styleOf } from './style.ts';
import type { Tree } from './tree.ts';
import { type Children, type Intent, isAsIntended, shapeOf, shapeOfValue } from './verify.ts';

export interface SetOptions {
  /** A new key goes behind the last of these that its map has; behind all keys where it has none of them. */
  readonly after?: readonly string[];
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
  const { tree, slot, node } = Field.placeOf(field);
  const holder = parentOf(field);
  if (slot === undefined || holder === undefined || node === undefined) return refuse('shape', field);
  if (shapeOf(tree, node) === shapeOfValue(value)) return outcomeOf([]);
  return replace(field, holder, slot, value);
}

/** Puts a value behind the last item of a sequence; makes a sequence of what is absent, null or empty. */
export function append(sequence: Field, value: YamlValue): FixOutcome {
  return insertItem(sequence, sequence.items().length, value);
}

/** Puts a value before the item at `index`; behind the last for the number of items. */
export function insertItem(sequence: Field, index: number, value: YamlValue): FixOutcome {
  const refusal = untouchable(sequence);
  if (refusal !== undefined) return refusal;
  const { tree, node, slot } = Field.placeOf(sequence);
  if (sequence.absent || sequence.isNull) return set(sequence, [value]);
  if (node?.kind !== 'sequence' || index > node.slots.length || index < 0) return refuse('shape', sequence);
  const intent = changeOf(node, (before) => [...before.slice(0, index), ['', shapeOfValue(value)], ...before.slice(index)]);
  const style = styleOf(tree);
  if (node.style === 'flow') {
    const holder = parentOf(sequence);
    if (node.slots.length === 0 && slot !== undefined && holder?.style === 'block') return replace(sequence, holder, slot, [value]);
    return finish(sequence, insertFlow(tree, node, index - 1, { key: undefined, value, written: likeItems(tree, node, value) }, style), intent, siteOf(sequence, node));
  }
  const word = likeItems(tree, node, value);
  const lines = word === undefined ? renderItem(value, style) : [`- ${word}`];
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
  const { tree, slot } = Field.placeOf(field);
  const holder = parentOf(field);
  // An alias itself is nobody else's: without it only this place changes.
  const refusal = untouchable(slot?.value.kind === 'alias' && field.parent !== undefined ? field.parent : field);
  if (refusal !== undefined) return refusal;
  if (slot === undefined || holder === undefined) return refuse(field.present ? 'shape' : 'missing', field);
  if (hasAnchor(slot.value) || (slot.key !== undefined && hasAnchor(slot.key))) return refuse('shared', field);
  const index = holder.slots.findIndex((other) => other === slot);
  const above = field.parent === undefined ? undefined : Field.placeOf(field.parent).slot;
  const attempt = holder.style === 'block' ? removeSlot(tree, holder, index, above) : removeFlowSlot(tree, holder, index);
  return finish(field, attempt, changeOf(holder, (before) => before.filter((_, at) => at !== index)), siteOf(field, holder));
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
    return before.map(([name, shape], at) => [name, at === index ? keys.reduceRight((inner, key) => `{${JSON.stringify(key)}:${inner}}`, shape) : shape]);
  });
  const names = keys.map((key) => renderKey(key, style));
  return finish(field, node.style === 'flow' ? wrapFlow(tree, node, keys, style) : wrapLines(tree, node, slot, names, style.step), intent, siteOf(field, holder));
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
  return finish(field, [edit], changeOf(holder, (before) => before.map(([was, shape]) => [was === name ? newKey : was, shape])), siteOf(field, holder));
}

/** A field that is not there: a key in the nearest map above it, an item behind the last, or the first content of an empty value. */
function insert(field: Field, value: YamlValue, { after = [] }: SetOptions): FixOutcome {
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
  const intent = changeOf(node, (before) => [...before, [key, shapeOfValue(inner)]]);
  const style = styleOf(tree);
  const named = node.slots.findLastIndex(({ name }) => after.includes(name));
  const index = named < 0 ? node.slots.length - 1 : named;
  if (node.style === 'implicit') return refuse('unusual', field);
  const site = siteOf(above, node);
  if (node.style === 'flow') return finish(field, insertFlow(tree, node, index, { key, value: inner }, style), intent, site);
  const lines = renderEntry(renderKey(key, style), inner, style);
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
  const intent = changeOf(holder, (before) => before.map(([name, shape], at) => [name, at === index ? shapeOfValue(value) : shape]));
  return finish(field, attempt, intent, { reference: slot.start, column: columnOf(tree.text, slot.start) });
}

/** The refusal where nothing may be written at this field at all; it names the field, or the one above it that is in the way. */
export function untouchable(field: Field): FixOutcome | undefined {
  const { tree } = Field.placeOf(field);
  if (tree.problems.length > 0) return refuse('broken', field);
  if (field.state === 'unknown') return refuse('unknown', field);
  for (let at: Field | undefined = field; at !== undefined; at = at.parent) {
    const { slot, node } = Field.placeOf(at);
    if (at.borrowed || at.anchored) return refuse('shared', at);
    if (slot?.key !== undefined && slot.explicit) return refuse('unusual', at);
    if (node?.kind === 'map' && node.style === 'implicit') return refuse('unusual', at);
    const siblings = at.parent === undefined ? undefined : Field.placeOf(at.parent).node;
    if (siblings?.kind === 'map' && siblings.slots.filter(({ name }) => name === at.key).length > 1) return refuse('repeated', at);
  }
  return undefined;
}

/** The collection that a field stands in. */
export function parentOf(field: Field): MapNode | SequenceNode | undefined {
  const node = field.parent === undefined ? undefined : Field.placeOf(field.parent).node;
  return node?.kind === 'map' || node?.kind === 'sequence' ? node : undefined;
}

function hasAnchor(node: Node): boolean {
  return node.anchor !== undefined || slotsOf(node).some(({ key, value }) => hasAnchor(value) || (key !== undefined && hasAnchor(key)));
}

/** An edit that changes the children of one collection. */
export function changeOf(at: MapNode | SequenceNode | undefined, change: (before: Children) => Children): Intent {
  return { at, change };
}

/** The refusal for a reason that names the field. */
export function refuse(reason: Reason, field: Field): FixOutcome {
  return refused(because(reason, field.path));
}

/** Where an edit belongs in a template: it may only touch the branch of `reference`, and nothing written deeper than `column`. */
export interface Site {
  readonly reference: number;
  readonly column: number;
}

/** The site of an edit in the collection that holds the field, or is it. */
export function siteOf(field: Field, holder: Span | undefined): Site {
  const { tree, slot, node } = Field.placeOf(field);
  const start = slot?.start ?? node?.start ?? 0;
  return { reference: start, column: columnOf(tree.text, holder?.start ?? start) };
}

/** The edits of an attempt, once the template allows them and the net below has seen them. */
export function finish(field: Field, attempt: Attempt, intent: Intent, { reference, column }: Site): FixOutcome {
  if (typeof attempt === 'string') return refuse(attempt, field);
  const { tree } = Field.placeOf(field);
  if (tree.template?.allows(attempt, reference, column) === false) return refuse('template', field);
  const gone = attempt.flatMap(({ span }) => commentsIn(tree, span)).length;
  return isAsIntended(tree, attempt, { ...intent, comments: gone }) ? outcomeOf(attempt) : refuse('unusual', field);
}
