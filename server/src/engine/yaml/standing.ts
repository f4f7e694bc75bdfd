import { follow, isMissing, isOpaque, type Node, type Slot } from './node.ts';
import { indexOf, type Tree } from './tree.ts';

/** `present`: it stands in the file. `absent`: it does not. `unknown`: a template, a merge key or an overlay may supply it. */
export type FieldState = 'present' | 'absent' | 'unknown';

/** The state of a place, with what belongs to it. */
export interface Standing {
  readonly state: FieldState;
  /** Where it stands; undefined for the root and for what is not there. */
  readonly slot?: Slot | undefined;
  /** Its value, aliases followed; undefined unless present. */
  readonly node?: Node | undefined;
  /** Reached through an alias or merge key. */
  readonly borrowed?: boolean;
}

export function standingOf(value: Node | undefined, slot: Slot | undefined): Standing {
  if (value === undefined) return { state: 'absent' };
  const node = follow(value);
  if (node === undefined) return { state: 'unknown', slot };
  return value.kind === 'alias' ? { state: 'present', slot, node, borrowed: true } : { state: 'present', slot, node };
}

/** What stands at `key` of the value `node`. */
export function standingAt(tree: Tree, node: Node, key: string | number): Standing {
  if (node.kind === 'map' && typeof key === 'string') {
    const { own, merged } = indexOf(tree, node);
    const slot = own.get(key);
    if (slot !== undefined) return standingOf(slot.value, slot);
    const borrowed = merged.get(key);
    if (borrowed !== undefined) return { ...standingOf(borrowed.value, borrowed), borrowed: true };
  }
  if (node.kind === 'sequence' && typeof key === 'number') {
    const slot = node.slots[key];
    if (slot !== undefined) return standingOf(slot.value, slot);
  }
  return { state: isOpen(tree, node) || isSuppliedAt(tree, node, key) ? 'unknown' : 'absent' };
}

/** A value that the text does not show: it holds template text, an action writes it below its key, or an overlay replaces it. */
export function isHidden(tree: Tree, node: Node): boolean {
  return isOpaque(node) || tree.supplied?.isReplaced(node) === true || (isMissing(node) && tree.template?.isOpen(tree.root, node) === true);
}

/** May there be more in this value than the file shows? */
export function isOpen(tree: Tree, node: Node): boolean {
  if (node.kind === 'alias' || isHidden(tree, node)) return true;
  if (node.kind === 'scalar') return false;
  return tree.template?.isOpen(tree.root, node) === true || (node.kind === 'map' && indexOf(tree, node).open);
}

/** May there be more in this collection, or below some key of it, than the file shows? */
export function isGrowing(tree: Tree, node: Node): boolean {
  return isOpen(tree, node) || tree.supplied?.isGrowing(node) === true;
}

function isSuppliedAt({ supplied }: Tree, node: Node, key: string | number): boolean {
  if (supplied === undefined) return false;
  return node.kind === 'map' ? supplied.mayHave(node, String(key)) : supplied.isGrowing(node);
}
