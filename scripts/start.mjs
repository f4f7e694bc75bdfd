import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startServer } from './lib/code-server.mjs';
import { desktopArguments, downloadDesktop, hasDisplay, onPath } from './lib/desktop.mjs';
import { installHost } from './lib/host.mjs';
import { installPackages } from './lib/install.mjs';
import { root } from './lib/paths.mjs';
import { Failure, atExit, entry, run, start, stop, untilInterrupted } from './lib/process.mjs';

/**
 * `npm start`: VS Code on examples/ with the extension built from this checkout. The desktop VS Code that is installed,
 * else the one that can be downloaded, else the one npm carries, in the browser.
 *
 *   npm start -- --port 8080    the port of the one in the browser; any free one otherwise
 *   npm start -- --browser      take the one in the browser even if there is another
 */

const examples = join(root, 'examples');
const first = join(examples, 'deployment.yaml');

const advice = `deployment.yaml shows a warning: put the cursor on it and press Ctrl+. for the repair. examples/README.md has more.
What you change there is changed in examples/; \`git checkout examples\` brings it back.`;

/**
 * Desktop VS Code with settings and extensions of its own, so that it is a process of ours, which we can end.
 * @param {string} program
 * @returns {Promise<boolean>} false when it did not start
 */
async function inDesktop(program) {
  const data = mkdtempSync(join(tmpdir(), 'podwright-'));
  const forget = atExit(() => {
    endInstance(data);
    rmSync(data, { recursive: true, force: true });
  });
  try {
    const args = ['--new-window', '--wait', `--extensionDevelopmentPath=${root}`, ...desktopArguments(data), examples, first];
    const shell = process.platform === 'win32' && program.endsWith('.cmd');
    const child = start(shell ? `"${program}"` : program, shell ? args.map((arg) => `"${arg}"`) : args, { stdio: 'ignore', shell });
    const started = performance.now();
    const closed = new Promise((/** @type {(code: number) => void} */ resolve) => {
      child.once('close', (code) => resolve(code ?? 1));
      child.once('error', () => resolve(1));
    });
    console.log(`VS Code opens on ${examples}\n\n${advice}\nClose its window, or press Ctrl-C here, to end.`);
    const code = await untilInterrupted(closed);
    await stop(child);
    const ran = code === 0 || performance.now() - started > 10_000;
    if (!ran) console.log(`\n${program} did not start (exit code ${code}).\n`);
    return ran;
  } finally {
    forget();
    endInstance(data);
    rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/**
 * The `code` command only asks: the program it starts leads a process group of its own, and names itself here.
 * @param {string} data
 */
function endInstance(data) {
  try {
    process.kill(Number(readFileSync(join(data, 'user', 'code.lock'), 'utf8')));
  } catch {
    // It has ended, as it should.
  }
}

/** @param {number} port */
async function inBrowser(port) {
  const host = await installHost();
  const server = await startServer({
    host,
    port,
    prepare: (data) => {
      symlinkSync(root, join(data, 'extensions', 'podwright'), 'junction');
      cpSync(join(root, 'scripts', 'lib', 'opener'), join(data, 'extensions', 'opener'), { recursive: true });
    },
  });
  try {
    console.log(`VS Code ${host.version} is ready. Open in your browser:\n\n${server.address({ folder: examples })}\n\n${advice}\nCtrl-C ends VS Code.`);
    const code = await untilInterrupted(server.ended);
    if (code !== 0) throw new Failure(`VS Code ended by itself:\n${server.log()}`);
  } finally {
    await server.stop();
  }
}

await entry(async () => {
  const { values } = parseArgs({ options: { port: { type: 'string' }, browser: { type: 'boolean', default: false } } });
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Failure(`--port ${values.port} is no port.`);

  await installPackages();
  console.log('Building the extension');
  const { code, output } = await run(process.execPath, [join(root, 'esbuild.mjs')], { capture: true });
  if (code !== 0) throw new Failure(`The build failed:\n${output}`);

  // Desktop VS Code needs a screen, refuses to run as root, and `code` in a remote window's terminal is no desktop.
  const desktop = !values.browser && values.port === undefined && hasDisplay() && process.getuid?.() !== 0;
  if (desktop) {
    const own = process.env['VSCODE_IPC_HOOK_CLI'] === undefined ? onPath('code') : undefined;
    if (own !== undefined && (await inDesktop(own))) return;
    const program = await downloadDesktop();
    if (program !== undefined && (await inDesktop(program))) return;
  }
  await inBrowser(port);
});
