import type { Span } from '../text/span.ts';
import type { YamlDocument } from './document.ts';
import { Field } from './field.ts';
import { columnOf, commentsAbove, eolAt, startsLine } from './lines.ts';

/** Where a document begins that lacks the `---` above it. */
export interface Joint {
  /** Its first key. */
  readonly key: Span;
  /** Where the marker belongs, with its line end: above the comments of that key. */
  readonly marker: { readonly at: number; readonly newText: string };
}

/**
 * Documents that became one because the `---` between them was forgotten: keys of the outermost map come a second time,
 * and each part has all of `keys`, which no map has twice. Empty for everything else.
 */
export function jointsOf(document: YamlDocument, keys: readonly string[]): readonly Joint[] {
  const { tree, node } = Field.placeOf(document.root);
  if (node?.kind !== 'map' || node.style !== 'block') return [];
  const joints: Joint[] = [];
  let names = new Set<string>();
  for (const slot of node.slots) {
    if (names.has(slot.name)) {
      if (!startsLine(tree.text, slot.start) || !keys.every((key) => names.has(key))) return [];
      const at = commentsAbove(tree.text, slot.start, columnOf(tree.text, slot.start));
      joints.push({ key: { start: slot.key.start, end: slot.key.end }, marker: { at, newText: `---${eolAt(tree.text, slot.start)}` } });
      names = new Set();
    }
    names.add(slot.name);
  }
  return keys.every((key) => names.has(key)) ? joints : [];
}
