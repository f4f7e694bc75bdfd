import { severities } from '../engine/core/finding.ts';
import { offerOf } from './format/offer.ts';
import { type FileReport, noTotals, type Render, type Reporter, type Totals, type Trouble } from './format/report.ts';

/** What came of one file or path. Plain data: one thread may find it out, and another one print it. */
export type Told = {
  /** Several files may lead to the same: of those with one key only the first is told. */
  readonly once?: string;
} & (
  | { readonly kind: 'file'; readonly rendered: string; readonly totals: Totals; readonly hasFailed: boolean }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }
);

/** A file's report as it will be printed, and counted. */
export function toldOf(report: FileReport, render: Render): Told & { readonly kind: 'file' } {
  const { findings, hidden, fixed } = report;
  const totals: Totals = { ...noTotals(), files: 1, hidden, fixed: fixed.length };
  if (fixed.length > 0) totals.filesFixed = 1;
  if (findings.length > 0) totals.filesWithFindings = 1;
  for (const finding of findings) {
    totals.findings[finding.severity] += 1;
    const { fix } = offerOf(finding);
    if (fix?.safety === 'safe') totals.safe += 1;
    else if (fix !== undefined) totals.unsafe += 1;
  }
  const hasFailed = findings.some(({ rule }) => rule === 'podwright/internal-error');
  return { kind: 'file', rendered: render(report), totals, hasFailed };
}

/** What a whole run came to. `hasFailed`: what was said is not the whole truth about what was to be checked. */
export interface Ledger {
  readonly totals: Totals;
  readonly hasFailed: () => boolean;
  /** Prints and counts. To be called in the order of the files. */
  readonly tell: (told: Told) => void;
}

export function openLedger(reporter: Reporter): Ledger {
  const totals = noTotals();
  const known = new Set<string>();
  let hasFailed = false;
  return {
    totals,
    hasFailed: () => hasFailed,
    tell: (told) => {
      if (told.once !== undefined && known.has(told.once)) return;
      if (told.once !== undefined) known.add(told.once);
      if (told.kind === 'file') {
        hasFailed ||= told.hasFailed;
        add(totals, told.totals);
        reporter.file(told.rendered);
      } else {
        hasFailed ||= told.trouble.note !== true;
        reporter.trouble(told.trouble);
      }
    },
  };
}

function add(sum: Totals, { findings, ...counts }: Totals): void {
  for (const [key, count] of Object.entries(counts)) sum[key as keyof typeof counts] += count;
  for (const severity of severities) sum.findings[severity] += findings[severity];
}
