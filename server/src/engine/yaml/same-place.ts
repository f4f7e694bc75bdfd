import type { Field } from './field.ts';

/** The root of the document a field stands in. */
export function rootOf(field: Field): Field {
  return field.parent === undefined ? field : rootOf(field.parent);
}

/** The same place in another reading of its document: what a step of `inSteps` edits. */
export function inRoot(field: Field, root: Field): Field {
  const { parent, key } = field;
  return parent === undefined || key === undefined ? root : inRoot(parent, root).at(key);
}
