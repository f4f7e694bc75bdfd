import { joinParts, type MappedText, type Part, subtext } from '../text/offset-map.ts';
import { Field } from './field.ts';
import { headEnd, lineEnd, nextLine } from './lines.ts';
import { isBlockScalar, type ScalarNode } from './node.ts';

/**
 * The string that a scalar stands for, and where each of its characters stands in the document: quotes, escapes, folded
 * lines and the indentation of blocks are taken off. Undefined for what is no known string, and where the way back is
 * not known.
 */
export function scalarText(field: Field): MappedText | undefined {
  const { tree, node } = Field.placeOf(field);
  const value = field.text;
  if (node?.kind !== 'scalar' || value === undefined) return undefined;
  const candidates = isBlockScalar(node) ? blockTexts(tree.text, node) : [flowText(tree.text, node)];
  // What the reading above cannot do is found out here, not guessed.
  return candidates.find(({ text }) => text === value);
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0', a: '\u0007', b: '\b', t: '\t', '\t': '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\u001b', ' ': ' ', '"': '"', '/': '/', '\\': '\\',
  N: '\u0085', _: '\u00a0', L: '\u2028', P: '\u2029',
};
const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Plain and quoted scalars: a line break with the blanks around it is a space, each further one a line feed. */
function flowText(text: string, { start, end, style }: ScalarNode): MappedText {
  const parts: Part[] = [];
  const quotes = style === 'plain' ? 0 : 1;
  const last = end - quotes;
  let from = start + quotes;
  const take = (until: number): void => {
    if (until > from) parts.push({ text: text.slice(from, until), span: { start: from, end: until } });
  };
  for (let at = from; at < last; ) {
    const character = text[at];
    if (character === '\n' || character === '\r') {
      const [content, next] = [blanksBefore(text, from, at), blanksBehind(text, at, last)];
      take(content);
      const feeds = text.slice(at, next).split('\n').length - 1;
      parts.push({ text: feeds > 1 ? '\n'.repeat(feeds - 1) : ' ', span: { start: content, end: next } });
      from = at = next;
      continue;
    }
    const length = style === 'single' && character === "'" ? 2 : style === 'double' && character === '\\' ? escapeLength(text, at, last) : 0;
    if (length > 0) {
      take(at);
      parts.push({ text: style === 'single' ? "'" : unescaped(text.slice(at + 1, at + length)), span: { start: at, end: at + length } });
      from = at + length;
    }
    at += Math.max(length, 1);
  }
  take(last);
  return joinParts(parts, start + quotes);
}

function blanksBefore(text: string, from: number, at: number): number {
  let start = at;
  while (start > from && /[ \t\r]/.test(text[start - 1] ?? '')) start -= 1;
  return start;
}

function blanksBehind(text: string, at: number, last: number): number {
  let end = at;
  while (end < last && /\s/.test(text[end] ?? '')) end += 1;
  return end;
}

/** With its backslash. An escaped line break takes the blanks of the next line along. */
function escapeLength(text: string, at: number, last: number): number {
  const name = text[at + 1] ?? '';
  if (name === '\r' || name === '\n') {
    const next = nextLine(text, at);
    return next - at + (/^[ \t]*/.exec(text.slice(next, last))?.[0].length ?? 0);
  }
  return 2 + (hexDigits[name] ?? 0);
}

function unescaped(written: string): string {
  const name = written[0] ?? '';
  if (name === '\r' || name === '\n') return '';
  const code = hexDigits[name] === undefined ? Number.NaN : Number.parseInt(written.slice(1), 16);
  if (code <= 0x10ffff) return String.fromCodePoint(code);
  return escapes[name] ?? '';
}

/** Literal and folded blocks. Only where the header names the indentation, several are possible. */
function blockTexts(text: string, node: ScalarNode): readonly MappedText[] {
  const lines = linesOf(text, nextLine(text, node.start), node.end);
  const first = lines.find(({ start, end }) => text.slice(start, end).trim() !== '');
  const deepest = first === undefined ? 0 : /^ */.exec(text.slice(first.start, first.end))?.[0].length ?? 0;
  const isGiven = /\d/.test(text.slice(node.start, headEnd(text, node)));
  const columns = isGiven ? Array.from({ length: deepest }, (_, index) => index + 1) : [deepest];
  return columns.map((column) => {
    const cut = lines.map(({ start, end, next }) => ({ start: Math.min(start + column, end), end, next }));
    const whole = joinParts(node.style === 'literal' ? literalParts(text, cut) : foldedParts(text, cut), node.end);
    // How many of the last line feeds count is known from the value: less is never more than what stands there.
    return subtext(whole, 0, Math.min(node.value.length, whole.text.length));
  });
}

interface Line {
  readonly start: number;
  /** Without its line end. */
  readonly end: number;
  readonly next: number;
}

function linesOf(text: string, from: number, to: number): readonly Line[] {
  const lines: Line[] = [];
  for (let at = from; at < to; at = nextLine(text, at)) lines.push({ start: at, end: lineEnd(text, at), next: nextLine(text, at) });
  return lines;
}

function content(text: string, { start, end }: Line): Part {
  return { text: text.slice(start, end), span: { start, end } };
}

function feed({ end, next }: Line): Part {
  return { text: '\n', span: { start: end, end: next } };
}

function literalParts(text: string, lines: readonly Line[]): readonly Part[] {
  return lines.flatMap((line) => [content(text, line), feed(line)]);
}

/** Lines become one; blank lines between them and lines that stand deeper keep their line ends. */
function foldedParts(text: string, lines: readonly Line[]): readonly Part[] {
  const parts: Part[] = [];
  let before: Line | undefined;
  let blank: Line[] = [];
  const isDeeper = ({ start }: Line): boolean => /[ \t]/.test(text[start] ?? '');
  for (const line of lines) {
    if (line.start === line.end) {
      blank.push(line);
      continue;
    }
    if (before === undefined) parts.push(...blank.map(feed));
    else if (isDeeper(before) || isDeeper(line)) parts.push(feed(before), ...blank.map(feed));
    else if (blank.length > 0) parts.push(...blank.map((each, index) => (index === 0 && before !== undefined ? { text: '\n', span: { start: before.end, end: each.next } } : feed(each))));
    else parts.push({ text: ' ', span: { start: before.end, end: line.start } });
    parts.push(content(text, line));
    before = line;
    blank = [];
  }
  return [...parts, ...(before === undefined ? [] : [feed(before)]), ...blank.map(feed)];
}
