import { pathToFileURL } from 'node:url';

/** @typedef {import('playwright-core').BrowserContext} BrowserContext */

/**
 * VS Code's page, driven as a person drives it.
 *
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('playwright-core').Browser} Browser
 * @typedef {import('./code-server.mjs').Server} Server
 * @typedef {'error' | 'warning' | 'info' | 'hint'} Squiggle
 */

/** How long a person's patience is taken to last. A cold start on a busy machine takes ten seconds. */
export const patience = 60_000;

/**
 * The address by which the page knows a file of the server. Any other spelling, and VS Code takes it for another file.
 * @param {Server} server
 * @param {string} path
 */
export function remoteUri(server, path) {
  return `vscode-remote://${server.authority}${pathToFileURL(path).pathname}`;
}

/**
 * @typedef {object} Opening
 * @property {string} folder
 * @property {string} [file] shown at once
 * @property {string} [extension] loaded from its source folder; the server must have been started with `driver`
 * @property {string} [tests] module whose `run()` is called
 * @property {(page: Page) => Promise<void>} [prepare] before the page is loaded
 */

/**
 * Opens a window of VS Code. Windows of one browser context share what was loaded: the next ones open faster.
 * @param {BrowserContext | Browser} browser
 * @param {Server} server
 * @param {Opening} opening
 * @returns {Promise<Page>}
 */
export async function openWorkbench(browser, server, { folder, file, extension, tests, prepare }) {
  const page = await browser.newPage();
  page.setDefaultTimeout(patience);
  await prepare?.(page);
  /** @type {[string, string][]} */
  const payload = [['skipWelcome', 'true']];
  if (extension !== undefined) payload.push(['extensionDevelopmentPath', remoteUri(server, extension)]);
  if (tests !== undefined) payload.push(['extensionTestsPath', remoteUri(server, tests)]);
  if (file !== undefined) payload.push(['openFile', remoteUri(server, file)]);
  await page.goto(server.address({ folder, payload: JSON.stringify(payload) }), { waitUntil: 'domcontentloaded' });
  return page;
}

/**
 * Waits for a squiggle in the editor.
 * @param {Page} page
 * @param {Squiggle} squiggle
 */
export async function squiggleOf(page, squiggle) {
  const found = page.locator(`.monaco-editor .squiggly-${squiggle}`).first();
  await found.waitFor({ state: 'attached' });
  return found;
}

/**
 * Puts the cursor where the squiggle begins.
 * @param {Page} page
 * @param {Squiggle} squiggle
 */
export async function clickSquiggle(page, squiggle) {
  const box = await (await squiggleOf(page, squiggle)).boundingBox();
  if (box === null) throw new Error('The squiggle is not on the screen.');
  await page.mouse.click(box.x + 4, box.y + box.height / 2);
}

/** The light bulb's menu; the panel of its submenus bears the same class. */
export const lightBulbMenu = '.action-widget:not(.action-list-submenu-panel)';

/**
 * Opens the light bulb's menu at the cursor and returns what it offers.
 * @param {Page} page
 */
export async function openLightBulb(page) {
  const menu = page.locator(lightBulbMenu);
  for (let attempt = 0; ; attempt += 1) {
    await page.keyboard.press('Control+.');
    try {
      await menu.waitFor({ timeout: 3000 });
      break;
    } catch (error) {
      if (attempt === 5) throw error; // the extension may not have answered before
    }
  }
  return menu.locator('.monaco-list-row.action .title').allInnerTexts();
}

/**
 * The lines the editor shows, top to bottom. VS Code draws only lines on the screen, with hard spaces, and in any order.
 * @param {Page} page
 */
export async function visibleText(page) {
  const lines = await page.locator('.view-line').evaluateAll((elements) =>
    elements
      .map((element) => ({ top: Number.parseFloat(/** @type {HTMLElement} */ (element).style.top), text: element.textContent ?? '' }))
      .sort((one, other) => one.top - other.top)
      .map(({ text }) => text.replaceAll('\u00a0', ' ').replaceAll('\u200c', '')),
  );
  return lines.join('\n');
}
