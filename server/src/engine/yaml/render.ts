import { readsAsOther } from './scalar.ts';
import type { Style } from './style.ts';

/** A value to be written. Keys stand in the order of the object. */
export type YamlValue = string | number | boolean | null | readonly YamlValue[] | YamlMap;

export interface YamlMap {
  readonly [key: string]: YamlValue;
}

/** Collections that are written on lines of their own; an empty one is a word like any other: `{}`, `[]`. */
export type Branch = readonly YamlValue[] | YamlMap;

export function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

function isMapping(value: YamlValue): value is YamlMap {
  return typeof value === 'object' && value !== null && !isList(value);
}

export function isBranch(value: YamlValue): value is Branch {
  return isList(value) ? value.length > 0 : isMapping(value) && Object.keys(value).length > 0;
}

/** Lines of a block collection; the first line's indentation and the line ends are the caller's. */
export function renderBlock(value: Branch, style: Style): readonly string[] {
  if (isList(value)) return value.flatMap((item) => renderItem(item, style));
  return Object.entries(value).flatMap(([key, entry]) => renderEntry(renderKey(key, style), entry, style));
}

/** `- item`, with what belongs to it below. */
export function renderItem(item: YamlValue, style: Style): readonly string[] {
  const [first = '', ...rest] = isBranch(item) ? renderBlock(item, style) : renderLeaf(item, style, 0);
  return [`- ${first}`, ...indent(rest, 2)];
}

/** `key: value`, with what belongs to it below. `key` is rendered already. */
export function renderEntry(key: string, value: YamlValue, style: Style): readonly string[] {
  if (isBranch(value)) return [`${key}:`, ...indent(renderBlock(value, style), isList(value) ? style.dash : style.step)];
  const [first = '', ...rest] = renderLeaf(value, style, style.step);
  return [`${key}: ${first}`, ...rest];
}

/** The lines moved right; lines without content stay empty. */
export function indent(lines: readonly string[], columns: number): readonly string[] {
  const space = ' '.repeat(columns);
  return lines.map((line) => (line === '' ? line : space + line));
}

// What a literal block scalar can hold as it is: no tabs or spaces where they would be read as indentation or lost,
// exactly one line end at the end or none.
// eslint-disable-next-line no-control-regex -- control characters need escapes
const unfit = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]|^\s|\n\n$|[ \t]\n|[ \t]$/u;

export function fitsBlockScalar(value: YamlValue): value is string {
  return typeof value === 'string' && value.slice(0, -1).includes('\n') && !unfit.test(value);
}

/** A scalar or empty collection. Text of several lines becomes a literal block scalar whose lines stand `step` deeper. */
export function renderLeaf(value: YamlValue, style: Style, step: number): readonly string[] {
  if (!fitsBlockScalar(value)) return [renderInline(value, style)];
  const ends = value.endsWith('\n');
  const lines = (ends ? value.slice(0, -1) : value).split('\n');
  return [ends ? '|' : '|-', ...indent(lines, step)];
}

/** A value on one line, as it stands outside flow collections; a non-empty collection becomes a flow collection. */
export function renderInline(value: YamlValue, style: Style): string {
  return typeof value === 'string' ? renderString(value, style, false) : renderFlow(value, style);
}

/** A value on one line, as it stands inside a flow collection. `json`: in the subset that is JSON. */
export function renderFlow(value: YamlValue, style: Style, json = false): string {
  if (typeof value === 'string') return json ? doubleQuoted(value) : renderString(value, style, true);
  if (isList(value)) return `[${value.map((item) => renderFlow(item, style, json)).join(', ')}]`;
  if (isMapping(value)) {
    const entries = Object.entries(value).map(([key, entry]) => {
      return `${json ? doubleQuoted(key) : renderKey(key, style, true)}: ${renderFlow(entry, style, json)}`;
    });
    return `{${entries.join(', ')}}`;
  }
  if (typeof value === 'number') return renderNumber(value);
  return String(value);
}

/** A key, quoted where it must be. */
export function renderKey(key: string, style: Style, flow = false): string {
  return renderString(key, style, flow);
}

function renderNumber(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value < 0 ? '-.inf' : '.inf';
  return Object.is(value, -0) ? '0' : String(value);
}

// Text that would begin or end something else. In flow collections some readers of YAML 1.1 also stop at `:` and `?`.
const indicatorFirst = /^(?:[,[\]{}#&*!|>'"%@`]|[-?:](?:\s|$)|---|\.\.\.)/;
const indicatorInFlow = /[,[\]{}:?]/;
const plainEnds = /: |:$| #|^\s|\s$|^$/;
// eslint-disable-next-line no-control-regex -- control characters need escapes
const needsEscape = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]/u;

function renderString(text: string, style: Style, flow: boolean): string {
  if (needsEscape.test(text)) return doubleQuoted(text);
  const isPlain = !indicatorFirst.test(text) && !plainEnds.test(text) && !readsAsOther(text) && !(flow && indicatorInFlow.test(text));
  return isPlain ? text : quoted(text, style.quote);
}

/** Text in quotes: in those asked for, or in the others where that needs no escapes. */
export function quoted(text: string, quote: '"' | "'"): string {
  const single = (quote === "'" && !text.includes("'")) || (text.includes('"') && !text.includes("'")) || (text.includes('\\') && !text.includes("'"));
  return single && !needsEscape.test(text) ? `'${text}'` : doubleQuoted(text);
}

/** JSON's form, which YAML reads alike, with everything escaped that does not print. */
function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** The path's rest as a value: `['a', 0]` and `1` make `{a: [1]}`. Undefined where a list would have holes. */
export function nest(keys: readonly (string | number)[], value: YamlValue): YamlValue | undefined {
  return keys.reduceRight<YamlValue | undefined>((inner, key) => {
    if (inner === undefined) return undefined;
    if (typeof key === 'string') return { [key]: inner };
    return key === 0 ? [inner] : undefined;
  }, value);
}
