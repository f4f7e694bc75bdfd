/** What a name stands for: a value, nothing at all, or something that only a build knows. */
export type Lookup = { readonly kind: 'known'; readonly value: string } | { readonly kind: 'unset' } | { readonly kind: 'unknown' };

export type Scope = (name: string) => Lookup;

/** Patterns with more wildcards, or longer values, are not tried: they are nobody's image tag. */
const mostWildcards = 4;
const longestValue = 4096;
/** Variables within variables: deeper, reading would run out of stack, and nobody would know what is meant. */
const deepest = 50;

/**
 * Replaces variables and removes quotes as the builder does (BuildKit 0.26, shell/lex.go): `$X`, `${X}`, and the
 * modifiers `-`, `+`, `?` (also with `:`), `#`, `##`, `%`, `%%`, `/`, `//`. Undefined where a value is not known from
 * the file, where a quote or brace does not close, and for what the builder refuses.
 */
export function expandWith(text: string, scope: Scope, escape: string): string | undefined {
  const read = segment({ text, scope, escape, depth: 0 }, 0, undefined, false);
  return read?.value;
}

interface Reading {
  readonly text: string;
  readonly scope: Scope;
  readonly escape: string;
  readonly depth: number;
}

/** A value and the offset behind what made it; an unknown value is undefined. */
interface Read {
  readonly value: string | undefined;
  readonly end: number;
}

/** Reads up to `stop` (taken, not returned) or the end. Undefined: a quote or brace does not close. */
function segment(reading: Reading, start: number, stop: string | undefined, rawEscapes: boolean): Read | undefined {
  const { text, escape } = reading;
  let value: string | undefined = '';
  let at = start;
  const add = (more: string | undefined): void => {
    value = value === undefined || more === undefined ? undefined : value + more;
  };
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === stop) return { value, end: at + 1 };
    if (char === "'") {
      const end = text.indexOf("'", at + 1);
      if (end < 0) return undefined;
      add(text.slice(at + 1, end));
      at = end + 1;
    } else if (char === '"' || char === '$') {
      const read = char === '"' ? doubleQuoted(reading, at + 1) : variable(reading, at + 1);
      if (read === undefined) return undefined;
      add(read.value);
      at = read.end;
    } else if (char === escape) {
      add((rawEscapes ? char : '') + (text[at + 1] ?? ''));
      at += 2;
    } else {
      const end = plainEnd(text, at, stop, escape);
      add(text.slice(at, end));
      at = end;
    }
  }
  return stop === undefined ? { value, end: text.length } : undefined;
}

/** Behind the characters from `at` on (one at least) that mean nothing but themselves. */
function plainEnd(text: string, at: number, stop: string | undefined, escape: string): number {
  let end = at + 1;
  for (; end < text.length; end += 1) {
    const char = text[end];
    if (char === '$' || char === "'" || char === '"' || char === escape || char === stop) break;
  }
  return end;
}

function doubleQuoted(reading: Reading, start: number): Read | undefined {
  const { text, escape } = reading;
  let value: string | undefined = '';
  for (let at = start; at < text.length; ) {
    const char = text[at] ?? '';
    if (char === '"') return { value, end: at + 1 };
    if (char === '$') {
      const read = variable(reading, at + 1);
      if (read === undefined) return undefined;
      value = value === undefined || read.value === undefined ? undefined : value + read.value;
      at = read.end;
      continue;
    }
    const next = text[at + 1];
    const escaped = char === escape && (next === '"' || next === '$' || next === escape);
    if (value !== undefined) value += escaped ? next : char;
    at += escaped ? 2 : 1;
  }
  return undefined;
}

/** Reads what follows a dollar sign. */
function variable(outer: Reading, start: number): Read | undefined {
  const { text, scope } = outer;
  const reading = { ...outer, depth: outer.depth + 1 };
  if (reading.depth > deepest) return undefined;
  const braces = text[start] === '{';
  const from = braces ? start + 1 : start;
  const name = /^(?:[@*#?$!-]|\d+|[\p{L}\p{Nd}_]*)/u.exec(text.slice(from, from + 256))?.[0] ?? '';
  const end = from + name.length;
  if (!braces) return name === '' ? { value: '$', end } : { value: known(scope(name)), end };
  if (name === '') return undefined;
  const found = scope(name);
  const operator = /^(?:\}|:?[-+?]|##?|%%?|\/\/?)/.exec(text.slice(end, end + 2))?.[0];
  switch (operator) {
    case undefined:
      return undefined;
    case '}':
      return { value: known(found), end: end + 1 };
    case '/':
    case '//':
      return replacement(reading, end + operator.length, found, operator === '//');
    default: {
      const cuts = operator.startsWith('#') || operator.startsWith('%');
      const word = segment(reading, end + operator.length, '}', cuts);
      if (word === undefined) return undefined;
      return { value: cuts ? cut(found, operator, word.value) : chosen(found, operator, word.value), end: word.end };
    }
  }
}

function known(found: Lookup): string | undefined {
  return found.kind === 'known' ? found.value : undefined;
}

function chosen(found: Lookup, operator: string, word: string | undefined): string | undefined {
  if (found.kind === 'unknown') return undefined;
  const set = found.kind === 'known' && (found.value !== '' || !operator.startsWith(':'));
  if (operator.endsWith('+')) return set ? word : '';
  if (set) return known(found);
  return operator.endsWith('-') ? word : undefined;
}

function cut(found: Lookup, operator: string, pattern: string | undefined): string | undefined {
  const value = known(found);
  const matcher = pattern === undefined ? undefined : patternOf(pattern);
  if (value === undefined || matcher === undefined || value.length > longestValue) return undefined;
  const whole = new RegExp(`^(?:${matcher})$`, 'u');
  const lengths = Array.from({ length: value.length + 1 }, (_, length) => length);
  const longestFirst = operator.length === 2;
  for (const length of longestFirst ? lengths.reverse() : lengths) {
    const front = operator.startsWith('#');
    const part = front ? value.slice(0, length) : value.slice(value.length - length);
    if (whole.test(part)) return front ? value.slice(length) : value.slice(0, value.length - length);
  }
  return value;
}

function replacement(reading: Reading, start: number, found: Lookup, all: boolean): Read | undefined {
  const pattern = segment(reading, start, '/', true);
  const by = pattern === undefined ? undefined : segment(reading, pattern.end, '}', true);
  if (pattern === undefined || by === undefined) return undefined;
  const value = known(found);
  const matcher = pattern.value === undefined ? undefined : patternOf(pattern.value);
  const text = by.value;
  if (value === undefined || matcher === undefined || text === undefined || value.length > longestValue) {
    return { value: undefined, end: by.end };
  }
  return { value: value.replace(new RegExp(matcher, all ? 'gu' : 'u'), () => text), end: by.end };
}

/** A shell pattern (`*`, `?`, backslash) as the source of a regular expression. */
function patternOf(pattern: string): string | undefined {
  if (pattern.split('*').length - 1 > mostWildcards) return undefined;
  return pattern.replace(/\\[\s\S]?|[\s\S]/gu, (char) => {
    if (char === '*') return '[^]*';
    if (char === '?') return '[^]';
    return (char.length === 2 && char.startsWith('\\') ? char.slice(1) : char).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  });
}
