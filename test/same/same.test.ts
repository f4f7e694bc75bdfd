/**
 * Editor and command line say the same of the same files: over a repository with everything that makes files speak to
 * each other, and over real ones (../shared/corpus beside the checkout, or PODWRIGHT_CORPUS; says so and goes on without).
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { DocumentDiagnosticRequest } from 'vscode-languageserver/node';
import { main } from '../../server/src/cli/main.ts';
import { severities } from '../../server/src/engine/core/finding.ts';
import { kindOf } from '../../server/src/engine/sniff.ts';
import { nodeHost } from '../../server/src/host/folders.ts';
import { pages } from '../../server/src/rules/pages.ts';
import { rules } from '../../server/src/rules/index.ts';
import { missing } from '../corpus/corpus.ts';
import { connect, disconnect, modern } from '../lsp/support.ts';

const made: string[] = [];
afterEach(disconnect);
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A finding as both faces tell it. */
type Told = string;

interface Report {
  readonly files: readonly { readonly path: string; readonly findings: readonly JsonFinding[] }[];
}

interface JsonFinding {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/** What the command line says of each file below a folder; files that it does not check are not there. */
async function byCommand(cwd: string): Promise<ReadonlyMap<string, readonly Told[]>> {
  let out = '';
  let err = '';
  await main(['check', '--format', 'json', '--no-ignore', '--lang', 'en'], {
    cwd,
    env: {},
    platform: process.platform,
    version: '0',
    out: (text) => (out += text),
    err: (text) => (err += text),
    terminal: false,
    columns: undefined,
    stdin: () => Promise.resolve(Buffer.alloc(0)),
    breathe: () => undefined,
    serve: () => Promise.resolve(),
  }, { rules, pages });
  expect(err).toBe('');
  const { files } = JSON.parse(out) as Report;
  return new Map(files.map(({ path, findings }) => [path, findings.map(({ rule, severity, message, start, end }) =>
    `${rule} ${severity} ${String(start.line)}:${String(start.column)}-${String(end.line)}:${String(end.column)} ${message}`)]));
}

/** What the language server says of files below a folder, each opened and closed again. */
async function byEditor(folder: string, files: readonly string[]): Promise<ReadonlyMap<string, readonly Told[]>> {
  const client = await connect({ capabilities: modern, rules, disk: nodeHost, folders: [pathToFileURL(folder).href] });
  await client.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri: 'file:///none' } });
  await client.server.files.settled();
  const told = new Map<string, readonly Told[]>();
  for (const file of files) {
    const uri = pathToFileURL(join(folder, file)).href;
    await client.open(uri, readFileSync(join(folder, file), 'utf8'), kindOf(file));
    const report = await client.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
    const items = report.kind === 'full' ? report.items : [];
    told.set(file, items.map(({ code, severity = 1, message: said, range: { start, end } }) =>
      `${String(code)} ${severities[severity - 1] ?? ''} ${String(start.line + 1)}:${String(start.character + 1)}-${String(end.line + 1)}:${String(end.character + 1)} ${typeof said === 'string' ? said : said.value}`));
    await client.close(uri);
  }
  return told;
}

/** Files below a folder that an editor would send, in order. */
function filesOf(folder: string): readonly string[] {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = all.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll('\\', '/'));
  return files.filter((file) => kindOf(file) !== undefined && !/(?:^|\/)(?:node_modules|\.git)\//.test(file)).sort();
}

/** Compares; returns how many files have findings, and how many those are. */
async function compare(folder: string, take: (file: string, at: number) => boolean): Promise<{ readonly files: number; readonly findings: number }> {
  const files = filesOf(folder).filter(take);
  const command = await byCommand(folder);
  const editor = await byEditor(folder, files);
  for (const file of files) expect(editor.get(file), file).toEqual(command.get(file) ?? []);
  const counts = files.map((file) => editor.get(file)?.length ?? 0).filter((count) => count > 0);
  return { files: counts.length, findings: counts.reduce((sum, count) => sum + count, 0) };
}

const labels = (name: string): string => `metadata:\n  name: ${name}\n  labels: {app: ${name}}\n`;
const container = (name: string, image: string, rest = ''): string => `containers:\n- name: ${name}\n  image: ${image}\n  ports:\n  - containerPort: 8080\n${rest}`;
const indented = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by));
const deployment = (name: string, pod: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec:\n  selector:\n    matchLabels: {app: ${name}}\n  template:\n${indented(labels(name), 4)}    spec:\n${indented(pod, 6)}`;
const service = (name: string): string => `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  selector: {app: ${name}}\n  ports:\n  - port: 80\n    targetPort: 8080\n`;
const rule = 'kubernetes/no-readiness-probe';

const repository: Readonly<Record<string, string>> = {
  '.podwright.yaml': `rules:\n  ${rule}: warning\n  dockerfile/single-stage-bild: off\nignore: [vendor/]\nimages:\n  shop/built: docker/built\nworkloads:\n- {group: example.com, kind: Farm, path: "spec.pools[].template.spec"}\n`,
  'app/web.yaml': deployment('web', container('web', 'shop/web:1.0.0')),
  'net/web.yaml': service('web'),
  'app/built.yaml': deployment('built', container('app', 'shop/built:2')),
  'docker/built/Dockerfile': 'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nEXPOSE 8080\nHEALTHCHECK CMD curl -f http://localhost:8080/healthz\nCMD node server.js\n',
  'docker/built/package.json': '{"name": "built", "scripts": {"build": "tsc"}, "devDependencies": {"typescript": "5"}}',
  'compose.yaml': 'services:\n  api:\n    image: shop/api\n    build: {context: docker, dockerfile: api.Dockerfile}\n',
  'docker/api.Dockerfile': 'FROM golang:1.25\nCOPY . .\nRUN go build -o /api .\nCMD ["/api"]\n',
  'docker/go.mod': 'module example.com/api\n\ngo 1.25\n',
  'levels/.podwright.yml': `rules: {${rule}: error, podwright/unused-ignore: off}\nenvironment: development\n`,
  'levels/web.yaml': `# podwright-ignore kubernetes/init-container-probe\n${deployment('other', container('web', 'shop/web:1.0.0'))}`,
  'vendor/web.yaml': deployment('vendored', container('web', 'shop/web:1.0.0')),
  'comments/web.yaml': deployment('quiet', container('web', 'shop/web:1.0.0')).replace('      - name', `      # podwright-ignore ${rule} -- on purpose\n      - name`),
  'comments/useless.yaml': `# podwright-ignore-file kubernetes/init-container-probe, no/such-rule\n${service('useless')}`,
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': deployment('base', container('web', 'shop/web:1.0.0')),
  'overlays/prod/kustomization.yaml': 'resources: [../../base]\npatches:\n- path: probe.yaml\n',
  'overlays/prod/probe.yaml': deployment('base', 'containers:\n- name: web\n  readinessProbe:\n    httpGet: {path: /, port: 8080}\n'),
  'chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
  'chart/templates/web.yaml': deployment('{{ .Release.Name }}', `{{- with .Values.sa }}\nserviceAccountName: {{ . }}\n{{- end }}\n${container('web', '"shop/web:{{ .Values.tag }}"')}`).replaceAll('{app: {{ .Release.Name }}}', '{app: chart}'),
  'custom/farm.yaml': `apiVersion: example.com/v1\nkind: Farm\nmetadata: {name: farm}\nspec:\n  pools:\n  - template:\n      spec:\n${indented(container('web', 'shop/web:1.0.0'), 8)}`,
  'broken.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: [}\n',
  'stream.yaml': `${service('stream')}---\n${deployment('stream', container('web', 'shop/web:1.0.0'))}---\nkind: ConfigMap\napiVersion: v1\n`,
  'plain.yaml': 'just: data\n',
  'crlf.yaml': deployment('crlf', container('web', 'shop/web:1.0.0')).replaceAll('\n', '\r\n'),
};

it('says the same of a repository whose files speak to each other', async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'podwright same ')));
  made.push(folder);
  for (const [file, text] of Object.entries(repository)) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  mkdirSync(join(folder, '.git'));
  const { files, findings } = await compare(folder, () => true);
  expect(files).toBeGreaterThan(10);
  expect(findings).toBeGreaterThan(12);
});

describe(missing ?? 'over the corpus', () => {
  it('says the same of every eighth file', async () => {
    if (missing !== undefined) return;
    const folder = process.env['PODWRIGHT_CORPUS'] ?? fileURLToPath(new URL('../../../shared/corpus', import.meta.url));
    const { files } = await compare(realpathSync(folder), (_, at) => at % 8 === 0);
    expect(files).toBeGreaterThan(30);
  }, 240_000);
});
