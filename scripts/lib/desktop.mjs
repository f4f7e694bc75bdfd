import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { quietSettings } from './code-server.mjs';
import { root } from './paths.mjs';
import { run, start, stop } from './process.mjs';

/** Desktop VS Code: whether this machine can have it and show it. */

const releases = 'https://update.code.visualstudio.com/api/releases/stable';

/**
 * A program on the PATH.
 * @param {string} name
 * @returns {string | undefined}
 */
export function onPath(name) {
  const endings = process.platform === 'win32' ? ['.cmd', '.exe', ''] : [''];
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const ending of endings) {
      const path = join(folder, name + ending);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // not here
      }
    }
  }
  return undefined;
}

/** Whether windows can be seen: on Linux a desktop has to be running. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/**
 * Downloads VS Code (or finds the one downloaded before) where that is possible.
 * @returns {Promise<string | undefined>} the program; undefined when this machine cannot reach it
 */
export async function downloadDesktop() {
  try {
    const response = await fetch(releases, { method: 'HEAD', signal: AbortSignal.timeout(3000) });
    if (!response.ok) return undefined;
  } catch {
    return undefined;
  }
  console.log('Getting VS Code with @vscode/test-electron (150 MB, once)');
  const { code, output } = await run(process.execPath, [join(root, 'test', 'vscode', 'electron.mjs')], { capture: true });
  const program = /^program: (.+)$/m.exec(output)?.[1];
  if (code === 0 && program !== undefined) return program;
  console.log(`That failed:\n${output.trim().split('\n').slice(-3).join('\n')}`);
  return undefined;
}

/**
 * A screen for tests: the one that is there, else a virtual one.
 * @returns {Promise<{ display: string | undefined, close: () => Promise<void> } | undefined>}
 */
export async function screen() {
  if (hasDisplay()) return { display: undefined, close: async () => undefined };
  const xvfb = onPath('Xvfb');
  if (xvfb === undefined) return undefined;
  const child = start(xvfb, ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const number = await new Promise((resolve) => {
    child.stdout?.once('data', (chunk) => resolve(String(chunk).trim()));
    child.once('close', () => resolve(''));
    child.once('error', () => resolve(''));
  });
  return number === '' ? undefined : { display: `:${number}`, close: () => stop(child) };
}

/**
 * Arguments for a VS Code that has nothing to do with the person's own.
 * @param {string} data an empty folder; short, because sockets go there
 */
export function desktopArguments(data) {
  const user = join(data, 'user', 'User');
  mkdirSync(user, { recursive: true });
  writeFileSync(join(user, 'settings.json'), JSON.stringify(quietSettings, undefined, 2));
  const folders = ['--user-data-dir', join(data, 'user'), '--extensions-dir', join(data, 'extensions')];
  return [...folders, '--skip-welcome', '--skip-release-notes', '--disable-telemetry', '--disable-updates'];
}
