import { follow, type MapNode, type Node } from './node.ts';

/** A key, an index, or the item of a list with this `name`. An index past the end is an item that is added. */
export type SuppliedStep = string | number | { readonly name: string };

/** Where something outside the file (an overlay's patch) may add a value, or put another in its place. */
export type SuppliedPath = readonly SuppliedStep[];

/** What may be in a document that its text does not show. */
export interface Supplied {
  /** May the map have this key, which its text does not have? */
  mayHave(map: MapNode, key: string): boolean;
  /** May the collection have keys or items that its text does not show? */
  isGrowing(node: Node): boolean;
  /** May another value stand in the place of this one? */
  isReplaced(node: Node): boolean;
}

/** Something that an overlay changes: an object of a document, and the places in it. */
export interface SuppliedObject {
  readonly root: Node | undefined;
  readonly paths: readonly SuppliedPath[];
}

/**
 * Finds the places of supplied paths in the objects of a document. A path that leads on below a key the text does not
 * have makes that key possible, and all below it with it.
 */
export function suppliedIn(objects: readonly SuppliedObject[]): Supplied {
  const keys = new Map<MapNode, Set<string>>();
  const open = new Set<Node>();
  const replaced = new Set<Node>();
  for (const { root, paths } of objects) {
    if (root !== undefined) for (const path of paths) if (path.length > 0) mark(root, path);
  }

  function mark(from: Node, path: SuppliedPath): void {
    let node: Node | undefined = from;
    for (const step of path) {
      node = follow(node);
      if (node === undefined || node.kind === 'scalar') break;
      const next: Node | undefined = childAt(node, step);
      if (next === undefined) {
        const key = node.kind === 'map' ? keyOf(step) : undefined;
        if (node.kind === 'map' && key !== undefined) keys.set(node, (keys.get(node) ?? new Set()).add(key));
        else open.add(node);
        return;
      }
      node = next;
    }
    const target = node === undefined ? undefined : follow(node);
    if (target === undefined) return;
    // A patch's list is merged with the text's: items may come along, those that stand there stay.
    if (target.kind === 'sequence') open.add(target);
    else replaced.add(target);
  }
  return {
    mayHave: (map, key) => keys.get(map)?.has(key) === true,
    isGrowing: (node) => open.has(node) || (node.kind === 'map' && keys.has(node)),
    isReplaced: (node) => replaced.has(node),
  };
}

function childAt(node: Node, step: SuppliedStep): Node | undefined {
  if (node.kind === 'map') return node.slots.findLast(({ name }) => name === keyOf(step))?.value;
  if (node.kind !== 'sequence') return undefined;
  if (typeof step === 'number') return node.slots[step]?.value;
  return typeof step === 'string' ? undefined : node.slots.find(({ value }) => nameOf(value) === step.name)?.value;
}

/** A number in a JSON pointer is a key where it meets a map. */
function keyOf(step: SuppliedStep): string | undefined {
  return typeof step === 'object' ? undefined : String(step);
}

function nameOf(node: Node): string | undefined {
  const item = follow(node);
  const name = item?.kind === 'map' ? item.slots.findLast((slot) => slot.name === 'name')?.value : undefined;
  return name?.kind === 'scalar' ? name.value : undefined;
}
