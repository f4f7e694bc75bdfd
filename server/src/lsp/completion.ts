import { CompletionItemKind, InsertTextFormat, InsertTextMode } from 'vscode-languageserver';
import type { CompletionItem, CompletionParams } from 'vscode-languageserver';
import { helpersAsSnippet } from '../patterns/cut.ts';
import { containerListAt } from '../patterns/place.ts';
import type { Source } from '../patterns/scenario.ts';
import { expand } from '../patterns/stops.ts';
import type { Context } from './context.ts';
import { toOffset, toRange } from './convert.ts';

/** The helper containers of the patterns where an item of `containers` or `initContainers` may begin, for clients that have no snippets of their own. */
export function completeContainers(context: Context, sources: readonly Source[], { textDocument: { uri }, position }: CompletionParams): CompletionItem[] {
  const { encoding, locale, snippets, ownSnippets } = context.abilities();
  const source = context.session.text(uri);
  if (ownSnippets || source === undefined || context.documents.get(uri)?.kind !== 'yaml') return [];
  const place = containerListAt(source.text, toOffset(source, position, encoding));
  if (place === undefined) return [];
  const eol = source.text.includes('\r\n') ? '\r\n' : '\n';
  const range = toRange(source, place, encoding);
  return sources.flatMap(({ scenario, text }): CompletionItem[] => {
    const body = helpersAsSnippet(text, place.list);
    if (body === undefined) return [];
    const newText = (snippets ? body : expand(body)).split('\n').map((line, index) => (index === 0 || line === '' ? line : ' '.repeat(place.column) + line)).join(eol);
    return [{
      label: `${scenario.prefix}-container`,
      kind: CompletionItemKind.Snippet,
      detail: scenario.title[locale],
      documentation: `${scenario.summary[locale]}\n\n${scenario.notWhen[locale]}`,
      filterText: `- ${scenario.prefix}-container`,
      insertTextFormat: snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
      insertTextMode: InsertTextMode.asIs,
      textEdit: { range, newText },
    }];
  });
}
