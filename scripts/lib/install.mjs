import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure, npm, run } from './process.mjs';
import { root } from './paths.mjs';

/**
 * Development packages, installed when they are missing or are not the ones the lock file names. npm writes what it
 * has installed to node_modules/.package-lock.json; comparing the two needs no stamp of our own, so an install by hand
 * counts as well.
 */

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} LockEntry */

/** @param {string} file @returns {Promise<Record<string, LockEntry> | undefined>} */
async function packagesOf(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Says what is wrong with node_modules, or undefined when nothing is. */
async function staleness() {
  const wanted = await packagesOf(join(root, 'package-lock.json'));
  const installed = await packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined) throw new Failure('package-lock.json is missing or unreadable.');
  if (installed === undefined) return 'are not installed';
  for (const [path, entry] of Object.entries(wanted)) {
    const here = installed[path];
    if (path === '' || entry.link === true || (here === undefined && (entry.optional ?? entry.devOptional) === true)) continue;
    if (here?.version !== entry.version || here?.integrity !== entry.integrity) return 'differ from package-lock.json';
  }
  return undefined;
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) throw new Failure(`Node 20.19 or later is needed; this is ${process.versions.node}.`);
}

/** Runs `npm ci` if that is needed. Install scripts stay off: no package here needs one. */
export async function installPackages() {
  checkNode();
  const why = await staleness();
  if (why === undefined) return;
  console.log(`The development packages ${why}: npm ci (about 200 MB, half a minute)`);
  const { code, output } = await run(...npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']), { capture: true });
  if (code !== 0) throw new Failure(`npm ci failed:\n${output}`);
}
