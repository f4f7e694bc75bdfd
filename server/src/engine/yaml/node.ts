import type { Span } from '../text/span.ts';
import { resolveScalar, type Scalar } from './scalar.ts';

/**
 * The tree that reading and surgery share: plain data with the places that surgery needs. Spans cover content only,
 * without anchor, tag, comment or trailing blank lines; a block scalar's ends after its last line end.
 */
export type Node = ScalarNode | AliasNode | MapNode | SequenceNode;

interface Common extends Span {
  readonly anchor: string | undefined;
  /** Resolved: `tag:yaml.org,2002:str` for `!!str`. */
  readonly tag: string | undefined;
}

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

export interface ScalarNode extends Common {
  readonly kind: 'scalar';
  /** The text it stands for, quotes and escapes resolved; an empty value has the empty text. */
  readonly value: string;
  readonly style: ScalarStyle;
}

export interface AliasNode extends Common {
  readonly kind: 'alias';
  /** What it stands for; undefined where nothing is so named, where it holds itself, and in documents that are alias bombs. */
  readonly target: Node | undefined;
}

export interface MapNode extends Common {
  readonly kind: 'map';
  /** `implicit`: the one pair in `[a: b]`. */
  readonly style: 'block' | 'flow' | 'implicit';
  readonly slots: readonly Entry[];
}

export interface SequenceNode extends Common {
  readonly kind: 'sequence';
  readonly style: 'block' | 'flow';
  readonly slots: readonly Item[];
}

/** A place in a collection. Its span begins at the key (or its anchor) or dash and ends with the value's content. */
interface SlotCommon extends Span {
  readonly value: Node;
  /** Offset behind the `:` or `-`; undefined where there is none. */
  readonly indicator: number | undefined;
  /** Offset of the comma behind it, in flow collections. */
  readonly comma: number | undefined;
}

export interface Entry extends SlotCommon {
  readonly key: Node;
  /** The key as text: what it stands for if it is a scalar, its source otherwise. */
  readonly name: string;
  /** Written with `?`. */
  readonly explicit: boolean;
}

export interface Item extends SlotCommon {
  readonly key?: undefined;
}

export type Slot = Entry | Item;

/** Stands in masked templates for text that only the template's run will supply. */
export const placeholder = '\ue000';

/** Does this scalar hold template text, so that its value cannot be known? */
export function isOpaque(node: Node): boolean {
  return node.kind === 'scalar' && node.value.includes(placeholder);
}

/** The value of a scalar as kubectl reads it; undefined for everything that is no scalar and for opaque ones. */
export function scalarOf(node: Node): Scalar | undefined {
  if (node.kind !== 'scalar' || isOpaque(node)) return undefined;
  return resolveScalar(node.value, node.style === 'plain', node.tag);
}

/** A value that is not written at all (`key:`): it has a place but no width. */
export function isMissing(node: Node): boolean {
  return node.kind === 'scalar' && node.start === node.end;
}

export function isBlockScalar(node: Node): boolean {
  return node.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded');
}

export function isMergeKey({ key }: Slot): boolean {
  return key?.kind === 'scalar' && key.style === 'plain' && key.value === '<<';
}

/** The node itself, or what it is an alias of. Undefined where that cannot be said. */
export function follow(node: Node): Node | undefined {
  return node.kind === 'alias' ? node.target : node;
}

/** The slots of a collection; none for scalars and aliases. */
export function slotsOf(node: Node): readonly Slot[] {
  return node.kind === 'map' || node.kind === 'sequence' ? node.slots : [];
}
