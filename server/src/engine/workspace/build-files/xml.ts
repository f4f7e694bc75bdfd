/** An element and what is in it. Names are without their namespace prefix. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** All character data directly in it, joined and trimmed. */
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/** A build file with more elements, or deeper ones, is none. */
const mostElements = 50_000;
const deepest = 100;

/**
 * Reads the elements of a build file in XML: enough for pom.xml and project files, and for half-typed ones. Comments,
 * processing instructions and document types are passed over, entities other than the five of XML stay as they are, so
 * nothing is ever fetched or expanded. Never throws; what is not closed ends with its parent.
 */
export function readXml(text: string): XmlElement | undefined {
  const top: Open = { name: '', attributes: new Map(), children: [], text: '' };
  const open: Open[] = [top];
  let count = 0;
  let at = 0;
  while (at < text.length) {
    const tag = text.indexOf('<', at);
    const current = open.at(-1) ?? top;
    current.text += unescaped(text.slice(at, tag < 0 ? text.length : tag));
    if (tag < 0) break;
    const skipped = skip(text, tag);
    if (skipped !== undefined) {
      if (text.startsWith('<![CDATA[', tag)) current.text += text.slice(tag + 9, Math.max(tag + 9, skipped - 3));
      at = skipped;
      continue;
    }
    const end = endOfTag(text, tag);
    const inner = text.slice(tag + 1, end);
    at = end + 1;
    if (inner.startsWith('/')) {
      close(open, localName(inner.slice(1).trim()));
      continue;
    }
    const name = localName(/^[^\s/]*/.exec(inner)?.[0] ?? '');
    if (name === '') continue;
    count += 1;
    if (count > mostElements || open.length > deepest) break;
    open.push({ name, attributes: attributesOf(inner), children: [], text: '' });
    if (inner.endsWith('/')) close(open, name);
  }
  while (open.length > 1) closeLast(open);
  return top.children[0];
}

/** The first child of each name in turn; undefined where one is missing. */
export function elementAt(element: XmlElement | undefined, ...names: readonly string[]): XmlElement | undefined {
  return names.reduce((at, name) => at?.children.find((child) => child.name === name), element);
}

/** The end of a comment, CDATA section, processing instruction or document type that begins at `at`. */
function skip(text: string, at: number): number | undefined {
  for (const [start, end] of [['<!--', '-->'], ['<![CDATA[', ']]>'], ['<?', '?>'], ['<!', '>']] as const) {
    if (!text.startsWith(start, at)) continue;
    const found = text.indexOf(end, at + start.length);
    return found < 0 ? text.length : found + end.length;
  }
  return undefined;
}

/** The `>` that ends a tag; one in a quoted attribute does not. */
function endOfTag(text: string, from: number): number {
  let quote: string | undefined;
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text[at];
    if (quote !== undefined) quote = char === quote ? undefined : quote;
    else if (char === '>') return at;
    else if (char === '"' || char === "'") quote = char;
  }
  return text.length;
}

function close(open: Open[], name: string): void {
  const index = open.findLastIndex((each, at) => at > 0 && each.name === name);
  if (index < 0) return;
  while (open.length > index) closeLast(open);
}

function closeLast(open: Open[]): void {
  const last = open.pop();
  if (last !== undefined) open.at(-1)?.children.push({ ...last, text: last.text.trim() });
}

function attributesOf(inner: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const match of inner.matchAll(/\s([\w:.-]{1,100})\s{0,10}=\s{0,10}(?:"([^"]*)"|'([^']*)')/g)) {
    found.set(localName(match[1] ?? ''), unescaped(match[2] ?? match[3] ?? ''));
  }
  return found;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.includes('&') ? text.replace(/&(lt|gt|amp|quot|apos);/g, (whole, name: string) => entities[name] ?? whole) : text;
}
