import type { Span } from '../text/span.ts';

/** One `{{ … }}` of a Go template. */
export interface Action extends Span {
  /** `open` begins a block, `else` its other branch, `end` closes it; `silent` writes nothing; `output` writes text. */
  readonly kind: 'open' | 'else' | 'end' | 'silent' | 'output';
  /** Ends with `-}}`: white space behind it, line ends too, is not written. */
  readonly trimsRight: boolean;
  /** The number of its last `indent` or `nindent`: the column at which its output stands. */
  readonly indent: number | undefined;
  /** `nindent` begins its output on a new line. */
  readonly startsLine: boolean;
}

const word = /^(?:if|range|with|define|block)\b/;
const lastIndent = /\|\s*(n?)indent\s+(\d+)\s*\)?\s*$/;

/**
 * The actions of a template, in order. Strings, raw strings, characters and comments in them are respected. One that is
 * never closed ends with its line, so that a half-typed action does not swallow the file.
 */
export function actionsOf(text: string): readonly Action[] {
  const actions: Action[] = [];
  for (let start = text.indexOf('{{'); start >= 0; ) {
    const end = endOf(text, start);
    actions.push(classify(text.slice(start, end), start, end));
    start = text.indexOf('{{', end);
  }
  return actions;
}

function endOf(text: string, start: number): number {
  const comment = /^\{\{-?\s*\/\*/.exec(text.slice(start, start + 8));
  let at = start + 2;
  if (comment !== null) {
    const close = text.indexOf('*/', start + comment[0].length);
    if (close < 0) return endOfLine(text, start);
    at = close + 2;
  }
  while (at < text.length) {
    const character = text[at];
    if (character === '}' && text[at + 1] === '}') return at + 2;
    // Another `{{` before the end: this one was never closed.
    if (character === '{' && text[at + 1] === '{') return endOfLine(text, start);
    at = character === '"' || character === "'" || character === '`' ? endOfString(text, at, character) : at + 1;
  }
  return endOfLine(text, start);
}

/** Offset behind a string that begins at `start`; the end of its line where it is not closed there (raw strings may go on). */
function endOfString(text: string, start: number, quote: string): number {
  if (quote === '`') {
    const close = text.indexOf('`', start + 1);
    return close < 0 ? text.length : close + 1;
  }
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === quote) return at + 1;
    if (text[at] === '\n') return start + 1;
    if (text[at] === '\\') at += 1;
  }
  return start + 1;
}

function endOfLine(text: string, start: number): number {
  const found = /\r?\n/.exec(text.slice(start));
  return found === null ? text.length : start + found.index;
}

function classify(source: string, start: number, end: number): Action {
  const inner = source.replace(/^\{\{-?/, '').replace(/-?\}\}$/, '').trim();
  const found = lastIndent.exec(inner);
  const indent = found === null ? undefined : Number(found[2]);
  return { start, end, kind: kindOf(inner), trimsRight: source.endsWith('-}}'), indent, startsLine: found?.[1] === 'n' };
}

function kindOf(inner: string): Action['kind'] {
  if (word.test(inner)) return 'open';
  if (/^else\b/.test(inner)) return 'else';
  if (/^end\b/.test(inner)) return 'end';
  if (inner === '' || inner.startsWith('/*') || /^(?:\$\w*\s*:?=|(?:break|continue|fail)\b)/.test(inner)) return 'silent';
  return 'output';
}
