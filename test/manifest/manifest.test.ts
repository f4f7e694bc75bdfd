// What package.json promises: every string in both languages, every command made, every setting read.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { configNames } from '../../server/src/engine/core/config-keys.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type Strings = Readonly<Record<string, string>>;

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly l10n: string;
  readonly bin: Strings;
  readonly engines: Strings;
  readonly devDependencies: Strings;
  readonly activationEvents: readonly string[];
  readonly capabilities: Json;
  readonly contributes: {
    readonly yamlValidation: readonly { readonly fileMatch: readonly string[]; readonly url: string }[];
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Readonly<Record<string, Json>>>> };
    readonly grammars: readonly { readonly path: string; readonly scopeName: string }[];
    readonly snippets: readonly { readonly language: string; readonly path: string }[];
  };
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const sources = readdirSync(join(root, 'client/src')).map((name) => read(`client/src/${name}`)).join('\n');

describe.each([
  ['package.nls.json', 'package.nls.zh-cn.json'],
  ['l10n/bundle.l10n.json', 'l10n/bundle.l10n.zh-cn.json'],
])('%s', (english, chinese) => {
  const en = JSON.parse(read(english)) as Strings;
  const zh = JSON.parse(read(chinese)) as Strings;

  it('has the same keys in Chinese, in the same order', () => {
    expect(Object.keys(zh)).toEqual(Object.keys(en));
  });

  it.each(Object.keys(en))('%s is Chinese in Chinese', (key) => {
    expect(zh[key]).not.toBe(en[key]);
    expect(zh[key]).toMatch(/\p{Script=Han}/u);
    expect(en[key]).not.toMatch(/\p{Script=Han}/u);
  });
});

it('every %key% of package.json is in package.nls.json, and the other way round', () => {
  const used = [...read('package.json').matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? '');
  expect([...new Set(used)].sort()).toEqual(Object.keys(JSON.parse(read('package.nls.json')) as Strings).sort());
});

it('every sentence of the client is in the l10n bundle, and the other way round', () => {
  const used = [...sources.matchAll(/l10n\.t\(\s*'((?:[^'\\]|\\.)*)'/g)].map(([, text]) => text ?? '');
  expect(sources.match(/l10n\.t\(/g)).toHaveLength(used.length);
  const bundle = JSON.parse(read('l10n/bundle.l10n.json')) as Strings;
  expect([...new Set(used)].sort()).toEqual(Object.keys(bundle).sort());
  for (const [key, text] of Object.entries(bundle)) expect(text).toBe(key);
});

it('every command has a title and a category, and is made by the client', () => {
  for (const { command, title, category } of manifest.contributes.commands) {
    expect(title).toMatch(/^%.+%$/);
    expect(category).toBe('Podwright');
    expect(command).toMatch(/^podwright\.[a-z][A-Za-z]+$/);
  }
  const made = [...sources.matchAll(/registerCommand\('([^']+)'/g)].map(([, command]) => command);
  expect(made.sort()).toEqual(manifest.contributes.commands.map(({ command }) => command).sort());
});

it('every setting is described, has a default and a scope', () => {
  const settings = Object.entries(manifest.contributes.configuration.properties);
  expect(settings.map(([name]) => name)).toEqual(['podwright.enable', 'podwright.timeline.codeLens', 'podwright.trace.server']);
  for (const [, setting] of settings) {
    expect(setting['markdownDescription']).toMatch(/^%.+%$/);
    expect(setting).toHaveProperty('default');
    expect(['resource', 'window']).toContain(setting['scope']);
    if (Array.isArray(setting['enum'])) expect(setting['enumDescriptions']).toHaveLength(setting['enum'].length);
  }
});

it('it wakes for the languages it checks and no others', () => {
  const [, list] = /selector: readonly string\[\] = \[([^\]]+)\]/.exec(sources) ?? [];
  const languages = [...(list ?? '').matchAll(/'([^']+)'/g)].map(([, language]) => `onLanguage:${String(language)}`);
  expect([...manifest.activationEvents].sort()).toEqual(languages.sort());
});

it('it works where files are not trusted and not on a disk', () => {
  expect(manifest.capabilities).toEqual({ untrustedWorkspaces: { supported: true }, virtualWorkspaces: true });
  expect(sources).not.toMatch(/from '(?:node:)?(?:fs|child_process|http|https|net|os)(?:\/|')/);
  // A picture is written where a person says. The editor's own file system is read, because the server cannot reach what is on no disk; nothing is written.
  expect([...new Set(sources.match(/workspace\.fs\.\w+/g))].sort()).toEqual(['workspace.fs.readFile', 'workspace.fs.stat', 'workspace.fs.writeFile']);
  expect(sources).not.toMatch(/createTerminal|openExternal|fetch\(/);
});

it('the types are those of the oldest VS Code it runs in', () => {
  expect(`^${String(manifest.devDependencies['@types/vscode'])}`).toBe(manifest.engines['vscode']);
});

it('what it names exists', () => {
  const { grammars, snippets, yamlValidation } = manifest.contributes;
  const shipped = read('.vscodeignore').split(/\r?\n/);
  for (const path of [manifest.icon, ...[...grammars, ...snippets].map((one) => one.path), ...yamlValidation.map(({ url }) => url)]) {
    expect(existsSync(join(root, path)), path).toBe(true);
const [folder, name] = [dirname(join('.', path)), extname(path)];
    expect(shipped.some((line) => line.startsWith(`!${folder}/`) && line.endsWith(name)), path).toBe(true);
  }
  expect(existsSync(join(root, manifest.l10n))).toBe(true);
  expect([manifest.main, manifest.bin['podwright']]).toEqual(['./dist/client.cjs', './dist/cli.cjs']);
});

it('completes configuration files in editors that know YAML schemas', () => {
  const files = manifest.contributes.yamlValidation.flatMap(({ fileMatch }) => fileMatch);
  expect(files).toEqual([...configNames]);
});

it('grammars have the scope names that package.json gives them', () => {
  for (const { path, scopeName } of manifest.contributes.grammars) {
    const grammar = JSON.parse(read(path)) as { readonly scopeName: string; readonly injectionSelector: string };
    expect(grammar.scopeName).toBe(scopeName);
    expect(grammar.injectionSelector).toMatch(/^L:/);
  }
});
