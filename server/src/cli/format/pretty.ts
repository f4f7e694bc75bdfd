import { severities, type Finding, type Severity } from '../../engine/core/finding.ts';
import { type Locale, render } from '../../engine/core/message.ts';
import type { SourceText } from '../../engine/text/source.ts';
import { printable, type Say } from '../io.ts';
import { severityTexts, texts } from '../texts.ts';
import { unifiedDiff } from './diff.ts';
import { codeFrame } from './frame.ts';
import { offerOf } from './offer.ts';
import type { ChangedFile, Render, Reporter, Totals } from './report.ts';
import type { Style } from './style.ts';

interface PrettyVoice {
  readonly locale: Locale;
  readonly say: Say;
  readonly style: Style;
}

export interface PrettyRenderOptions extends PrettyVoice {
  /** Columns of the terminal; lines of code are cut to it. */
  readonly columns: number;
}

export interface PrettyOptions extends PrettyVoice {
  /** No summary. */
  readonly quiet: boolean;
  /** The weakest severity shown. */
  readonly severity: Severity;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** For people: grouped by file, each finding with its code, what it says, and what can be done. Written as it comes. */
export function prettyReporter(options: PrettyOptions): Reporter {
  const { out, err, say, quiet } = options;
  return {
    file: (rendered) => {
      if (rendered !== '') out(rendered);
    },
    trouble: ({ path, text, code = '' }) => {
      err(`podwright: ${printable(path)}: ${say(text, { code })}\n`);
    },
    end: (totals) => {
      if (!quiet && totals.files > 0) out(`${summary(totals, options)}\n`);
    },
  };
}

/** The findings of one file of {@link prettyReporter}, and what its fixes changed in others; nothing where there is neither. */
export function prettyRender(voice: PrettyRenderOptions): Render {
  const { style } = voice;
  return ({ path, source, findings, changed }) => {
    if (findings.length + changed.length === 0) return '';
    const diffs = changed.flatMap((each) => [...diffLines(each, voice), '']);
    return [style.bold(printable(path)), ...diffs, ...findings.flatMap((finding) => [...findingLines(source, finding, voice), '']), ''].join('\n');
  };
}

/** What a fix wrote into a file that was perhaps not even named. */
function diffLines(changed: ChangedFile, { say, style }: PrettyRenderOptions): readonly string[] {
  const paint = (line: string): string => (line.startsWith('+') ? style.good(line) : line.startsWith(' ') ? line : style.dim(line));
  return [`  ${say(texts.changedOther, { path: changed.path })}`, ...unifiedDiff(changed).map((line) => `    ${paint(printable(line.replaceAll('\t', '    ')))}`)];
}

/** What was fixed or could not be written is told for the summary only; the rest is in {@link FileReport.findings}. */
function findingLines(source: SourceText, finding: Finding, voice: PrettyRenderOptions): readonly string[] {
  const { locale, say, style, columns } = voice;
  const { line, character } = source.positionAt(finding.span.start);
  const frame = codeFrame(source, finding.span, Math.max(20, columns - 12));
  const digits = String(Math.max(...frame.map((each) => each.number ?? 0))).length;
  const gutter = (number = ''): string => style.dim(`    ${number.padStart(digits)} | `);
  const head = [
    `  ${String(line + 1)}:${String(character + 1)}`,
    style.severity(finding.severity, say(severityTexts[finding.severity].name)),
    render(finding.message, locale),
    style.dim(`[${finding.rule}]`),
  ];
  const code = frame.flatMap(({ number, text, carets }) => [
    (number === undefined ? style.dim(`    ${text}`) : gutter(String(number)) + text).trimEnd(),
    ...(carets === undefined ? [] : [gutter() + blankThen(carets, (run) => style.severity(finding.severity, run))]),
  ]);
  const related = finding.related.map((each) => {
    const at = source.positionAt(each.span.start);
    return `    ${style.dim(`${String(at.line + 1)}:${String(at.character + 1)}`)} ${render(each.message, locale)}`;
  });
  return [head.join(' '), ...code, ...related, ...fixLines(finding, voice)];
}

function fixLines(finding: Finding, { locale, say, style }: PrettyVoice): readonly string[] {
  const { fix, others, refused } = offerOf(finding);
  const lines = refused.map(({ fix: each, reason }) =>
    style.dim(`    ${say(texts.refused, { title: render(each.title, locale), reason: render(reason, locale) })}`),
  );
  if (fix === undefined) return lines;
  const how = say(fix.safety === 'safe' ? texts.withSafe : texts.withUnsafe);
  lines.push(`    ${style.good(say(texts.fix, { title: render(fix.title, locale) }))}${style.dim(how)}`);
  if (others > 0) lines.push(`    ${style.dim(say(others === 1 ? texts.other : texts.others, { count: others }))}`);
  return lines;
}

function blankThen(carets: string, paint: (run: string) => string): string {
  const run = carets.trimStart();
  return carets.slice(0, carets.length - run.length) + paint(run);
}

function summary(totals: Totals, { say, severity, locale, style }: PrettyOptions): string {
  const { files, filesWithFindings, filesFixed, fixed, hidden, safe, unsafe, findings } = totals;
  const sentences: string[] = [];
  const count = (number: number): string => (number === 1 ? say(texts.oneFile) : say(texts.manyFiles, { count: number }));
  if (fixed > 0) sentences.push(say(fixed === 1 ? texts.fixedOne : texts.fixedMany, { count: fixed, files: count(filesFixed) }));
  const shown = severities.filter((each) => findings[each] > 0);
  if (shown.length === 0) sentences.push(style.good(say(texts.clean, { files: count(files) })));
  else {
    const counts = shown.map((each) => {
      const text = findings[each] === 1 ? severityTexts[each].one : severityTexts[each].many;
      return style.severity(each, say(text, { count: findings[each] }));
    });
    const where = filesWithFindings === files ? count(files) : say(texts.someFiles, { some: filesWithFindings, count: files });
    // Colours are control characters: the counts are put in after the values are made safe.
    sentences.push(say(texts.found, { files: where }).replace('{counts}', () => counts.join(locale === 'zh' ? '、' : ', ')));
  }
  if (hidden > 0) sentences.push(say(texts.hidden, { count: hidden, level: severity }));
  if (safe > 0) sentences.push(say(unsafe > 0 ? texts.fixableBoth : texts.fixable, { safe, unsafe }));
  else if (unsafe > 0) sentences.push(say(texts.fixableUnsafe, { unsafe }));
  return sentences.join(locale === 'zh' ? '' : ' ');
}
