/** A stretch of a text: UTF-16 code unit offsets, half open (`start` is inside, `end` is not). */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Replace what stands in `span` by `newText`. An empty span inserts. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** The span moved by `delta` code units. */
export function shift(span: Span, delta: number): Span {
  return delta === 0 ? span : { start: span.start + delta, end: span.end + delta };
}

/**
 * Do two spans share a character or a border? Two edits that only touch count as overlapping,
 * because the order in which they are applied would decide the result.
 */
export function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** Does `outer` hold all of `inner`? */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/**
 * The text after all edits, whose spans speak of the text before any of them.
 * Edits that insert at the same offset are applied in the order given.
 * @throws RangeError when two edits overlap or one lies outside the text: that is a bug of the caller, never of user text.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.span.start - b.edit.span.start || a.edit.span.end - b.edit.span.end || a.index - b.index);
  let result = '';
  let at = 0;
  for (const { edit } of ordered) {
    if (edit.span.start < at || edit.span.end > text.length || edit.span.end < edit.span.start) {
      throw new RangeError(`edits overlap or leave the text at offset ${String(edit.span.start)}`);
    }
    result += text.slice(at, edit.span.start) + edit.newText;
    at = edit.span.end;
  }
  return result + text.slice(at);
}

/** Edits in the order of the text; those that touch become one, empty ones go. Expects none that overlap. */
export function mergeEdits(edits: readonly TextEdit[]): readonly TextEdit[] {
  const all: TextEdit[] = [];
  for (const edit of edits.filter(({ span, newText }) => span.end > span.start || newText !== '').toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    const before = all.at(-1);
    if (before === undefined || before.span.end < edit.span.start) all.push(edit);
    else all[all.length - 1] = { span: { start: before.span.start, end: edit.span.end }, newText: before.newText + edit.newText };
  }
  return all;
}
