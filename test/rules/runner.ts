/** Runs one case of a fixture file against a set of rules. Returns what is wrong, as sentences; nothing wrong is an empty list. */
import type { Finding, Fix } from '../../server/src/engine/core/finding.ts';
import { fixAll } from '../../server/src/engine/core/fixes.ts';
import { render } from '../../server/src/engine/core/message.ts';
import type { RuleMeta } from '../../server/src/engine/core/rule.ts';
import { SourceText } from '../../server/src/engine/text/source.ts';
import type { Block, Case, Expectation, Files, FixtureKind } from './fixture.ts';
import { besideAfter, brokenFindingLaws, brokenFixLaws, describe, type Subject } from './laws.ts';

/** `beside`: the other files of the workspace. */
export type Linter = (file: string, kind: FixtureKind, text: string, beside?: Files) => readonly Finding[];

export function subjectOf(block: Block, lint: Linter, metas: ReadonlyMap<string, RuleMeta>, text = block.text): Subject {
  const file = block.flags.file ?? (block.kind === 'yaml' ? 'manifest.yaml' : 'Dockerfile');
  return { kind: block.kind, text, metas, beside: block.beside, lint: (other, beside = block.beside) => lint(file, block.kind, other, beside) };
}

/** Everything README.md promises about one case of the rule `id`. */
export function problemsOfCase(id: string, { block, fixed }: Case, lint: Linter, metas: ReadonlyMap<string, RuleMeta>): readonly string[] {
  const subject = subjectOf(block, lint, metas);
  const findings = subject.lint(block.text);
  const problems = [...compare(id, block, findings), ...findings.flatMap((finding) => brokenFindingLaws(subject, finding))];
  const own = findings.filter((finding) => finding.rule === id);
  if (block.role === 'bad') {
    problems.push(...own.flatMap((finding) => wrongOutcome(block, finding, metas.get(id))));
    problems.push(...own.flatMap((finding) => finding.fixes.flatMap((fix) => brokenFixLaws(subject, finding, fix))));
    problems.push(...fixed.flatMap((result) => wrongResult(id, result, subject)));
  }
  return problems;
}

/** Layouts that must not change what a rule says or how well its fix works. */
export const layouts: Readonly<Record<string, (text: string) => string>> = {
  crlf: (text) => text.replace(/\r?\n/g, '\r\n'),
  bom: (text) => (text.startsWith('\ufeff') ? text : `\ufeff${text}`),
  'no final newline': (text) => text.replace(/(?:\r?\n)+$/, ''),
};

/** The same findings, and lawful fixes, when only the layout of a `bad` or `good` block differs. */
export function problemsOfLayout(
  id: string,
  block: Block,
  layout: (text: string) => string,
  lint: Linter,
  metas: ReadonlyMap<string, RuleMeta>,
): readonly string[] {
  const text = layout(block.text);
  if (text === block.text) return [];
  const subject = subjectOf(block, lint, metas, text);
  const before = subject.lint(block.text).filter((finding) => finding.rule === id);
  const after = subject.lint(text).filter((finding) => finding.rule === id);
  const [was, is] = [before, after].map((list) => list.map(describe).join('\n'));
  if (was !== is) return [`line ${String(block.at)}: found ${is === '' ? 'nothing' : String(is)} instead of ${was === '' ? 'nothing' : String(was)}`];
  return after.flatMap((finding) => [
    ...brokenFindingLaws(subject, finding),
    ...finding.fixes.flatMap((fix) => brokenFixLaws(subject, finding, fix)),
  ]);
}

function compare(id: string, block: Block, findings: readonly Finding[]): readonly string[] {
  const named = new Set([id, ...block.expected.flatMap((mark) => mark.rule ?? [])]);
  const found = findings.filter((finding) => named.has(finding.rule));
  const own = found.filter((finding) => finding.rule === id);
  if (!block.marked) {
    if (block.role === 'bad') return own.length > 0 ? [] : [`line ${String(block.at)}: ${id} finds nothing here`];
    return own.map((finding) => `line ${String(block.at)}: ${show(block, finding)} is not expected in a "${block.role}" block`);
  }
  const missing = [...block.expected];
  const extra = found.filter((finding) => {
    const index = missing.findIndex((mark) => meets(id, mark, finding));
    if (index !== -1) missing.splice(index, 1);
    return index === -1;
  });
  return [
    ...missing.map((mark) => `line ${String(mark.at)}: not found: ${wish(id, block, mark)}`),
    ...extra.map((finding) => `line ${String(block.at)}: found, but not expected: ${show(block, finding)}`),
  ];
}

function meets(id: string, mark: Expectation, finding: Finding): boolean {
  return (
    finding.rule === (mark.rule ?? id) &&
    finding.severity === mark.severity &&
    finding.span.start === mark.start &&
    finding.span.end === mark.end &&
    (mark.text === undefined || render(finding.message, 'en').includes(mark.text))
  );
}

function wish(id: string, block: Block, mark: Expectation): string {
  return `${mark.severity} ${mark.rule ?? id} ${where(block, mark.start, mark.end)}${mark.text === undefined ? '' : `: ${mark.text}`}`;
}

function show(block: Block, finding: Finding): string {
  const { start, end } = finding.span;
  return `${finding.severity} ${finding.rule} ${where(block, start, end)}: ${render(finding.message, 'en')}`;
}

/** `on "name" (line 3, columns 4 to 8 of the block's text)`. */
function where(block: Block, start: number, end: number): string {
  const source = new SourceText(block.text);
  const [from, to] = [source.positionAt(start), source.positionAt(end)];
  const last = to.line === from.line ? '' : `line ${String(to.line + 1)} column `;
  return `on ${JSON.stringify(block.text.slice(start, end))} (line ${String(from.line + 1)}, columns ${String(from.character)} to ${last}${String(to.character)})`;
}

/** The fix a block speaks of: by key and title, else the finding's first. */
function chosen(block: Block, finding: Finding): Fix | undefined {
  const { fix: key, title } = block.flags;
  return finding.fixes.find(
    (fix) => (key === undefined || fix.key === key) && (title === undefined || render(fix.title, 'en') === title),
  );
}

function wrongOutcome(block: Block, finding: Finding, meta: RuleMeta | undefined): readonly string[] {
  const at = `line ${String(block.at)}: ${describe(finding)}`;
  const offered = finding.fixes.map((fix) => `${fix.key} (${render(fix.title, 'en')})`).join(', ');
  if (block.flags.noFix || meta?.fix === 'none') return offered === '' ? [] : [`${at}: offers a fix, though there should be none: ${offered}`];
  const fix = chosen(block, finding);
  if (fix === undefined) return [`${at}: ${offered === '' ? 'offers no fix (say "no-fix" if that is right)' : `does not offer this fix, only ${offered}`}`];
  const outcome = fix.outcome();
  const reason = outcome.kind === 'refused' ? render(outcome.reason, 'en') : undefined;
  const { refused } = block.flags;
  if (refused === undefined) return reason === undefined ? [] : [`${at}: fix "${fix.key}" refuses: ${reason} (say "refused" if that is right)`];
  if (reason === undefined) return [`${at}: fix "${fix.key}" should refuse, but has edits`];
  return reason.includes(refused) ? [] : [`${at}: fix "${fix.key}" refuses with "${reason}", not with "${refused}"`];
}

function wrongResult(id: string, result: Block, subject: Subject): readonly string[] {
  const wanted = (finding: Finding, fix: Fix): boolean => finding.rule === id && chosen(result, finding) === fix;
  const { text: own, applied, elsewhere } = fixAll(subject.text, (other) => subject.lint(other), wanted);
  if (applied.length === 0) return [`line ${String(result.at)}: no such fix could be applied`];
  const beside = besideAfter(subject, elsewhere);
  const text = beside[result.flags.file ?? ''] ?? own;
  if (text === result.text) return compare(id, result, subject.lint(own, beside));
  return [`line ${String(result.at)}: fixing gives another text than the "fixed" block. It gives:\n${visible(text)}\n${firstDifference(text, result.text)}`];
}

function firstDifference(is: string, wanted: string): string {
  const [a, b] = [is.split('\n'), wanted.split('\n')];
  const line = a.findIndex((text, index) => text !== b[index]);
  const at = line === -1 ? a.length : line;
  return `First difference in line ${String(at + 1)}:\n  is     ${visible(a[at] ?? '(end)')}\n  wanted ${visible(b[at] ?? '(end)')}`;
}

function visible(text: string): string {
  return text.replaceAll('\r', '␍').replaceAll('\ufeff', '␀BOM').replaceAll('\t', '→').replace(/ +$/gm, (blanks) => '·'.repeat(blanks.length));
}
