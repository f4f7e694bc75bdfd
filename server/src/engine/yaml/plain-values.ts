import type { Span } from '../text/span.ts';
import type { Entry, Item, Node, ScalarNode } from './node.ts';

/** Values of documents in plain style (`plain.ts`). All of these throw {@link notPlain} at whatever else they meet. */

/** Not an error: says that another reader must read the document. One object, because making it is what costs. */
export const notPlain = new Error('not plain');

/** White space or the end of the text: what must follow `-` and `:`. Tabs are not plain. */
export function endsWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || code === 10 || Number.isNaN(code);
}

export function isSpace(text: string, at: number): boolean {
  return text.charCodeAt(at) === 32;
}

function scalar(style: ScalarNode['style'], value: string, start: number, end: number): ScalarNode {
  return { kind: 'scalar', value, style, anchor: undefined, tag: undefined, start, end };
}

/** What no plain scalar begins with. A dash may, with a letter or another dash behind it; `?` and `:` are left to the package. */
const indicators = new Set(Array.from('?:,[]{}#&*!|>\'"%@` \n\t', (character) => character.charCodeAt(0)));

function beginsPlain(text: string, at: number, inFlow: boolean): boolean {
  const code = text.charCodeAt(at);
  if (code === 45) return !endsWord(text, at + 1) && !(inFlow && isFlowSign(text.charCodeAt(at + 1)));
  return !indicators.has(code) && !Number.isNaN(code);
}

/** An unquoted scalar up to a colon that ends a key, a comment or the line end. In flow collections their signs end it, too. */
function readPlain(text: string, start: number, inFlow = false): ScalarNode {
  if (!beginsPlain(text, start, inFlow)) throw notPlain;
  let end = start + 1;
  let at = start + 1;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10) break;
    if (code === 9) throw notPlain;
    if (code === 32) {
      if (text.charCodeAt(at + 1) === 35) break;
      continue;
    }
    if (inFlow && isFlowSign(code)) break;
    if (code === 58) {
      if (endsWord(text, at + 1)) {
        // `key :` stands apart from its colon.
        if (at !== end) throw notPlain;
        break;
      }
      if (inFlow && isFlowSign(text.charCodeAt(at + 1))) throw notPlain;
    }
    end = at + 1;
  }
  return scalar('plain', text.slice(start, end), start, end);
}

/** `[` `{` `|` `>`: what begins here takes more than one look. */
export function isCollected(code: number): boolean {
  return code === 91 || code === 123 || code === 124 || code === 62;
}

/** A scalar of one line, quoted or not: a key, if a colon follows. */
export function readHead(text: string, start: number): ScalarNode {
  const code = text.charCodeAt(start);
  return code === 34 || code === 39 ? readQuoted(text, start) : readPlain(text, start);
}

/** `,` `[` `]` `{` `}` */
function isFlowSign(code: number): boolean {
  return code === 44 || code === 91 || code === 93 || code === 123 || code === 125;
}

const escapes: ReadonlyMap<string, string> = new Map([['"', '"'], ['\\', '\\'], ['/', '/'], ['n', '\n'], ['t', '\t'], ['r', '\r']]);

/** A quoted scalar of one line. */
function readQuoted(text: string, start: number): ScalarNode {
  const quote = text.charAt(start);
  const isDouble = quote === '"';
  let isEscaped = false;
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\n') break;
    if (isDouble && character === '\\') {
      isEscaped = true;
      at += 1;
    } else if (character === quote) {
      if (!isDouble && text.charAt(at + 1) === quote) {
        isEscaped = true;
        at += 1;
        continue;
      }
      const inside = text.slice(start + 1, at);
      const value = !isEscaped ? inside : isDouble ? inside.replace(/\\(.)/gs, unescaped) : inside.replaceAll("''", "'");
      return scalar(isDouble ? 'double' : 'single', value, start, at + 1);
    }
  }
  throw notPlain;
}

function unescaped(_: string, character: string): string {
  const value = escapes.get(character);
  if (value === undefined) throw notPlain;
  return value;
}

/** A flow collection that stands on one line, without anything that YAML allows and nobody writes. */
export function readFlow(text: string, start: number, depth: number): Node {
  if (depth > 60) throw notPlain;
  const isMap = text.charCodeAt(start) === 123;
  const close = isMap ? 125 : 93;
  const entries: Entry[] = [];
  const items: Item[] = [];
  let at = skip(text, start + 1);
  while (text.charCodeAt(at) !== close) {
    const first = readFlowValue(text, at, depth);
    let { end } = first;
    let entry: Entry | undefined;
    if (isMap) {
      if (first.kind !== 'scalar' || text.charCodeAt(end) !== 58 || !isSpace(text, end + 1)) throw notPlain;
      const indicator = end + 1;
      const value = readFlowValue(text, skip(text, indicator), depth);
      end = value.end;
      entry = { key: first, name: first.value, value, explicit: false, indicator, comma: undefined, start: first.start, end };
    }
    at = skip(text, end);
    const comma = text.charCodeAt(at) === 44 ? at : undefined;
    if (entry !== undefined) entries.push({ ...entry, comma });
    else items.push({ value: first, indicator: undefined, comma, start: first.start, end });
    if (comma === undefined && text.charCodeAt(at) !== close) throw notPlain;
    if (comma !== undefined) at = skip(text, comma + 1);
  }
  const common = { anchor: undefined, tag: undefined, start, end: at + 1 };
  return isMap ? { kind: 'map', style: 'flow', slots: entries, ...common } : { kind: 'sequence', style: 'flow', slots: items, ...common };
}

function readFlowValue(text: string, at: number, depth: number): Node {
  const code = text.charCodeAt(at);
  if (code === 91 || code === 123) return readFlow(text, at, depth + 1);
  return code === 34 || code === 39 ? readQuoted(text, at) : readPlain(text, at, true);
}

function skip(text: string, at: number): number {
  let next = at;
  while (text.charCodeAt(next) === 32) next += 1;
  return next;
}

/**
 * A block scalar (`|`, `>`) and the comment behind its header. Its content stands deeper than `column`. Folded ones only
 * where folding is joining lines.
 */
export function readBlockScalar(text: string, start: number, column: number): { readonly node: ScalarNode; readonly comment: Span | undefined } {
  const isFolded = text.charCodeAt(start) === 62;
  const isStripped = text.charCodeAt(start + 1) === 45;
  const head = skip(text, start + (isStripped ? 2 : 1));
  const headEnd = text.indexOf('\n', head);
  if (headEnd < 0) throw notPlain;
  const isComment = text.charCodeAt(head) === 35 && isSpace(text, head - 1);
  if (head !== headEnd && !isComment) throw notPlain;
  let indent = -1;
  let end = headEnd + 1;
  // Blank lines belong to the content where more of it follows.
  let blanks = 0;
  const lines: string[] = [];
  for (let line = headEnd + 1; line < text.length; ) {
    const at = skip(text, line);
    const found = text.indexOf('\n', at);
    const next = found < 0 ? text.length : found;
    const width = at - line;
    if (at === next) {
      if (found < 0) break;
      if (width > (indent < 0 ? column : indent)) throw notPlain;
      blanks += 1;
      line = next + 1;
      continue;
    }
    if (indent < 0) {
      if (width <= column) throw notPlain;
      indent = width;
    }
    if (width < indent) {
      if (width > column) throw notPlain;
      break;
    }
    if (isFolded && (width > indent || blanks > 0)) throw notPlain;
    for (; blanks > 0; blanks -= 1) lines.push('');
    lines.push(text.slice(line + indent, next));
    end = Math.min(next + 1, text.length);
    line = next + 1;
  }
  if (indent < 0) throw notPlain;
  const value = lines.join(isFolded ? ' ' : '\n') + (isStripped ? '' : '\n');
  const comment = isComment ? { start: head, end: headEnd } : undefined;
  return { node: scalar(isFolded ? 'folded' : 'literal', value, start, end), comment };
}
