import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { DocumentEdit } from '../engine/core/finding.ts';
import type { Context } from './context.ts';
import { toRange } from './convert.ts';
import type { OtherTexts } from './others.ts';

/**
 * Edits in the form this client takes: with the versions they are meant for where it can check them. `others`: files that
 * were read for the edits. `undefined` when an edit is for a document whose text is not known here: half a repair is none.
 */
export function toWorkspaceEdit(context: Context, uri: string, edits: readonly DocumentEdit[], others?: OtherTexts): WorkspaceEdit | undefined {
  const { session, documents } = context;
  const { encoding, documentChanges } = context.abilities();
  const changes = new Map<string, { readonly version: number | null; readonly edits: TextEdit[] }>();
  for (const edit of edits) {
    const named = edit.uri ?? uri;
    const other = others?.get(named);
    const source = other?.source ?? session.text(named);
    if (source === undefined) return undefined;
    const target = other?.uri ?? named;
    const version = other === undefined ? (documents.get(target)?.version ?? null) : other.version;
    const change = changes.get(target) ?? { version, edits: [] };
    change.edits.push({ range: toRange(source, edit.span, encoding), newText: edit.newText });
    changes.set(target, change);
  }
  if (!documentChanges) return { changes: Object.fromEntries([...changes].map(([target, change]) => [target, change.edits])) };
  return { documentChanges: [...changes].map(([target, { version, edits: list }]) => ({ textDocument: { uri: target, version }, edits: list })) };
}
