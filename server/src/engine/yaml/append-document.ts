import { edits as outcomeOf, type FixOutcome, refused } from '../core/finding.ts';
import { endsOpen } from './block.ts';
import { Field } from './field.ts';
import { eolAt } from './lines.ts';
import { relaid } from './excerpt.ts';
import { because } from './refusals.ts';
import { renderBlock, type YamlMap } from './render.ts';
import { styleOf } from './style.ts';

/**
 * Puts a document behind the one that `field` stands in, after the edits that `before` makes of that one. Refused for
 * documents in flow style, which may be JSON, and in templates, where an action may hold all of the document.
 * @param written its lines, comments and all, as `excerptOf` has them: of those it is known that they may stand in a template outside of all actions
 */
export function appendDocument(field: Field, before: FixOutcome, value: YamlMap, written?: readonly string[]): FixOutcome {
  if (before.kind === 'refused') return before;
  const { tree } = Field.placeOf(field);
  const { text, root } = tree;
  const here = { span: { start: text.length, end: text.length }, newText: '' };
  const mayFollow = tree.template === undefined || (written !== undefined && tree.template.allows([here], root?.start ?? 0, 0));
  if (!mayFollow) return refused(because('template', ''));
  if (root?.kind !== 'map' || root.style === 'flow') return refused(because('shape', ''));
  const eol = eolAt(text, text.length);
  const isEnded = text.endsWith('\n');
  const last = root.slots.at(-1);
  if (last === undefined || endsOpen(text, last)) return refused(because('unusual', ''));
  const [closing] = before.edits.filter(({ span }) => span.end === text.length).slice(-1);
  const tail = closing === undefined ? text : closing.newText;
  const style = styleOf(tree);
  const lines = ['---', ...(written === undefined ? renderBlock(value, style) : relaid(written, style))];
  const added = `${tail.endsWith('\n') ? '' : eol}${lines.join(eol)}${isEnded ? eol : ''}`;
  if (closing !== undefined) return outcomeOf(before.edits.map((edit) => (edit === closing ? { ...edit, newText: edit.newText + added } : edit)));
  return outcomeOf([...before.edits, { ...here, newText: added }]);
}
