import type { Position, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { SourceText } from '../engine/text/source.ts';
import type { TextEdit } from '../engine/text/span.ts';
import { toSpan } from './convert.ts';
import type { Encoding } from './convert.ts';

/**
 * The text after changes that are applied one after the other: each speaks of the text that the one before it left.
 * Changes that run from the end of a text to its beginning, as editors send "replace all", do not move each other,
 * so they are applied together: thousands of them cost one copy of the text, not thousands.
 */
export function changed(source: SourceText, changes: readonly TextDocumentContentChangeEvent[], encoding: Encoding): SourceText {
  let current = source;
  let together: TextEdit[] = [];
  let last: Position | undefined;
  for (const change of changes) {
    if (!('range' in change)) {
      current = new SourceText(change.text);
      together = [];
      last = undefined;
      continue;
    }
    let edit = { span: toSpan(current, change.range, encoding), newText: change.text };
    const next = together.at(-1);
    if (next !== undefined && !(last !== undefined && isBefore(change.range.end, last) && edit.span.start < next.span.start)) {
      current = current.edited(together);
      together = [];
      edit = { span: toSpan(current, change.range, encoding), newText: change.text };
    }
    together.push(edit);
    last = change.range.start;
  }
  return together.length === 0 ? current : current.edited(together);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character <= b.character);
}
