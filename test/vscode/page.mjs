import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from '../../scripts/lib/browser.mjs';
import { startServer } from '../../scripts/lib/code-server.mjs';
import { out, root } from '../../scripts/lib/paths.mjs';
import { freshWorkspace, workspace } from '../../scripts/lib/suite.mjs';
import { clickSquiggle, lightBulbMenu, openLightBulb, openWorkbench, squiggleOf, visibleText } from '../../scripts/lib/workbench.mjs';

/**
 * The four repairs as a person makes them: open the file, see the squiggle, click it, Control+., Enter, save.
 * @type {readonly { rule: string, file: string, squiggle: import('../../scripts/lib/workbench.mjs').Squiggle, title: RegExp, shows: string }[]}
 */
const repairs = [
  { rule: 'kubernetes/no-readiness-probe', file: 'deployment.yaml', squiggle: 'warning', title: /^Add readinessProbe/, shows: 'readinessProbe:' },
  { rule: 'kubernetes/init-container-probe', file: 'init-probe.yaml', squiggle: 'error', title: /^Remove/, shows: 'migrate-schema' },
  { rule: 'dockerfile/single-stage-build', file: 'go/Dockerfile', squiggle: 'warning', title: /^Convert to multi-stage/, shows: 'COPY --from=' },
  { rule: 'dockerfile/no-init-process', file: 'node/Dockerfile', squiggle: 'warning', title: /^Run under dumb-init/, shows: '"dumb-init"' },
];

/**
 * Makes every repair through the page.
 * @param {import('../../scripts/lib/host.mjs').Host} host
 * @param {{ vsix?: string, only?: string }} [what] an installed package instead of the extension's source folder; one rule
 * @returns {Promise<import('../../scripts/lib/suite.mjs').Results>}
 */
export async function runPage(host, { vsix, only } = {}) {
  freshWorkspace();
  // The line above a workload comes late, and would move the squiggle away under the pointer.
  const server = await startServer({ host, driver: true, settings: { 'editor.codeLens': false }, vsix: vsix === undefined ? [] : [vsix] });
  /** @type {string[]} */ const passed = [];
  /** @type {string[]} */ const failed = [];
  const attempt = async (/** @type {string} */ name, /** @type {() => Promise<void>} */ test) => {
    const started = performance.now();
    try {
      await test();
      passed.push(name);
      console.log(`  \u2713 ${name} (${Math.round(performance.now() - started)} ms)`);
    } catch (error) {
      failed.push(name);
      console.log(`  \u2717 ${name}\n    ${String(error).replaceAll('\n', '\n    ')}`);
    }
  };
  try {
    const browser = await launchBrowser();
    try {
      // High enough for every line of a file: VS Code draws only those on the screen.
      const context = await browser.newContext({ viewport: { width: 1280, height: 1400 } });
      const extension = vsix === undefined ? root : undefined;
      for (const repair of repairs) {
        if (only !== undefined && repair.rule !== only) continue;
        const { rule } = repair;
        await attempt(`${rule} is repaired with Control+. and Enter`, () => repairByHand(context, server, repair, extension));
      }
      if (only === undefined) await attempt('findings, repairs and commands speak Chinese', () => speaksChinese(browser, server, extension));
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
  return { passed, failed };
}

/**
 * @param {import('playwright-core').BrowserContext} context
 * @param {import('../../scripts/lib/code-server.mjs').Server} server
 * @param {(typeof repairs)[number]} repair
 * @param {string | undefined} extension
 */
async function repairByHand(context, server, { file, squiggle, title, shows, rule }, extension) {
  const path = join(workspace, file);
  const page = await openWorkbench(context, server, { folder: workspace, file: path, ...(extension !== undefined && { extension }) });
  try {
    await squiggleOf(page, squiggle);
    await clickSquiggle(page, squiggle);
    const [first = ''] = await openLightBulb(page);
    if (!title.test(first)) throw new Error(`The light bulb offers "${first}" first.`);
    await page.keyboard.press('Enter');

    await page.locator(lightBulbMenu).waitFor({ state: 'hidden' });
    await page.locator(`.monaco-editor .squiggly-${squiggle}`).waitFor({ state: 'detached' });
    const text = await visibleText(page);
    if (!text.includes(shows)) throw new Error(`The editor does not show ${shows}:\n${text}`);

    await page.keyboard.press('Control+s');
    await page.locator('.tab.active:not(.dirty)').waitFor();
    const saved = readFileSync(path, 'utf8');
    const wanted = readFileSync(join(root, 'test', 'vscode', 'expected', file), 'utf8');
    if (saved !== wanted) throw new Error(`The saved file is not test/vscode/expected/${file}:\n${saved}`);
  } catch (error) {
    throw await withPicture(page, rule.replace('/', '-'), error);
  } finally {
    await page.close();
  }
}

const chinese = /\p{Script=Han}/u;

/**
 * In a VS Code whose display language is Simplified Chinese, the repair's title, the message and the commands are.
 * @param {import('playwright-core').Browser} browser
 * @param {import('../../scripts/lib/code-server.mjs').Server} server
 * @param {string | undefined} extension
 */
async function speaksChinese(browser, server, extension) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
  await context.addCookies([{ name: 'vscode.nls.locale', value: 'zh-cn', url: server.origin }]);
  const file = join(root, 'examples', 'init-probe.yaml');
  const page = await openWorkbench(context, server, { folder: workspace, file, ...(extension !== undefined && { extension }) });
  try {
    await clickSquiggle(page, 'error');
    const [title = ''] = await openLightBulb(page);
    if (!chinese.test(title)) throw new Error(`The repair is called "${title}".`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('F8'); // the next problem, in a panel of its own
    const message = await page.locator('.zone-widget .descriptioncontainer, .zone-widget .marker-widget').first().innerText();
    if (!chinese.test(message)) throw new Error(`The message is "${message}".`);
    await page.keyboard.press('F1');
    await page.keyboard.type('Podwright');
    const command = page.locator('.quick-input-list .monaco-list-row', { hasText: 'Podwright: ' }).first();
    const name = await command.innerText();
    if (!chinese.test(name)) throw new Error(`A command is called "${name}".`);
  } catch (error) {
    throw await withPicture(page, 'chinese', error);
  } finally {
    await context.close();
  }
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} name
 * @param {unknown} error
 */
async function withPicture(page, name, error) {
  const picture = join(out, 'vscode-tests', `${name}.png`);
  await page.screenshot({ path: picture });
  return new Error(`${error instanceof Error ? error.message : String(error)}\nWhat VS Code shows: ${picture}`, { cause: error });
}

