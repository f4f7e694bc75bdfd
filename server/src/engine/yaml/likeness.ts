import { columnOf } from './lines.ts';
import { isOpaque, type MapNode, type Node, scalarOf, type SequenceNode, type Slot, slotsOf } from './node.ts';
import { isList, type YamlValue } from './render.ts';
import type { Scalar } from './scalar.ts';
import type { Tree } from './tree.ts';

/** A child of a collection: one that is there, one that will be written, or the one key of a new map with what is under it. */
export type Part = Node | { readonly kind: 'written'; readonly value: YamlValue } | { readonly kind: 'under'; readonly key: string; readonly part: Part };

/** The children of one collection: names (empty in sequences) and what they are, in order. */
export type Children = readonly (readonly [name: string, part: Part])[];

export function toWrite(value: YamlValue): Part {
  return { kind: 'written', value };
}

/** A part under new keys, outermost first. */
export function toNest(keys: readonly string[], part: Part): Part {
  return keys.reduceRight<Part>((inner, key) => ({ kind: 'under', key, part: inner }), part);
}

export interface Likeness {
  /** Do two nodes mean the same, the second one in the second tree? The order of keys is left out. */
  readonly isSame: (one: Part, other: Node) => boolean;
  readonly hasChildren: (node: Node, children: Children) => boolean;
}

/** Compares what two trees mean; with the intended change made at one collection of the first. */
export function likeness(tree: Tree, other: Tree, at?: MapNode | SequenceNode, change: (before: Children) => Children = (before) => before): Likeness {
  const isPlain = tree.isPlain && other.isPlain;
  const isSame = (one: Part, second: Node): boolean => {
    if (one.kind === 'written') return isWritten(one.value, second);
    if (one.kind === 'under') return second.kind === 'map' && hasChildren(second, [[one.key, one.part]]);
    if (one.anchor !== second.anchor || one.kind !== second.kind) return false;
    if (one.kind === 'alias') return tree.text.slice(one.start, one.end) === other.text.slice(second.start, second.end);
    if (one.kind === 'scalar') return isSameScalar(one, second);
    if (isPlain && !holds(one, at) && isSameText(tree, one, other, second)) return true;
    const children = childrenOf(one);
    return hasChildren(second, one === at ? change(children) : children);
  };
  const hasChildren = (node: Node, children: Children): boolean => {
    const slots = slotsOf(node);
    if (slots.length !== children.length) return false;
    const isInOrder = children.every(([name], index) => name === nameOf(slots[index]));
    const [these, those] = isInOrder ? [children, slots] : [byName(children, ([name]) => name), byName(slots, nameOf)];
    return these.every(([name, part], index) => {
      const slot = those[index];
      return slot !== undefined && nameOf(slot) === name && isSame(part, slot.value);
    });
  };
  return { isSame, hasChildren };
}

/** Does the collection that is to change stand in this node? */
function holds(node: Node, at: Node | undefined): boolean {
  return at !== undefined && node.start <= at.start && at.end <= node.end;
}

/** Plain style means nothing but its text and its column, so that what did not change need not be taken apart. */
function isSameText(tree: Tree, one: Node, other: Tree, second: Node): boolean {
  if (one.end - one.start !== second.end - second.start || columnOf(tree.text, one.start) !== columnOf(other.text, second.start)) return false;
  return tree.text.slice(one.start, one.end) === other.text.slice(second.start, second.end);
}

/** The children of a collection. */
export function childrenOf(node: Node): Children {
  return slotsOf(node).map((slot) => [nameOf(slot), slot.value] as const);
}

/** Does the node mean this value? */
export function isWritten(value: YamlValue, node: Node): boolean {
  if (node.anchor !== undefined || isOpaque(node)) return false;
  if (isList(value)) return node.kind === 'sequence' && node.slots.length === value.length && value.every((item, index) => isSlot(item, node.slots[index]));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    return node.kind === 'map' && node.slots.length === entries.length && entries.every(([name, entry]) => isSlot(entry, node.slots.find((slot) => slot.name === name)));
  }
  return node.kind === 'scalar' && isEqual(scalarOf(node), value);
}

function isSlot(value: YamlValue, slot: Slot | undefined): boolean {
  return slot !== undefined && isWritten(value, slot.value);
}

function isSameScalar(one: Node, other: Node): boolean {
  if (one.kind !== 'scalar' || other.kind !== 'scalar' || isOpaque(one) !== isOpaque(other)) return false;
  if (isOpaque(one)) return one.value === other.value;
  if (one.value === other.value && one.style === other.style && one.tag === other.tag) return true;
  return isEqual(scalarOf(one), scalarOf(other));
}

function isEqual(one: Scalar | undefined, other: Scalar | undefined): boolean {
  return (one ?? null) === (other ?? null) || (Number.isNaN(one) && Number.isNaN(other));
}

/** Empty for an item. */
function nameOf(slot: Slot | undefined): string {
  return slot?.key === undefined ? '' : slot.name;
}

function byName<T>(children: readonly T[], name: (child: T) => string): readonly T[] {
  return children.toSorted((one, other) => (name(one) < name(other) ? -1 : Number(name(one) > name(other))));
}
