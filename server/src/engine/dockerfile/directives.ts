import type { SourceText } from '../text/source.ts';
import type { Directive, Escape, Problem } from './model.ts';
import { nameAndValue } from './syntax.ts';

/** The head of a file: what its directives say and where its instructions begin. */
export interface Head {
  readonly directives: readonly Directive[];
  readonly escape: Escape;
  /** Offset of the first line that is no directive. */
  readonly end: number;
  readonly problems: readonly Problem[];
}

/**
 * Reads `# syntax=`, `# escape=` and `# check=`: they stand in the first lines, before anything else, each once; the
 * first line that is none of them ends the search (BuildKit 0.26, parser/directives.go). Behind a `#!` line only
 * `syntax` counts, and that one changes nothing here.
 */
export function readHead(source: SourceText): Head {
  const { text } = source;
  const directives: Directive[] = [];
  const problems: Problem[] = [];
  let escape: Escape = '\\';
  // A byte order mark is no character of the file.
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const feed = text.indexOf('\n', at);
    const line = text.slice(at, feed < 0 ? text.length : feed).trimEnd();
    const start = at + line.length - line.trimStart().length;
    const found = text[start] === '#' ? nameAndValue(line) : undefined;
    const name = found?.name.toLowerCase();
    if (found === undefined || (name !== 'syntax' && name !== 'escape' && name !== 'check')) break;
    const value = line.slice(found.valueStart);
    const span = { start, end: at + line.length };
    const valueSpan = { start: at + found.valueStart, end: span.end };
    if (directives.some((each) => each.name === name)) problems.push({ code: 'duplicate-directive', span });
    else if (name === 'escape') {
      if (value === '\\' || value === '`') escape = value;
      else problems.push({ code: 'invalid-escape', span: valueSpan });
    }
    directives.push({ name, value, span, valueSpan });
    at = feed < 0 ? text.length : feed + 1;
  }
  return { directives, escape, end: at, problems };
}
