// Code lenses about timelines and the request of a panel, from the server's bundle over standard streams.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { CodeLensRequest, DidChangeTextDocumentNotification, DidOpenTextDocumentNotification, InitializedNotification, InitializeRequest } from 'vscode-languageserver/node';
import type { CodeLens, InitializeParams, InitializeResult, ProtocolConnection } from 'vscode-languageserver/node';
import type { TimelineParams, TimelineResult } from '../../server/src/lsp/timeline.ts';
import { processes } from './process.ts';
import { modern } from './support.ts';

const { server, start } = processes('test-lsp-timeline');

const uri = 'file:///shop/web.yaml';
const text = `# what the shop runs
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      initContainers:
        - name: proxy
          image: proxy:1
          restartPolicy: Always
          startupProbe: {tcpSocket: {port: 1}, periodSeconds: 1, failureThreshold: 60}
      containers:
        - {name: app, image: app:1}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: data}
---
apiVersion: v1
kind: Pod
metadata: {name: 面}
spec:
  containers: [{name: one, image: a:1}]
`;

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

interface Began {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
}

async function begin(initializationOptions: unknown, { locale = 'en', opened = uri, more = {} }: { readonly locale?: string; readonly opened?: string; readonly more?: Partial<InitializeParams> } = {}): Promise<Began> {
  const { connection } = start([server, '--stdio']);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the protocol still demands it
  const params: InitializeParams = { processId: process.pid, rootUri: null, capabilities: modern, locale, workspaceFolders: [], ...more };
  if (initializationOptions !== undefined) params.initializationOptions = initializationOptions;
  const initialized = await connection.sendRequest(InitializeRequest.type, params);
  await connection.sendNotification(InitializedNotification.type, {});
  await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri: opened, languageId: 'yaml', version: 1, text } });
  return { connection, initialized };
}

async function lenses(connection: ProtocolConnection, of = uri): Promise<readonly CodeLens[]> {
  return (await connection.sendRequest(CodeLensRequest.type, { textDocument: { uri: of } })) ?? [];
}

async function ask(connection: ProtocolConnection, params: Omit<TimelineParams, 'uri'> = {}, of = uri): Promise<TimelineResult | null> {
  return connection.sendRequest<TimelineResult | null>('podwright/timeline', { uri: of, ...params });
}

describe('a code lens', () => {
  it('stands above each Pod template and each Pod, and sums up how it starts', async () => {
    const { connection, initialized } = await begin({ timeline: true });
    expect(initialized.capabilities.codeLensProvider).toEqual({ resolveProvider: false });
    const found = await lenses(connection);
    expect(found.map(({ range, command }) => [range.start.line, text.split('\n')[range.start.line], command?.title])).toEqual([
      [6, '  template:', '▶ proxy (≤ 61 s) → app · ready in 0 to 61 s'],
      [21, 'apiVersion: v1', '▶ one · ready at once'],
    ]);
    expect(found[0]?.command).toMatchObject({ command: 'podwright.showTimeline', arguments: [uri, text.indexOf('    spec:') + 4] });
    const [, offset] = found[1]?.command?.arguments as [string, number];
    expect((await ask(connection, { offset }))?.workload).toBe('Pod/面');
  });

  it('follows the text', async () => {
    const { connection } = await begin({ podwright: { timeline: true } });
    await lenses(connection);
    await connection.sendNotification(DidChangeTextDocumentNotification.type, { textDocument: { uri, version: 2 }, contentChanges: [{ text: text.replace('failureThreshold: 60', 'failureThreshold: 5') }] });
    expect((await lenses(connection))[0]?.command?.title).toBe('▶ proxy (≤ 6 s) → app · ready in 0 to 6 s');
  });

  it('is for clients alone that have its command', async () => {
    const { connection, initialized } = await begin(undefined);
    expect(initialized.capabilities.codeLensProvider).toBeUndefined();
    expect(await lenses(connection)).toEqual([]);
  });
});

describe('podwright/timeline', () => {
  it('draws the workload at a place, in the language that is asked for', async () => {
    const { connection } = await begin({ timeline: true });
    const first = await ask(connection, { position: { line: 15, character: 0 } });
    expect(first).toMatchObject({ workload: 'Deployment/shop', summary: 'proxy (≤ 61 s) → app · ready in 0 to 61 s', offset: text.indexOf('    spec:') + 4, json: { version: 1, workloads: [{ workload: 'Deployment/shop', containers: [{ name: 'proxy', line: 11, endLine: 14 }, { name: 'app', line: 16 }] }] } });
    expect(first?.svg).toMatch(/^<svg [^>]*class="podwright-timeline"/);
    expect(first?.svg).toContain('data-line="11" data-end-line="14"');
    expect((await ask(connection, { offset: text.length, language: 'zh-cn' }))?.summary).toBe('one · 立即就绪');
    // Between two workloads, the last one above.
    expect((await ask(connection, { position: { line: 18, character: 0 } }))?.workload).toBe('Deployment/shop');
    expect((await ask(connection))?.workload).toBe('Deployment/shop');
  });

  it('plays a failure', async () => {
    const { connection } = await begin({ timeline: true }, { locale: 'zh-cn' });
    const failed = await ask(connection, { failing: { container: 'proxy', how: 'hang' } });
    expect(failed?.summary).toBe('proxy → app · 永远不会就绪');
    expect(failed?.svg).toContain('“proxy”在运行，但不响应任何请求。');
  });

  it('has nothing to draw where no workload is, and for questions that it cannot read', async () => {
    const { connection } = await begin({ timeline: true });
    await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri: 'file:///shop/Dockerfile', languageId: 'dockerfile', version: 1, text: 'FROM a\n' } });
    expect(await ask(connection, {}, 'file:///shop/Dockerfile')).toBeNull();
    expect(await ask(connection, {}, 'file:///shop/none.yaml')).toBeNull();
    for (const odd of [undefined, 7, {}, { uri: 7 }]) expect(await connection.sendRequest('podwright/timeline', odd)).toBeNull();
    expect((await connection.sendRequest<TimelineResult>('podwright/timeline', { uri, offset: 'x', position: {}, failing: { container: 'app', how: 'slowly' } })).workload).toBe('Deployment/shop');
  });

  it('counts for the version of the configuration', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'podwright timeline '));
    folders.push(folder);
    writeFileSync(join(folder, '.podwright.yaml'), 'kubernetesVersion: "1.27"\n');
    const opened = pathToFileURL(join(folder, 'web.yaml')).href;
    const { connection } = await begin({ timeline: true }, { opened, more: { workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'shop' }] } });
    expect((await ask(connection, {}, opened))?.summary).toBe('proxy → app · never ready');
  });
});
