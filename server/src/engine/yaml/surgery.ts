import { edits as outcomeOf, type FixOutcome, refused } from '../core/finding.ts';
import type { Span } from '../text/span.ts';
import type { Attempt } from './block.ts';
import { Field } from './field.ts';
import { columnOf, commentsIn } from './lines.ts';
import { type MapNode, type Node, type SequenceNode, slotsOf } from './node.ts';
import { because, type Reason } from './refusals.ts';
import type { Children } from './likeness.ts';
import { type Intent, isAsIntended } from './verify.ts';

/* What all edits have in common: where they may not be made, what they say when they refuse, and the net below them. */

/** The refusal where nothing may be written at this field at all; it names the field, or the one above it that is in the way. */
export function untouchable(field: Field): FixOutcome | undefined {
  const { tree } = Field.placeOf(field);
  if (tree.problems.length > 0) return refuse('broken', field);
  if (field.state === 'unknown') return refuse('unknown', field);
  for (let at: Field | undefined = field; at !== undefined; at = at.parent) {
    const { slot, node } = Field.placeOf(at);
    if (at.borrowed || at.anchored) return refuse('shared', at);
    if (slot?.key !== undefined && slot.explicit) return refuse('unusual', at);
    if (node?.kind === 'map' && node.style === 'implicit') return refuse('unusual', at);
    const siblings = at.parent === undefined ? undefined : Field.placeOf(at.parent).node;
    if (siblings?.kind === 'map' && siblings.slots.filter(({ name }) => name === at.key).length > 1) return refuse('repeated', at);
  }
  return undefined;
}

/** The collection that a field stands in. */
export function parentOf(field: Field): MapNode | SequenceNode | undefined {
  const node = field.parent === undefined ? undefined : Field.placeOf(field.parent).node;
  return node?.kind === 'map' || node?.kind === 'sequence' ? node : undefined;
}

/** Does the node, or anything in it, carry an anchor that other places may share? */
export function hasAnchor(node: Node): boolean {
  return node.anchor !== undefined || slotsOf(node).some(({ key, value }) => hasAnchor(value) || (key !== undefined && hasAnchor(key)));
}

/** An edit that changes the children of one collection. */
export function changeOf(at: MapNode | SequenceNode | undefined, change: (before: Children) => Children): Intent {
  return { at, change };
}

/** The refusal for a reason that names the field. */
export function refuse(reason: Reason, field: Field): FixOutcome {
  return refused(because(reason, field.path));
}

/** Where an edit belongs in a template: it may only touch the branch of `reference`, and nothing written deeper than `column`. */
export interface Site {
  readonly reference: number;
  readonly column: number;
}

/** The site of an edit in the collection that holds the field, or is it. */
export function siteOf(field: Field, holder: Span | undefined): Site {
  const { tree, slot, node } = Field.placeOf(field);
  const start = slot?.start ?? node?.start ?? 0;
  return { reference: start, column: columnOf(tree.text, holder?.start ?? start) };
}

/** The edits of an attempt, once the template allows them and the net below has seen them. */
export function finish(field: Field, attempt: Attempt, intent: Intent, { reference, column }: Site): FixOutcome {
  if (typeof attempt === 'string') return refuse(attempt, field);
  const { tree } = Field.placeOf(field);
  if (tree.template?.allows(attempt, reference, column) === false) return refuse('template', field);
  const gone = attempt.flatMap(({ span }) => commentsIn(tree, span)).length;
  return isAsIntended(tree, attempt, { ...intent, comments: gone }) ? outcomeOf(attempt) : refuse('unusual', field);
}
