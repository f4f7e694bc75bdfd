import { sourceSpan, subtext, type MappedText } from '../text/offset-map.ts';
import type { Span } from '../text/span.ts';
import type { ArgumentWord, Flag } from './model.ts';

/** White space as Go's `unicode.IsSpace` sees it: the builder is written in Go. */
export function isSpace(char: string | undefined): boolean {
  if (char === undefined) return false;
  if (char < '\u0080') return char === ' ' || (char >= '\t' && char <= '\r');
  return char === '\u0085' || (char !== '\uFEFF' && /^\s/.test(char));
}

/** Offset of the first character at or after `start` that is no white space; `end` where there is none before it. */
export function skipSpace(text: string, start: number, end: number = text.length): number {
  let at = start;
  while (at < end && isSpace(text[at])) at += 1;
  return at;
}

/** A line of the file without its line end. Only a line feed ends a line: that is what the builder goes by. */
export interface Line {
  readonly span: Span;
  /** Offset of the first character that is no white space; the end of a line that holds nothing else. */
  readonly first: number;
  /** Where the next line begins. */
  readonly next: number;
}

/** The line that begins at `start`. */
export function lineAt(text: string, start: number): Line {
  const feed = text.indexOf('\n', start);
  let end = feed < 0 ? text.length : feed;
  while (end > start && text[end - 1] === '\r') end -= 1;
  return { span: { start, end }, first: skipSpace(text, start, end), next: feed < 0 ? text.length : feed + 1 };
}

/** Splits an instruction into keyword and the rest, both without white space around them. */
export function splitKeyword(line: MappedText): { readonly keyword: MappedText; readonly rest: MappedText } {
  const { text } = line;
  const start = skipSpace(text, 0);
  const last = trimmedEnd(text, start);
  const length = text.slice(start, last).search(/[\t\v\f\r ]/);
  const end = length < 0 ? last : start + length;
  return { keyword: subtext(line, start, end), rest: subtext(line, skipSpace(text, end, last), last) };
}

/** Takes the flags off the front of `rest`: words that begin with two dashes, up to the first that does not. */
export function splitFlags(rest: MappedText, escape: string): { readonly flags: readonly Flag[]; readonly args: MappedText } {
  const { text } = rest;
  const flags: Flag[] = [];
  let at = skipSpace(text, 0);
  while (text.startsWith('--', at)) {
    const { value, end } = flagWord(text, at, escape);
    if (value !== '--') flags.push(flagOf(rest, at, end, value));
    at = skipSpace(text, end);
    if (value === '--') break;
  }
  return { flags, args: subtext(rest, at) };
}

/** Splits at white space alone, quotes meaning nothing: FROM, EXPOSE, COPY, ADD, VOLUME. */
export function words(args: MappedText): readonly ArgumentWord[] {
  return [...args.text.matchAll(/[^\t\v\f\r ]+/g)].map((match) => ({
    text: match[0],
    span: sourceSpan(args.map, { start: match.index, end: match.index + match[0].length }),
  }));
}

/** Splits at white space outside quotes, the quotes kept: ARG, ENV, LABEL. */
export function quotedWords(args: MappedText, escape: string): readonly (ArgumentWord & { readonly start: number })[] {
  const { text } = args;
  const found: (ArgumentWord & { readonly start: number })[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const start = at;
    let quote: string | undefined;
    for (; at < text.length; at += 1) {
      const char = text[at];
      if (quote === undefined && isSpace(char)) break;
      if (char === escape && quote !== "'") at += 1;
      else if (quote === undefined && (char === '"' || char === "'")) quote = char;
      else if (char === quote) quote = undefined;
    }
    at = Math.min(at, text.length);
    found.push({ text: text.slice(start, at), span: sourceSpan(args.map, { start, end: at }), start });
    at = skipSpace(text, at);
  }
  return found;
}

function flagWord(text: string, start: number, escape: string): { readonly value: string; readonly end: number } {
  let value = '';
  let quote: string | undefined;
  let at = start;
  for (; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (quote === undefined && isSpace(char)) break;
    if (quote === undefined && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = undefined;
    else if (char === escape) {
      at += 1;
      value += text[at] ?? '';
    } else value += char;
  }
  return { value, end: Math.min(at, text.length) };
}

function flagOf(rest: MappedText, start: number, end: number, value: string): Flag {
  const equals = value.indexOf('=');
  const written = rest.text.slice(start, end).indexOf('=');
  const has = equals >= 0 && written >= 0;
  return {
    name: (has ? value.slice(2, equals) : value.slice(2)).toLowerCase(),
    value: has ? value.slice(equals + 1) : undefined,
    span: sourceSpan(rest.map, { start, end }),
    valueSpan: has ? sourceSpan(rest.map, { start: start + written + 1, end }) : undefined,
  };
}

function trimmedEnd(text: string, start: number): number {
  let end = text.length;
  while (end > start && isSpace(text[end - 1])) end -= 1;
  return end;
}
