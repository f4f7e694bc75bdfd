import type { Span } from '../text/span.ts';
import type { Problem } from './compose.ts';
import { type Entry, follow, isMergeKey, type MapNode, type Node } from './node.ts';
import type { Openings } from './openings.ts';
import type { Supplied } from './supplied.ts';

/** Everything known about the text of one document. Fields point into it. */
export interface Tree {
  readonly text: string;
  /** Undefined for an empty document, and for one that was too large to parse. */
  readonly root: Node | undefined;
  /** Too large to parse: nothing can be said about any field. */
  readonly unread: boolean;
  /** Read by the plain reader, for which a block begins anew at its first line and ends before the next line that is not its own. */
  readonly isPlain: boolean;
  readonly problems: readonly Problem[];
  /** Every comment from its `#` to its line end, in order. */
  readonly comments: readonly Span[];
  readonly indexes: Map<MapNode, MapIndex>;
  /** For masked templates: what their run may change. */
  readonly template: Openings | undefined;
  /** What something outside of the text (an overlay's patch) may add to it, or put in the place of its values. */
  readonly supplied: Supplied | undefined;
}

/** The keys of a map, for reading. */
export interface MapIndex {
  /** Keys that stand in the map itself; the last of equal ones, as kubectl reads them. */
  readonly own: ReadonlyMap<string, Entry>;
  /** Keys that merge keys (`<<`) add to them. */
  readonly merged: ReadonlyMap<string, Entry>;
  /** A merge key cannot be resolved: any key may be there. */
  readonly open: boolean;
}

/** The keys of `map`, made once. */
export function indexOf(tree: Tree, map: MapNode): MapIndex {
  const known = tree.indexes.get(map);
  if (known !== undefined) return known;
  const own = new Map<string, Entry>();
  const merged = new Map<string, Entry>();
  let open = false;
  for (const entry of map.slots) {
    if (!isMergeKey(entry)) {
      own.set(entry.name, entry);
      continue;
    }
    const source = follow(entry.value);
    const sources = source?.kind === 'sequence' ? source.slots.map((item) => follow(item.value)) : [source];
    for (const part of sources) {
      if (part?.kind !== 'map') {
        open = true;
        continue;
      }
      // The first source that has a key gives it; aliases never form a circle, so this ends.
      const index = indexOf(tree, part);
      for (const keys of [index.own, index.merged]) {
        for (const [name, from] of keys) if (!merged.has(name)) merged.set(name, from);
      }
      open ||= index.open;
    }
  }
  for (const name of own.keys()) merged.delete(name);
  const index = { own, merged, open };
  tree.indexes.set(map, index);
  return index;
}
