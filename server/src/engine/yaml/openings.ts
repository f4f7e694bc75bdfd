import { type Span, type TextEdit } from '../text/span.ts';
import type { Action } from './actions.ts';
import { columnOf } from './lines.ts';
import { isMissing, type Node } from './node.ts';

/** A place of a template where its run may write keys or items of its own. */
export interface Insertion {
  readonly offset: number;
  /** Where what it writes will stand; undefined where that cannot be told. */
  readonly column: number | undefined;
  /** Text of another branch that was taken out; only of interest where the first branch is read alone. */
  readonly isBranch: boolean;
}

/** What a template says about the tree of its masked text. */
export interface Openings {
  /** The text with its actions. */
  readonly source: string;
  /** May the template's run add entries or items to this collection, or give this missing value? */
  readonly isOpen: (root: Node | undefined, node: Node) => boolean;
  /**
   * Do these edits touch only literal text, in the branch in which `reference` stands, with nothing that the template
   * writes deeper than `column` right behind them? Then they mean the same in every run.
   */
  readonly allows: (edits: readonly TextEdit[], reference: number, column: number) => boolean;
  /** The blocks around an offset, outermost first, each with the actions that lead to this branch of it. */
  readonly conditionsAt: (offset: number) => readonly string[];
  /**
   * A number for the branch of the template that the text at this offset belongs to; 0 outside of all conditions and
   * loops. Every run that writes one text of a branch writes all others of it.
   */
  readonly branchAt: (offset: number) => number;
  /** The same for another source: masked text and openings. */
  readonly remask: (source: string) => { readonly text: string; readonly openings: Openings };
}

export function openingsOf(source: string, actions: readonly Action[], insertions: readonly Insertion[], remask: Openings['remask']): Openings {
  const opened = new WeakMap<Node, ReadonlySet<Node>>();
  const branches = branchesOf(actions);
  return {
    source,
    remask,
    conditionsAt: (offset) => conditionsAt(source, actions, offset),
    isOpen: (root, node) => {
      if (root === undefined) return true;
      let found = opened.get(root);
      if (found === undefined) {
        found = new Set(insertions.flatMap((insertion) => openedBy(source, root, insertion)));
        opened.set(root, found);
      }
      return found.has(node);
    },
    branchAt: (offset) => branchAt(branches, offset),
    allows: (edits, reference, column) => {
      if (edits.length === 0) return true;
      const start = Math.min(...edits.map(({ span }) => span.start));
      const end = Math.max(...edits.map(({ span }) => span.end));
      const branch = branchAt(branches, reference);
      if (branchAt(branches, start) !== branch || branchAt(branches, end) !== branch) return false;
      if (edits.some(({ newText }) => newText.includes('{{'))) return false;
      return isLiteral(source, actions, { start, end }) && !isWrittenBelow(source, actions, insertions, end, column);
    },
  };
}

/** No action inside, and none just before that swallows the line end which an insertion needs. */
function isLiteral(source: string, actions: readonly Action[], { start, end }: Span): boolean {
  if (actions.some((action) => action.start < end && action.end > start)) return false;
  const before = actions.findLast((action) => action.end <= start);
  return before?.trimsRight !== true || source.slice(before.end, start).trim() !== '';
}

/** Does an action on the lines of actions directly below write something that belongs to what stands above? */
function isWrittenBelow(source: string, actions: readonly Action[], insertions: readonly Insertion[], from: number, column: number): boolean {
  let at = from;
  for (const action of actions) {
    if (action.start < from) continue;
    if (source.slice(at, action.start).trim() !== '') return false;
    const insertion = insertions.find(({ offset }) => offset === action.start);
    if (insertion !== undefined && !insertion.isBranch && (insertion.column === undefined || insertion.column > column)) return true;
    at = action.end;
  }
  return false;
}

/** Where the branch changes: the offset behind an action, and the branch from there on. */
type Branches = readonly (readonly [offset: number, branch: number])[];

function branchesOf(actions: readonly Action[]): Branches {
  const changes: (readonly [number, number])[] = [];
  const open = [0];
  let last = 0;
  for (const { kind, end } of actions) {
    if (kind === 'silent' || kind === 'output') continue;
    if (kind !== 'open' && open.length > 1) open.pop();
    if (kind !== 'end') open.push((last += 1));
    changes.push([end, open.at(-1) ?? 0]);
  }
  return changes;
}

function branchAt(branches: Branches, offset: number): number {
  return branches.findLast(([from]) => from <= offset)?.[1] ?? 0;
}

function conditionsAt(source: string, actions: readonly Action[], offset: number): readonly string[] {
  const open: string[] = [];
  for (const { kind, start, end } of actions) {
    if (end > offset) break;
    const written = source.slice(start, end);
    if (kind === 'open') open.push(written);
    else if (kind === 'else') open.push(`${open.pop() ?? ''} ${written}`);
    else if (kind === 'end') open.pop();
  }
  return open;
}

/** The collections (or the missing value) that one insertion may add to: those at its column, else the nearest above it. */
function openedBy(text: string, root: Node, { offset, column }: Insertion): readonly Node[] {
  const around: { readonly node: Node; readonly column: number }[] = [];
  let node: Node | undefined = root;
  while (node !== undefined) {
    if (isMissing(node)) return [node, ...(column === undefined ? around.map((one) => one.node) : [])];
    if ((node.kind !== 'map' && node.kind !== 'sequence') || node.style !== 'block') break;
    around.push({ node, column: columnOf(text, node.start) });
    const slot: { readonly value: Node } | undefined = node.slots.findLast(({ start }) => start <= offset);
    node = slot?.value;
  }
  if (column === undefined) return around.map((one) => one.node);
  const exact = around.filter((one) => one.column === column);
  if (exact.length > 0) return exact.map((one) => one.node);
  const deepest = around.findLast((one) => one.column <= column) ?? around[0];
  return deepest === undefined ? [] : [deepest.node];
}
