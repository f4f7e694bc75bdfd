import type { SourceText } from '../../engine/text/source.ts';
import type { Span } from '../../engine/text/span.ts';
import { showLine, sliceColumns } from './columns.ts';

/** One line of a code frame. `carets` is the run that stands below it, with its blanks in front. */
export interface FrameLine {
  /** Line number from one; undefined where lines are left out. */
  readonly number: number | undefined;
  readonly text: string;
  readonly carets: string | undefined;
}

/** Lines of a span that are shown before the middle is left out. */
const mostLines = 4;

/** The lines a span stands on, one line around it, carets under the span; cut to `width` columns. */
export function codeFrame(source: SourceText, span: Span, width: number): readonly FrameLine[] {
  const first = source.lineAt(span.start);
  const last = Math.max(first, source.lineAt(Math.max(span.start, span.end - 1)));
  const marked = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const middle = marked.length > mostLines ? [...marked.slice(0, 2), undefined, last] : marked;
  const around = [first - 1, ...middle, last + 1].filter(
    (line) => line === undefined || (line >= 0 && line < source.lineCount && (marked.includes(line) || !isBlank(source, line))),
  );
  const from = window(source, span, first, width);
  return around.map((line) =>
    line === undefined ? { number: undefined, text: '...', carets: undefined } : frameLine(source, line, span, from, width),
  );
}

function frameLine(source: SourceText, line: number, span: Span, from: number, width: number): FrameLine {
  const place = source.line(line);
  const shown = showLine(source.slice(place));
  const total = shown.columns.at(-1) ?? 0;
  const cutLeft = from > 0;
  const cutRight = total - from > width;
  const body = sliceColumns(shown.text, from + (cutLeft ? 1 : 0), from + width - (cutRight ? 1 : 0));
  const text = (cutLeft ? '…' : '') + body + (cutRight ? '…' : '');
  return { number: line + 1, text: text.trimEnd(), carets: carets(source, line, span, shown.columns, from, width) };
}

function carets(
  source: SourceText,
  line: number,
  span: Span,
  columns: readonly number[],
  from: number,
  width: number,
): string | undefined {
  const place = source.line(line);
  const text = source.slice(place);
  const indent = text.length - text.trimStart().length;
  const start = Math.max(span.start - place.start, line === source.lineAt(span.start) ? 0 : indent);
  const end = Math.min(span.end - place.start, text.trimEnd().length);
  const empty = span.start === span.end;
  if (span.start > place.end || span.end < place.start) return undefined;
  // Only an empty span may stand where no character is marked: a span's end is not part of it.
  if (!empty && (end < start || span.end === place.start)) return undefined;
  const left = Math.max(0, (columns[start] ?? 0) - from);
  const right = Math.min(width, (columns[Math.max(end, start)] ?? columns.at(-1) ?? 0) - from);
  return left >= width ? undefined : ' '.repeat(left) + '^'.repeat(Math.max(1, right - left));
}

/** The first column to show: zero, unless the span would then stand outside the frame. */
function window(source: SourceText, span: Span, line: number, width: number): number {
  const place = source.line(line);
  const { columns } = showLine(source.slice(place));
  const start = columns[Math.min(span.start - place.start, columns.length - 1)] ?? 0;
  const end = columns[Math.min(span.end - place.start, columns.length - 1)] ?? start;
  return end <= width ? 0 : Math.max(0, start - Math.floor(width / 3));
}

function isBlank(source: SourceText, line: number): boolean {
  return source.slice(source.line(line)).trim() === '';
}
