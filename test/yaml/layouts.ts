import * as fc from 'fast-check';

/**
 * Many spellings of one value: the ways in which people write the same YAML. Surgery is tried on all of them.
 * The writer here shares no code with the product.
 */
export type Value = string | number | boolean | null | readonly Value[] | ValueMap;

export interface ValueMap {
  readonly [key: string]: Value;
}

/** What people do differently. Each can be switched off, so that a failing case shrinks to the ones that matter. */
export interface Layout {
  readonly seed: number;
  readonly step: 2 | 3 | 4;
  readonly flush: boolean;
  readonly crlf: boolean;
  readonly finalNewline: boolean;
  readonly bom: boolean;
  readonly start: 'none' | 'marker' | 'commented';
  readonly end: 'nothing' | 'marker' | 'comment' | 'blank';
  readonly trailingSpaces: boolean;
  readonly comments: boolean;
  readonly deepComments: boolean;
  readonly blanks: boolean;
  readonly quotedKeys: boolean;
  readonly flow: boolean;
  readonly flowLines: boolean;
  readonly anchors: boolean;
  readonly lonelyDashes: boolean;
  readonly wideDashes: boolean;
  readonly blockScalars: boolean;
  readonly folds: boolean;
  readonly astral: boolean;
}

/** A comment and whose it is: above a slot, behind it on its line, or below it and deeper, inside its value. */
export interface Mark {
  readonly text: string;
  readonly role: 'above' | 'behind' | 'inside' | 'file';
  readonly path: string;
}

export interface Spelling {
  readonly text: string;
  readonly marks: readonly Mark[];
  /** Paths whose value carries an anchor, or is an alias. */
  readonly anchored: ReadonlySet<string>;
  readonly aliased: ReadonlySet<string>;
}

export const layouts: fc.Arbitrary<Layout> = fc.record({
  seed: fc.nat(0xffffffff),
  step: fc.constantFrom(2 as const, 4 as const, 3 as const),
  flush: fc.boolean(),
  crlf: fc.boolean(),
  finalNewline: fc.boolean().map((absent) => !absent),
  bom: fc.boolean(),
  start: fc.constantFrom('none' as const, 'marker' as const, 'commented' as const),
  end: fc.constantFrom('nothing' as const, 'marker' as const, 'comment' as const, 'blank' as const),
  trailingSpaces: fc.boolean(),
  comments: fc.boolean(),
  deepComments: fc.boolean(),
  blanks: fc.boolean(),
  quotedKeys: fc.boolean(),
  flow: fc.boolean(),
  flowLines: fc.boolean(),
  anchors: fc.boolean(),
  lonelyDashes: fc.boolean(),
  wideDashes: fc.boolean(),
  blockScalars: fc.boolean(),
  folds: fc.boolean(),
  astral: fc.boolean(),
});

const words = ['web', 'nginx:1.27', 'a b c', '/healthz', 'yes', '0440', '1.10', 'null', '', ' x', 'a: b', 'c #d', "it's", '"q"', '-', '- a', '{x}', '*a', '😀 astral'];
const paragraphs = ['one\ntwo', 'one\ntwo\n', 'one\n\n  two\nthree\n', '#!/bin/sh\nexec a # b\n', 'kept\nlines\n\n', 'k: v\n- x\n'];
const keys = ['name', 'image', 'ports', 'env', 'data', 'app.kubernetes.io/name', 'on', '8080', 'a b', 'x'];

const leaves: fc.Arbitrary<Value> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...words) },
  { weight: 2, arbitrary: fc.constantFrom(...paragraphs) },
  { weight: 2, arbitrary: fc.constantFrom<Value>(0, 80, -1, 1.5, true, false, null) },
  { weight: 1, arbitrary: fc.constantFrom<Value>([], {}) },
);

const { tree } = fc.letrec<{ tree: Value; map: Value; list: Value }>((tie) => ({
  tree: fc.oneof({ depthSize: 'xsmall', maxDepth: 3, withCrossShrink: true }, leaves, tie('map'), tie('list')),
  map: fc.dictionary(fc.constantFrom(...keys), tie('tree'), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
  list: fc.array(tie('tree'), { minLength: 1, maxLength: 2 }),
}));

/** Small values of any shape. */
export const values: fc.Arbitrary<Value> = tree;

/** Documents: a map at the root, with two equal parts for anchors, and a list of maps as in every Pod. */
export const documents: fc.Arbitrary<Value> = fc
  .record({ first: tree, shared: tree, items: fc.array(tree, { maxLength: 2 }), last: fc.oneof(tree, fc.constantFrom(...paragraphs)) })
  .map(({ first, shared, items, last }) => ({
    kind: 'Pod',
    first,
    shared: { deep: shared },
    items: [...items, { name: 'app', image: 'nginx', ports: [{ containerPort: 80 }] }],
    copy: { again: shared, also: 1 },
    last,
  }));

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: Value | undefined): value is ValueMap {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** The document in this layout. Same value and layout, same text. */
export function spell(value: Value, layout: Layout): Spelling {
  return new Writer(layout).document(value);
}

/** `raw` lines are content of block scalars and quotes: nothing may be added to them. */
interface Line {
  readonly text: string;
  readonly raw?: boolean;
}

class Writer {
  readonly #layout: Layout;
  readonly #marks: Mark[] = [];
  readonly #anchored = new Set<string>();
  readonly #aliased = new Set<string>();
  readonly #known = new Map<string, string>();
  #state: number;

  constructor(layout: Layout) {
    this.#layout = layout;
    this.#state = layout.seed;
  }

  document(value: Value): Spelling {
    const { layout, lines } = { layout: this.#layout, lines: [] as Line[] };
    if (layout.start === 'marker') lines.push({ text: '---' });
    if (layout.start === 'commented') lines.push({ text: `--- ${this.#comment('file', '')}` });
    if (layout.comments && this.#often(0.3)) lines.push({ text: this.#comment('file', '') }, { text: '' });
    if (isMap(value) && Object.keys(value).length > 0) lines.push(...this.#map(value, 0, '', false));
    else if (isList(value) && value.length > 0) lines.push(...this.#list(value, 0, ''));
    else lines.push({ text: this.#flow(value) });
    const isOpenScalar = lines.at(-1)?.raw === true;
    if (layout.end === 'marker') lines.push({ text: '...' });
    if (layout.end === 'comment') lines.push({ text: this.#comment('file', '') });
    if (layout.end === 'blank' && !isOpenScalar) lines.push({ text: '' }, { text: '' });
    const eol = layout.crlf ? '\r\n' : '\n';
    const body = lines.map(({ text, raw }) => (raw !== true && layout.trailingSpaces && this.#often(0.2) ? `${text}  ` : text)).join(eol);
    const text = (layout.bom ? '\ufeff' : '') + body + (layout.finalNewline ? eol : '');
    return { text, marks: this.#marks, anchored: this.#anchored, aliased: this.#aliased };
  }

  /** mulberry32: small, and the same everywhere. */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  #often(share: number): boolean {
    return this.#random() < share;
  }

  #comment(role: Mark['role'], path: string): string {
    const text = `# c${String(this.#marks.length)}${this.#layout.astral ? ' 😀' : ''}`;
    this.#marks.push({ text, role, path });
    return text;
  }

  #behind(path: string): string {
    return this.#layout.comments && this.#often(0.3) ? ` ${this.#often(0.3) ? ' ' : ''}${this.#comment('behind', path)}` : '';
  }

  /** `compact`: the first key follows a dash, so nothing may stand above it. */
  #map(map: ValueMap, column: number, path: string, compact: boolean): Line[] {
    return Object.entries(map).flatMap(([key, value], index) => {
      const at = `${path}/${key}`;
      return [...this.#above(column, at, compact && index === 0), ...this.#slot(`${' '.repeat(column)}${this.#key(key)}:`, value, column, at, false)];
    });
  }

  #list(list: readonly Value[], column: number, path: string, compact = false): Line[] {
    return list.flatMap((value, index) => {
      const at = `${path}/${String(index)}`;
      return [...this.#above(column, at, compact && index === 0), ...this.#slot(`${' '.repeat(column)}-`, value, column, at, true)];
    });
  }

  #above(column: number, path: string, isFirst: boolean): Line[] {
    if (isFirst) return [];
    const lines: Line[] = [];
    if (this.#layout.blanks && this.#often(0.15)) lines.push({ text: '' });
    while (this.#layout.comments && this.#often(0.15)) lines.push({ text: ' '.repeat(column) + this.#comment('above', path) });
    return lines;
  }

  #slot(prefix: string, value: Value, column: number, path: string, isItem: boolean): Line[] {
    const { layout } = this;
    const isTree = (isMap(value) || isList(value)) && Object.keys(value).length > 0;
    const form = JSON.stringify(value);
    const anchor = this.#known.get(form);
    if (anchor !== undefined && this.#often(0.7)) {
      this.#aliased.add(path);
      return [{ text: `${prefix} *${anchor}${this.#behind(path)}` }];
    }
    let head = prefix;
    let anchored = false;
    if (layout.anchors && anchor === undefined && this.#often(0.1)) {
      const name = `a${String(this.#known.size)}`;
      head += ` &${name}`;
      anchored = true;
      this.#anchored.add(path);
      // Known only from here on: what is inside cannot be an alias of the whole.
      const lines = this.#content(head, value, column, path, isItem, anchored, isTree);
      this.#known.set(form, name);
      return lines;
    }
    return this.#content(head, value, column, path, isItem, anchored, isTree);
  }

  get layout(): Layout {
    return this.#layout;
  }

  #content(head: string, value: Value, column: number, path: string, isItem: boolean, anchored: boolean, isTree: boolean): Line[] {
    const { layout } = this;
    if (!isTree) return this.#leaf(head, value, column, path, isItem);
    if (layout.flowLines && this.#often(0.2)) return this.#flowLines(head, value, column, path);
    if (layout.flow && this.#often(0.2)) return [{ text: `${head} ${this.#flow(value)}${this.#behind(path)}` }];
    const deeper = isItem ? column + 2 : column + (isList(value) ? (layout.flush ? 0 : layout.step) : layout.step);
    const block = (at: number, compact: boolean): Line[] => (isMap(value) ? this.#map(value, at, path, compact) : this.#list(value as readonly Value[], at, path, compact));
    if (isItem && !anchored && !(layout.lonelyDashes && this.#often(0.2))) {
      const gap = layout.wideDashes && this.#often(0.3) ? 3 : 1;
      const [first, ...rest] = block(column + 1 + gap, true);
      return [{ ...first, text: `${head}${' '.repeat(gap)}${first?.text.trimStart() ?? ''}` }, ...rest, ...this.#inside(rest.at(-1), column, path)];
    }
    const lines = [{ text: head + this.#behind(path) }, ...block(deeper, false)];
    // In flush style the last item stands at the key's column, and what is deeper is its own.
    const owner = isList(value) && deeper === column ? `${path}/${String(value.length - 1)}` : path;
    return [...lines, ...this.#inside(lines.at(-1), column, owner)];
  }

  /** A comment that is indented deeper than its owner stands in its value, as commented-out lines do. */
  #inside(last: Line | undefined, column: number, path: string): Line[] {
    if (!this.#layout.deepComments || last?.raw === true || !this.#often(0.15)) return [];
    return [{ text: ' '.repeat(column + 1) + this.#comment('inside', path) }];
  }

  #leaf(head: string, value: Value, column: number, path: string, isItem: boolean): Line[] {
    const { layout } = this;
    if (typeof value === 'string' && value.includes('\n') && layout.blockScalars) {
      const ends = value.endsWith('\n\n') ? '+' : value.endsWith('\n') ? '' : '-';
      const gap = isItem || this.#often(0.5) ? 2 : layout.step;
      const lines = (ends === '-' ? value : value.slice(0, -1)).split('\n');
      const indicator = lines[0]?.startsWith(' ') === true || this.#often(0.2) ? String(gap) : '';
      const body = lines.map((line) => ({ text: line === '' ? '' : ' '.repeat(column + gap) + line, raw: true }));
      return [{ text: `${head} |${this.#often(0.5) ? indicator + ends : ends + indicator}${this.#behind(path)}` }, ...body];
    }
    if (layout.folds && typeof value === 'string' && /^\w+( \w+)+$/.test(value) && this.#often(0.5)) {
      const [first = '', ...rest] = value.split(' ');
      const quote = this.#often(0.5) ? '"' : '';
      const below = rest.map((word, index) => ({ text: `${' '.repeat(column + 2)}${word}${index === rest.length - 1 ? quote + this.#behind(path) : ''}`, raw: true }));
      return [{ text: `${head} ${quote}${first}`, raw: true }, ...below];
    }
    if (value === null && this.#often(0.6)) return [{ text: head + this.#behind(path) }, ...this.#inside(undefined, column, path)];
    return [{ text: `${head} ${this.#word(value)}${this.#behind(path)}` }, ...this.#inside(undefined, column, path)];
  }

  #flowLines(head: string, value: Value, column: number, path: string): Line[] {
    const isObject = isMap(value);
    const inner = isObject ? Object.entries(value) : (value as readonly Value[]).map((item, index) => [String(index), item] as const);
    const lines: Line[] = [{ text: `${head} ${isObject ? '{' : '['}` }];
    inner.forEach(([key, item], index) => {
      const comma = index < inner.length - 1 || this.#often(0.3) ? ',' : '';
      const pair = isObject ? `${this.#flowKey(key)}: ${this.#flow(item)}` : this.#flow(item);
      lines.push({ text: `${' '.repeat(column + 4)}${pair}${comma}${this.#behind(`${path}/${key}`)}` });
    });
    return [...lines, { text: `${' '.repeat(column + 2)}${isObject ? '}' : ']'}${this.#behind(path)}` }];
  }

  #flow(value: Value): string {
    const pad = this.#often(0.3) ? ' ' : '';
    if (isList(value)) return value.length === 0 ? '[]' : `[${pad}${value.map((item) => this.#flow(item)).join(', ')}${pad}]`;
    if (isMap(value)) {
      const pairs = Object.entries(value).map(([key, item]) => `${this.#flowKey(key)}: ${this.#flow(item)}`);
      return pairs.length === 0 ? '{}' : `{${pad}${pairs.join(', ')}${pad}}`;
    }
    return typeof value === 'string' ? this.#quote(value) : this.#word(value);
  }

  #flowKey(key: string): string {
    return /^[a-z]+$/.test(key) && key !== 'on' ? key : JSON.stringify(key);
  }

  #key(key: string): string {
    if (this.#layout.quotedKeys && this.#often(0.3)) return this.#often(0.5) ? JSON.stringify(key) : `'${key}'`;
    return key === 'on' || key === '8080' ? JSON.stringify(key) : key;
  }

  #word(value: Value): string {
    if (value === null) return this.#often(0.5) ? 'null' : '~';
    if (typeof value !== 'string') return isList(value) ? '[]' : isMap(value) ? (this.#often(0.3) ? '{ }' : '{}') : String(value);
    const isPlain = /^(?!(?:yes|null)$)[a-z/][\w:./ ]*$/.test(value) && !value.includes(': ');
    return isPlain && this.#often(0.7) ? value : this.#quote(value);
  }

  #quote(value: string): string {
    return value.includes('\n') || value.includes("'") || this.#often(0.5) ? JSON.stringify(value) : `'${value}'`;
  }
}
