import { DocumentDiagnosticReportKind, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type {
  CancellationToken,
  Diagnostic,
  DiagnosticRelatedInformation,
  DocumentDiagnosticParams,
  DocumentDiagnosticReport,
  Range,
} from 'vscode-languageserver';
import type { Finding } from '../engine/core/finding.ts';
import { mostSevere } from '../engine/core/limit.ts';
import { rulePage } from '../engine/core/links.ts';
import { type Locale, type Message, render } from '../engine/core/message.ts';
import type { SourceText } from '../engine/text/source.ts';
import type { Abilities } from './abilities.ts';
import type { Context } from './context.ts';
import { toRange, toSeverity } from './convert.ts';
import { check } from './findings.ts';
import type { Checked } from './findings.ts';
import { section } from './settings.ts';
import { compose, texts } from './texts.ts';

/** Answers `textDocument/diagnostic`. The newest text wins: a text that changes while it is checked is checked again. */
export async function pull(context: Context, params: DocumentDiagnosticParams, token: CancellationToken): Promise<DocumentDiagnosticReport> {
  const items = await report(context, params.textDocument.uri, token);
  if (items === undefined) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
  const resultId = fingerprint(items);
  return resultId === params.previousResultId
    ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
    : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
}

/** The diagnostics of the newest text; empty for what is not ours; `undefined` when cancelled. */
export async function report(context: Context, uri: string, token: CancellationToken): Promise<Diagnostic[] | undefined> {
  for (;;) {
    const before = context.documents.get(uri)?.generation;
    const checked = await check(context, uri, token);
    const items = checked === undefined ? undefined : await toDiagnostics(checked, context.abilities());
    if (token.isCancellationRequested) return undefined;
    if (items !== undefined) return items;
    // Nothing came of it: either there is nothing to check, or the text changed on the way.
    if (context.documents.get(uri)?.generation === before) return [];
  }
}

async function toDiagnostics({ document, source, findings, pace }: Checked, abilities: Abilities): Promise<Diagnostic[] | undefined> {
  const items: Diagnostic[] = [];
  for (const finding of mostSevere(findings)) {
    items.push(toDiagnostic(finding, source, document.uri, abilities));
    const goOn = pace.next();
    if (goOn !== true && !(await goOn)) return undefined;
  }
  return items;
}

/** A finding in the client's terms and language. */
export function toDiagnostic(finding: Finding, source: SourceText, uri: string, abilities: Abilities): Diagnostic {
  const { locale, encoding } = abilities;
  const diagnostic: Diagnostic = {
    range: toRange(source, finding.span, encoding),
    severity: toSeverity(finding.severity),
    source: section,
    code: finding.rule,
    message: sentence(finding.message, locale),
  };
  const href = abilities.codeDescription ? rulePage(finding.rule, locale) : undefined;
  if (href !== undefined) diagnostic.codeDescription = { href };
  const related = abilities.relatedInformation ? relatedOf(finding, source, uri, abilities) : [];
  if (related.length > 0) diagnostic.relatedInformation = related;
  return diagnostic;
}

/** The last rendering of each message. A finding keeps its message when it moves, and most only move. */
const sentences = new WeakMap<Message, { readonly locale: Locale; readonly text: string }>();

function sentence(message: Message, locale: Locale): string {
  const known = sentences.get(message);
  if (known?.locale === locale) return known.text;
  const text = render(message, locale);
  sentences.set(message, { locale, text });
  return text;
}

/** Further places, and why what would repair it best cannot be made here. */
function relatedOf(finding: Finding, source: SourceText, uri: string, { locale, encoding }: Abilities): DiagnosticRelatedInformation[] {
  const related: DiagnosticRelatedInformation[] = finding.related.map((place) => ({
    location: { uri, range: toRange(source, place.span, encoding) },
    message: render(place.message, locale),
  }));
  for (const fix of finding.fixes) {
    const outcome = fix.outcome();
    // From here on there is something better on offer than what is refused, and the light bulb shows both.
    if (outcome.kind === 'edits') break;
    const parts = { title: render(fix.title, locale), reason: render(outcome.reason, locale) };
    const location = { uri, range: toRange(source, finding.span, encoding) };
    related.push({ location, message: compose(texts.cannot, locale, parts) });
  }
  return related;
}

/** A short name for a report: two different ones share it once in 2^53. Made of what can differ, not of the JSON. */
function fingerprint(items: readonly Diagnostic[]): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  const number = (value: number): void => {
    high = Math.imul(high ^ value, 2654435761);
    low = Math.imul(low ^ value, 1597334677);
  };
  const text = (value: string): void => {
    for (let at = 0; at < value.length; at += 1) number(value.charCodeAt(at));
    number(value.length);
  };
  const range = ({ start, end }: Range): void => {
    for (const value of [start.line, start.character, end.line, end.character]) number(value);
  };
  for (const item of items) {
    range(item.range);
    number(item.severity ?? 0);
    text(String(item.code));
    text(typeof item.message === 'string' ? item.message : item.message.value);
    for (const { location, message } of item.relatedInformation ?? []) {
      range(location.range);
      text(message);
    }
    number(-1);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
}
