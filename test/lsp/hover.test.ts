// What people read when the pointer rests on a container's name or image.
import { afterEach, describe, expect, it } from 'vitest';
import { DidOpenTextDocumentNotification, HoverRequest } from 'vscode-languageserver/node';
import type { Hover, ProtocolConnection } from 'vscode-languageserver/node';
import { initialize, processes } from './process.ts';
import { connect, disconnect, modern, neovim } from './support.ts';

const { server, cli, start } = processes('test-hover');
afterEach(disconnect);

const uri = 'file:///shop/web.yaml';
const text = `# two documents
apiVersion: v1
kind: ConfigMap
metadata: {name: envoy}
data:
  envoy.yaml: |
    http_filters:
    - name: envoy.filters.http.grpc_json_transcoder
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      initContainers:
        - name: ship
          image: "fluent/fluent-bit:4.0"
          restartPolicy: Always
          volumeMounts: [{name: log_*files*, mountPath: /logs, readOnly: true}]
      containers:
        - name: web # 😀
          image: registry.example.com/web:1
          volumeMounts: [{name: log_*files*, mountPath: /logs}]
        - {name: "😀", image: envoyproxy/envoy:v1.36.0, volumeMounts: [{name: config, mountPath: /etc/envoy}]}
      volumes:
        - {name: log_*files*, emptyDir: {}}
        - {name: config, configMap: {name: envoy}}
`;

/** Line and character of the first place of `words`, in UTF-16. */
function placeOf(words: string): { readonly line: number; readonly character: number } {
  const before = text.slice(0, text.indexOf(words)).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

async function hoverAt(connection: ProtocolConnection, words: string): Promise<Hover | null> {
  return connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position: placeOf(words) });
}

function valueOf(hover: Hover | null): string {
  const contents = hover?.contents;
  return typeof contents === 'object' && 'kind' in contents ? contents.value : '';
}

const shipping = `**Sidecar: log shipping (Fluent Bit)**

- Its image is Fluent Bit.
- It reads volume "log\\_\\*files\\*", which "web" writes.
- It is a native sidecar: it starts before the app and stops after it.

[About this pattern](https://github.com/podwright/podwright/blob/main/docs/patterns/sidecar/log-shipping.md)`;

describe.each([['server.cjs --stdio', () => [server, '--stdio']], ['podwright lsp --stdio', () => [cli, 'lsp', '--stdio']]])('%s', (_name, args) => {
  it('tells the part that a container plays, and why', async () => {
    const { connection } = start(args());
    await initialize(connection);
    await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: 'yaml', version: 1, text } });
    const hover = await hoverAt(connection, '"fluent/');
    expect(valueOf(hover)).toBe(shipping);
    expect(hover?.range).toEqual({ start: { line: 19, character: 17 }, end: { line: 19, character: 40 } });
    expect(valueOf(await hoverAt(connection, 'ship\n'))).toBe(shipping);
    expect(valueOf(await hoverAt(connection, 'envoyproxy'))).toContain('**Adapter: protocol (Envoy)**');
    expect(valueOf(await hoverAt(connection, 'web # '))).toContain('**The app of this Pod**\n\n- All other containers of the Pod are helpers.');
    for (const nothing of ['name: ship', 'restartPolicy', 'envoy}\ndata', 'Deployment', 'log_*files*, mount']) expect(await hoverAt(connection, nothing), nothing).toBeNull();
  });
});

describe('a client', () => {
  it('gets its own language', async () => {
    const client = await connect({ capabilities: modern, locale: 'zh-cn' });
    expect(client.initialized.capabilities.hoverProvider).toBe(true);
    await client.open(uri, text, 'yaml');
    const value = valueOf(await hoverAt(client.connection, 'ship\n'));
    expect(value).toContain('**边车：日志采集与转发 (Fluent Bit)**');
    expect(value).toContain('[了解此模式](https://github.com/podwright/podwright/blob/main/docs/patterns/sidecar/log-shipping.zh.md)');
  });

  it('gets plain text where it shows no Markdown, in its own encoding', async () => {
    const client = await connect({ capabilities: { general: { positionEncodings: ['utf-8'] }, textDocument: { hover: { contentFormat: ['plaintext'] } } } });
    await client.open(uri, text, 'yaml');
    expect(await hoverAt(client.connection, 'ship\n')).toMatchObject({ contents: { kind: 'plaintext', value: expect.stringMatching(/^Sidecar: log shipping \(Fluent Bit\)\n- Its image is Fluent Bit\.\n- It reads volume "log_\*files\*"/) as string } });
    const { line, character } = placeOf('envoyproxy');
    const asked = await client.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position: { line, character: character + 2 } });
    expect(asked?.range?.start).toEqual({ line, character: character + 2 });
  });

  it('that shows no hovers is offered none', async () => {
    expect((await connect({ capabilities: neovim })).initialized.capabilities.hoverProvider).toBeUndefined();
  });

  it('gets nothing where Podwright is switched off, or the file is no manifest', async () => {
    const off = await connect({ capabilities: modern, initializationOptions: { enable: false } });
    await off.open(uri, text, 'yaml');
    expect(await hoverAt(off.connection, 'ship\n')).toBeNull();
    const other = await connect({ capabilities: modern });
    await other.open(uri, 'name: ship\nimage: x\n', 'yaml');
    expect(await other.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position: { line: 0, character: 7 } })).toBeNull();
    expect(await other.connection.sendRequest(HoverRequest.type, { textDocument: { uri: 'file:///closed.yaml' }, position: { line: 0, character: 0 } })).toBeNull();
  });
});
