import { Field } from './field.ts';
import { commentsIn, lineEnd } from './lines.ts';

/** Is a comment in the lines of the field, from its key or dash to the end of its last line? It would go with the field. */
export function hasComments(field: Field): boolean {
  const { tree, slot } = Field.placeOf(field);
  return slot !== undefined && commentsIn(tree, { start: slot.start, end: lineEnd(tree.text, slot.end) }).length > 0;
}
