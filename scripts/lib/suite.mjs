import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from './code-server.mjs';
import { launchBrowser } from './browser.mjs';
import { desktopArguments } from './desktop.mjs';
import { out, root } from './paths.mjs';
import { Failure, atExit, run } from './process.mjs';
import { openWorkbench } from './workbench.mjs';

/**
 * The mocha suite of test/vscode/suite, bundled once and run in either VS Code.
 *
 * @typedef {{ passed: readonly string[], failed: readonly string[] }} Results
 * @typedef {{ kind: 'desktop', display: string | undefined } | { kind: 'carried', host: import('./host.mjs').Host }} Editor
 */

/** Long enough for a slow machine on which everything works. */
const longest = 8 * 60_000;

const home = join(out, 'vscode-tests');
const bundle = join(home, 'index.cjs');
const resultsFile = join(home, 'results.json');

/** The folder that VS Code has open: the examples, fresh in every run, never those of the checkout. */
export const workspace = join(home, 'examples');

/** Bundles the suite and lays out what it needs beside the bundle. */
export async function prepareSuite() {
  const { build } = await import('esbuild');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  const source = join(root, 'test', 'vscode', 'suite');
  await build({
    entryPoints: { index: join(source, 'index.ts'), suites: join(source, 'suites.ts') },
    outdir: home,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  cpSync(join(root, 'test', 'vscode', 'expected'), join(home, 'expected'), { recursive: true });
}

/** Puts the examples back as they are in the checkout. */
export function freshWorkspace() {
  rmSync(workspace, { recursive: true, force: true });
  cpSync(join(root, 'examples'), workspace, { recursive: true });
}

/**
 * Runs the suite.
 * @param {Editor} editor
 * @param {{ vsix?: string }} [what] an installed package instead of the extension's source folder
 * @returns {Promise<Results>}
 */
export async function runSuite(editor, { vsix } = {}) {
  freshWorkspace();
  rmSync(resultsFile, { force: true });
  const extension = vsix === undefined ? root : emptyExtension();
  if (editor.kind === 'desktop') await inDesktop(extension, vsix, editor.display);
  else await inPage(editor.host, extension, vsix);
  if (!existsSync(resultsFile)) throw new Failure('The tests did not come to their end.');
  return JSON.parse(readFileSync(resultsFile, 'utf8'));
}

/** VS Code runs tests beside a development extension only; an installed package is tested beside this empty one. */
function emptyExtension() {
  const folder = join(home, 'empty-extension');
  mkdirSync(folder, { recursive: true });
  const manifest = { name: 'empty', publisher: 'podwright', version: '0.0.0', engines: { vscode: '^1.101.0' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}

/** @param {unknown} line */
function tell(line) {
  const text = String(line);
  if (text.startsWith('[podwright] ')) console.log(`  ${text.slice('[podwright] '.length)}`);
}

/**
 * @param {import('./host.mjs').Host} host
 * @param {string} extension
 * @param {string | undefined} vsix
 */
async function inPage(host, extension, vsix) {
  const server = await startServer({ host, driver: true, vsix: vsix === undefined ? [] : [vsix] });
  try {
    const browser = await launchBrowser();
    try {
      /** @type {(value: unknown) => void} */
      let finished = () => undefined;
      const ended = new Promise((resolve) => (finished = resolve));
      const page = await openWorkbench(browser, server, {
        folder: workspace,
        extension,
        tests: bundle,
        prepare: async (page) => {
          await page.exposeFunction('codeAutomationLog', (/** @type {string} */ _type, /** @type {unknown[]} */ args) => args.forEach(tell));
          await page.exposeFunction('codeAutomationExit', finished);
        },
      });
      page.once('crash', finished);
      browser.once('disconnected', finished);
      const deadline = setTimeout(finished, longest);
      await Promise.race([ended, server.ended]);
      clearTimeout(deadline);
      if (!existsSync(resultsFile)) {
        console.error(server.log());
        const picture = join(home, 'failure.png');
        await page.screenshot({ path: picture });
        console.error(`What VS Code shows: ${picture}`);
      }
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

/**
 * @param {string} extension
 * @param {string | undefined} vsix
 * @param {string | undefined} display
 */
async function inDesktop(extension, vsix, display) {
  const data = mkdtempSync(join(tmpdir(), 'podwright-'));
  const forget = atExit(() => rmSync(data, { recursive: true, force: true }));
  try {
    const runner = join(root, 'test', 'vscode', 'electron.mjs');
    const job = JSON.stringify({ extension, vsix, tests: bundle, workspace, options: desktopArguments(data) });
    const { code, output } = await run(process.execPath, [runner, job], {
      capture: true,
      timeout: longest,
      env: display === undefined ? {} : { DISPLAY: display },
    });
    for (const line of output.split(/\r?\n/)) tell(line);
    if (!existsSync(resultsFile)) console.error(`VS Code ended with code ${code}:\n${output.split('\n').slice(-40).join('\n')}`);
  } finally {
    forget();
    rmSync(data, { recursive: true, force: true });
  }
}
