import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { out, root } from './paths.mjs';

/** What scripts that generate files from the program's own code have in common. */

/**
 * What a module of the program exports, read by running it: what is generated says what the program does.
 * @param {string} source TypeScript
 * @param {string} folder its imports count from here, a path from the root
 */
export async function runModule(source, folder) {
  const outfile = join(out, 'generated', `${String(process.pid)}-${String(performance.now())}.cjs`);
  try {
    await build({
      stdin: { contents: source, resolveDir: join(root, folder), loader: 'ts' },
      absWorkingDir: root,
      outfile,
      bundle: true,
      format: 'cjs',
      platform: 'node',
      loader: { '.md': 'text', '.yaml': 'text' },
      logLevel: 'silent',
    });
    return createRequire(import.meta.url)(outfile);
  } finally {
    rmSync(outfile, { force: true });
  }
}

/**
 * Writes generated files that are out of date, or only names them. Returns sentences about what is wrong.
 * @param {Readonly<Record<string, string>>} files text by path from the root
 * @param {{ check: boolean, script: string }} options
 */
export function settle(files, { check, script }) {
  const wrong = [];
  for (const [path, text] of Object.entries(files)) {
    const full = join(root, path);
    if (textOf(full) === text) continue;
    if (check) {
      wrong.push(`${path} is out of date: run "node scripts/${script}"`);
      continue;
    }
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
    console.log(`wrote ${path}`);
  }
  return wrong;
}

/** The text as it is generated: a checkout may have other line ends. @param {string} path */
function textOf(path) {
  try {
    return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return undefined;
  }
}

/**
 * What such a script does when it is run: `--check` changes nothing and fails where something is wrong.
 * @param {(options: { check: boolean }) => Promise<readonly string[]>} update
 */
export async function main(update) {
  const check = process.argv.includes('--check');
  const wrong = await update({ check });
  for (const line of wrong) console.error(line);
  if (check && wrong.length > 0) process.exitCode = 1;
}
