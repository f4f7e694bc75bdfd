import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure, atExit, run, start, stop } from './process.mjs';

/**
 * A VS Code server on the loopback interface, behind a token, with data of its own in a temporary folder.
 *
 * @typedef {object} Server
 * @property {string} origin `http://127.0.0.1:PORT`
 * @property {string} authority `127.0.0.1:PORT`: what `vscode-remote:` addresses need, or the page takes the same file
 *   for another document
 * @property {(query: Readonly<Record<string, string>>) => string} address of the page, token included
 * @property {() => Promise<void>} stop ends the server and all its descendants and removes its data
 * @property {Promise<number>} ended when the server has ended by itself
 * @property {() => string} log what it has said, without the noise
 */

/** An editor that shows code and nothing else: no telemetry, no updates, no chat, no welcome. */
export const quietSettings = {
  'breadcrumbs.enabled': false,
  'chat.agent.enabled': false,
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.enabled': false,
  'security.workspace.trust.banner': 'never',
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'window.commandCenter': false,
  // The name it had. VS Code overlooks the theme of the settings when a browser opens it for the first time; what makes
  // it look again is that it writes the new name.
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.enableExperiments': false,
  'workbench.layoutControl.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/** What the server says without its native modules and without a gallery: it works all the same. */
const noise =
  /File not found|Could not locate the bindings|reconnection-grace-time|AgentHostChannel|Web UI available|native-watchdog|spdlog|deviceid|kerberos|node-pty|open-vsx|gallery|^Require stack|^ → |^\s+at |^\s+'\/|^\s*[\]}]|^\s*tries: \[|^\s*$/;

/**
 * A server's log without its noise.
 * @param {string} log
 */
export const readable = (log) => log.split('\n').filter((line) => !noise.test(line)).join('\n');

/**
 * @typedef {object} ServerOptions
 * @property {import('./host.mjs').Host} host
 * @property {Readonly<Record<string, unknown>>} [settings] beside the quiet ones
 * @property {number} [port] 0, the default: any free one
 * @property {boolean} [driver] let a page load a development extension and tests, and trust every folder
 * @property {readonly string[]} [vsix] packages to install first
 * @property {(dataDir: string) => void} [prepare] puts more into the data folder before the start
 */

/**
 * Starts a server and waits until it answers.
 * @param {ServerOptions} options
 * @returns {Promise<Server>}
 */
export async function startServer({ host, settings = {}, port = 0, driver = false, vsix = [], prepare }) {
  const data = mkdtempSync(join(tmpdir(), 'podwright-vscode-'));
  const forget = atExit(() => removeTree(data));
  const token = randomBytes(16).toString('hex');
  for (const folder of ['data/User', 'extensions']) mkdirSync(join(data, folder), { recursive: true });
  writeFileSync(join(data, 'data', 'User', 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, undefined, 2));
  // In a file, not among the arguments, where everybody on the machine could read it.
  writeFileSync(join(data, 'token'), token, { mode: 0o600 });
  addLanguage(join(data, 'data'), 'zh-cn');
  prepare?.(data);

  // Its sockets go there too, unless the path is too long for a socket's name. Started from a terminal of VS Code, it
  // must not take itself for a part of that one.
  const sockets = data.length < 50 ? { TMPDIR: data, XDG_RUNTIME_DIR: data } : {};
  const env = { ...sockets, VSCODE_IPC_HOOK_CLI: undefined, ELECTRON_RUN_AS_NODE: undefined, VSCODE_PID: undefined, NODE_OPTIONS: undefined };

  const common = [host.server, '--server-data-dir', data, '--accept-server-license-terms', '--telemetry-level', 'off'];
  for (const file of vsix) {
    const { code, output } = await run(host.node, [...common, '--install-extension', file], { capture: true, env });
    if (code !== 0 || !/successfully installed/.test(output)) throw new Failure(`${file} cannot be installed:\n${readable(output)}`);
  }

  const trust = driver ? ['--enable-smoke-test-driver', '--disable-workspace-trust'] : [];
  const where = ['--host', '127.0.0.1', '--port', String(port), '--connection-token-file', join(data, 'token')];
  const guard = join(dirname(fileURLToPath(import.meta.url)), 'guard.mjs');
  const child = start(process.execPath, [guard, data, host.node, ...common, ...where, ...trust], {
    cwd: data,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let log = '';
  const ended = new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
  const bound = new Promise((resolve, reject) => {
    const listen = (/** @type {Buffer} */ chunk) => {
      log += chunk;
      const found = /Server bound to 127\.0\.0\.1:(\d+)/.exec(log);
      if (found !== null) resolve(found[1]);
      if (log.includes('EADDRINUSE')) reject(new Failure(`Port ${port} is taken. Choose another with --port.`));
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('close', () => reject(new Failure(`The VS Code server ended at once:\n${readable(log)}`)));
    setTimeout(() => reject(new Failure(`The VS Code server did not start within a minute:\n${readable(log)}`)), 60_000).unref();
  });
  const end = async () => {
    await stop(child);
    forget();
    removeTree(data);
  };
  try {
    const authority = `127.0.0.1:${await bound}`;
    const origin = `http://${authority}`;
    const address = (/** @type {Readonly<Record<string, string>>} */ query) => {
      const parts = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll('%2F', '/')}`);
      return `${origin}/?${[`tkn=${token}`, ...parts].join('&')}`;
    };
    await answer(address({}));
    return { origin, authority, address, stop: end, ended, log: () => readable(log) };
  } catch (error) {
    await end();
    throw error;
  }
}

/**
 * Lets a page choose a display language (cookie `vscode.nls.locale`): extensions then speak it. The language pack is
 * an empty one, so VS Code's own words stay English.
 * @param {string} userData
 * @param {string} language
 */
function addLanguage(userData, language) {
  const translations = join(userData, `${language}.i18n.json`);
  writeFileSync(translations, JSON.stringify({ version: '1.0.0', contents: {} }));
  const extensions = [{ extensionIdentifier: { id: `podwright.${language}` }, version: '1.0.0' }];
  const packs = { [language]: { hash: language, label: language, extensions, translations: { vscode: translations } } };
  writeFileSync(join(userData, 'languagepacks.json'), JSON.stringify(packs));
  // Without this file the server takes English for its own choice and looks at no cookie.
  writeFileSync(join(userData, 'User', 'argv.json'), '{}');
}

/** @param {string} address */
async function answer(address) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const response = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });
      if (response.status === 302) return; // the token becomes a cookie
      throw new Failure(`The VS Code server answers ${response.status}.`);
    } catch (error) {
      if (attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

/** @param {string} folder */
function removeTree(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 100 });
}
