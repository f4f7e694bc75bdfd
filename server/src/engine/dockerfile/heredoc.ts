import { joinParts, type Part } from '../text/offset-map.ts';
import { isSpace, lineAt } from './lex.ts';
import type { Heredoc } from './model.ts';

/** What `<<NAME` in a line announces. */
export interface HeredocStart {
  readonly name: string;
  readonly chomp: boolean;
  readonly expand: boolean;
}

/** The here-documents of an instruction, read. */
export interface Heredocs {
  readonly found: readonly Heredoc[];
  readonly unterminated: boolean;
  /** Where the line begins that follows the last of them. */
  readonly next: number;
}

/**
 * The here-documents that the arguments of RUN, COPY or ADD announce, in order. As BuildKit 0.26 reads them
 * (parser.go, heredocsFromLine): white space may stand behind `<<` but not behind `<<-`; quotes that do not close mean
 * that there is none; the escape character is always the backslash.
 */
export function heredocsIn(line: string): readonly HeredocStart[] {
  if (!line.includes('<<')) return [];
  return rawWords(line).flatMap((word) => {
    const start = heredocOf(word);
    return start === undefined ? [] : [start];
  });
}

/** The here-document that one word announces: `<<EOF`, `<<-"EOF"`, `3<<EOF`. */
export function heredocOf(word: string): HeredocStart | undefined {
  const match = /^\d*<<(-?)\s*([^<]+)$/.exec(word);
  if (match === null) return undefined;
  const [, dash = '', rest = ''] = match;
  if (rawWords(rest).length !== 1) return undefined;
  const name = unquoted(rest);
  return name === '' ? undefined : { name, chomp: dash === '-', expand: !/['"]/.test(rest) };
}

/** Where the last line stands that could end a here-document, -1 for none. */
export type Terminators = (head: HeredocStart) => number;

/**
 * The last lines that could end here-documents: with them, one that nothing ends is known without a search. Made at the
 * first question, for most files have no here-document.
 */
export function lastLines(text: string): Terminators {
  let last: ReadonlyMap<string, number> | undefined;
  return ({ name, chomp }) => {
    last ??= linesByText(text);
    return last.get(chomp ? `\t${name}` : name) ?? -1;
  };
}

/** The last place of each line, and under its text without tabs and with one tab before it, of each line with any number of them. */
function linesByText(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  for (let at = 0; at < text.length; ) {
    const { span, next } = lineAt(text, at);
    const line = text.slice(span.start, span.end);
    lines.set(line, at);
    lines.set(`\t${line.replace(/^\t+/, '')}`, at);
    at = next;
  }
  return lines;
}

/**
 * Reads here-documents from `start` on. One that no line ends is no here-document: the builder stops there, and to
 * swallow the rest of the file while its first line is being typed would help nobody.
 */
export function readHeredocs(text: string, start: number, line: string, terminators: Terminators): Heredocs {
  const found: Heredoc[] = [];
  let next = start;
  for (const head of heredocsIn(line)) {
    const read = terminators(head) < next ? undefined : readHeredoc(text, next, head);
    if (read === undefined) return { found, unterminated: true, next };
    found.push(read.heredoc);
    next = read.next;
  }
  return { found, unterminated: false, next };
}

function readHeredoc(text: string, start: number, head: HeredocStart): { heredoc: Heredoc; next: number } | undefined {
  const parts: Part[] = [];
  let at = start;
  while (at < text.length) {
    const { span, next } = lineAt(text, at);
    let from = span.start;
    while (head.chomp && from < span.end && text[from] === '\t') from += 1;
    if (text.slice(from, span.end) === head.name) {
      const heredoc = { ...head, body: joinParts(parts, start), bodySpan: { start, end: at }, endSpan: { start: from, end: span.end } };
      return { heredoc, next };
    }
    if (span.end > from) parts.push({ text: text.slice(from, span.end), span: { start: from, end: span.end } });
    parts.push({ text: '\n', span: { start: span.end, end: next } });
    at = next;
  }
  return undefined;
}

/** Words with quotes and escapes kept; none at all where a quote or a `${` does not close. */
function rawWords(line: string): readonly string[] {
  const found: string[] = [];
  let word = '';
  for (let at = 0; at < line.length; ) {
    const char = line[at] ?? '';
    let end = at + 1;
    if (char === "'" || char === '"') end = quoteEnd(line, at);
    else if (char === '$') end = dollarEnd(line, at);
    else if (char === '\\') end = at + 2;
    else if (line.startsWith('<<', at)) {
      end = at + 2;
      while (isSpace(line[end])) end += 1;
    } else if (isSpace(char)) {
      if (word !== '') found.push(word);
      word = '';
      at += 1;
      continue;
    }
    if (end > line.length && char !== '\\') return [];
    word += line.slice(at, end);
    at = end;
  }
  if (word !== '') found.push(word);
  return found;
}

/** Variables in quotes in variables: more of them than anyone writes, and far fewer than the call stack holds. */
const deepest = 100;

/** Behind the closing quote; past the end of the line where there is none. */
function quoteEnd(line: string, start: number, depth = 0): number {
  const quote = line[start];
  for (let at = start + 1; at < line.length; at += 1) {
    if (line[at] === quote) return at + 1;
    if (quote === '"' && line[at] === '\\') at += 1;
    else if (quote === '"' && line[at] === '$') at = dollarEnd(line, at, depth + 1) - 1;
  }
  return line.length + 1;
}

/** Behind a variable; past the end of the line where its brace does not close or holds what the builder refuses. */
function dollarEnd(line: string, start: number, depth = 0): number {
  const bad = line.length + 1;
  if (depth > deepest) return bad;
  const braces = line[start + 1] === '{';
  const from = braces ? start + 2 : start + 1;
  const name = /^(?:[@*#?$!-]|\d+|\w*)/.exec(line.slice(from, from + 256))?.[0] ?? '';
  let at = from + name.length;
  if (!braces) return at;
  if (name === '' || !/^[}:+?#%/-]$/.test(line[at] ?? '')) return bad;
  if (line[at] === '}') return at + 1;
  at += 1;
  while (at < line.length && line[at] !== '}') {
    const char = line[at];
    if (char === "'" || char === '"') at = quoteEnd(line, at, depth + 1);
    else if (char === '$') at = dollarEnd(line, at, depth + 1);
    else at += char === '\\' ? 2 : 1;
  }
  return at < line.length ? at + 1 : bad;
}

function unquoted(word: string): string {
  let result = '';
  let quote: string | undefined;
  for (let at = 0; at < word.length; at += 1) {
    const char = word[at] ?? '';
    if (quote === undefined && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = undefined;
    else if (char === '\\' && quote !== "'") {
      const next = word[at + 1] ?? '';
      if (quote === '"' && !/["$\\]/.test(next)) result += char;
      result += next;
      at += 1;
    } else result += char;
  }
  return result;
}
