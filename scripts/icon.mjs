// Draws images/icon.png from images/icon.svg in the browser that npm carries: `node scripts/icon.mjs`.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';

const size = 256;
const svg = await readFile(new URL('../images/icon.svg', import.meta.url), 'utf8');
const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: chromium.args });
try {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
  await page.screenshot({ path: fileURLToPath(new URL('../images/icon.png', import.meta.url)), omitBackground: true });
} finally {
  await browser.close();
}
