import { edits as outcomeOf, type FixOutcome } from '../core/finding.ts';
import { eolAt } from '../yaml/lines.ts';
import { parseDocument } from '../yaml/document.ts';
import { set } from '../yaml/edit.ts';

/**
 * The action *Switch this rule off*: the edits of a `.podwright.yaml` after which the rule says nothing below its folder.
 * @param text of the file; '' where it is to be created
 */
export function switchOff(text: string, rule: string): FixOutcome {
  const { root } = parseDocument(text);
  if (root.absent) return outcomeOf([appended(text, rule)]);
  const outcome = set(root.at('rules', rule), 'off');
  // Surgery puts quotes around `off`, because YAML 1.1 reads it as false. In this file that is understood, and shorter.
  return outcome.kind === 'refused'
    ? outcome
    : outcomeOf(outcome.edits.map((edit) => ({ ...edit, newText: edit.newText.replace(/(["'])off\1/, 'off') })));
}

/** For a file that holds nothing but comments, or not even those. */
function appended(text: string, rule: string): { span: { start: number; end: number }; newText: string } {
  const eol = eolAt(text, text.length);
  const before = text === '' || text === '\ufeff' || text.endsWith('\n') ? '' : eol;
  const span = { start: text.length, end: text.length };
  return { span, newText: `${before}rules:${eol}  ${rule}: off${eol}` };
}
