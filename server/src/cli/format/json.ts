import type { Finding } from '../../engine/core/finding.ts';
import type { AppliedFix } from '../../engine/core/fixes.ts';
import { rulePage } from '../../engine/core/links.ts';
import { type Locale, render } from '../../engine/core/message.ts';
import type { SourceText } from '../../engine/text/source.ts';
import type { Span } from '../../engine/text/span.ts';
import type { Say } from '../io.ts';
import { unifiedDiff } from './diff.ts';
import type { FileReport, Render, Reporter, Trouble } from './report.ts';

/** Raised when a field changes its meaning or goes away; new fields may come at any time. Described in docs/cli.md. */
const shapeVersion = 1;

/** For programs: one JSON object at the end. Lines and columns from one, offsets from zero, in UTF-16 code units. */
export function jsonReporter({ say, out }: { readonly say: Say; readonly out: (text: string) => void }): Reporter {
  const files: unknown[] = [];
  const errors: unknown[] = [];
  const notes: unknown[] = [];
  return {
    file: (rendered) => void files.push(JSON.parse(rendered)),
    trouble: ({ path, text, code = '', note }: Trouble) => {
      (note === true ? notes : errors).push({ path, message: say(text, { code }) });
    },
    end: ({ files: checked, fixed, hidden, safe, unsafe, findings }) => {
      const summary = { files: checked, ...findings, hidden, fixed, fixable: { safe, suggestion: unsafe } };
      out(`${JSON.stringify({ version: shapeVersion, files, errors, notes, summary }, undefined, 2)}\n`);
    },
  };
}

/** One file of {@link jsonReporter}, as JSON. */
export function jsonRender(locale: Locale): Render {
  return (report) => JSON.stringify(fileOf(report, locale));
}

interface JsonPosition {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

function fileOf({ path, source, findings, fixed, changed }: FileReport, locale: Locale): unknown {
  return {
    path,
    findings: findings.map((finding) => findingOf(source, finding, locale)),
    fixed: fixed.map(({ finding, fix }: AppliedFix) => ({ rule: finding.rule, place: finding.place, key: fix.key, title: render(fix.title, locale) })),
    changed: changed.map((each) => ({ path: each.path, diff: `${unifiedDiff(each).join('\n')}\n` })),
  };
}

function findingOf(source: SourceText, finding: Finding, locale: Locale): unknown {
  const { rule, severity, message, place, span, related, fixes } = finding;
  const page = rulePage(rule, locale);
  return {
    rule,
    severity,
    message: render(message, locale),
    place,
    ...placeOf(source, span),
    related: related.map((each) => ({ message: render(each.message, locale), ...placeOf(source, each.span) })),
    fixes: fixes.map((fix) => {
      const outcome = fix.outcome();
      const refused = outcome.kind === 'refused' ? { refused: render(outcome.reason, locale) } : {};
      return { key: fix.key, title: render(fix.title, locale), safety: fix.safety, ...refused };
    }),
    ...(page === undefined ? {} : { page }),
  };
}

function placeOf(source: SourceText, { start, end }: Span): { readonly start: JsonPosition; readonly end: JsonPosition } {
  const at = (offset: number): JsonPosition => {
    const { line, character } = source.positionAt(offset);
    return { line: line + 1, column: character + 1, offset };
  };
  return { start: at(start), end: at(end) };
}
