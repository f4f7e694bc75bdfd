import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { out, root } from './lib/paths.mjs';
import { entry } from './lib/process.mjs';

/**
 * `npm run test:corpus`: texts that end too early, texts in other layouts, and typing, over every file of the corpus
 * (PODWRIGHT_CORPUS; without one, over examples/ and the rules' pages). Every fix that is offered is applied and judged.
 *
 *   npm run test:corpus -- --part edits          one part: lines, characters, layouts, edits, patterns
 *   npm run test:corpus -- --file nginx          files whose path holds this
 */

/** As in test/corpus/jobs.ts and worker.ts. @typedef {{ part: string, path: string }} Job */
/** @typedef {{ texts: number, fixes: number, skipped: number, broken: readonly string[] }} Tally */
/** @typedef {({ kind: 'ready', missing: string | undefined, jobs: Job[] }) | { kind: 'at', at: number } | ({ kind: 'done' } & Tally)} Report */
/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/** Longest that one job may go without a sign, and altogether, in milliseconds. */
const patience = { sign: 60_000, job: 600_000 };

/** Sources read files beside themselves; bundled, they would look beside the bundle. */
const whereTheyStand = {
  name: 'where-they-stand',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onLoad({ filter: /[\\/]test[\\/].*\.ts$/ }, async ({ path }) => {
      const { readFile } = await import('node:fs/promises');
      const text = await readFile(path, 'utf8');
      return { contents: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)), loader: 'ts' };
    });
  },
};

const outfile = join(out, 'test-corpus', 'worker.mjs');
/** @type {Map<string, Omit<Tally, 'broken'>>} */
const totals = new Map();
let broken = 0;

await entry(async () => {
  const { values } = parseArgs({ options: { part: { type: 'string' }, file: { type: 'string' } } });
  const begun = performance.now();
  await esbuild.build({
    absWorkingDir: root, bundle: true, platform: 'node', target: 'node20', format: 'esm', packages: 'external', loader: { '.md': 'text', '.yaml': 'text' },
    entryPoints: ['test/corpus/worker.ts'], outfile, sourcemap: 'linked', plugins: [whereTheyStand], logLevel: 'warning',
  });
  const { jobs, missing } = await list();
  if (missing !== undefined) console.log(`${missing}\nInstead: examples/ and the examples of the rules' pages.\n`);
  const wanted = jobs.filter(({ part, path }) => (values.part ?? part) === part && path.includes(values.file ?? ''));
  const count = wanted.length;
  await Promise.all(Array.from({ length: Math.min(count, availableParallelism()) }, () => work(wanted, count)));
  console.log(table());
  console.log(`\n${broken === 0 ? 'All clean' : `${broken} broken`} (${((performance.now() - begun) / 1000).toFixed(0)} s)`);
  return broken === 0 && count > 0 ? 0 : 1;
});

/** At once, because a run takes minutes. @param {string} what */
function complain(what) {
  broken += 1;
  console.log(`\n${what}`);
}

/** What there is to do. @returns {Promise<{ jobs: Job[], missing: string | undefined }>} */
function list() {
  const child = fork(outfile, ['--list'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The list of files cannot be made (exit code ${code}).`)));
    child.once('message', (/** @type {Extract<Report, { kind: 'ready' }>} */ report) => {
      child.kill();
      resolve(report);
    });
  });
}

/** Does jobs until none is left, in a process that is replaced where a job ends it. @param {Job[]} left @param {number} count */
async function work(left, count) {
  /** @type {ChildProcess | undefined} */
  let child;
  for (let job = left.shift(); job !== undefined; job = left.shift()) {
    child ??= await worker();
    const ended = await done(child, job);
    if (typeof ended === 'string') {
      complain(`${job.path} (${job.part}): ${ended}`);
      child.kill('SIGKILL');
      child = undefined;
    } else {
      const { texts, fixes, skipped } = totals.get(job.part) ?? { texts: 0, fixes: 0, skipped: 0 };
      totals.set(job.part, { texts: texts + ended.texts, fixes: fixes + ended.fixes, skipped: skipped + ended.skipped });
      ended.broken.forEach(complain);
    }
    if (left.length % 100 === 0) console.log(`${count - left.length} of ${count} jobs done, ${broken} broken`);
  }
  child?.kill();
}

/** @returns {Promise<ChildProcess>} */
function worker() {
  const child = fork(outfile, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('message', () => resolve(child));
  });
}

/**
 * What came of a job; a sentence where nothing did.
 * @param {ChildProcess} child
 * @param {Job} job
 * @returns {Promise<Tally | string>}
 */
function done(child, job) {
  let at = 0;
  return new Promise((resolve) => {
    const where = () => `at ${job.part === 'edits' ? 'edit' : 'the first'} ${at}${job.part === 'edits' ? '' : ' characters'} or a little later`;
    const late = () => end(`did not end, ${where()}`);
    const last = setTimeout(late, patience.job);
    let sign = setTimeout(late, patience.sign);
    /** @type {(code: number | null, signal: string | null) => void} */
    const crashed = (code, signal) => end(`ended the process (${signal ?? `exit code ${code}`}), ${where()}`);
    /** @type {(report: any) => void} */
    const heard = (/** @type {Report} */ report) => {
      clearTimeout(sign);
      sign = setTimeout(late, patience.sign);
      if (report.kind === 'at') at = report.at;
      if (report.kind === 'done') end(report);
    };
    /** @type {(what: Tally | string) => void} */
    const end = (what) => {
      clearTimeout(last);
      clearTimeout(sign);
      child.off('message', heard);
      child.off('exit', crashed);
      resolve(what);
    };
    child.on('message', heard);
    child.once('exit', crashed);
    child.send(job);
  });
}

function table() {
  const rows = [...totals].map(([part, { texts, fixes, skipped }]) => {
    const left = skipped === 0 ? '' : `; ${skipped} more cuts left out, in even steps`;
    return `${part.padEnd(11)} ${String(texts).padStart(7)} texts  ${String(fixes).padStart(6)} fixes judged${left}`;
  });
  return rows.join('\n');
}
