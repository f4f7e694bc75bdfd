import { rulePage } from '../engine/core/links.ts';
import type { AnyRule } from '../engine/rule-kinds.ts';
import { padEnd, widthOf } from './format/columns.ts';
import type { Style } from './format/style.ts';
import type { Io, Say } from './io.ts';
import { severityTexts, texts } from './texts.ts';

/** `podwright rules`: a table for people. */
export function listRules(all: readonly AnyRule[], say: Say, style: Style, { out }: Pick<Io, 'out'>): void {
  const head = [texts.ruleHead, texts.severityHead, texts.fixHead, texts.titleHead].map((text) => say(text));
  const rows = all.map(({ meta }) => [
    meta.id,
    meta.severities.map((severity) => say(severityTexts[severity].name)).join('/'),
    say(texts[meta.fix]),
    say(meta.title),
  ]);
  const widths = head.map((cell, column) => Math.max(...[cell, ...rows.map((row) => row[column] ?? '')].map(widthOf)));
  const line = (cells: readonly string[]): string => cells.map((cell, column) => padEnd(cell, widths[column] ?? 0)).join('  ').trimEnd();
  out([style.bold(line(head)), ...rows.map(line), ''].join('\n'));
}

/** `podwright rules --json`: both languages, for programs and documentation. The shape is described in docs/cli.md. */
export function listRulesAsJson(all: readonly AnyRule[], { out }: Pick<Io, 'out'>): void {
  const rules = all.map(({ language, meta: { id, guideline, title, severities, fix } }) => {
    return { id, language, guideline, title, severities, fix, page: rulePage(id) };
  });
  out(`${JSON.stringify({ version: 1, rules }, undefined, 2)}\n`);
}
