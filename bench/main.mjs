import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../esbuild.mjs';
import { installPackages } from '../scripts/lib/install.mjs';
import { out, root } from '../scripts/lib/paths.mjs';
import { Failure, entry } from '../scripts/lib/process.mjs';
import { measureCommandLine } from './command-line.mjs';
import { measureColdStart, measureEdits } from './editing.mjs';
import { dockerfile, longDockerfile } from './dockerfiles.mjs';
import { manifest, stream } from './manifests.mjs';
import { installNode, installPeers } from './peers.mjs';
import { repository } from './repository.mjs';
import { printTable } from './table.mjs';

/**
 * `npm run bench`: how long people wait, measured on the bundles that ship, beside the servers they may have already.
 * What the rows mean: docs/bench.md.
 *
 *   npm run bench -- --only edit          some of it: start, edit, cli
 *   npm run bench -- --no-peers           Podwright alone
 *   npm run bench -- --this-node          with the Node that runs this, instead of Node 24
 *   npm run bench -- --profile            Podwright alone, with a V8 profile of every process in out/bench/profiles
 */

/** @typedef {import('./peers.mjs').Tool} Tool */
/** @typedef {import('./table.mjs').Row} Row */
/** @typedef {Omit<Row, 'what' | 'tool' | 'remark'> & { what?: string }} Measured a row without what the scene and the tool say */

const parts = ['start', 'edit', 'cli'];

const image = /^ +image: /;
const version = /^ENV APP_VERSION/;
const small = { title: 'manifest of 35 lines', language: 'yaml', file: 'web.yaml', text: manifest(), typed: image };
const large = { title: 'stream of 1,000 documents', language: 'yaml', file: 'all.yaml', text: stream(), typed: image };
// What a Service selects is read by the rules on every workload, so this one edit has them run on all of them.
const shared = { ...large, title: 'the same, a Service\'s selector', typed: /^ {4}app: / };
const short = { title: 'Dockerfile of 40 lines', language: 'dockerfile', file: 'Dockerfile', text: dockerfile(), typed: version };
const long = { ...short, title: 'Dockerfile of 1,500 lines', text: longDockerfile() };

/** Medians to be reached on the machine of docs/bench.md; no goal where none is given. */
const starts = [{ scene: small, goal: 250 }, { scene: short }];
const edits = [{ scene: small, goal: 5 }, { scene: large, goal: 15 }, { scene: shared }, { scene: short, goal: 3 }, { scene: long, goal: 40 }];
const filesEachSecond = 500;

await entry(async () => {
  const { values } = parseArgs({ options: { only: { type: 'string' }, 'no-peers': { type: 'boolean' }, 'this-node': { type: 'boolean' }, profile: { type: 'boolean' } } });
  const only = values.only?.split(',') ?? parts;
  const unknown = only.find((part) => !parts.includes(part));
  if (unknown !== undefined) throw new Failure(`There is no part "${unknown}". Parts: ${parts.join(', ')}`);

  await installPackages();
  const node = values['this-node'] === true ? process.execPath : await installNode();
  const folder = join(out, 'bench');
  rmSync(folder, { recursive: true, force: true });
  await build({ production: true, outdir: folder });
  const profiles = join(folder, 'profiles');
  const profile = values.profile === true ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`] : [];
  /** @type {Tool} */
  const podwright = {
    name: 'podwright',
    command: node,
    args: [...profile, join(folder, 'server.cjs'), '--stdio'],
    languages: ['yaml', 'dockerfile'],
    remark: '',
  };
  const alone = values['no-peers'] === true || values.profile === true || !only.some((part) => part !== 'cli');
  const tools = [podwright, ...(alone ? [] : await installPeers(node))];

  /** @type {Row[]} */
  const rows = [];
  if (only.includes('start')) for (const each of starts) rows.push(...(await startRows(each, tools)));
  if (only.includes('edit')) for (const each of edits) rows.push(...(await editRows(each, tools)));
  if (only.includes('cli')) rows.push(await commandLineRow([node, ...profile, join(folder, 'cli.cjs')], treeIn(folder)));
  printTable(rows, machine(node));
  if (values.profile === true) console.log(`\nProfiles: ${profiles}`);
});

/** What the numbers were measured on, and how busy it was with other things too. @param {string} node */
function machine(node) {
  const processors = cpus();
  const parts = [`Node ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}`, process.platform, `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}`];
  const load = loadavg().map((value) => value.toFixed(1)).join(' ');
  return [...parts, `${Math.round(totalmem() / 2 ** 30)} GB`, ...(process.platform === 'win32' ? [] : [`load average ${load}`])].join(', ');
}

/**
 * @param {{ scene: import('./editing.mjs').Scene, goal?: number }} measured
 * @param {readonly Tool[]} tools ours first
 */
async function startRows({ scene, goal }, tools) {
  return each(`cold start, ${scene.title}`, scene, tools, async (tool, ours) => {
    const { values, processor } = await measureColdStart(tool, scene);
    return [{ unit: 'ms', values, processor, goal: ours ? goal : undefined }];
  });
}

/**
 * @param {{ scene: import('./editing.mjs').Scene, goal?: number }} measured
 * @param {readonly Tool[]} tools ours first
 */
async function editRows({ scene, goal }, tools) {
  return each(`edit, ${scene.title}`, scene, tools, async (tool, ours) => {
    const { values, processor, memory } = await measureEdits(tool, scene);
    /** @type {Measured[]} */
    const rows = [{ unit: 'ms', values, processor, goal: ours ? goal : undefined }];
    if (scene === large && memory !== undefined) rows.push({ what: 'memory after it', unit: 'MB', values: [memory / 1e6] });
    return rows;
  });
}

/**
 * The rows of every tool for one scene. A tool that fails is a row that says so.
 * @param {string} what
 * @param {import('./editing.mjs').Scene} scene
 * @param {readonly Tool[]} tools
 * @param {(tool: Tool, ours: boolean) => Promise<readonly Measured[]>} measure
 */
async function each(what, scene, tools, measure) {
  /** @type {Row[]} */
  const rows = [];
  for (const tool of tools.filter(({ languages }) => languages.includes(scene.language))) {
    process.stderr.write(`${what}: ${tool.name}\n`);
    try {
      for (const row of await measure(tool, tool === tools[0])) {
        rows.push({ ...row, what: row.what ?? what, tool: tool.name, remark: row.unit === 'ms' ? tool.remark : '' });
      }
    } catch (error) {
      rows.push({ what, tool: tool.name, remark: `not measured: ${error instanceof Error ? error.message : String(error)}` });
    }
  }
  return rows;
}

/**
 * @param {readonly string[]} program
 * @param {{ title: string, path: string }} tree
 * @returns {Promise<Row>}
 */
async function commandLineRow(program, { title, path }) {
  const what = `command line, ${title}`;
  process.stderr.write(`${what}\n`);
  const { values, files, processor } = await measureCommandLine(program, path);
  return { what, tool: 'podwright', unit: 'files/s', values, processor, goal: filesEachSecond, remark: `${files} manifests and Dockerfiles` };
}

/** Real files where they are, else as many made ones. @param {string} folder */
function treeIn(folder) {
  const corpus = process.env['PODWRIGHT_CORPUS'] ?? join(root, '..', 'shared', 'corpus');
  if (existsSync(join(corpus, 'INDEX.tsv'))) return { title: 'real files', path: corpus };
  console.log(`No corpus of real files in ${corpus} (PODWRIGHT_CORPUS names another place): the command line reads made ones.`);
  const path = join(folder, 'repository');
  for (const file of repository()) {
    mkdirSync(dirname(join(path, file.path)), { recursive: true });
    writeFileSync(join(path, file.path), file.text);
  }
  return { title: '1,500 made files', path };
}
