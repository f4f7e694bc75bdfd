import { type CST, Composer, isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, Parser } from 'yaml';
import type { Span } from '../text/span.ts';
import type { Entry, Item, Node, ScalarStyle } from './node.ts';

/** Something the document is not valid YAML for, in the words of the parser (English). */
export interface Problem {
  readonly span: Span;
  readonly message: string;
}

export interface Composed {
  /** Undefined for a document without any content, not even a marker. */
  readonly root: Node | undefined;
  readonly problems: readonly Problem[];
}

type Tokens = readonly CST.SourceToken[] | undefined;

// The failsafe schema leaves every scalar a string: what it means to kubectl is decided in scalar.ts.
const options = { schema: 'failsafe', uniqueKeys: false, keepSourceTokens: true, resolveKnownTags: false, logLevel: 'silent' } as const;

/** More problems than these tell nobody anything. */
const mostProblems = 100;

/** A document may grow to so many nodes by its aliases before they are no longer followed. */
const mostNodes = 100_000;

const styles: Readonly<Record<string, ScalarStyle>> = {
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

/** The tree of the one document in `text`, from tokens that the guard let pass. */
export function compose(text: string, tokens: readonly string[]): Composed {
  const problems: Problem[] = [];
  const report = (start: number, end: number, message: string): void => {
    if (problems.length < mostProblems) problems.push({ span: { start: clamp(start, text), end: clamp(end, text) }, message });
  };
  const parser = new Parser();
  const composer = new Composer(options);
  const builder = new Builder(text, report);
  let root: Node | undefined;
  let start: Tokens;
  function take(token: CST.Token): void {
    // The composer hands a document on when the next begins; a chunk holds one, so the first prelude seen is the right one.
    if (token.type === 'document') start ??= token.start;
    for (const document of composer.next(token)) read(document);
  }
  function read(document: ReadDocument): void {
    for (const { pos, message } of document.errors) report(pos[0], pos[1], message);
    if (root !== undefined) report(document.range[0], document.range[1], 'Only one document is expected here');
    else root = builder.build(document.contents, start, document.range[0]).node;
  }
  for (const token of tokens) for (const part of parser.next(token)) take(part);
  for (const part of parser.end()) take(part);
  for (const document of composer.end()) read(document);
  for (const { pos, message } of composer.streamInfo().errors) report(pos[0], pos[1], message);
  const control = forbidden.exec(text);
  if (control !== null) report(control.index, control.index + 1, 'Control characters and lone carriage returns are not allowed');
  if (root !== undefined && builder.nodes > mostNodes) {
    report(root.start, root.end, 'The document grows too large by its aliases');
    builder.cutAliases();
  }
  return { root, problems };
}

// What kubectl's reader refuses. A carriage return alone ends a line there and in editors, but not in the `yaml` package.
// eslint-disable-next-line no-control-regex -- finding control characters is the purpose
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\r(?!\n)/;

interface ReadDocument {
  readonly contents: ParsedNode | null;
  readonly errors: readonly { readonly pos: readonly [number, number]; readonly message: string }[];
  readonly range: readonly [number, number, number];
}

function clamp(offset: number, text: string): number {
  return Math.max(0, Math.min(offset, text.length));
}

/** A node, and how many nodes it comes to when its aliases are followed. */
interface Built {
  readonly node: Node;
  readonly size: number;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Turns the package's nodes into ours, in the order of the text, so that an alias finds the last anchor before it. */
class Builder {
  nodes = 0;
  readonly #text: string;
  readonly #report: (start: number, end: number, message: string) => void;
  readonly #anchors = new Map<string, { node: Node; size: number | undefined }>();
  readonly #aliases: { target: Node | undefined }[] = [];

  constructor(text: string, report: (start: number, end: number, message: string) => void) {
    this.#text = text;
    this.#report = report;
  }

  cutAliases(): void {
    for (const alias of this.#aliases) alias.target = undefined;
  }

  /** `before`: the tokens between the indicator and the node; `at`: where a value that is not written would stand. */
  build(node: ParsedNode | null | undefined, before: Tokens, at: number): Built {
    const built = this.#build(node, before, at);
    this.nodes = built.size;
    return built;
  }

  #build(node: ParsedNode | null | undefined, before: Tokens, at: number): Built {
    if (isAlias(node)) return this.#alias(node.source, node.range);
    const tag = node?.tag;
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (isMap(node)) {
      const slots: Entry[] = [];
      const isFlow = node.flow === true;
      const style = !isFlow ? 'block' : node.srcToken === undefined ? 'implicit' : 'flow';
      const map: Writable<Extract<Node, { kind: 'map' }>> = { kind: 'map', style, anchor, tag, start: node.range[0], end: node.range[1], slots };
      return this.#collect(map, () => {
        const commas = flowCommas(node.srcToken);
        let size = 1;
        node.items.forEach((pair, index) => {
          const [entry, weight] = this.#entry(pair, commas?.[index]);
          slots.push(entry);
          size += weight;
        });
        if (!isFlow) settle(map, slots);
        return size;
      });
    }
    if (isSeq(node)) {
      const slots: Item[] = [];
      const style = node.flow === true ? 'flow' : 'block';
      const sequence: Writable<Extract<Node, { kind: 'sequence' }>> = { kind: 'sequence', style, anchor, tag, start: node.range[0], end: node.range[1], slots };
      return this.#collect(sequence, () => {
        const sources = itemSources(node.srcToken);
        const commas = flowCommas(node.srcToken);
        let size = 1;
        node.items.forEach((item, index) => {
          const before = sources?.[index]?.start;
          const dash = before?.find((token) => token.type === 'seq-item-ind');
          const indicator = dash === undefined ? undefined : dash.offset + 1;
          const { node: value, size: weight } = this.#build(item, before, indicator ?? item.range[0]);
          slots.push({ value, indicator, comma: commas?.[index], start: dash?.offset ?? propsStart(before) ?? value.start, end: value.end });
          size += weight;
        });
        if (style === 'block') settle(sequence, slots);
        return size;
      });
    }
    const value = isScalar(node) && typeof node.value === 'string' ? node.value : '';
    const style = isScalar(node) ? (styles[node.type ?? ''] ?? 'plain') : 'plain';
    let { start, end } = { start: node?.range[0] ?? at, end: node?.range[1] ?? at };
    // The package places a value that is not written after comments and line ends: it stands behind its indicator or tag.
    if (style === 'plain' && start === end) start = end = Math.max(at, propsEnd(before) ?? at);
    const scalar: Node = { kind: 'scalar', value, style, anchor, tag, start, end };
    if (anchor !== undefined) this.#anchors.set(anchor, { node: scalar, size: 1 });
    return { node: scalar, size: 1 };
  }

  #collect(node: Node, fill: () => number): Built {
    const known: { node: Node; size: number | undefined } = { node, size: undefined };
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, known);
    const size = Math.min(fill(), mostNodes + 1);
    known.size = size;
    return { node, size };
  }

  #alias(name: string, [start, end]: readonly [number, number, number]): Built {
    const known = this.#anchors.get(name);
    const target = known?.size === undefined ? undefined : known.node;
    if (target === undefined) this.#report(start, end, known === undefined ? `Unknown anchor ${name}` : `The value of anchor ${name} contains itself`);
    const node: Writable<Extract<Node, { kind: 'alias' }>> = { kind: 'alias', target, anchor: undefined, tag: undefined, start, end };
    this.#aliases.push(node);
    return { node, size: known?.size ?? 1 };
  }

  #entry(pair: Pair<ParsedNode, ParsedNode | null>, comma: number | undefined): readonly [Entry, number] {
    const source = pair.srcToken;
    const mark = source?.start.find((token) => token.type === 'explicit-key-ind');
    const { node: key, size: keySize } = this.#build(pair.key, source?.start, pair.key.range[0]);
    const colon = source?.sep?.find((token) => token.type === 'map-value-ind');
    const indicator = colon === undefined ? undefined : colon.offset + 1;
    const { node: value, size } = this.#build(pair.value, source?.sep, indicator ?? key.end);
    const known = key.kind === 'alias' ? key.target : key;
    const name = known?.kind === 'scalar' ? known.value : this.#text.slice(key.start, key.end);
    const start = mark?.offset ?? propsStart(source?.start) ?? key.start;
    const end = Math.max(value.end, indicator ?? key.end);
    return [{ key, name, value, explicit: mark !== undefined, indicator, comma, start, end }, keySize + size];
  }
}

/** A block collection begins and ends with its slots: the package counts comments and blank lines in. */
function settle(node: Writable<Span>, slots: readonly Span[]): void {
  node.start = slots[0]?.start ?? node.start;
  node.end = slots.at(-1)?.end ?? node.end;
}

function propsStart(tokens: Tokens): number | undefined {
  return tokens?.find((token) => token.type === 'anchor' || token.type === 'tag')?.offset;
}

function propsEnd(tokens: Tokens): number | undefined {
  const last = tokens?.findLast((token) => token.type === 'anchor' || token.type === 'tag');
  return last === undefined ? undefined : last.offset + last.source.length;
}

/** The source of each item, in step with the package's items: it leaves out those that hold only comments or a comma. */
function itemSources(token: CST.BlockMap | CST.BlockSequence | CST.FlowCollection | undefined): readonly CST.CollectionItem[] | undefined {
  return token?.items.filter(({ start, key, sep, value }) => {
    if (key !== undefined || sep !== undefined || value !== undefined) return true;
    return start.some(({ type }) => type === 'seq-item-ind' || type === 'explicit-key-ind' || type === 'anchor' || type === 'tag');
  });
}

function flowCommas(token: CST.BlockMap | CST.BlockSequence | CST.FlowCollection | undefined): readonly (number | undefined)[] | undefined {
  if (token?.type !== 'flow-collection') return undefined;
  const kept = new Set(itemSources(token));
  const commas: (number | undefined)[] = [];
  token.items.forEach((item, index) => {
    if (!kept.has(item)) return;
    const next = token.items[index + 1];
    commas.push(next?.start.find(({ type }) => type === 'comma')?.offset);
  });
  return commas;
}
