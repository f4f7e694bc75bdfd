import type { Locale } from '../engine/core/message.ts';
import type { Style } from './format/style.ts';
import { type Io, type Say, UsageError } from './io.ts';
import { renderMarkdown } from './markdown.ts';
import { nearest } from '../engine/core/nearest.ts';
import { texts } from './texts.ts';

export type Pages = Readonly<Record<string, { readonly en: string; readonly zh: string }>>;

/**
 * `podwright explain ID`: the rule's page, for a terminal. The language before the slash may be left out.
 * @throws UsageError where there is no such rule, and where both languages have one of that name.
 */
export function explain(typed: string, pages: Pages, locale: Locale, say: Say, style: Style, { out, columns = 80 }: Io): void {
  const ids = Object.keys(pages);
  const wanted = typed.toLowerCase();
  const named = ids.filter((each) => nameOf(each) === wanted);
  const id = ids.find((each) => each === wanted) ?? only(named);
  if (id === undefined && named.length > 1) throw new UsageError(say(texts.severalRules, { name: typed, names: named.join(', ') }));
  const page = id === undefined ? undefined : pages[id];
  if (page === undefined) {
    const short = wanted.slice(wanted.indexOf('/') + 1);
    const guess = nearest(wanted, ids) ?? ids.find((each) => each.endsWith(`/${nearest(short, ids.map(nameOf)) ?? ''}`));
    const hint = guess === undefined ? [] : [say(texts.didYouMean, { name: guess })];
    throw new UsageError([say(texts.noSuchRule, { name: typed }), ...hint, say(texts.listRules)].join('\n'));
  }
  out(renderMarkdown(page[locale], { style, say, columns: Math.min(columns, 100) }));
}

function nameOf(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

function only(ids: readonly string[]): string | undefined {
  return ids.length === 1 ? ids[0] : undefined;
}
