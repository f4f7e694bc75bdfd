import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cache, root } from './paths.mjs';
import { Failure, run } from './process.mjs';

/** @typedef {import('playwright-core').Browser} Browser */

/**
 * The Chromium of the package @sparticuz/chromium, unpacked into the cache. The package unpacks into the system's
 * temporary folder, so a process of its own does it, for which that is the cache.
 * @returns {Promise<{ executable: string, env: Record<string, string> }>}
 */
async function carriedChromium() {
  const recipe = join(root, 'node_modules', '@sparticuz', 'chromium');
  const { version } = JSON.parse(readFileSync(join(recipe, 'package.json'), 'utf8'));
  const home = join(cache, 'chromium', version);
  if (!existsSync(home)) {
    console.log('Unpacking the Chromium that npm carries (200 MB, a few seconds, once)');
    const draft = `${home}.${process.pid}`;
    mkdirSync(draft, { recursive: true });
    const unpack = "await (await import('@sparticuz/chromium')).default.executablePath()";
    // The variable makes the package unpack the libraries that a bare system lacks as well.
    const env = { TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
    const { code, output } = await run(process.execPath, ['--input-type=module', '-e', unpack], { env, capture: true });
    if (code !== 0) throw new Failure(`Chromium cannot be unpacked:\n${output}`);
    try {
      renameSync(draft, home);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      if (!existsSync(home)) throw error;
    }
  }
  const executable = join(home, 'chromium');
  const own = { LD_LIBRARY_PATH: join(home, 'al2023', 'lib') };
  const plain = await run(executable, ['--version'], { capture: true });
  if (plain.code === 0) return { executable, env: {} };
  const helped = await run(executable, ['--version'], { capture: true, env: own });
  if (helped.code === 0) return { executable, env: own };
  throw new Failure(`The Chromium that npm carries does not run on this machine:\n${helped.output}`);
}

/** Browsers a machine may have; the first that is there is used where npm carries none. */
const installed = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
];

/**
 * A browser without a window: the one PODWRIGHT_BROWSER names, else the one npm carries (Linux on x64), else an
 * installed Chrome, Chromium or Edge.
 * @returns {Promise<Browser>}
 */
export async function launchBrowser() {
  const { chromium } = await import('playwright-core');
  const named = process.env['PODWRIGHT_BROWSER'] ?? (carried() ? undefined : installed.find((path) => existsSync(path)));
  if (named === undefined && !carried()) throw new Failure('No browser found. Name a Chrome or Chromium in PODWRIGHT_BROWSER.');
  const { executable, env } = named === undefined ? await carriedChromium() : { executable: named, env: {} };
  const fonts = join(dirname(executable), 'fonts');
  const bare = process.platform === 'linux' && !existsSync('/etc/fonts') && existsSync(fonts) ? { FONTCONFIG_PATH: fonts } : {};
  return chromium.launch({
    executablePath: executable,
    env: { ...cleanEnvironment(), ...env, ...bare },
    // The page is our own server's, and as root or in a container there is no sandbox to be had.
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none', '--force-color-profile=srgb'],
  });
}

const carried = () => process.platform === 'linux' && process.arch === 'x64';

/** @returns {Record<string, string>} */
function cleanEnvironment() {
  return Object.fromEntries(Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}
