import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from './lib/browser.mjs';
import { startServer } from './lib/code-server.mjs';
import { installHost } from './lib/host.mjs';
import { installPackages } from './lib/install.mjs';
import { root } from './lib/paths.mjs';
import { Failure, atExit, entry, run } from './lib/process.mjs';
import { clickSquiggle, lightBulbMenu, openLightBulb, openWorkbench, squiggleOf } from './lib/workbench.mjs';

/**
 * `npm run screenshots`: the pictures of the README, taken of the real editor on the examples. Three of each story:
 * the finding with its message, the light bulb's menu, and the file repaired.
 *
 *   npm run screenshots -- kubernetes    one story
 *
 * @typedef {object} Story
 * @property {string} name of the pictures: docs/images/NAME-finding.png, NAME-menu.png, NAME-fix.png
 * @property {string} file
 * @property {import('./lib/workbench.mjs').Squiggle} squiggle
 * @property {{ width: number, height: number }} size of the window
 */

/** @type {readonly Story[]} */
const stories = [
  { name: 'kubernetes', file: 'deployment.yaml', squiggle: 'warning', size: { width: 860, height: 440 } },
  { name: 'init-container', file: 'init-probe.yaml', squiggle: 'error', size: { width: 860, height: 440 } },
  { name: 'dockerfile', file: 'go/Dockerfile', squiggle: 'warning', size: { width: 860, height: 460 } },
  { name: 'init-process', file: 'node/Dockerfile', squiggle: 'warning', size: { width: 1040, height: 400 } },
];

/** The timeline of an example, beside it: docs/images/NAME.png. */
const timelines = [
  { name: 'timeline-gated', file: 'start-order.yaml' },
  { name: 'timeline-false-gate', file: 'start-order-by-readiness.yaml' },
];

/** Larger than a picture for a README may be. */
const largest = 200_000;

const pictures = join(root, 'docs', 'images');

/** One file and nothing around it. */
const settings = {
  'editor.fontSize': 15,
  'editor.lineHeight': 22,
  'editor.occurrencesHighlight': 'off',
  'editor.hover.above': false,
  'editor.stickyScroll.enabled': false,
  'editor.renderLineHighlight': 'none',
  'editor.scrollBeyondLastLine': true,
  'editor.guides.indentation': false,
  'editor.overviewRulerBorder': false,
  'editor.scrollbar.horizontal': 'hidden',
  'editor.scrollbar.vertical': 'hidden',
  'editor.cursorBlinking': 'solid',
  'workbench.activityBar.location': 'hidden',
  'workbench.editor.editorActionsLocation': 'hidden',
  'workbench.statusBar.visible': false,
  'workbench.editor.showTabs': 'single',
  'workbench.iconTheme': null,
  'workbench.reduceMotion': 'on',
};

/**
 * @param {import('playwright-core').Browser} browser
 * @param {import('./lib/code-server.mjs').Server} server
 * @param {string} folder a copy of the examples
 * @param {Story} story
 */
async function tell(browser, server, folder, { name, file, squiggle, size }) {
  const context = await browser.newContext({ viewport: { width: size.width, height: 1200 }, deviceScaleFactor: 1.5 });
  const page = await openWorkbench(context, server, { folder, file: join(folder, file), extension: root });
  const picture = async (/** @type {string} */ moment) => {
    const path = join(pictures, `${name}-${moment}.png`);
    await page.screenshot({ path, animations: 'disabled' });
    const { size } = statSync(path);
    console.log(`docs/images/${name}-${moment}.png  ${Math.round(size / 1000)} kB`);
    if (size > largest) throw new Failure(`${path} is larger than ${largest / 1000} kB.`);
  };
  await squiggleOf(page, squiggle);
  await page.locator('.monaco-workbench.vs-dark').waitFor(); // the settings arrive when they arrive
  await page.keyboard.press('Control+b'); // the side bar
  await page.locator('.part.sidebar').waitFor({ state: 'hidden' });

  // VS Code draws squiggles in the lines it shows, hence the high window at first. In the small one a file that does not
  // fit is scrolled until the finding is in the upper part: the menu and the repair need room below it.
  await clickSquiggle(page, squiggle);
  await page.setViewportSize(size);
  const squiggles = page.locator(`.monaco-editor .squiggly-${squiggle}`);
  const tooLow = async () => {
    const [box] = await squiggles.evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().top));
    return box === undefined || box > size.height * 0.35;
  };
  const fits = readFileSync(join(folder, file), 'utf8').split('\n').length * settings['editor.lineHeight'] < size.height;
  for (let line = 0; !fits && line < 60 && (await tooLow()); line += 1) await page.keyboard.press('Control+ArrowDown');
  const found = await squiggleOf(page, squiggle);
  await found.hover({ force: true, position: { x: 3, y: 3 } });
  await page.locator('.monaco-hover .hover-contents').first().waitFor();
  await picture('finding');

  await page.keyboard.press('Escape');
  await page.mouse.move(size.width - 5, size.height - 5);
  await openLightBulb(page);
  await picture('menu');

  await page.keyboard.press('Enter');
  await page.locator(lightBulbMenu).waitFor({ state: 'hidden' });
  await squiggles.first().waitFor({ state: 'detached' });
  await page.locator('.lightBulbWidget:visible').waitFor({ state: 'detached' });
  await picture('fix');
  await context.close();
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {import('./lib/code-server.mjs').Server} server
 * @param {string} folder
 * @param {(typeof timelines)[number]} story
 */
async function tellTimeline(browser, server, folder, { name, file }) {
  const size = { width: 1500, height: 620 };
  const context = await browser.newContext({ viewport: size, deviceScaleFactor: 1 });
  const page = await openWorkbench(context, server, { folder, file: join(folder, file), extension: root });
  const lens = page.locator('.codelens-decoration a').first();
  await lens.waitFor();
  await page.locator('.monaco-workbench.vs-dark').waitFor();
  await page.keyboard.press('Control+b');
  await page.locator('.part.sidebar').waitFor({ state: 'hidden' });
  await lens.click();
  const picture = page.frameLocator('iframe.webview').frameLocator('iframe').locator('svg.podwright-timeline');
  await picture.waitFor();
  await page.mouse.move(5, size.height - 5);
  const path = join(pictures, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  console.log(`docs/images/${name}.png  ${Math.round(statSync(path).size / 1000)} kB`);
  await context.close();
}

await entry(async () => {
  await installPackages();
  const { code, output } = await run(process.execPath, [join(root, 'esbuild.mjs')], { capture: true });
  if (code !== 0) throw new Failure(`The build failed:\n${output}`);
  mkdirSync(pictures, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'podwright-examples-'));
  const forget = atExit(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(root, 'examples'), folder, { recursive: true });
  const host = await installHost();
  const browser = await launchBrowser();
  const wanted = process.argv.slice(2);
  try {
    for (const story of stories) {
      if (wanted.length > 0 && !wanted.includes(story.name)) continue;
      // A server for each: VS Code takes the theme from the settings only in the first window it serves.
      const server = await startServer({ host, settings, driver: true });
      try {
        await tell(browser, server, folder, story);
      } finally {
        await server.stop();
      }
    }
    for (const story of timelines) {
      if (wanted.length > 0 && !wanted.includes(story.name)) continue;
      const server = await startServer({ host, settings: { ...settings, 'editor.minimap.enabled': false }, driver: true });
      try {
        await tellTimeline(browser, server, folder, story);
      } finally {
        await server.stop();
      }
    }
  } finally {
    await browser.close();
    forget();
    rmSync(folder, { recursive: true, force: true });
  }
});
