// The bundles as editors run them: as a process, over standard streams, IPC and a socket.
import { fork, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  CodeActionRequest,
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  IPCMessageReader,
  IPCMessageWriter,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { CodeAction, ProtocolConnection } from 'vscode-languageserver/node';
import { initialize, processes } from './process.ts';

const { out, server, cli, start, keep } = processes('test-lsp');

const uri = 'file:///shop/pod.yaml';
const text = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  initContainers:
    - name: init
      image: busybox:1.37
      readinessProbe:
        tcpSocket:
          port: 80
  containers:
    - name: web
      image: nginx:1.27
`;

/** The whole job: a warning, its fix. */
async function works(connection: ProtocolConnection): Promise<void> {
  await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: 'yaml', version: 1, text } });
  const report = await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
  const found = (report.kind === 'full' ? report.items : []).find(({ code }) => code === 'kubernetes/init-container-probe');
  const range = found?.range ?? expect.fail(`not found in ${JSON.stringify(report)}`);
  const actions = await connection.sendRequest(CodeActionRequest.type, { textDocument: { uri }, range, context: { diagnostics: [] } });
  const [fix] = (actions ?? []) as CodeAction[];
  expect(fix).toMatchObject({ kind: 'quickfix', isPreferred: true, edit: { documentChanges: [{ textDocument: { uri, version: 1 } }] } });
}

async function code(child: ChildProcess): Promise<unknown> {
  if (child.exitCode !== null) return child.exitCode;
  const [exit] = (await once(child, 'exit')) as [unknown];
  return exit;
}

describe.each([
  ['server.cjs --stdio', [server, '--stdio']],
  ['server.cjs', [server]],
  ['podwright lsp --stdio', [cli, 'lsp', '--stdio']],
])('%s', (_name, args) => {
  it('finds and repairs, and ends with 0 after shutdown and exit', async () => {
    const { child, connection } = start(args);
    expect(await initialize(connection)).toMatch(/^\d+\.\d+\.\d+/);
    await works(connection);
    await connection.sendRequest(ShutdownRequest.type);
    await connection.sendNotification(ExitNotification.type);
    expect(await code(child)).toBe(0);
  });

  it('ends with 1 when told to exit without shutdown', async () => {
    const { child, connection } = start(args);
    await initialize(connection);
    await connection.sendNotification(ExitNotification.type);
    expect(await code(child)).toBe(1);
  });

  it('answers before initialize and behind shutdown as the protocol wants, and goes on', async () => {
    const { child, connection } = start(args);
    const refusal = (method: string, parameters: object = {}) =>
      connection.sendRequest(method, parameters).then(
        () => 'an answer',
        (error: unknown) => (error as { readonly code: number }).code,
      );
    const params = { textDocument: { uri }, processId: null, rootUri: null, capabilities: {} };
    await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri: 'file:///early.yaml', languageId: 'yaml', version: 1, text } });
    for (const method of ['textDocument/diagnostic', 'textDocument/rename', 'shutdown']) expect(await refusal(method, params), method).toBe(-32002);
    await initialize(connection);
    expect(await refusal('initialize', params)).toBe(-32600);
    expect(await refusal('textDocument/rename', params)).toBe(-32601);
    expect(await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri: 'file:///early.yaml' } })).toMatchObject({ items: [] });
    await works(connection);
    await connection.sendRequest(ShutdownRequest.type);
    for (const method of ['textDocument/diagnostic', 'textDocument/rename', 'shutdown', 'initialize']) expect(await refusal(method, params), method).toBe(-32600);
    await connection.sendNotification(ExitNotification.type);
    expect(await code(child)).toBe(0);
  });

  it('ends when its client closes the stream', async () => {
    const { child, connection } = start(args);
    await initialize(connection);
    child.stdin?.end();
    expect(await code(child)).toBe(1);
  });
});

it('ends when the process that started it is gone', async () => {
  const gone = spawn(process.execPath, ['-e', '']);
  await once(gone, 'exit');
  const { child, connection } = start([server, '--stdio']);
  await initialize(connection, gone.pid ?? null);
  expect(await code(child)).toBe(1);
}, 15_000);

it('keeps everything but the protocol away from standard output', async () => {
  const noise = join(out, 'noise.cjs');
  await writeFile(noise, "setInterval(() => { console.log('noise'); console.info('noise'); console.error('noise'); }, 5).unref();\n");
  const { child, connection } = start([server, '--stdio'], { NODE_OPTIONS: `--require ${JSON.stringify(noise)}` });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const errors: unknown[] = [];
  connection.onError(([error]) => errors.push(error));
  await initialize(connection);
  await works(connection);
  await expect.poll(() => said).toContain('noise');
  await connection.sendRequest(ShutdownRequest.type);
  expect(errors).toEqual([]);
});

it('speaks over IPC, as VS Code starts it', async () => {
  const child = fork(server, ['--node-ipc'], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  keep(child);
  const connection = createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  connection.listen();
  await initialize(connection);
  await works(connection);
  await connection.sendRequest(ShutdownRequest.type);
  await connection.sendNotification(ExitNotification.type);
  expect(await code(child)).toBe(0);
});

it('speaks over a socket', async () => {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const child = spawn(process.execPath, [server, `--socket=${String((listener.address() as AddressInfo).port)}`]);
  keep(child);
  const [socket] = (await once(listener, 'connection')) as [Socket];
  const connection = createProtocolConnection(new StreamMessageReader(socket), new StreamMessageWriter(socket));
  connection.listen();
  await initialize(connection);
  await works(connection);
  await connection.sendRequest(ShutdownRequest.type);
  await connection.sendNotification(ExitNotification.type);
  expect(await code(child)).toBe(0);
  listener.close();
});
