import { edits as outcomeOf, type FixOutcome } from '../core/finding.ts';
import type { TextEdit } from '../text/span.ts';
import { Field } from './field.ts';
import { reparse, sourceOf } from './verify.ts';

/** A stretch of the new text: kept from the old one, or written by a step. */
type Piece = { readonly kind: 'kept'; readonly start: number; readonly end: number } | { readonly kind: 'new'; readonly text: string };

/**
 * Several edits of one document that build on each other: each step gets the root as the steps before it left it (or
 * whatever field `root` is, at its path, which no step may change). The outcome speaks of the text that `root` was read
 * from. The first step that refuses refuses for all.
 */
export function inSteps(root: Field, steps: readonly ((root: Field) => FixOutcome)[]): FixOutcome {
  const { tree } = Field.placeOf(root);
  const path = keysOf(root);
  const source = sourceOf(tree);
  let pieces: readonly Piece[] = [{ kind: 'kept', start: 0, end: source.length }];
  let at: Field | undefined = root;
  for (const step of steps) {
    at ??= reparse(tree, textOf(pieces, source)).root.at(...path);
    const outcome = step(at);
    if (outcome.kind === 'refused') return outcome;
    if (outcome.edits.length === 0) continue;
    pieces = splice(pieces, outcome.edits);
    at = undefined;
  }
  return outcomeOf(editsOf(pieces, source));
}

/** The names and indexes that lead from the root of the document to a field. */
export function keysOf({ parent, key }: Field): readonly (string | number)[] {
  return parent === undefined || key === undefined ? [] : [...keysOf(parent), key];
}

function lengthOf(piece: Piece): number {
  return piece.kind === 'kept' ? piece.end - piece.start : piece.text.length;
}

function textOf(pieces: readonly Piece[], old: string): string {
  return pieces.map((piece) => (piece.kind === 'kept' ? old.slice(piece.start, piece.end) : piece.text)).join('');
}

/** The part of a piece from `from` to `to`, counted from its start. */
function part(piece: Piece, from: number, to: number): Piece {
  return piece.kind === 'kept'
    ? { kind: 'kept', start: piece.start + from, end: piece.start + to }
    : { kind: 'new', text: piece.text.slice(from, to) };
}

/** The pieces after edits whose offsets count in the text that the pieces make. */
function splice(pieces: readonly Piece[], edits: readonly TextEdit[]): readonly Piece[] {
  const cut = (from: number, to: number): readonly Piece[] => {
    const found: Piece[] = [];
    let start = 0;
    for (const piece of pieces) {
      const length = lengthOf(piece);
      const [low, high] = [Math.max(from - start, 0), Math.min(to - start, length)];
      if (low < high) found.push(part(piece, low, high));
      start += length;
    }
    return found;
  };
  const ordered = edits.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const result: Piece[] = [];
  let at = 0;
  for (const { span, newText } of ordered) {
    result.push(...cut(at, span.start));
    if (newText !== '') result.push({ kind: 'new', text: newText });
    at = span.end;
  }
  return [...result, ...cut(at, Number.POSITIVE_INFINITY)];
}

/** What happened between the kept pieces. Kept pieces never change their order. */
function editsOf(pieces: readonly Piece[], source: string): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let at = 0;
  let newText = '';
  for (const piece of [...pieces, { kind: 'kept', start: source.length, end: source.length } as const]) {
    if (piece.kind === 'new') {
      newText += piece.text;
      continue;
    }
    const removed = { start: at, end: piece.start };
    const shared = removed.start === removed.end ? 0 : sharedIndent(newText, source.slice(piece.start, piece.end));
    if (shared > 0) {
      // What goes and what comes stay two edits: the indentation of the next line is as good as that of the new one.
      const behind = piece.start + shared;
      edits.push({ span: removed, newText: '' }, { span: { start: behind, end: behind }, newText: newText.slice(shared) + newText.slice(0, shared) });
    } else if (newText !== '' || removed.end > removed.start) {
      edits.push({ span: removed, newText });
    }
    newText = '';
    at = piece.end;
  }
  return edits;
}

/** Spaces that both texts begin with; fewer than the second is long. */
function sharedIndent(one: string, other: string): number {
  let count = 0;
  while (one[count] === ' ' && other[count] === ' ' && count < other.length - 1) count += 1;
  return count;
}

/** The same place in another reading of its document: what a step of {@link inSteps} edits. */
export function inRoot(field: Field, root: Field): Field {
  return root.at(...keysOf(field));
}

/** The root of the document that a field stands in. */
export function rootOf(field: Field): Field {
  return field.parent === undefined ? field : rootOf(field.parent);
}
