/** What a `mix.exs` tells about the release that `mix release` makes. */
export interface MixProject {
  readonly ecosystem: 'elixir';
  readonly app: string;
  /** Names of the releases it defines; none where Mix takes the application's. */
  readonly releases: readonly string[];
  /** Names of the packages it depends on. */
  readonly deps: readonly string[];
  /** Applications of Erlang that are started as well, as `ssl`. */
  readonly applications: readonly string[];
  /** A release without Erlang in it, which the image has to bring then. */
  readonly withoutErlang: boolean;
}

/** A longer file is no project that people write. */
const longest = 300_000;

/** A project has one list of each kind; a few more are looked at. */
const mostLists = 5;

/** Reads what is written plainly; what is computed is left out. Undefined for what names no application. Never throws. */
export function readMixExs(text: string): MixProject | undefined {
  if (text.length > longest) return undefined;
  const code = text.replace(/(^|[ \t,])#.*$/gm, '$1');
  const app = /\bapp:\s{0,5}:(\w{1,100})/.exec(code)?.[1];
  if (app === undefined) return undefined;
  const deps = listAfter(code, /\bdefp?\s{1,5}deps\b/g);
  const applications = listAfter(code, /\bextra_applications:/g);
  return {
    ecosystem: 'elixir',
    app,
    releases: keysOf(listAfter(code, /\breleases:\s{0,5}(?=\[)|\bdefp?\s{1,5}releases\b/g)),
    deps: [...deps.matchAll(/\{\s{0,20}:(\w{1,100})/g)].flatMap(([, name]) => name ?? []),
    applications: [...applications.matchAll(/:(\w{1,100})/g)].flatMap(([, name]) => name ?? []),
    withoutErlang: /\binclude_erts:\s{0,5}(?!\s|true\b)/.test(code),
  };
}

/** The text of the first list behind a pattern, its brackets left out; '' where there is none. */
function listAfter(code: string, pattern: RegExp): string {
  for (const match of [...code.matchAll(pattern)].slice(0, mostLists)) {
    const start = code.indexOf('[', match.index);
    if (start < 0 || start - match.index > 200) continue;
    let depth = 0;
    for (let at = start; at < code.length; at += 1) {
      if (code[at] === '[') depth += 1;
      else if (code[at] === ']') depth -= 1;
      if (depth === 0) return code.slice(start + 1, at);
    }
  }
  return '';
}

/** The keys at the top level of a keyword list: `shop: [...], worker: [...]`. */
function keysOf(list: string): readonly string[] {
  const keys: string[] = [];
  let depth = 0;
  for (const [token, key] of list.matchAll(/[[\]{}()]|(\w{1,100}):(?!:)/g)) {
    if (token === '[' || token === '{' || token === '(') depth += 1;
    else if (key === undefined) depth -= 1;
    else if (depth === 0) keys.push(key);
  }
  return keys;
}
