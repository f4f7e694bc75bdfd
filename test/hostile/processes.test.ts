/**
 * The shipped programs, as processes, on texts that end parsers: they must end no process, take no longer than people
 * wait, and leave a server that answers.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CodeActionRequest, DidChangeTextDocumentNotification, DidCloseTextDocumentNotification, DidOpenTextDocumentNotification, DocumentDiagnosticRequest } from 'vscode-languageserver/node';
import type { ProtocolConnection } from 'vscode-languageserver/node';
import { program } from '../cli/program.ts';
import { initialize, processes } from '../lsp/process.ts';
import { healthy, healthyRule, hostileFiles } from './inputs.ts';

const { start, server } = processes('test-hostile');
const { run } = program('hostile');
const files = Object.entries(hostileFiles());
let folder = '';

/** Longest that one text may take, in milliseconds, on a machine that does other things as well. */
const longest = 20_000;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwright-hostile-'));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  mkdirSync(join(folder, 'zz'));
  writeFileSync(join(folder, 'zz', 'last.yaml'), healthy);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Fails where a promise takes longer than people wait. */
async function inTime<T>(name: string, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${name}: no answer after ${String(longest)} ms`));
    }, longest);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function codesOf(connection: ProtocolConnection, uri: string): Promise<readonly unknown[]> {
  const report = await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
  return report.kind === 'full' ? report.items.map(({ code }) => code) : [];
}

it.each([['outside of any folder', false], ['with all of them around it', true]])('the server answers after each of them, %s', async (_, isFolder) => {
  const { child, connection } = start([server, '--stdio']);
  const ended = new Promise<never>((_resolve, reject) => {
    child.once('exit', (code, signal) => {
      reject(new Error(`the server ended (${String(code ?? signal)})`));
    });
  });
  ended.catch(() => undefined);
  await initialize(connection, process.pid, isFolder ? [pathToFileURL(folder).href] : []);
  const slow: string[] = [];
  for (const [path, content] of files) {
    const uri = isFolder ? pathToFileURL(join(folder, path)).href : `file:///elsewhere/${encodeURIComponent(path)}`;
    const text = content.toString();
    const begun = performance.now();
    const ask = async (): Promise<void> => {
      await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: path.endsWith('Dockerfile') ? 'dockerfile' : 'yaml', version: 1, text } });
      expect(await codesOf(connection, uri)).not.toContain('podwright/internal-error');
      // A keystroke in the middle, and whatever may be done about what is found.
      const at = { line: 4, character: 0 };
      await connection.sendNotification(DidChangeTextDocumentNotification.type, { textDocument: { uri, version: 2 }, contentChanges: [{ range: { start: at, end: at }, text: ' ' }] });
      await codesOf(connection, uri);
      await connection.sendRequest(CodeActionRequest.type, { textDocument: { uri }, range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } }, context: { diagnostics: [] } });
      await connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
    };
    await inTime(path, Promise.race([ask(), ended]));
    const took = performance.now() - begun;
    if (took > 2_000) slow.push(`${path} ${took.toFixed(0)} ms`);
  }
  if (slow.length > 0) process.stderr.write(`slow: ${slow.join('; ')}\n`);
  const uri = 'file:///elsewhere/last.yaml';
  await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: 'yaml', version: 1, text: healthy } });
  expect(await inTime('last.yaml', Promise.race([codesOf(connection, uri), ended]))).toContain(healthyRule);
}, 600_000);

it('the command line tells of all of them, and goes on to the last', async () => {
  const { code, signal, out, err } = await run(['check', '--format', 'json', '.'], { cwd: folder });
  expect({ signal, err: err.slice(0, 2_000) }).toEqual({ signal: null, err: '' });
  expect([0, 1, 2]).toContain(code);
  expect(out).toContain('zz/last.yaml');
  expect(out).not.toContain('podwright/internal-error');
}, 600_000);
