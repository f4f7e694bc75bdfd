import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './paths.mjs';

/**
 * Child processes that cannot outlive us. Each leads a process group of its own, so that one signal reaches all its
 * descendants, and whichever way this process ends the groups are ended first.
 */

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/** @type {Set<ChildProcess>} */
const living = new Set();

/** @type {Set<() => void>} */
const farewells = new Set();

const windows = process.platform === 'win32';

/** An error whose message is for the person at the terminal: no stack is printed for it. */
export class Failure extends Error {}

/**
 * Starts a child in a process group of its own.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function start(command, args, options) {
  watchForTheEnd();
  const child = spawn(command, [...args], { ...options, detached: !windows });
  living.add(child);
  child.once('close', () => living.delete(child));
  child.once('error', () => living.delete(child));
  return child;
}

/**
 * Signals a child and all its descendants.
 * @param {ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (windows) spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    else process.kill(-child.pid, signal);
  } catch {
    // The group is gone already: that is what was wanted.
  }
}

/**
 * Ends a child and all its descendants: asks, then insists after three seconds.
 * @param {ChildProcess} child
 * @returns {Promise<void>}
 */
export async function stop(child) {
  if (!living.has(child)) {
    signalGroup(child, 'SIGKILL'); // the leader has gone; whoever it left behind has not
    return;
  }
  const closed = new Promise((resolve) => child.once('close', resolve));
  signalGroup(child, 'SIGTERM');
  const insist = setTimeout(() => signalGroup(child, 'SIGKILL'), 3000);
  await closed;
  clearTimeout(insist);
  signalGroup(child, 'SIGKILL');
}

/**
 * Registers what must be done however this process ends. It must be synchronous.
 * @param {() => void} farewell
 * @returns {() => void} takes the registration back
 */
export function atExit(farewell) {
  watchForTheEnd();
  farewells.add(farewell);
  return () => farewells.delete(farewell);
}

let watching = false;

function watchForTheEnd() {
  if (watching) return;
  watching = true;
  process.on('exit', () => {
    for (const child of living) signalGroup(child, 'SIGKILL');
    for (const farewell of farewells) farewell();
  });
  for (const [signal, code] of /** @type {const} */ ([['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]])) {
    process.on(signal, () => interrupt(code));
  }
  // Told to end, npm tells only the shell it started us with, and that shell dies without a word to us.
  const parent = process.ppid;
  if (process.env['npm_lifecycle_event'] !== undefined && !windows) {
    setInterval(() => process.ppid !== parent && interrupt(129), 500).unref();
  }
}

/** @type {(() => void) | undefined} */
let interrupted;

/** @param {number} code */
function interrupt(code) {
  if (interrupted === undefined) process.exit(code);
  interrupted?.();
  interrupted = undefined; // who asks a second time will not wait
}

/**
 * For a program that runs until somebody ends it: waits for that, or for what it runs to end by itself.
 * @param {Promise<number>} ended
 * @returns {Promise<number>} the exit code; 0 when somebody ended it
 */
export async function untilInterrupted(ended) {
  watchForTheEnd();
  const asked = new Promise((resolve) => (interrupted = () => resolve(0)));
  try {
    return await Promise.race([ended, asked]);
  } finally {
    interrupted = undefined;
  }
}

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] added to this process's own
 * @property {boolean} [capture] keep the output for the caller instead of showing it
 * @property {number} [timeout] milliseconds after which it is ended
 */

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} the output is empty unless `capture` is set
 */
export function run(command, args, { cwd = root, env = {}, capture = false, timeout } = {}) {
  return new Promise((resolve, reject) => {
    const child = start(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', capture ? 'pipe' : 'inherit', capture ? 'pipe' : 'inherit'],
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    const deadline = timeout === undefined ? undefined : setTimeout(() => signalGroup(child, 'SIGKILL'), timeout);
    child.once('error', (error) => reject(new Failure(`${command} cannot be started: ${error.message}`)));
    child.once('close', (code, signal) => {
      clearTimeout(deadline);
      signalGroup(child, 'SIGKILL');
      resolve({ code: code ?? (signal === 'SIGINT' ? 130 : 1), output });
    });
  });
}

/**
 * How to call npm: the one that runs us, else the one on the PATH.
 * @param {readonly string[]} args
 * @returns {[command: string, args: string[]]}
 */
export function npm(args) {
  const self = process.env['npm_execpath'];
  if (self !== undefined && /npm-cli\.c?js$/.test(self)) return [process.execPath, [self, ...args]];
  // npm is a .cmd on Windows, which only a shell can start; none of our arguments needs quoting there.
  return windows ? ['cmd.exe', ['/d', '/s', '/c', 'npm', ...args]] : ['npm', [...args]];
}

/**
 * A tool of node_modules, run by this Node (a `.bin` entry is a shell script on Windows).
 * @param {string} file path under node_modules
 */
export const tool = (file) => join(root, 'node_modules', file);

/**
 * Runs a script's main function; a Failure, or an option that does not exist, becomes one line and
 * exit code 1.
 * @param {() => Promise<number | void>} main
 */
export async function entry(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    const plain = error instanceof Failure || code?.startsWith('ERR_PARSE_ARGS') === true;
    console.error(plain ? `\n${/** @type {Error} */ (error).message}` : error);
    process.exitCode = 1;
  }
}
