import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vitest/config';

/** Rule pages and workloads of scenarios are imported as text, as esbuild's text loader does it in the bundles. */
const asText: Plugin = {
  name: 'as-text',
  enforce: 'pre',
  load: (id) => (/\.(?:md|yaml)$/.test(id) ? `export default ${JSON.stringify(readFileSync(id, 'utf8'))};` : undefined),
};

export default defineConfig({
  plugins: [asText],
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/vscode/**', 'test/projects/*/**'],
    pool: 'threads',
    testTimeout: 20_000,
  },
});
