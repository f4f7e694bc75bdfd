// Generates schemas/podwright.schema.json, by which editors check and complete .podwright.yaml, from the data that its reader uses.
//   node scripts/config-schema.mjs           writes it
//   node scripts/config-schema.mjs --check   changes nothing; fails where it is out of date
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = 'schemas/podwright.schema.json';

const source = `
import { ownRules } from './engine/core/config.ts';
import { configSchema } from './engine/core/config-keys.ts';
import { allRules } from './rules/index.ts';
export const schema = configSchema([...allRules.map(({ meta }) => meta), ...ownRules]);
`;

/** The schema, made by running the program's own code: what the editor accepts is what the program reads. */
export async function schemaText() {
  const outfile = join(root, 'out/config-schema', `${String(process.pid)}.cjs`);
  try {
    await build({
      stdin: { contents: source, resolveDir: join(root, 'server/src'), loader: 'ts' },
      absWorkingDir: root,
      outfile,
      bundle: true,
      format: 'cjs',
      platform: 'node',
      logLevel: 'silent',
    });
    const { schema } = createRequire(import.meta.url)(outfile);
    return `${JSON.stringify(schema, undefined, 2)}\n`;
  } finally {
    rmSync(outfile, { force: true });
  }
}

/** @param {string} path */
function textOf(path) {
  try {
    return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = join(root, target);
  const text = await schemaText();
  if (textOf(path) === text) console.log(`${target} is current`);
  else if (process.argv.includes('--check')) {
    console.error(`${target} is out of date: run "node scripts/config-schema.mjs"`);
    process.exitCode = 1;
  } else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`wrote ${target}`);
  }
}
