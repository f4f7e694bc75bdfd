import type { FixOutcome } from '../core/finding.ts';
import type { Span } from '../text/span.ts';
import { removeAt } from './edit.ts';
import { Field } from './field.ts';
import { isMergeKey, type Node, placeholder, type Slot, slotsOf } from './node.ts';
import { refuse } from './surgery.ts';
import { likeness } from './likeness.ts';

/** Two keys of one map with the same name. Of three there are two pairs: each key with the one before it. */
export interface KeyPair {
  readonly name: string;
  /** Of the map with the key, as paths of fields are written. */
  readonly path: string;
  /** Of the two keys, quotes included. */
  readonly earlier: Span;
  readonly later: Span;
  /** Both have the same value. */
  readonly isSame: boolean;
  readonly removeEarlier: () => FixOutcome;
  readonly removeLater: () => FixOutcome;
}

/** Do two fields of one document mean the same, whatever the order of their keys and their spelling? */
export function hasSameValue(one: Field, other: Field): boolean {
  const { tree, node } = Field.placeOf(one);
  const second = Field.placeOf(other).node;
  return node !== undefined && second !== undefined && likeness(tree, tree).isSame(node, second);
}

/**
 * Keys that stand twice in one map below a field, in the order of the text. Keys that a template writes in different
 * branches do not count, and nothing inside a value that a later key replaces. Linear in the size of the value.
 */
export function repeatedKeys(field: Field): readonly KeyPair[] {
  const { node } = Field.placeOf(field);
  const found: KeyPair[] = [];
  if (node !== undefined && mayRepeat(node)) visit(field, node, [], found);
  return found.sort((a, b) => a.later.start - b.later.start);
}

/** Does any map have a name twice? Hardly any document has, and to know it takes no paths. */
function mayRepeat(node: Node): boolean {
  const slots = slotsOf(node);
  return slots.some(({ value }) => mayRepeat(value)) || (node.kind === 'map' && new Set(node.slots.map(({ name }) => name)).size < slots.length);
}

function visit(root: Field, node: Node, path: readonly (string | number)[], found: KeyPair[]): void {
  if (node.kind === 'sequence') node.slots.forEach(({ value }, index) => { visit(root, value, [...path, index], found); });
  if (node.kind !== 'map') return;
  const { tree } = Field.placeOf(root);
  const seen = new Map<string, number>();
  node.slots.forEach((slot, index) => {
    if (isMergeKey(slot) || slot.name.includes(placeholder)) return;
    const before = seen.get(slot.name);
    const earlier = before === undefined ? undefined : node.slots[before];
    seen.set(slot.name, index);
    if (before === undefined || earlier === undefined || (tree.template !== undefined && tree.template.branchAt(earlier.start) !== tree.template.branchAt(slot.start))) return;
    const map = root.at(...path);
    found.push({
      name: slot.name,
      path: map.at(slot.name).path,
      earlier: keySpan(earlier),
      later: keySpan(slot),
      isSame: likeness(tree, tree).isSame(earlier.value, slot.value),
      removeEarlier: () => removal(map, before),
      removeLater: () => removal(map, index),
    });
  });
  for (const index of seen.values()) {
    const slot = node.slots[index];
    if (slot !== undefined) visit(root, slot.value, [...path, slot.name], found);
  }
}

/** A text without a final line end stays without one; behind a block scalar that would change the scalar's value. */
function removal(map: Field, index: number): FixOutcome {
  const outcome = removeAt(map, index);
  const { text } = Field.placeOf(map).tree;
  const last = outcome.kind === 'edits' ? outcome.edits.at(-1)?.span : undefined;
  return last?.end === text.length && !text.endsWith('\n') && text[last.start - 1] === '\n' ? refuse('unusual', map) : outcome;
}

function keySpan({ key, start, end }: Slot): Span {
  return key === undefined ? { start, end } : { start: key.start, end: key.end };
}
