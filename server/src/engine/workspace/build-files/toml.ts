/** A value of a TOML file, as far as build files need them; what is not read is undefined. */
export type TomlValue = string | number | boolean | readonly TomlValue[] | TomlTable | undefined;

export interface TomlTable {
  readonly keys: ReadonlyMap<string, TomlValue>;
}

/** Values are nested no deeper, and lists hold no more: what goes further is left out. */
const deepest = 20;
const mostItems = 10_000;

/**
 * Reads a TOML file by its tables: the name of each header, dots kept (`tool.poetry`), with its keys. The keys before
 * the first header stand under ''. Arrays of tables (`[[bin]]`) are several tables of one name. Dates and what cannot
 * be read have no value. Never throws.
 */
export function readToml(text: string): readonly { readonly name: string; readonly table: TomlTable }[] {
  const tables: { name: string; table: { keys: Map<string, TomlValue> } }[] = [{ name: '', table: { keys: new Map() } }];
  const reader = new Reader(text.replace(/^\ufeff/, ''));
  while (reader.skipBlank()) {
    const header = reader.header();
    if (header !== undefined) tables.push({ name: header, table: { keys: new Map() } });
    else {
      const key = reader.key();
      if (key !== undefined && reader.take('=')) tables.at(-1)?.table.keys.set(key, reader.value(0));
    }
    reader.skipLine();
  }
  return tables;
}

export function isTable(value: TomlValue): value is TomlTable {
  return typeof value === 'object' && 'keys' in value && value.keys instanceof Map;
}

/** The strings of a list; none for every other value. */
export function textItems(value: TomlValue): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** A dotted name without quotes and spaces. */
function plainName(written: string): string {
  const parts = written.match(/"[^"]*"|'[^']*'|[^."']+/g) ?? [];
  return parts.map((part) => part.trim().replace(/^(["'])(.*)\1$/, '$2')).filter((part) => part !== '').join('.');
}

/** Goes over the text once; every step moves on or ends, so reading ends. */
class Reader {
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get done(): boolean {
    return this.#at >= this.#text.length;
  }

  /** Passes over white space, line ends and comments. Is anything left? */
  skipBlank(): boolean {
    for (;;) {
      this.#match(/[ \t\r\n]*/y);
      if (this.#text[this.#at] !== '#') return !this.done;
      this.skipLine();
    }
  }

  skipLine(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#text.length : end + 1;
  }

  header(): string | undefined {
    const match = this.#match(/\[\[?([^[\]\r\n#]*)\]\]?/y);
    return match?.[1] === undefined ? undefined : plainName(match[1]);
  }

  /** A key, its dots kept. */
  key(): string | undefined {
    const match = this.#match(/(?:[\w-]+|"[^"\r\n]*"|'[^'\r\n]*')(?:[ \t]*\.[ \t]*(?:[\w-]+|"[^"\r\n]*"|'[^'\r\n]*'))*/y);
    return match === undefined ? undefined : plainName(match[0]);
  }

  take(char: string): boolean {
    this.#match(/[ \t]*/y);
    if (this.#text[this.#at] !== char) return false;
    this.#at += 1;
    this.#match(/[ \t]*/y);
    return true;
  }

  value(depth: number): TomlValue {
    if (depth > deepest) return undefined;
    const char = this.#text[this.#at];
    if (char === '[') return this.#list(depth);
    if (char === '{') return this.#inlineTable(depth);
    const text = this.#string();
    if (text !== undefined) return text;
    const word = this.#match(/[^\s,\]}#]+/y)?.[0] ?? '';
    if (word === 'true' || word === 'false') return word === 'true';
    return /^[-+]?\d[\d_]*(?:\.\d+)?$/.test(word) ? Number(word.replaceAll('_', '')) : undefined;
  }

  #string(): string | undefined {
    const long = this.#match(/"""\r?\n?([\s\S]*?)"""|'''\r?\n?([\s\S]*?)'''/y);
    if (long !== undefined) return long[1] ?? long[2] ?? '';
    const literal = this.#match(/'([^'\r\n]*)'/y);
    if (literal !== undefined) return literal[1] ?? '';
    const basic = this.#match(/"([^"\\\r\n]*(?:\\.[^"\\\r\n]*)*)"/y);
    return basic?.[1]?.replace(/\\(["\\])/g, '$1');
  }

  #list(depth: number): readonly TomlValue[] {
    const items: TomlValue[] = [];
    this.#at += 1;
    while (!this.done && items.length < mostItems) {
      this.skipBlank();
      if (this.#text[this.#at] === ']') {
        this.#at += 1;
        break;
      }
      const before = this.#at;
      items.push(this.value(depth + 1));
      this.skipBlank();
      if (this.#text[this.#at] === ',') this.#at += 1;
      else if (this.#at === before) break;
    }
    return items;
  }

  #inlineTable(depth: number): TomlTable {
    const keys = new Map<string, TomlValue>();
    this.#at += 1;
    while (!this.done && keys.size < mostItems) {
      this.skipBlank();
      const key = this.key();
      if (key === undefined || !this.take('=')) break;
      keys.set(key, this.value(depth + 1));
      this.skipBlank();
      if (this.#text[this.#at] !== ',') break;
      this.#at += 1;
    }
    this.skipBlank();
    if (this.#text[this.#at] === '}') this.#at += 1;
    return { keys };
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    const sticky = pattern;
    sticky.lastIndex = this.#at;
    const match = sticky.exec(this.#text);
    if (match === null) return undefined;
    this.#at += match[0].length;
    return match;
  }
}
