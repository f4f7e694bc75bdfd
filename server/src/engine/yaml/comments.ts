import { Field } from './field.ts';
import { commentsIn, lineEnd } from './lines.ts';

/** Is a comment in the lines of the field, from its key or dash to the end of its last line? It would go with the field. */
export function hasComments(field: Field): boolean {
  const { tree, slot } = Field.placeOf(field);
  return slot !== undefined && commentsIn(tree, { start: slot.start, end: lineEnd(tree.text, slot.end) }).length > 0;
}

/** Is a comment between the key or dash of the field and its end? One behind it on its last line is not. */
export function holdsComments(field: Field): boolean {
  const { tree, slot } = Field.placeOf(field);
  return slot !== undefined && commentsIn(tree, slot).length > 0;
}
