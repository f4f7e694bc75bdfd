import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from '../esbuild.mjs';
import { out } from '../scripts/lib/paths.mjs';
import { Failure, entry } from '../scripts/lib/process.mjs';
import { LanguageClient } from './language-client.mjs';
import { residentMemory } from './measure.mjs';

/**
 * `node bench/workspace.mjs`: what the server holds when a folder of 20,000 files is open, and how long it reads them
 * beside its other work. Fails where that is more than the limit.
 */

const apps = 2_500;

/** Megabytes; the texts alone are about 90. */
const limit = 250;

/** @param {string} name */
const service = (name) => `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  selector: {app: ${name}}\n  ports:\n    - port: 8080\n`;

/** @param {string} name */
const workload = (name) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  selector:
    matchLabels: {app: ${name}}
  template:
    metadata:
      labels: {app: ${name}}
    spec:
      containers:
        - name: ${name}
          image: registry.example.com/${name}:1.0.0
          ports:
            - containerPort: 8080
`;

const settings = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  text: |\n${'    # a line of a file that is kept in the cluster\n'.repeat(700)}`;

/** Eight files of an app, all of which are read. @param {string} name @returns {Readonly<Record<string, string>>} */
const filesOf = (name) => ({
  'base/workload.yaml': workload(name),
  'base/service.yaml': service(name),
  'base/settings.yaml': settings,
  'base/kustomization.yaml': 'resources: [workload.yaml, service.yaml, settings.yaml]\n',
  'prod/kustomization.yaml': 'resources: [../base]\npatches:\n  - path: replicas.yaml\n',
  'prod/replicas.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec:\n  replicas: 3\n`,
  Dockerfile: 'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22-slim\nCOPY --from=build /app/dist /app\nCMD ["node", "/app/main.js"]\n',
  'package.json': JSON.stringify({ name, scripts: { start: 'node dist/main.js' }, dependencies: { express: '^5.0.0' } }, undefined, 2),
});

/** @param {string} tree @returns {number} bytes */
function fill(tree) {
  let bytes = 0;
  /** @param {string} path @param {string} text */
  const write = (path, text) => {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
    bytes += text.length;
  };
  for (let count = 0; count < apps; count += 1) {
    const name = `app-${String(count)}`;
    for (const [path, text] of Object.entries(filesOf(name))) write(`team-${String(count % 50)}/${name}/${path}`, text);
  }
  // Read last: who knows what it says, has read everything.
  write('zz/service.yaml', service('last'));
  return bytes;
}

/** What the server holds once it knows the Service beside an open file. @param {string} folder @param {string} server */
async function measure(folder, server) {
  const client = new LanguageClient(process.execPath, [server, '--stdio']);
  try {
    const started = performance.now();
    await client.initialize(folder);
    const uri = `${folder}/zz/web.yaml`;
    await client.open(uri, 'yaml', workload('last'));
    for (;;) {
      const report = await client.request('textDocument/diagnostic', { textDocument: { uri } });
      const { items } = /** @type {{ items: readonly { severity: number }[] }} */ (report);
      if (items.some(({ severity }) => severity === 2)) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return { seconds: (performance.now() - started) / 1000, megabytes: (residentMemory(client.pid) ?? 0) / 1e6 };
  } finally {
    await client.stop();
  }
}

await entry(async () => {
  const outdir = join(out, 'bench-workspace');
  await build({ outdir, production: true });
  const tree = mkdtempSync(join(tmpdir(), 'podwright-workspace-'));
  try {
    mkdirSync(join(tree, 'small', 'zz'), { recursive: true });
    writeFileSync(join(tree, 'small', 'zz', 'service.yaml'), service('last'));
    const bytes = fill(join(tree, 'large'));
    const small = await measure(pathToFileURL(join(tree, 'small')).href, join(outdir, 'server.cjs'));
    const large = await measure(pathToFileURL(join(tree, 'large')).href, join(outdir, 'server.cjs'));
    console.log(`1 file: ${small.megabytes.toFixed(0)} MB after ${small.seconds.toFixed(1)} s`);
    console.log(`${String(apps * 8 + 1)} files of ${(bytes / 1e6).toFixed(0)} MB: ${large.megabytes.toFixed(0)} MB after ${large.seconds.toFixed(1)} s`);
    if (large.megabytes > limit) throw new Failure(`More than ${String(limit)} MB.`);
    return 0;
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
});
