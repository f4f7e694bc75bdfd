import { eolAt, leading } from './lines.ts';
import { type Node, slotsOf } from './node.ts';
import { isBranch, isList, renderFlow, type YamlValue } from './render.ts';
import type { Style } from './style.ts';
import type { Tree } from './tree.ts';

/** How what is new is written in flow collections: on one line, or with a line for each entry where the author does so. */
export interface FlowLayout {
  readonly json: boolean;
  readonly style: Style;
  /** Line end and indentation of the entries; undefined: on one line. */
  readonly lines: { readonly eol: string; readonly indent: string; readonly step: string } | undefined;
  /** Collections inside that stand on one line all the same, as the author's do. */
  readonly inline: { readonly map: boolean; readonly sequence: boolean };
}

/** An entry on one line, wherever it stands. */
export function inLine(json: boolean, style: Style): FlowLayout {
  return { json, style, lines: undefined, inline: { map: true, sequence: true } };
}

/** The layout of entries that begin their lines, as what stands at `offset` does. */
export function onLines(tree: Tree, offset: number, json: boolean, style: Style): FlowLayout {
  const { text } = tree;
  const { balance, step = ' '.repeat(style.step) } = habitsOf(tree);
  // Lists of JSON have a line for each item where the author shows nothing else: so do all tools that print it.
  const inline = { map: balance.map > 0, sequence: balance.sequence > 0 || (balance.sequence === 0 && !json) };
  return { json, style, lines: { eol: eolAt(text, offset), indent: indentOf(text, offset), step }, inline };
}

/** Does the offset begin its line, whatever it is indented with? */
export function beginsLine(text: string, offset: number): boolean {
  return /^[ \t]*$/.test(leading(text, offset));
}

/** The white space at the beginning of the line. */
function indentOf(text: string, offset: number): string {
  return /^[ \t]*/.exec(leading(text, offset))?.[0] ?? '';
}

interface Habits {
  /** Above zero where more collections of the kind stand on one line than on several; empty ones show nothing. */
  readonly balance: { readonly map: number; readonly sequence: number };
  /** How much deeper the entries of a collection stand that have lines of their own. */
  readonly step: string | undefined;
}

function habitsOf({ text, root }: Tree): Habits {
  const balance = { map: 0, sequence: 0 };
  let step: string | undefined;
  const visit = (node: Node): void => {
    const [first] = slotsOf(node);
    if ((node.kind === 'map' || node.kind === 'sequence') && node.style === 'flow' && first !== undefined) {
      const isOnLines = text.slice(node.start, node.end).includes('\n');
      balance[node.kind] += isOnLines ? -1 : 1;
      const [outer, inner] = [indentOf(text, node.start), indentOf(text, first.start)];
      if (isOnLines && beginsLine(text, first.start) && inner.startsWith(outer) && inner !== outer) step ??= inner.slice(outer.length);
    }
    for (const { value } of slotsOf(node)) visit(value);
  };
  if (root !== undefined) visit(root);
  return { balance, step };
}

/** A value as it stands behind its key. */
export function renderLaidOut(value: YamlValue, layout: FlowLayout): string {
  const { json, style, lines, inline } = layout;
  if (lines === undefined || !isBranch(value) || inline[isList(value) ? 'sequence' : 'map']) return renderFlow(value, style, json);
  const { eol, indent, step } = lines;
  const inner = { ...layout, lines: { ...lines, indent: indent + step } };
  const entries = isList(value) ? value.map((item) => renderLaidOut(item, inner)) : Object.entries(value).map(([key, entry]) => renderPair(key, entry, inner));
  const [open, close] = isList(value) ? ['[', ']'] : ['{', '}'];
  return `${open}${entries.map((entry) => eol + indent + step + entry).join(',')}${eol}${indent}${close}`;
}

/** `key: value`. */
export function renderPair(key: string, value: YamlValue, layout: FlowLayout): string {
  return `${renderFlow(key, layout.style, layout.json)}: ${renderLaidOut(value, layout)}`;
}
