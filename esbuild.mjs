// Builds the bundles: the extension, and the language server and the command line with what starts each. `--production` for what is shipped,
// `--outdir=DIR` for somewhere else than dist/. Importable: tests and scripts call build().
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

const root = dirname(fileURLToPath(import.meta.url));

/**
 * A module that is another bundle is loaded from there when it is asked for, instead of being carried in a copy.
 * @param {RegExp} filter
 * @param {string} bundle
 */
const beside = (filter, bundle) => ({
  name: `beside-${bundle}`,
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onResolve({ filter }, () => ({ path: `./${bundle}.cjs`, external: true }));
  },
});

/**
 * @param {{ production?: boolean, outdir?: string }} options
 * @returns {Promise<Record<string, import('esbuild').Metafile>>} what went into each bundle
 */
export async function build({ production = false, outdir = join(root, 'dist') } = {}) {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  /** @type {import('esbuild').BuildOptions} */
  const shared = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: production,
    sourcemap: production ? false : 'linked',
    legalComments: 'none',
    // Chinese as it is, not in escapes of twice the size.
    charset: 'utf8',
    loader: { '.md': 'text', '.yaml': 'text' },
    mainFields: ['module', 'main'],
    // The same sources as ES modules, of which the bundler takes what is used.
    alias: { yaml: join(root, 'node_modules/yaml/browser/dist/index.js') },
    external: ['vscode'],
    define: { __PODWRIGHT_VERSION__: JSON.stringify(manifest.version) },
    metafile: true,
    logLevel: 'warning',
  };
  /** @type {Record<string, import('esbuild').BuildOptions>} */
  const bundles = {
    client: { entryPoints: ['client/src/extension.ts'] },
    // Runs in the panel, a page of its own.
    timeline: { entryPoints: ['client/webview/timeline.ts'], platform: 'browser', target: 'es2022', format: 'iife', outfile: join(outdir, 'timeline.js') },
    server: { entryPoints: ['server/src/entry/server.node.ts'], plugins: [beside(/\/server\.main\.ts$/, 'server.main')] },
    'server.main': { entryPoints: ['server/src/entry/server.main.ts'] },
    cli: { entryPoints: ['server/src/entry/cli.ts'], plugins: [beside(/\/cli\.main\.ts$/, 'cli.main')], banner: { js: '#!/usr/bin/env node' } },
    'cli.main': { entryPoints: ['server/src/entry/cli.main.ts'], plugins: [beside(/\/lsp\/stdio\.ts$/, 'server.main')] },
  };
  const built = await Promise.all(
    Object.entries(bundles).map(async ([name, options]) => {
      const result = await esbuild.build({ ...shared, outfile: join(outdir, `${name}.cjs`), ...options });
      return [name, result.metafile];
    }),
  );
  return Object.fromEntries(built);
}

/** @param {Record<string, import('esbuild').Metafile>} metafiles @returns {string} */
function sizes(metafiles) {
  return Object.values(metafiles)
    .flatMap(({ outputs }) => Object.entries(outputs))
    .filter(([path]) => /\.c?js$/.test(path))
    .map(([path, { bytes }]) => `${path}  ${(bytes / 1000).toFixed(0)} kB`)
    .join('\n');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const outdir = process.argv.find((argument) => argument.startsWith('--outdir='))?.slice('--outdir='.length);
  const metafiles = await build({
    production: process.argv.includes('--production'),
    ...(outdir === undefined ? {} : { outdir: resolve(outdir) }),
  });
  await mkdir(join(root, 'out'), { recursive: true });
  await writeFile(join(root, 'out', 'metafiles.json'), JSON.stringify(metafiles));
  console.log(sizes(metafiles));
}
