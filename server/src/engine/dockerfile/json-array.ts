import { joinParts, sourceSpan, type MappedText, type Part } from '../text/offset-map.ts';
import type { Span } from '../text/span.ts';

/** One string of a JSON array in a Dockerfile. */
export interface JsonItem {
  readonly value: string;
  /** Quotes included. */
  readonly span: Span;
  /** The value, with the way back to each of its characters. */
  readonly mapped: MappedText;
}

export type JsonArray =
  | { readonly kind: 'strings'; readonly items: readonly JsonItem[] }
  /** A JSON array that holds something else than strings: the build stops. */
  | { readonly kind: 'not-strings' }
  | { readonly kind: 'none' };

const none: JsonArray = { kind: 'none' };

/**
 * Decides between exec form and shell form as the builder does: arguments that are a JSON array are exec form, and
 * everything else, a trailing comma or single quotes included, is shell form (BuildKit 0.26, parser/line_parsers.go).
 */
export function jsonArray(args: MappedText): JsonArray {
  if (!args.text.startsWith('[')) return none;
  let value: unknown;
  try {
    value = JSON.parse(args.text);
  } catch {
    return none;
  }
  if (!Array.isArray(value)) return none;
  if (!value.every((item) => typeof item === 'string')) return { kind: 'not-strings' };
  return { kind: 'strings', items: items(args) };
}

/** The strings of a text that is known to be a JSON array of strings. */
function items(args: MappedText): readonly JsonItem[] {
  const { text, map } = args;
  const found: JsonItem[] = [];
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at)) {
    const start = at;
    const parts: Part[] = [];
    let plain = start + 1;
    const flush = (): void => {
      if (at > plain) parts.push(...exact(args, plain, at));
    };
    for (at += 1; text[at] !== '"' && at < text.length; ) {
      if (text[at] !== '\\') {
        at += 1;
        continue;
      }
      flush();
      const length = text[at + 1] === 'u' ? 6 : 2;
      const span = { start: at, end: at + length };
      parts.push({ text: String(JSON.parse(`"${text.slice(at, at + length)}"`)), span: sourceSpan(map, span) });
      at += length;
      plain = at;
    }
    flush();
    at += 1;
    const span = sourceSpan(map, { start, end: at });
    const mapped = joinParts(parts, span.start + 1);
    found.push({ value: mapped.text, span, mapped });
  }
  return found;
}

/** A stretch without escapes, in as many parts as continuations cut it into. */
function exact({ text, map }: MappedText, start: number, end: number): readonly Part[] {
  return map.flatMap((piece) => {
    const from = Math.max(start, piece.at);
    const to = Math.min(end, piece.at + piece.length);
    return to > from ? [{ text: text.slice(from, to), span: sourceSpan(map, { start: from, end: to }) }] : [];
  });
}
