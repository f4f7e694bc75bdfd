import type { Span } from '../text/span.ts';
import { commentBehind } from './lines.ts';
import { isMissing, type Node, scalarOf, type Slot } from './node.ts';
import type { YamlValue } from './render.ts';
import type { Scalar } from './scalar.ts';
import { type FieldState, isGrowing, isHidden, type Standing, standingAt, standingOf } from './standing.ts';
import { indexOf, type Tree } from './tree.ts';

export type { FieldState, Scalar };

type Element<T> = T extends readonly (infer E)[] ? E : never;

/** For surgery: where a field stands in the tree. */
export interface Place {
  readonly tree: Tree;
  /** Where it stands; undefined for the root and for what is not present. */
  readonly slot: Slot | undefined;
  /** Its value, aliases followed; undefined unless present. */
  readonly node: Node | undefined;
}

const nowhere: Span = { start: 0, end: 0 };

/**
 * A typed path into a YAML document, never null: a field that is absent knows where it would stand, so one expression
 * serves check, squiggle and insertion. Values read as kubectl reads them; aliases and merge keys are followed.
 * Spans are UTF-16 offsets into the text of the document. The same path gives the same object.
 */
export class Field<T = unknown> {
  readonly state: FieldState;
  /** Reached through an alias or a merge key: reading works, writing is refused. */
  readonly borrowed: boolean;
  /** Undefined for the root. */
  readonly parent: Field | undefined;
  /** Name in the parent map, index in the parent sequence. */
  readonly key: string | number | undefined;
  readonly #tree: Tree;
  readonly #slot: Slot | undefined;
  readonly #node: Node | undefined;
  #children: Map<string | number, Field> | undefined;

  private constructor(tree: Tree, parent: Field | undefined, key: string | number | undefined, standing: Standing) {
    this.#tree = tree;
    this.parent = parent;
    this.key = key;
    this.state = standing.state;
    this.borrowed = standing.borrowed ?? parent?.borrowed ?? false;
    this.#slot = standing.slot;
    this.#node = standing.node;
  }

  static rootOf(tree: Tree): Field {
    if (tree.unread) return new Field(tree, undefined, undefined, { state: 'unknown' });
    return new Field(tree, undefined, undefined, standingOf(tree.root, undefined));
  }

  /** For this folder only: rules never see syntax. */
  static placeOf(field: Field): Place {
    return { tree: field.#tree, slot: field.#slot, node: field.#node };
  }

  get present(): boolean {
    return this.state === 'present';
  }

  get absent(): boolean {
    return this.state === 'absent';
  }

  get kind(): 'map' | 'sequence' | 'scalar' | 'absent' | 'unknown' {
    const node = this.#node;
    if (this.state !== 'present' || node === undefined) return this.state === 'unknown' ? 'unknown' : 'absent';
    return node.kind === 'alias' ? 'unknown' : node.kind;
  }

  /** The value of a scalar as kubectl reads it: `0440` is 288. Undefined for collections, opaque values, and what is not present. */
  get scalar(): Scalar | undefined {
    return this.#node === undefined || isHidden(this.#tree, this.#node) ? undefined : scalarOf(this.#node);
  }

  /** The value, if it is a string. */
  get text(): string | undefined {
    const value = this.scalar;
    return typeof value === 'string' ? value : undefined;
  }

  /** The value, if it is a whole number. */
  get int(): number | undefined {
    const value = this.scalar;
    return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
  }

  get bool(): boolean | undefined {
    const value = this.scalar;
    return typeof value === 'boolean' ? value : undefined;
  }

  get isNull(): boolean {
    return this.scalar === null;
  }

  /** null, `{}`, `[]` or an empty string. */
  get isEmpty(): boolean {
    const node = this.#node;
    if (node?.kind === 'map' || node?.kind === 'sequence') return node.slots.length === 0 && !isGrowing(this.#tree, node);
    return this.isNull || this.scalar === '';
  }

  /** Holds template text, is written by an action below its key, or is replaced by an overlay: present, but nobody can say what it will be. */
  get opaque(): boolean {
    return this.#node !== undefined && isHidden(this.#tree, this.#node);
  }

  /** Does its value carry an anchor, so that other places may share it? */
  get anchored(): boolean {
    return this.#node?.anchor !== undefined;
  }

  /** The branch of the template it stands in: what stands in two of them is never there together, but all is with what stands in 0. */
  get branch(): number {
    return this.#tree.template?.branchAt((this.#slot ?? this.#node)?.start ?? 0) ?? 0;
  }

  /** How a collection is written; undefined for everything else. */
  get style(): 'block' | 'flow' | undefined {
    const node = this.#node;
    if (node?.kind !== 'map' && node?.kind !== 'sequence') return undefined;
    return node.style === 'block' ? 'block' : 'flow';
  }

  /** The value as it is written, template actions included; undefined unless present. */
  get raw(): string | undefined {
    const span = this.valueSpan;
    return span === undefined ? undefined : (this.#tree.template?.source ?? this.#tree.text).slice(span.start, span.end);
  }

  /** The comment behind it on its line (behind the key for block collections), without its `#`; undefined where none is. */
  get comment(): string | undefined {
    const slot = this.#slot;
    if (slot === undefined) return undefined;
    const { value } = slot;
    const atKey = value.kind !== 'alias' && this.style === 'block';
    return commentBehind(this.#tree, atKey ? (slot.indicator ?? value.end) : isMissing(value) ? slot.end : value);
  }

  /** Of the key, quotes included; undefined where there is none. */
  get keySpan(): Span | undefined {
    const key = this.#slot?.key;
    return key === undefined ? undefined : { start: key.start, end: key.end };
  }

  /** Of the value, content only; of the alias where the value is one. Empty for `key:`. Undefined unless present. */
  get valueSpan(): Span | undefined {
    const value = this.#slot?.value ?? (this.present ? this.#node : undefined);
    return value === undefined ? undefined : { start: value.start, end: value.end };
  }

  /**
   * What to underline. A scalar: itself; a collection or a missing value: its key, or the name of an item; what is not
   * present: the nearest place above that has one of these. Never a whole collection.
   */
  get span(): Span {
    const value = this.#slot?.value ?? this.#node;
    if (value !== undefined && value.kind !== 'map' && value.kind !== 'sequence' && !isMissing(value)) {
      return { start: value.start, end: value.end };
    }
    return this.keySpan ?? this.#nameSpan() ?? this.parent?.span ?? this.#firstKeySpan() ?? nowhere;
  }

  /** From the root: `spec.template.spec.containers[0].image`, `metadata.labels["app.kubernetes.io/name"]`. Empty for the root. */
  get path(): string {
    const { parent, key } = this;
    if (parent === undefined || key === undefined) return '';
    if (typeof key === 'number') return `${parent.path}[${String(key)}]`;
    if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `${parent.path}[${JSON.stringify(key)}]`;
    return parent.parent === undefined ? key : `${parent.path}.${key}`;
  }

  get<K extends keyof T & string>(key: K): Field<NonNullable<T[K]>> {
    return this.#child(key).as<NonNullable<T[K]>>();
  }

  /** By names and indexes, for paths that are data. */
  at(...keys: readonly (string | number)[]): Field {
    return keys.reduce<Field>((field, key) => field.#child(key), this);
  }

  /** The same place, with another idea of its shape. */
  // eslint-disable-next-line @typescript-eslint/prefer-return-this-type -- another type is the point
  as<U>(): Field<U> {
    return this;
  }

  /** Does the key stand in this map, whatever its value? */
  has(key: string): boolean {
    return this.#child(key).present;
  }

  /** The items of a sequence; none for everything else. */
  items(): readonly Field<Element<T>>[] {
    const node = this.#node;
    if (node?.kind !== 'sequence') return [];
    return node.slots.map((_, index) => this.#child(index).as<Element<T>>());
  }

  /** The keys of a map in their order, those of merge keys last; none for everything else. */
  keys(): readonly string[] {
    if (this.#node?.kind !== 'map') return [];
    const { own, merged } = indexOf(this.#tree, this.#node);
    return [...own.keys(), ...merged.keys()];
  }

  /** The whole value as data; undefined unless all of it is known. */
  plain(): YamlValue | undefined {
    if (this.kind === 'scalar') return this.scalar;
    if (this.kind !== 'map' && this.kind !== 'sequence') return undefined;
    if (this.#node === undefined || isGrowing(this.#tree, this.#node)) return undefined;
    if (this.kind === 'sequence') {
      const items = this.items().map((item) => item.plain());
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    const entries = this.keys().map((key) => [key, this.#child(key).plain()] as const);
    return entries.every((entry): entry is readonly [string, YamlValue] => entry[1] !== undefined) ? Object.fromEntries(entries) : undefined;
  }

  #child(key: string | number): Field {
    this.#children ??= new Map();
    let child = this.#children.get(key);
    if (child === undefined) {
      child = new Field(this.#tree, this, key, this.#node === undefined ? { state: this.state } : standingAt(this.#tree, this.#node, key));
      this.#children.set(key, child);
    }
    return child;
  }

  #nameSpan(): Span | undefined {
    if (this.#node?.kind !== 'map') return undefined;
    const name = this.parent === undefined ? this.at('metadata', 'name') : this.at('name');
    return name.kind === 'scalar' && !name.isEmpty ? name.valueSpan : undefined;
  }

  #firstKeySpan(): Span | undefined {
    const first = this.#node?.kind === 'map' ? this.#node.slots[0]?.key : undefined;
    return first === undefined ? undefined : { start: first.start, end: first.end };
  }
}
