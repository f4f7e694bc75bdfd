import type { Span } from '../text/span.ts';
import type { Entry, Item, MapNode, Node, ScalarNode, SequenceNode } from './node.ts';
import { endsWord, isCollected, isSpace, notPlain, readBlockScalar, readFlow, readHead } from './plain-values.ts';

/** A document as `compose` and the guard would give it. */
export interface PlainDocument {
  readonly root: Node;
  /** Every comment from its `#` to its line end, in order. */
  readonly comments: readonly Span[];
}

// Far below what the guard allows, so that it need not be asked: the lexer makes at most two tokens of a code unit.
const longest = 49_000;
const deepest = 60;
/** A longer key is none to other readers (YAML 1.2, 7.4.2: 1,024 characters). */
const longestKey = 1_000;

/** Line ends that are no line feeds, control characters, byte order marks. */
// eslint-disable-next-line no-control-regex -- finding control characters is the purpose
const unusual = /[\u0000-\u0008\u000b-\u001f\u007f\ufeff]/;

/**
 * Reads the YAML that most manifests are written in: block maps and sequences, one-line values, literal blocks, small flow
 * collections. Undefined for everything else, above all for everything that might be wrong: the `yaml` package reads that.
 * What it reads it reads as the package does (a test compares them), at a tenth of the cost.
 */
export function readPlainDocument(text: string): PlainDocument | undefined {
  if (text.length > longest || unusual.test(text)) return undefined;
  try {
    return new Reader(text).document();
  } catch (error) {
    if (error === notPlain) return undefined;
    throw error;
  }
}

/** A block collection by itself, and where reading goes on behind it. */
export interface PlainBlock {
  readonly node: Node;
  readonly comments: number;
  /** Start of the line with the next content; the end of the text where there is none. */
  readonly end: number;
}

/** Reads the block collection that begins at an offset, in this column, as {@link readPlainDocument} would inside its document. */
export function readPlainBlock(text: string, start: number, column: number): PlainBlock | undefined {
  if (unusual.test(text) || isSpace(text, start)) return undefined;
  try {
    return new Reader(text).block(start, column);
  } catch (error) {
    if (error === notPlain) return undefined;
    throw error;
  }
}

class Reader {
  readonly #text: string;
  readonly #comments: Span[] = [];
  /** Of the line that is read next: where its content begins, and in which column. At the end of the text -1. */
  #at = 0;
  #column = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): PlainDocument {
    this.#toContent(0);
    if (this.#column === 0 && this.#text.startsWith('---', this.#at) && endsWord(this.#text, this.#at + 3)) this.#endLine(this.#at + 3);
    if (this.#column !== 0 || this.#isMarker()) throw notPlain;
    this.#depth = 1;
    const root = this.#block(0);
    if (!this.#isAtEnd()) throw notPlain;
    return { root, comments: this.#comments };
  }

  block(start: number, column: number): PlainBlock {
    this.#at = start;
    this.#column = column;
    this.#depth = 1;
    const node = this.#block(column);
    return { node, comments: this.#comments.length, end: this.#at - Math.max(this.#column, 0) };
  }

  #isAtEnd(): boolean {
    return this.#column < 0;
  }

  /** The collection that begins at the present place, in the present column. */
  #block(column: number): Node {
    this.#depth += 1;
    if (this.#depth > deepest) throw notPlain;
    const node = this.#isDash() ? this.#sequence(column) : this.#map(column);
    this.#depth -= 1;
    return node;
  }

  #isDash(): boolean {
    return this.#text.charCodeAt(this.#at) === 45 && endsWord(this.#text, this.#at + 1);
  }

  #sequence(column: number): SequenceNode {
    const slots: Item[] = [];
    const start = this.#at;
    let end = start;
    while (this.#column === column && this.#isDash()) {
      const dash = this.#at;
      const indicator = dash + 1;
      const from = this.#skip(indicator);
      const value = this.#isEnd(from) ? this.#below(from, indicator, column, column + 1) : this.#item(from, column);
      end = Math.max(value.end, indicator);
      slots.push({ value, indicator, comma: undefined, start: dash, end: value.end });
    }
    if (this.#column > column) throw notPlain;
    return { kind: 'sequence', style: 'block', anchor: undefined, tag: undefined, start, end, slots };
  }

  /** What stands behind a dash on its line: a collection that begins there, or a value. */
  #item(from: number, column: number): Node {
    if (isCollected(this.#text.charCodeAt(from))) return this.#value(from, column);
    if (this.#text.charCodeAt(from) !== 45 || !endsWord(this.#text, from + 1)) {
      const head = readHead(this.#text, from);
      if (!this.#isKey(head)) {
        this.#endLine(head.end);
        return head;
      }
    }
    const inner = column + from - this.#at;
    this.#at = from;
    this.#column = inner;
    return this.#block(inner);
  }

  #map(column: number): MapNode {
    const slots: Entry[] = [];
    const start = this.#at;
    let end = start;
    while (this.#column === column) {
      if (isCollected(this.#text.charCodeAt(this.#at))) throw notPlain;
      const key = readHead(this.#text, this.#at);
      if (!this.#isKey(key) || key.end - key.start > longestKey) throw notPlain;
      const indicator = key.end + 1;
      const from = this.#skip(indicator);
      const value = this.#isEnd(from) ? this.#below(from, indicator, column, column) : this.#value(from, column);
      end = Math.max(value.end, indicator);
      slots.push({ key, name: key.value, value, explicit: false, indicator, comma: undefined, start: key.start, end });
    }
    if (this.#column > column) throw notPlain;
    return { kind: 'map', style: 'block', anchor: undefined, tag: undefined, start, end, slots };
  }

  /** Does a colon directly behind it make it a key? */
  #isKey(head: ScalarNode): boolean {
    return this.#text.charCodeAt(head.end) === 58 && endsWord(this.#text, head.end + 1);
  }

  /** What stands below a key or dash with nothing behind it: deeper, also a flow collection; or, below a key, a sequence in its own column. */
  #below(from: number, indicator: number, column: number, sequences: number): Node {
    this.#endLine(from);
    if (this.#column > column && isFlow(this.#text.charCodeAt(this.#at))) return this.#value(this.#at, column);
    if (this.#column > column || (this.#column === column && column === sequences && this.#isDash())) return this.#block(this.#column);
    return { kind: 'scalar', value: '', style: 'plain', anchor: undefined, tag: undefined, start: indicator, end: indicator };
  }

  /** A value that begins on the line of its key or dash, which stands in `column`. */
  #value(from: number, column: number): Node {
    const code = this.#text.charCodeAt(from);
    if (code === 124 || code === 62) {
      const block = readBlockScalar(this.#text, from, column);
      if (block.comment !== undefined) this.#comments.push(block.comment);
      this.#toContent(block.node.end);
      return block.node;
    }
    const node = isFlow(code) ? readFlow(this.#text, from, this.#depth) : readHead(this.#text, from);
    this.#endLine(node.end);
    return node;
  }

  /** Is there nothing on the line from here on but a comment? */
  #isEnd(at: number): boolean {
    const code = this.#text.charCodeAt(at);
    return code === 10 || code === 35 || Number.isNaN(code);
  }

  #skip(at: number): number {
    let next = at;
    while (this.#text.charCodeAt(next) === 32) next += 1;
    return next;
  }

  /** Leaves a line of which everything is read: there may be spaces and a comment. */
  #endLine(from: number): void {
    const at = this.#skip(from);
    const code = this.#text.charCodeAt(at);
    if (code === 35 && isSpace(this.#text, at - 1)) {
      this.#toContent(this.#comment(at));
      return;
    }
    if (code !== 10 && at < this.#text.length) throw notPlain;
    this.#toContent(at + 1);
  }

  /** Notes a comment; where the next line begins. */
  #comment(at: number): number {
    const found = this.#text.indexOf('\n', at);
    const end = found < 0 ? this.#text.length : found;
    this.#comments.push({ start: at, end });
    return end + 1;
  }

  /** Goes on to the content of the next line that has some; the place given is the start of a line. */
  #toContent(line: number): void {
    for (let start = line; start < this.#text.length; ) {
      const at = this.#skip(start);
      const code = this.#text.charCodeAt(at);
      if (code === 35) start = this.#comment(at);
      else if (code === 10) start = at + 1;
      else if (at < this.#text.length) {
        this.#at = at;
        this.#column = at - start;
        if (this.#depth > 0 && this.#isMarker()) throw notPlain;
        return;
      } else break;
    }
    this.#at = this.#text.length;
    this.#column = -1;
  }

  /** A marker behind content begins or ends a document. */
  #isMarker(): boolean {
    const isThere = this.#text.startsWith('---', this.#at) || this.#text.startsWith('...', this.#at);
    return isThere && this.#column === 0 && endsWord(this.#text, this.#at + 3);
  }
}

/** Does the character begin a flow collection? */
function isFlow(code: number): boolean {
  return code === 91 || code === 123;
}
