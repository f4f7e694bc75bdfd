// What ships stays small, and carries what it says it carries.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../esbuild.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
type Built = Awaited<ReturnType<typeof build>>;
let built: Built = {};

beforeAll(async () => {
  built = await build({ production: true, outdir: join(root, 'out/test-bundles') });
}, 60_000);

/**
 * Kilobytes, minified. Of the server about 200 are the protocol, 100 the YAML, 100 the shell and 60 the Dockerfile
 * parser, 300 what the rules and recipes know, 100 the scenarios of patterns and 50 what files tell each other: a bundle that outgrows its budget has most likely
 * taken in a package it does not need.
 */
const budget = { client: 500, timeline: 5, server: 3, 'server.main': 1700, cli: 3, 'cli.main': 1700 } as const;

describe.each(Object.entries(budget))('%s', (name, most) => {
  it(`has at most ${String(most)} kB`, () => {
    const bytes = Object.values(built[name]?.outputs ?? {}).reduce((sum, output) => sum + output.bytes, 0);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes / 1000).toBeLessThan(most);
  });
});

it('the command line carries no language server, and neither carries an editor', () => {
  const inputs = (name: string) => Object.keys(built[name]?.inputs ?? {}).join('\n');
  // Types and positions of the protocol come with dockerfile-ast; the server itself does not.
  expect(inputs('cli.main')).not.toMatch(/vscode-languageserver\/|vscode-jsonrpc|server\/src\/lsp/);
  expect(inputs('server.main')).not.toMatch(/vscode-languageclient|server\/src\/cli/);
  expect(inputs('client')).not.toMatch(/vscode-languageserver\/|server\/src/);
});

it('every package in a bundle is named in the notices', () => {
  const notices = readFileSync(join(root, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
  const inputs = Object.values(built).flatMap((metafile) => Object.keys(metafile.inputs));
  const packages = new Set(inputs.flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []));
  expect(packages.size).toBeGreaterThan(5);
  for (const name of packages) expect(notices).toContain(`\n${name} `);
});
