/** Who may import whom (ARCHITECTURE.md, "Arrows run one way"), and how long a file may be. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const engine = ['engine/core', 'engine/catalog', 'engine/text', 'engine/yaml', 'engine/shell'];
const whole = ['engine', ...engine, 'engine/dockerfile', 'engine/kubernetes', 'engine/workspace'];

/** For each room, the rooms it may import from, beside itself. A room is the longest key that begins a file's path. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  'engine/text': [],
  'engine/core': ['engine/text'],
  'engine/catalog': ['engine/text', 'engine/core'],
  'engine/yaml': ['engine/text', 'engine/core', 'engine/catalog'],
  'engine/shell': ['engine/text', 'engine/core', 'engine/catalog'],
  'engine/dockerfile': engine,
  'engine/kubernetes': engine,
  'engine/workspace': [...engine, 'engine/dockerfile', 'engine/kubernetes'],
  engine: whole,
  actions: whole,
  patterns: whole,
  rules: [...whole, 'actions'],
  timeline: whole,
  host: ['engine/workspace'],
  lsp: [...whole, 'rules', 'actions', 'timeline', 'patterns', 'host'],
  cli: [...whole, 'rules', 'actions', 'timeline', 'host'],
  entry: ['lsp', 'cli', 'host', 'rules', 'patterns'],
};
/** Packages, and the rooms that alone may import them. No other package may be imported anywhere in the server. */
const packages: Readonly<Record<string, readonly string[]>> = {
  yaml: ['engine/yaml'],
  unbash: ['engine/shell'],
  'dockerfile-ast': ['engine/dockerfile'],
  ignore: ['cli'],
  'vscode-languageserver': ['lsp', 'entry'],
  'vscode-languageserver-textdocument': ['lsp', 'entry'],
  'node:': ['host', 'cli', 'lsp', 'entry'],
};

const server = sources(join(root, 'server/src'));
const client = sources(join(root, 'client/src'));

it('has arrows that run one way', () => {
  const wrong = server.flatMap(({ path, imports }) => {
    const from = roomOf(path);
    return imports.flatMap((name) => {
      if (!name.startsWith('.')) return mayImport(name, from) ? [] : [`${path} must not import ${name}`];
      const to = roomOf(posix.join(posix.dirname(path), name));
      return from === to || arrows[from]?.includes(to) === true ? [] : [`${path} must not import ${to} (${name})`];
    });
  });
  expect(wrong).toEqual([]);
});

it('has a client that shares no code with the server', () => {
  expect(client.flatMap(({ path, imports }) => imports.filter((name) => name.includes('server/')).map((name) => `${path}: ${name}`))).toEqual([]);
});

it('has no import cycles', () => {
  const graph = new Map(server.map(({ path, imports }) => [path, imports.filter((name) => name.startsWith('.')).map((name) => posix.join(posix.dirname(path), name))]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
    else if (!done.has(path)) for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  expect(cycles).toEqual([]);
});

it('lets text reach the YAML parser through the guard alone', () => {
  // The parser descends one call per level and can end the process: whatever asks for YAML, of manifests, values,
  // kustomizations or configuration, or of an edit's own result, asks `parseDocument`, which asks the guard first.
  const importers = (name: string): readonly string[] => server.filter(({ imports }) => imports.includes(name)).map(({ path }) => path);
  expect(importers('yaml')).toEqual(['engine/yaml/compose.ts', 'engine/yaml/guard.ts']);
  expect(server.filter(({ text }) => /\bimport \{[^}]*\bcompose\b[^}]*\} from '[^']*\/compose\.ts'/.test(text)).map(({ path }) => path)).toEqual(['engine/yaml/document.ts']);
  const words = (path: string): string => /import \{([^}]*)\} from 'yaml'/.exec(server.find((file) => file.path === path)?.text ?? '')?.[1] ?? '';
  // The lexer is a loop; without it the parser has nothing to parse.
  expect(words('engine/yaml/guard.ts').trim()).toBe('Lexer');
  expect(words('engine/yaml/compose.ts')).not.toMatch(/\bLexer\b|\bparse/);
});

it('has short files: engine 250 lines at most, rules 150, others 300', () => {
  const limit = (path: string): number => (path.startsWith('engine/') ? 250 : path.startsWith('rules/') && !path.endsWith('index.ts') && !path.endsWith('pages.ts') ? 150 : 300);
  expect([...server, ...client].filter(({ path, lines }) => lines > limit(path)).map(({ path, lines }) => `${path}: ${String(lines)}`)).toEqual([]);
});

it('keeps the escape hatches shut: no double casts, and a reason beside every silenced lint rule', () => {
  const hatch = /\bas unknown as\b|eslint-disable(?!.* -- \S)/;
  const used = [...server, ...client].flatMap(({ path, text }) => (hatch.exec(text) ?? []).map((found) => `${path}: ${found}`));
  expect(used).toEqual([]);
});

function roomOf(path: string): string {
  return Object.keys(arrows).sort((a, b) => b.length - a.length).find((room) => path.startsWith(`${room}/`)) ?? path;
}

function mayImport(name: string, room: string): boolean {
  const owner = Object.keys(packages).find((each) => (each.endsWith(':') ? name.startsWith(each) : name === each || name.startsWith(`${each}/`)));
  return owner !== undefined && packages[owner]?.includes(room) === true;
}

/** The TypeScript files below a folder: path from it, text, and what they import. */
function sources(folder: string): readonly { path: string; text: string; lines: number; imports: readonly string[] }[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'));
  return files.map((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const imports = [...text.matchAll(/^\s*(?:import|export)\b[^;'"]*?from\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|^import\s+'([^']+)'/gm)];
    return { path: file.replaceAll('\\', '/'), text, lines: text.split('\n').length - 1, imports: imports.flatMap((match) => match[1] ?? match[2] ?? match[3] ?? []) };
  });
}
