import { applyEdits, type TextEdit } from '../text/span.ts';
import { parseDocument, type YamlDocument } from './document.ts';
import { Field } from './field.ts';
import { isOpaque, type MapNode, type Node, scalarOf, type SequenceNode } from './node.ts';
import { isList, type YamlValue } from './render.ts';
import type { Tree } from './tree.ts';

/** What a tree means, comparable: the order of keys is left out. */
export type Shape = string;

/** The children of one collection: names (empty in sequences) and shapes, in order. */
export type Children = readonly (readonly [name: string, shape: Shape])[];

/** What an edit is meant to do: to change the children of one collection, or (`at` undefined) the whole tree. */
export interface Intent {
  readonly at: MapNode | SequenceNode | undefined;
  readonly change: (before: Children) => Children;
  /** How many comments go away with what is removed. */
  readonly comments?: number;
}

/**
 * Does the text after the edits read as it was meant to: still one valid document, everything as before but for the
 * intended change, no comment swallowed? A net below the surgery, not a part of it: a `false` here is a layout that
 * surgery does not know, and the edit is refused.
 */
export function isAsIntended(tree: Tree, edits: readonly TextEdit[], { at, change, comments = 0 }: Intent): boolean {
  const after = Field.placeOf(reparse(tree, applyEdits(sourceOf(tree), edits)).root).tree;
  if (after.problems.length > 0 || tree.root === undefined || after.root === undefined) return false;
  if (after.comments.length < tree.comments.length - comments) return false;
  const before = shapeOf(tree, tree.root, at, change);
  const expected = at === undefined ? (change([['', before]])[0]?.[1] ?? '') : before;
  return expected === shapeOf(after, after.root, undefined, undefined);
}

/** The text that people edit: the template, where the tree was read from a masked one. Offsets are the same in both. */
export function sourceOf(tree: Tree): string {
  return tree.template?.source ?? tree.text;
}

/** Reads another source as this tree was read. */
export function reparse({ template }: Tree, source: string): YamlDocument {
  if (template === undefined) return parseDocument(source);
  const { text, openings } = template.remask(source);
  return parseDocument(text, openings);
}

/** Many fixes of one document are checked one after the other: what they leave alone has the same shape each time. */
const shapes = new WeakMap<Node, Shape>();

/** The shape of a node; with the intended change made at one collection. */
export function shapeOf(tree: Tree, node: Node, at?: Node, change?: (before: Children) => Children): Shape {
  if (node.kind !== 'map' && node.kind !== 'sequence') return writeShape(tree, node, at, change);
  if (at !== undefined && node.start <= at.start && at.end <= node.end) return writeShape(tree, node, at, change);
  const shape = shapes.get(node) ?? writeShape(tree, node, undefined, undefined);
  shapes.set(node, shape);
  return shape;
}

function writeShape(tree: Tree, node: Node, at: Node | undefined, change: ((before: Children) => Children) | undefined): Shape {
  const mark = node.anchor === undefined ? '' : `&${node.anchor} `;
  if (node.kind === 'alias') return tree.text.slice(node.start, node.end);
  if (node.kind === 'scalar') return mark + (isOpaque(node) ? `opaque ${JSON.stringify(node.value)}` : shapeOfValue(scalarOf(node) ?? null));
  const children = node.slots.map((slot) => [slot.key === undefined ? '' : slot.name, shapeOf(tree, slot.value, at, change)] as const);
  return mark + collectionShape(node.kind === 'map', node === at && change !== undefined ? change(children) : children);
}

/** The shape that a value will have once it is written. */
export function shapeOfValue(value: YamlValue): Shape {
  if (isList(value)) return collectionShape(false, value.map((item) => ['', shapeOfValue(item)]));
  if (typeof value === 'object' && value !== null) {
    return collectionShape(true, Object.entries(value).map(([key, entry]) => [key, shapeOfValue(entry)]));
  }
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

function collectionShape(isMap: boolean, children: Children): Shape {
  if (!isMap) return `[${children.map(([, shape]) => shape).join(',')}]`;
  const entries = children.map(([name, shape]) => `${JSON.stringify(name)}:${shape}`);
  return `{${entries.sort().join(',')}}`;
}
