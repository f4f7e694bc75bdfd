import type { Span } from '../text/span.ts';
import { compose, type Composed, type Problem } from './compose.ts';
import { Field } from './field.ts';
import { type Excess, lex } from './guard.ts';
import { isMergeKey, type Node, slotsOf } from './node.ts';
import type { Openings } from './openings.ts';
import { readPlainDocument } from './plain.ts';
import { suppliedIn, type SuppliedPath } from './supplied.ts';
import type { Tree } from './tree.ts';

export type { Excess, Problem };

/** A key that stands twice in one map: kubectl takes the last, stricter readers refuse. */
export interface DuplicateKey {
  readonly name: string;
  readonly span: Span;
  readonly first: Span;
}

/** One document of a stream. All offsets count UTF-16 code units from the start of its text. */
export interface YamlDocument {
  readonly text: string;
  /** Absent for an empty document; unknown for one that is too large to check. */
  readonly root: Field;
  /** Why this is no valid YAML; what could be read is there all the same, but is not edited. */
  readonly problems: readonly Problem[];
  /** Set when the document was not parsed because it would cost too much; `problems` says so too. */
  readonly excess: Excess | undefined;
  /** Every comment from its `#` to its line end, in order. */
  readonly comments: readonly Span[];
  /** Keys that stand twice in one map, in the order of the text. Linear in the size of the document. */
  duplicateKeys(): readonly DuplicateKey[];
}

const excesses: Readonly<Record<Excess, string>> = {
  nesting: 'The document is nested too deeply to be checked',
  tokens: 'The document is too large to be checked',
  anchors: 'The document has too many anchors to be checked',
};

/**
 * Reads one document of a stream (a chunk of `splitStream`). Never throws, whatever the text is.
 * @param openings for masked templates: what the template may add
 */
export function parseDocument(text: string, openings?: Openings): YamlDocument {
  const tree = treeOf(text, openings);
  return documentOf(tree, tree.excess);
}

/** An object of a document, and where something outside of the document supplies fields of it. Paths begin at the object. */
export interface SuppliedFields {
  readonly object: Field;
  readonly paths: readonly SuppliedPath[];
}

/**
 * The document as it is with what overlays supply: what they may add is unknown instead of absent, what they replace
 * has no known value. Nothing is parsed again; the fields of the document that was given stay as they are.
 */
export function withSupplied(document: YamlDocument, fields: readonly SuppliedFields[]): YamlDocument {
  const { tree } = Field.placeOf(document.root);
  const supplied = suppliedIn(fields.map(({ object, paths }) => ({ root: Field.placeOf(object).node, paths })));
  return documentOf({ ...tree, supplied }, document.excess);
}

function documentOf(tree: Tree, excess: Excess | undefined): YamlDocument {
  const { text, problems, comments } = tree;
  return { text, root: Field.rootOf(tree), problems, excess, comments, duplicateKeys: () => duplicateKeys(tree.root) };
}

function treeOf(text: string, template: Openings | undefined): Tree & { readonly excess: Excess | undefined } {
  const base = { text, template, supplied: undefined, isPlain: false, indexes: new Map() };
  const plain = readPlainDocument(text);
  if (plain !== undefined) return { ...base, ...plain, isPlain: true, unread: false, problems: [], excess: undefined };
  const lexed = lex(text);
  if (typeof lexed === 'string') {
    const problem = { span: { start: 0, end: 0 }, message: excesses[lexed] };
    return { ...base, root: undefined, unread: true, problems: [problem], comments: [], excess: lexed };
  }
  const { root, problems } = composed(text, lexed.tokens);
  return { ...base, root, unread: root === undefined && problems.length > 0, problems, comments: lexed.comments, excess: undefined };
}

/** The parser is not ours: should it ever throw, that is this document's problem, not the process's. */
function composed(text: string, tokens: readonly string[]): Composed {
  try {
    return compose(text, tokens);
  } catch {
    return { root: undefined, problems: [{ span: { start: 0, end: 0 }, message: 'The document cannot be read' }] };
  }
}

function duplicateKeys(root: Node | undefined): readonly DuplicateKey[] {
  const found: DuplicateKey[] = [];
  function visit(node: Node): void {
    const seen = new Map<string, Span>();
    for (const slot of slotsOf(node)) {
      if (slot.key !== undefined && !isMergeKey(slot)) {
        const span = { start: slot.key.start, end: slot.key.end };
        const first = seen.get(slot.name);
        if (first === undefined) seen.set(slot.name, span);
        else found.push({ name: slot.name, span, first });
      }
      visit(slot.value);
    }
  }
  if (root !== undefined) visit(root);
  return found;
}
