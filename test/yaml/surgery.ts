import * as fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';
import type { FixOutcome } from '../../server/src/engine/core/finding.ts';
import { applyEdits } from '../../server/src/engine/text/span.ts';
import type * as documents from '../../server/src/engine/yaml/document.ts';
import type * as edit from '../../server/src/engine/yaml/edit.ts';
import { isList, isMap, type Layout, type Spelling, spell, type Value } from './layouts.ts';

/** What the properties need of the product: the real one, or a mutant of it. */
export type Surgery = Pick<typeof edit, 'append' | 'insertItem' | 'remove' | 'rename' | 'set' | 'wrap'> & Pick<typeof documents, 'parseDocument'>;

export type Path = readonly (string | number)[];

export type Operation =
  | { readonly kind: 'set'; readonly path: Path; readonly value: Value; readonly after: readonly string[] }
  | { readonly kind: 'remove'; readonly path: Path }
  | { readonly kind: 'insertItem'; readonly path: Path; readonly index: number; readonly value: Value }
  | { readonly kind: 'wrap'; readonly path: Path; readonly keys: readonly string[] }
  | { readonly kind: 'rename'; readonly path: Path; readonly to: string };

/** Every path of a value, the root first. */
function pathsOf(value: Value, path: Path = []): readonly Path[] {
  const below = isList(value)
    ? value.flatMap((item, index) => pathsOf(item, [...path, index]))
    : isMap(value)
      ? Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))
      : [];
  return [path, ...below];
}

function at(value: Value, path: Path): Value | undefined {
  return path.reduce<Value | undefined>((inner, key) => {
    if (isList(inner)) return typeof key === 'number' ? inner[key] : undefined;
    return isMap(inner) && typeof key === 'string' && Object.hasOwn(inner, key) ? inner[key] : undefined;
  }, value);
}

/** A thing to do to the document: any kind, at any path that it can be done at. */
export function operations(document: Value, values: fc.Arbitrary<Value>): fc.Arbitrary<Operation> {
  const paths = pathsOf(document);
  const below = paths.filter((path) => path.length > 0);
  const maps = paths.filter((path) => isMap(at(document, path)));
  const hollow = below.filter((path) => at(document, path) === null || isMap(at(document, path)));
  const lists = below.filter((path) => isList(at(document, path)));
  const named = below.filter((path) => typeof path.at(-1) === 'string');
  const trees = paths.filter((path) => isMap(at(document, path)) || isList(at(document, path)));
  const afters = fc.subarray(['kind', 'first', 'name', 'image', 'ports', 'x', 'copy']);
  return fc.oneof(
    fc.record({ kind: fc.constant('set' as const), path: fc.constant(['added']), value: values, after: fc.constant([]) }),
    fc.record({ kind: fc.constant('set' as const), path: fc.constantFrom(...maps, ...hollow).map((path) => [...path, 'added']), value: values, after: afters }),
    fc.record({ kind: fc.constant('set' as const), path: fc.constantFrom(...hollow).map((path) => [...path, 'new', 'er']), value: values, after: fc.constant([]) }),
    fc.record({ kind: fc.constant('set' as const), path: fc.constantFrom(...below), value: values, after: fc.constant([]) }),
    fc.record({ kind: fc.constant('remove' as const), path: fc.constantFrom(...below) }),
    fc.constantFrom(...lists).chain((path) => {
      const list = at(document, path);
      const index = fc.nat(isList(list) ? list.length : 0);
      return fc.record({ kind: fc.constant('insertItem' as const), path: fc.constant(path), index, value: values });
    }),
    fc.record({ kind: fc.constant('wrap' as const), path: fc.constantFrom(...trees), keys: fc.constantFrom(['outer'], ['outer', 'in ner']) }),
    fc.record({ kind: fc.constant('rename' as const), path: fc.constantFrom(...named), to: fc.constantFrom('renamed', 'yes', 'a: b') }),
  );
}

/** The value after the operation, made without any text. */
function done(value: Value | undefined, operation: Operation, depth = 0): Value {
  const { path } = operation;
  const key = path[depth];
  if (depth === path.length || key === undefined) {
    if (operation.kind === 'set') return operation.value;
    if (operation.kind === 'wrap') return operation.keys.reduceRight<Value>((inner, name) => ({ [name]: inner }), value ?? null);
    if (operation.kind === 'insertItem') return (isList(value) ? value : []).toSpliced(operation.index, 0, operation.value);
    return value ?? null;
  }
  const isLast = depth === path.length - 1;
  if (isList(value) && typeof key === 'number') {
    return operation.kind === 'remove' && isLast ? value.toSpliced(key, 1) : value.with(key, done(value[key], operation, depth + 1));
  }
  const entries = Object.entries(isMap(value) ? value : {});
  if (isLast && operation.kind === 'remove') return Object.fromEntries(entries.filter(([name]) => name !== key));
  if (isLast && operation.kind === 'rename') return Object.fromEntries(entries.map(([name, item]) => [name === key ? operation.to : name, item]));
  return { ...Object.fromEntries(entries), [key]: done(isMap(value) ? value[String(key)] : undefined, operation, depth + 1) };
}

export function run(surgery: Surgery, text: string, operation: Operation): FixOutcome {
  const field = surgery.parseDocument(text).root.at(...operation.path);
  switch (operation.kind) {
    case 'set':
      return surgery.set(field, operation.value, { after: operation.after });
    case 'remove':
      return surgery.remove(field);
    case 'insertItem':
      return surgery.insertItem(field, operation.index, operation.value);
    case 'wrap':
      return surgery.wrap(field, operation.keys);
    case 'rename':
      return surgery.rename(field, operation.to);
  }
}

/** Read by the `yaml` package alone, as YAML 1.1. Undefined where it is no valid single document. */
function oracle(text: string): Value | undefined {
  const all = parseAllDocuments(text, { version: '1.1', merge: true });
  const [document] = all;
  if (document === undefined || all.length !== 1 || document.errors.length > 0 || !('toJS' in document)) return undefined;
  return document.toJS({ maxAliasCount: -1 }) as Value;
}

function pointer(path: Path): string {
  return path.map((key) => `/${String(key)}`).join('');
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}/`);
}

/** May this be refused, and why? Everything else must be done. */
export function mayRefuse({ text, marks, anchored, aliased }: Spelling, { kind, path }: Operation): string | undefined {
  const place = pointer(path);
  const chain = path.map((_, index) => pointer(path.slice(0, index + 1)));
  const isAliasItself = kind === 'remove' && aliased.has(place);
  if (chain.some((step) => anchored.has(step) || (aliased.has(step) && !(isAliasItself && step === place)))) return 'shared';
  if ((kind === 'remove' || kind === 'set') && [...anchored].some((inner) => isWithin(inner, place))) return 'shared';
  if (kind === 'set' && marks.some((mark) => isWithin(mark.path, place) && !(mark.role === 'above' && mark.path === place))) return 'commented';
  // Above a dash in its key's own column it may speak of the keys around as well.
  if (kind === 'remove' && marks.some((mark) => mark.role === 'above' && mark.path !== place && isWithin(mark.path, place) && /\/\d+$/.test(mark.path))) return 'commented';
  // To end the last line of a literal behind which the file ends adds a line end to its value.
  if (kind === 'insertItem' && /\|[^\n-]*\n(?: .*\n)* .*$/.test(text)) return 'open';
  // Blank lines behind it are content of a scalar that keeps them: to move them changes it.
  return text.includes('|+') || /\|\d\+/.test(text) ? 'keeping' : undefined;
}

/** The part of a line that a comment stands behind, free of what an edit next to it may add or take: dashes, a comma. */
function carrier(text: string, comment: string): string | undefined {
  const found = new RegExp(`^(.*?)${comment}(?!\\d)`, 'mu').exec(text);
  return found === null ? undefined : bare(found[1] ?? '');
}

function bare(line: string): string {
  return line.replace('\ufeff', '').trim().replace(/^(?:- *)+/, '').replace(/,$/, '').trim();
}

/** The line that a comment on a line of its own belongs to: the next one for a comment above something, else the one before. */
function neighbour(text: string, comment: string, role: 'above' | 'inside'): string | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const own = lines.findIndex((line) => new RegExp(`${comment}(?!\\d)`).test(line));
  const others = role === 'above' ? lines.slice(own + 1) : lines.slice(0, own).reverse();
  const line = others.find((other) => !other.trimStart().startsWith('#'));
  return line === undefined ? undefined : bare(line);
}

/** What is wrong with the outcome of an operation on a spelling; undefined where all is well. */
export function fault(surgery: Surgery, document: Value, layout: Layout, operation: Operation): string | undefined {
  const spelling = spell(document, layout);
  const { text, marks } = spelling;
  const before = oracle(text);
  if (before === undefined) return `the layout is no YAML:\n${text}`;
  const outcome = run(surgery, text, operation);
  if (outcome.kind === 'refused') {
    return mayRefuse(spelling, operation) === undefined ? `refused: ${outcome.reason.text.en}\n${text}` : undefined;
  }
  const after = applyEdits(text, outcome.edits);
  const show = (what: string): string => `${what}\n--- before\n${text}\n--- after\n${after}`;
  const value = oracle(after);
  if (value === undefined) return show('not valid YAML');
  if (!isDeepStrictEqual(value, done(before, operation))) return show('not the value that was asked for');
  const ends = after.match(/\r?\n/g) ?? [];
  if (text.includes('\n') && ends.some((end) => end !== (layout.crlf ? '\r\n' : '\n'))) return show('mixed line ends');
  if (after.endsWith('\n') !== text.endsWith('\n') && !text.includes('|') && !(operation.kind === 'remove' && layout.blanks)) return show('final line end changed');
  if (after.startsWith('\ufeff') !== text.startsWith('\ufeff')) return show('byte order mark lost');
  const place = pointer(operation.path);
  const isGone = operation.kind === 'remove' || operation.kind === 'set';
  for (const { text: comment, role, path } of marks) {
    const id = comment.replace(' 😀', '');
    const carried = carrier(after, id);
    if (carried === undefined) {
      if (!isGone || !isWithin(path, place) || (role === 'above' && path === place)) return show(`comment ${comment} lost`);
      continue;
    }
    const isTouched = isWithin(path, place) || isWithin(place, path);
    if (!isTouched && carried !== carrier(text, id)) return show(`comment ${comment} stands behind something else`);
    if (!isTouched && (role === 'above' || role === 'inside') && neighbour(after, id, role) !== neighbour(text, id, role)) return show(`comment ${comment} belongs to something else`);
    // What is put into a collection goes below the line that opens it.
    if (role === 'behind' && operation.kind === 'insertItem' && path.startsWith(`${place}/`) && carried !== carrier(text, id)) return show(`comment ${comment} moved`);
  }
  if (operation.kind === 'set') {
    const again = run(surgery, after, operation);
    if (again.kind !== 'edits' || again.edits.length > 0) return show('not idempotent');
  }
  return undefined;
}
