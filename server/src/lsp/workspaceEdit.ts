import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { DocumentEdit } from '../engine/core/finding.ts';
import type { SourceText } from '../engine/text/source.ts';
import type { Context } from './context.ts';
import { toRange } from './convert.ts';

/**
 * Edits in the form this client takes: with the versions they are meant for where it can check them. `others` are texts
 * of files that are not open. `undefined` when an edit is for a document whose text is not known here: half a repair is none.
 */
export function toWorkspaceEdit(context: Context, uri: string, edits: readonly DocumentEdit[], others?: ReadonlyMap<string, SourceText>): WorkspaceEdit | undefined {
  const { session, documents } = context;
  const { encoding, documentChanges } = context.abilities();
  const byUri = new Map<string, TextEdit[]>();
  for (const edit of edits) {
    const target = edit.uri ?? uri;
    const source = session.text(target) ?? others?.get(target);
    if (source === undefined) return undefined;
    const list = byUri.get(target) ?? [];
    list.push({ range: toRange(source, edit.span, encoding), newText: edit.newText });
    byUri.set(target, list);
  }
  if (!documentChanges) return { changes: Object.fromEntries(byUri) };
  return {
    documentChanges: [...byUri].map(([target, list]) => ({
      textDocument: { uri: target, version: documents.get(target)?.version ?? null },
      edits: list,
    })),
  };
}
