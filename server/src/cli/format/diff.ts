import { SourceText } from '../../engine/text/source.ts';
import { applyEdits } from '../../engine/text/span.ts';
import type { ChangedFile } from './report.ts';

/** Lines around a change, as other programs show them. */
const around = 3;

/** Lines of the text before, from zero and half open, and what stands in their place. */
interface Change {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** What was changed in a file, as `diff -u` shows it, without line ends. */
export function unifiedDiff({ path, before, edits }: ChangedFile): readonly string[] {
  const after = new SourceText(applyEdits(before.text, edits));
  const changes = changesOf({ before, edits });
  const lines = [`--- ${path}`, `+++ ${path}`];
  let moved = 0;
  for (let at = 0; at < changes.length; ) {
    let end = at + 1;
    while (end < changes.length && (changes[end]?.from ?? 0) - (changes[end - 1]?.to ?? 0) <= around * 2) end += 1;
    const hunk = changes.slice(at, end);
    lines.push(...hunkLines(before, after, hunk, moved));
    moved += hunk.reduce((sum, { from, to, lines: now }) => sum + now.length - (to - from), 0);
    at = end;
  }
  return lines;
}

function hunkLines(before: SourceText, after: SourceText, hunk: readonly Change[], moved: number): readonly string[] {
  const first = Math.max(0, (hunk[0]?.from ?? 0) - around);
  const last = Math.min(linesOf(before), (hunk.at(-1)?.to ?? 0) + around);
  const grown = hunk.reduce((sum, { from, to, lines }) => sum + lines.length - (to - from), 0);
  const range = (start: number, count: number): string => `${String(count === 0 ? start : start + 1)}${count === 1 ? '' : `,${String(count)}`}`;
  const shown = [`@@ -${range(first, last - first)} +${range(first + moved, last - first + grown)} @@`];
  let at = first;
  const keep = (to: number): void => {
    for (; at < to; at += 1) shown.push(` ${before.slice(before.line(at))}`);
  };
  for (const { from, to, lines } of hunk) {
    keep(from);
    for (; at < to; at += 1) shown.push(`-${before.slice(before.line(at))}`);
    shown.push(...lines.map((line) => `+${line}`));
    if (to === linesOf(before) && !after.text.endsWith('\n')) shown.push('\\ No newline at end of file');
  }
  keep(last);
  return shown;
}

/** Whole lines, in order, those that share a line as one. */
function changesOf({ before, edits }: Pick<ChangedFile, 'before' | 'edits'>): readonly Change[] {
  const changes: Change[] = [];
  const sorted = edits.toSorted((a, b) => a.span.start - b.span.start);
  for (let at = 0; at < sorted.length; ) {
    const from = before.lineAt(sorted[at]?.span.start ?? 0);
    let to = from;
    let end = at;
    for (; end < sorted.length && (end === at || before.lineAt(sorted[end]?.span.start ?? 0) <= to); end += 1) {
      to = Math.max(to, before.lineAt(sorted[end]?.span.end ?? 0));
    }
    const start = before.lineStart(from);
    const span = { start, end: before.line(to).end };
    const moved = sorted.slice(at, end).map((edit) => ({ ...edit, span: { start: edit.span.start - start, end: edit.span.end - start } }));
    const now = applyEdits(before.slice(span), moved).split(/\r?\n/);
    changes.push(trimmed(before, { from, to: to + 1, lines: now }));
    at = end;
  }
  return changes;
}

/** Without the lines at both ends that stay as they are. */
function trimmed(before: SourceText, { from, to, lines }: Change): Change {
  const was = (line: number): string => before.slice(before.line(line));
  let head = 0;
  while (from + head < to && head < lines.length && was(from + head) === lines[head]) head += 1;
  let tail = 0;
  while (to - tail > from + head && lines.length - tail > head && was(to - tail - 1) === lines[lines.length - tail - 1]) tail += 1;
  return { from: from + head, to: to - tail, lines: lines.slice(head, lines.length - tail) };
}

/** The last line end begins no line. */
function linesOf(text: SourceText): number {
  return text.text.endsWith('\n') ? text.lineCount - 1 : text.lineCount;
}
