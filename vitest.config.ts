import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vitest/config';

/** Rule pages are imported as text, as esbuild's text loader does it in the bundles. */
const markdownAsText: Plugin = {
  name: 'markdown-as-text',
  enforce: 'pre',
  load: (id) => (id.endsWith('.md') ? `export default ${JSON.stringify(readFileSync(id, 'utf8'))};` : undefined),
};

export default defineConfig({
  plugins: [markdownAsText],
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/vscode/**', 'test/projects/*/**'],
    pool: 'threads',
    testTimeout: 20_000,
  },
});
