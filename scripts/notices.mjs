// Writes THIRD-PARTY-NOTICES.txt: the licence of every package that went into a bundle, read from what the bundler
// says it took. `--check` writes nothing and fails where the file is not what it would write.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../esbuild.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const file = join(root, 'THIRD-PARTY-NOTICES.txt');

const scratch = await mkdtemp(join(tmpdir(), 'podwright-notices-'));
/** @type {Set<string>} */
const folders = new Set();
try {
  for (const { inputs } of Object.values(await build({ production: true, outdir: scratch }))) {
    for (const input of Object.keys(inputs)) {
      // The last node_modules counts: packages may carry packages of their own.
      const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
      if (folder !== undefined) folders.add(folder);
    }
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}

/** @type {Map<string, string>} */
const notices = new Map();
for (const folder of folders) {
  const { name, version, license, repository } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
  const text = (await readdir(join(root, folder))).find((entry) => /^licen[cs]e(?:[.-]|$)/i.test(entry));
  if (text === undefined || typeof license !== 'string') throw new Error(`${folder} has no licence: look before it ships.`);
  const address = typeof repository === 'string' ? repository : (repository?.url ?? '');
  const body = (await readFile(join(root, folder, text), 'utf8')).replace(/\r\n/g, '\n').trim();
  notices.set(`${name} ${version}`, `${name} ${version} (${license})\n${address}\n\n${body}\n`);
}

const head = 'Podwright includes the following packages. Each is the work of its authors and under its own licence.\n';
const line = `\n${'-'.repeat(80)}\n\n`;
const sorted = [...notices].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, notice]) => notice);
const wanted = [head, ...sorted].join(line);

if (process.argv.includes('--check')) {
  const is = await readFile(file, 'utf8').catch(() => '');
  if (is !== wanted) {
    console.error('THIRD-PARTY-NOTICES.txt is out of date: run node scripts/notices.mjs');
    process.exitCode = 1;
  }
} else {
  await writeFile(file, wanted);
  console.log(`THIRD-PARTY-NOTICES.txt: ${String(notices.size)} packages`);
}
