import { applyEdits, type TextEdit } from '../text/span.ts';
import { parseDocument, type YamlDocument } from './document.ts';
import { Field } from './field.ts';
import { type Children, childrenOf, likeness } from './likeness.ts';
import { columnOf, commentsIn, contentLine, lineAfter } from './lines.ts';
import type { MapNode, SequenceNode } from './node.ts';
import { readPlainBlock } from './plain.ts';
import type { Tree } from './tree.ts';

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
export function isAsIntended(tree: Tree, edits: readonly TextEdit[], intent: Intent): boolean {
  return isAsIntendedNear(tree, edits, intent) ?? isAsIntendedInAll(tree, edits, intent);
}

function isAsIntendedInAll(tree: Tree, edits: readonly TextEdit[], { at, change, comments = 0 }: Intent): boolean {
  const after = Field.placeOf(reparse(tree, applyEdits(sourceOf(tree), edits)).root).tree;
  if (after.problems.length > 0 || tree.root === undefined || after.root === undefined) return false;
  if (after.comments.length < tree.comments.length - comments) return false;
  const expected = at === undefined ? change([['', tree.root]])[0]?.[1] : tree.root;
  return expected !== undefined && likeness(tree, after, at, change).isSame(expected, after.root);
}

/**
 * The same, from one collection alone: reading a block takes its column and its text and nothing else, so that where the
 * changed block ends before the same line, in the same column, as it did, everything behind it reads as it did.
 * Undefined where that cannot be said.
 */
function isAsIntendedNear(tree: Tree, edits: readonly TextEdit[], { at, change, comments = 0 }: Intent): boolean | undefined {
  if (at?.style !== 'block' || !tree.isPlain || tree.template !== undefined) return undefined;
  const { text } = tree;
  const end = contentLine(text, lineAfter(text, at.end));
  if (edits.some(({ span }) => span.start < at.start || span.end > end)) return undefined;
  const changed = applyEdits(text, edits);
  const after = readPlainBlock(changed, at.start, columnOf(text, at.start));
  if (after?.node.kind !== at.kind || changed.length - after.end !== text.length - end) return undefined;
  if (after.comments < commentsIn(tree, { start: at.start, end }).length - comments) return undefined;
  return likeness(tree, { ...tree, text: changed }).hasChildren(after.node, change(childrenOf(at)));
}

/** The text that people edit: the template, where the tree was read from a masked one. Offsets are the same in both. */
export function sourceOf(tree: Tree): string {
  return tree.template?.source ?? tree.text;
}

/** The next of several steps begins with the text that the net has read. */
let latest: YamlDocument | undefined;

/** Reads another source as this tree was read. */
export function reparse({ template }: Tree, source: string): YamlDocument {
  if (template === undefined) {
    if (latest?.text !== source) latest = parseDocument(source);
    return latest;
  }
  const { text, openings } = template.remask(source);
  return parseDocument(text, openings);
}
