/** Text as XML may hold it, also between quotes. What XML knows no way to say is dropped. */
export function escaped(text: string): string {
  // eslint-disable-next-line no-control-regex -- these characters are no XML, escaped or not
  const clean = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '');
  return clean.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element; what stands in it is markup already. Attributes without a value are left out. */
export function element(name: string, attributes: Attributes, inside: string | readonly string[] = ''): string {
  const written = Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escaped(typeof value === 'number' ? rounded(value) : value)}"`]));
  const body = typeof inside === 'string' ? inside : inside.join('');
  return body === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${body}</${name}>`;
}

/** A line of text at a place. */
export function words(x: number, y: number, text: string, attributes: Attributes = {}): string {
  return element('text', { x, y, ...attributes }, escaped(text));
}

/** What a pointer that rests on an element is told. */
export function title(text: string): string {
  return element('title', {}, escaped(text));
}

function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Columns that a text takes: East Asian characters are twice as wide as others. */
export function columns(text: string): number {
  let count = 0;
  for (const character of text) count += /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/.test(character) ? 2 : 1;
  return count;
}

/** A text cut to a number of columns, with a sign that it was. */
export function cut(text: string, most: number): string {
  if (columns(text) <= most) return text;
  let kept = '';
  for (const character of text) {
    if (columns(kept + character) > most - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Lines of at most this many columns, broken at blanks, and anywhere in what has none. */
export function wrapped(text: string, most: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(/[\u2e80-\u9fff\uff00-\uff60]|[^\s\u2e80-\u9fff\uff00-\uff60]+\s*|\s+/gu) ?? []) {
    if (line !== '' && columns((line + piece).trimEnd()) > most) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  return [...lines, line.trimEnd()].filter((each) => each !== '');
}
