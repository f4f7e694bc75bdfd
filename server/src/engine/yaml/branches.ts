import { Field } from './field.ts';

/** What the conditions of a template say about fields. Outside templates everything stands in one branch. */

/** Is one of these written by every run of the template that writes the other? */
export function standTogether(one: Field, other: Field): boolean {
  const { tree, slot } = Field.placeOf(one);
  const second = Field.placeOf(other).slot;
  if (tree.template === undefined || slot === undefined || second === undefined) return true;
  return tree.template.branchAt(slot.start) === tree.template.branchAt(second.start);
}

/** The template actions under which a field is written (`{{- if … }}`, `{{ range … }}`), outermost first. */
export function conditionsOf(field: Field): readonly string[] {
  const { tree, slot } = Field.placeOf(field);
  return slot === undefined ? [] : (tree.template?.conditionsAt(slot.start) ?? []);
}

/** Does the key of a field stand more than once in its map, as it does where each branch of a template writes its own? */
export function isRepeated(field: Field): boolean {
  const holder = field.parent === undefined ? undefined : Field.placeOf(field.parent).node;
  return holder?.kind === 'map' && holder.slots.filter(({ name }) => name === field.key).length > 1;
}
