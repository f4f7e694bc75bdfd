import type { FixOutcome } from '../core/finding.ts';
import { sourceOffset, sourceSpan } from '../text/offset-map.ts';
import { applyEdits, mergeEdits, type TextEdit } from '../text/span.ts';
import { set } from './edit.ts';
import { Field } from './field.ts';
import type { ScalarNode } from './node.ts';
import { scalarText } from './scalar-text.ts';
import { toWrite } from './likeness.ts';
import { changeOf, finish, parentOf, refuse, siteOf, untouchable } from './surgery.ts';

/**
 * Surgery inside a string: puts other text in the place of stretches of it, and leaves the rest as it is written, line
 * by line, escape by escape. Spans are offsets of the string itself; new text has no line breaks. A plain scalar that
 * would then read as something else is quoted. Where the way back into the document is not known it refuses.
 */
export function splice(field: Field, changes: readonly TextEdit[]): FixOutcome {
  const refusal = untouchable(field);
  if (refusal !== undefined) return refusal;
  const { slot, node } = Field.placeOf(field);
  const holder = parentOf(field);
  const mapped = scalarText(field);
  if (node?.kind !== 'scalar' || slot === undefined || holder === undefined) return refuse('shape', field);
  if (mapped === undefined || changes.some(({ newText }) => /[\r\n]/.test(newText))) return refuse('unusual', field);
  const edits = mergeEdits(changes).map(({ span, newText }) => {
    const at = sourceOffset(mapped.map, span.start);
    return { span: span.end > span.start ? sourceSpan(mapped.map, span) : { start: at, end: at }, newText: spelled(node, newText) };
  });
  const value = applyEdits(mapped.text, changes);
  const index = holder.slots.findIndex((other) => other === slot);
  const intent = changeOf(holder, (before) => before.map(([name, part], at) => [name, at === index ? toWrite(value) : part]));
  const outcome = finish(field, edits, intent, siteOf(field, holder));
  return outcome.kind === 'refused' && node.style === 'plain' && !mapped.text.includes('\n') ? set(field, value) : outcome;
}

/** Text as it stands in a scalar of this style. */
function spelled({ style }: ScalarNode, text: string): string {
  if (style === 'single') return text.replaceAll("'", "''");
  return style === 'double' ? JSON.stringify(text).slice(1, -1) : text;
}
