import type { Span } from '../text/span.ts';

/** A rule that an ignore comment names. */
export interface IgnoredRule {
  /** As written. */
  readonly id: string;
  readonly span: Span;
}

/**
 * `# podwright-ignore id[, id] -- reason`: for what stands below. `# podwright-ignore-file [id…] -- reason`: for the
 * whole file, for every rule where none is named.
 */
export interface IgnoreComment {
  readonly kind: 'below' | 'file';
  readonly rules: readonly IgnoredRule[];
  /** What stands behind ` -- `; undefined where nothing does. */
  readonly reason: string | undefined;
  /** From `#` to the end of the line. */
  readonly span: Span;
  /** Where one more rule would be written: behind the last one, or behind the keyword. */
  readonly end: number;
}

const keyword = 'podwright-ignore';

/** Can the text hold an ignore comment at all? Most cannot, and cost no more than this. */
export function mayIgnore(text: string): boolean {
  return text.includes(keyword);
}

/**
 * Reads a comment that stands at `span` of `text`, from its `#` to the end of its line. Undefined for other comments.
 */
export function ignoreComment(text: string, span: Span): IgnoreComment | undefined {
  const comment = text.slice(span.start, span.end);
  const match = /^#[ \t]*podwright-ignore(-file)?(?![\w-])/.exec(comment);
  if (match === null) return undefined;
  const head = match[0].length;
  const behind = comment.slice(head);
  const dashes = /(?:^|[ \t])--(?=[ \t\r]|$)/.exec(behind);
  const list = dashes === null ? behind : behind.slice(0, dashes.index);
  const rules = [...list.matchAll(/[^\s,]+/g)].map(({ 0: id, index }) => {
    const start = span.start + head + index;
    return { id, span: { start, end: start + id.length } };
  });
  const reason = dashes === null ? undefined : behind.slice(dashes.index + dashes[0].length).trim();
  return {
    kind: match[1] === undefined ? 'below' : 'file',
    rules,
    reason: reason === '' ? undefined : reason,
    span,
    end: rules.at(-1)?.span.end ?? span.start + head,
  };
}
