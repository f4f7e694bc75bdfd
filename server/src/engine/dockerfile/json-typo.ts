import { sourceSpan, type MappedText } from '../text/offset-map.ts';
import { mergeEdits, type Span, type TextEdit } from '../text/span.ts';
import { type Command, commandText } from './command.ts';
import { jsonArray } from './json-array.ts';

/** What keeps a text from being the JSON array of strings that it was meant to be. */
export type TypoKind =
  /** Single or typographic quotes. */
  | 'quotes'
  /** Words, numbers or variables without quotes. */
  | 'bare'
  | 'missing-comma'
  | 'extra-comma'
  | 'bracket'
  /** `["a"] # why` */
  | 'comment'
  /** `["a"] && b` */
  | 'text'
  /** An escape that JSON does not have. */
  | 'backslash'
  /** A quote that does not close. */
  | 'unclosed'
  /** `"npm start"`: a command line in one pair of quotes. */
  | 'whole';

export interface JsonTypo {
  readonly kind: TypoKind;
  /** The strings that were meant; undefined where there is no one right reading. */
  readonly words: readonly string[] | undefined;
  /** The edits that make them so. A comment behind the array is taken out: see `comment`. */
  readonly edits: readonly TextEdit[];
  /** With its `#`. */
  readonly comment: string | undefined;
  /** A word without quotes holds a variable, or something else that only a shell would replace. */
  readonly variable: boolean;
}

interface Item {
  /** Undefined where nobody can say. */
  readonly value: string | undefined;
  readonly typo: TypoKind | undefined;
  readonly start: number;
  readonly end: number;
}

const closing: Readonly<Record<string, string>> = { '"': '"', "'": "'", '\u201c': '\u201d"\u201c', '\u201d': '\u201d"', '\u2018': "\u2019'\u2018", '\u2019': "\u2019'" };
const plainWord = /^[\w./:=@%+-]+$/;

/** Is it shell form to the builder, and most likely meant as exec form: `['a']`, `["a",]`, `["a"] # why`? */
export function isMeantAsJson({ form, instruction }: Command): boolean {
  const text = form === 'shell' ? commandText(instruction) : undefined;
  return text !== undefined && jsonTypo(text) !== undefined;
}

/**
 * Reads a text that is no JSON array of strings as a person would. Undefined where it is one, and where it is more likely something
 * else: `[ -f x ]` is the shell's test, and so is `[ "$A" = b ] && c`.
 */
export function jsonTypo(text: MappedText): JsonTypo | undefined {
  const { text: all } = text;
  if (jsonArray(text).kind === 'strings') return undefined;
  const opened = all.startsWith('[');
  if (!opened && closing[all[0] ?? ''] === undefined) return undefined;
  const scanned = scan(all, opened ? 1 : 0);
  const { items, closed, end } = scanned;
  const rest = all.slice(end).trim().replace(/^[;,.]$/, '');
  const stray = rest === '' && end < all.length;
  const commas = scanned.commas.length;
  const quoted = items.filter(({ start }) => closing[all[start] ?? ''] !== undefined);
  const whole = wholeLine(text, opened, items);
  if (whole !== undefined) return whole;
  if (items.length === 0 || (!opened && (quoted.length < items.length || (!closed && commas !== items.length - 1) || (items.length === 1 && !closed)))) return undefined;
  // Behind a blank, a bracket is the shell's test command unless what follows is plainly a list.
  if (opened && /^\[\s/.test(all) && (quoted.length < items.length || (commas === 0 && (rest !== '' || items.length > 1))) && (commas === 0 || commas !== items.length - 1)) return undefined;
  if (opened && quoted.length === 0 && (!closed || rest !== '' || (commas === 0 && items.length > 1))) return undefined;
  if (opened && items.some(({ start, end: to }) => /^(?:!?=|==|-[a-z]{1,2})$/.test(all.slice(start, to))) && commas === 0) return undefined;
  const comment = rest.startsWith('#') ? rest : undefined;
  const kinds = [
    rest !== '' && comment === undefined ? 'text' : undefined,
    items.find(({ typo }) => typo === 'unclosed')?.typo,
    ...items.map(({ typo }) => typo),
    opened && closed ? undefined : 'bracket',
    scanned.missing.length > 0 ? 'missing-comma' : undefined,
    scanned.extra.length > 0 ? 'extra-comma' : undefined,
    comment === undefined ? undefined : 'comment',
    stray ? 'text' : undefined,
  ] as const;
  const kind = kinds.find((each) => each !== undefined);
  if (kind === undefined) return undefined;
  const words = (kind === 'text' && !stray) || scanned.joined ? undefined : valuesOf(items);
  const variable = items.some(({ value, typo, start, end: to }) => value === undefined && typo === 'bare' && /[$`~*]/.test(all.slice(start, to)));
  return { kind, words, edits: words === undefined ? [] : editsOf(text, scanned, opened), comment, variable };
}

/** Not what may be the path of one program: `"/opt/my app/run"`. */
function wholeLine(text: MappedText, opened: boolean, [item, more]: readonly Item[]): JsonTypo | undefined {
  if (opened || item?.value === undefined || more !== undefined || item.start > 0 || item.end < text.text.length || item.typo === 'backslash') return undefined;
  const [first = '', second] = item.value.trim().split(/\s+/);
  if (second === undefined || item.value.includes('\n') || (first.includes('/') && !second.startsWith('-'))) return undefined;
  return { kind: 'whole', words: [item.value], edits: [{ span: sourceSpan(text.map, item), newText: `[${JSON.stringify(item.value)}]` }], comment: undefined, variable: false };
}

interface Scanned {
  readonly items: readonly Item[];
  /** Offsets of the commas between items. */
  readonly commas: readonly number[];
  /** Offsets of the commas too many. */
  readonly extra: readonly number[];
  /** Items that no comma follows though another item does. */
  readonly missing: readonly Item[];
  /** Two strings without anything between them. */
  readonly joined: boolean;
  readonly closed: boolean;
  /** Behind the closing bracket. */
  readonly end: number;
}

function scan(text: string, from: number): Scanned {
  const items: Item[] = [];
  const commas: number[] = [];
  const extra: number[] = [];
  const missing: Item[] = [];
  let comma: number | undefined;
  let joined = false;
  for (let at = from; at < text.length; ) {
    const char = text[at] ?? '';
    if (/\s/.test(char)) at += 1;
    else if (char === ']') {
      if (comma !== undefined) extra.push(comma);
      return { items, commas: commas.filter((each) => !extra.includes(each)), extra, missing, joined, closed: true, end: at + 1 };
    } else if (char === ',') {
      if (comma !== undefined || items.length === 0) extra.push(at);
      else {
        comma = at;
        commas.push(at);
      }
      at += 1;
    } else {
      const before = items.at(-1);
      const item = closing[char] === undefined ? bareWord(text, at) : quotedWord(text, at);
      if (before !== undefined && comma === undefined) missing.push(before);
      joined ||= before?.end === item.start;
      items.push(item);
      comma = undefined;
      at = item.end;
    }
  }
  if (comma !== undefined) extra.push(comma);
  return { items, commas: commas.filter((each) => !extra.includes(each)), extra, missing, joined, closed: false, end: text.length };
}

function quotedWord(text: string, start: number): Item {
  const quote = text[start] ?? '';
  const ends = closing[quote] ?? quote;
  let end = start + 1;
  while (end < text.length && !ends.includes(text[end] ?? '')) end += text[end] === '\\' && quote === '"' ? 2 : 1;
  if (end >= text.length) return unclosed(text, start);
  const content = text.slice(start + 1, end);
  const span = { start, end: end + 1 };
  if (quote !== '"') return { ...span, value: content.includes('\\') ? undefined : content, typo: 'quotes' };
  const value = parsed(`"${content}"`);
  if (value !== undefined) return { ...span, value, typo: undefined };
  if (!content.includes('\\')) return { ...span, value: content, typo: 'backslash' };
  // A path of Windows, written as people write it.
  const path = /^[A-Za-z]:\\/.test(content) && !/\\["\\]/.test(content);
  return { ...span, value: path ? content : undefined, typo: 'backslash' };
}

/** `"start]`: the quote that is missing stands in front of the bracket, unless the rest may mean something else. */
function unclosed(text: string, start: number): Item {
  const content = /^[^\],\s]*(?=\s*\]\s*$)/.exec(text.slice(start + 1))?.[0];
  if (content === undefined || !plainWord.test(content)) return { start, end: text.length, value: undefined, typo: 'unclosed' };
  return { start, end: start + 1 + content.length, value: content, typo: 'unclosed' };
}

function bareWord(text: string, start: number): Item {
  const word = /^[^\s,\]]+/.exec(text.slice(start))?.[0] ?? text[start] ?? '';
  const content = word.replace(/["']$/, '');
  return { start, end: start + word.length, value: plainWord.test(content) ? content : undefined, typo: content === word ? 'bare' : 'unclosed' };
}

function valuesOf(items: readonly Item[]): readonly string[] | undefined {
  const values = items.flatMap(({ value }) => (value === undefined ? [] : [value]));
  return values.length === items.length ? values : undefined;
}

function editsOf({ text, map }: MappedText, { items, extra, missing, closed, end }: Scanned, opened: boolean): readonly TextEdit[] {
  const at = (span: Span): Span => sourceSpan(map, span);
  const behind = ({ start, end: to }: Item): Span => ({ start: at({ start, end: to }).end, end: at({ start, end: to }).end });
  const [first, last] = [items[0], items.at(-1)];
  const edits: TextEdit[] = [];
  if (!opened && first !== undefined) edits.push({ span: { start: at(first).start, end: at(first).start }, newText: '[' });
  for (const item of items) {
    if (item.typo !== undefined) edits.push({ span: at(item), newText: JSON.stringify(item.value) });
    if (missing.includes(item)) edits.push({ span: behind(item), newText: ',' });
  }
  edits.push(...extra.map((each) => ({ span: at({ start: each, end: each + 1 }), newText: '' })));
  if (!closed && last !== undefined) edits.push({ span: behind(last), newText: ']' });
  if (end < text.length) edits.push({ span: { start: at({ start: end - 1, end }).end, end: at({ start: text.length - 1, end: text.length }).end }, newText: '' });
  return mergeEdits(edits);
}

function parsed(json: string): string | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
