/** What an editor makes of the edits that it gets. */
import { TextDocumentEdit } from 'vscode-languageserver/node';
import type { WorkspaceEdit } from 'vscode-languageserver/node';
import { SourceText } from '../../server/src/engine/text/source.ts';
import { applyEdits } from '../../server/src/engine/text/span.ts';
import { type Encoding, toSpan } from '../../server/src/lsp/convert.ts';

/** The text of one file after an edit of the workspace. */
export function applied(text: string, uri: string, edit: WorkspaceEdit | undefined, encoding: Encoding = 'utf-16'): string {
  const source = new SourceText(text);
  const versioned = (edit?.documentChanges ?? []).flatMap((change) => (TextDocumentEdit.is(change) && change.textDocument.uri === uri ? change.edits : []));
  const plain = [...versioned, ...(edit?.changes?.[uri] ?? [])].flatMap((each) => ('newText' in each ? [each] : []));
  return applyEdits(text, plain.map(({ range, newText }) => ({ span: toSpan(source, range, encoding), newText })));
}
