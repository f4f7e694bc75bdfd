import { afterEach, describe, expect, it } from 'vitest';
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver/node';
import { SourceText } from '../../server/src/engine/text/source.ts';
import { changed } from '../../server/src/lsp/changes.ts';
import { toRange } from '../../server/src/lsp/convert.ts';
import type { Encoding } from '../../server/src/lsp/convert.ts';
import { connect, disconnect, modern } from './support.ts';
import type { Client } from './support.ts';

afterEach(disconnect);

const uri = 'file:///shop/Dockerfile';

/** Waits until the server has read everything sent so far: answers come in order. */
async function settled(client: Client): Promise<string | undefined> {
  await client.connection.sendRequest('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    context: { diagnostics: [] },
  });
  return client.server.documents.get(uri)?.source.text;
}

/** Numbers that are the same on every run. Source: Park and Miller, "Random number generators: good ones are hard to find". */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

const pieces = ['a', 'FROM BAD\n', '\r\n', '\n', 'é', '中文', '😀', '\t', '👩‍🔧 x', ''];

describe.each(['utf-16', 'utf-8', 'utf-32'] as const)('the server has the text the client has, in %s', (encoding: Encoding) => {
  it.each(['\n', '\r\n'])('after 200 edits of a text with line ends %j', async (eol) => {
    const client = await connect({ capabilities: { ...modern, general: { positionEncodings: [encoding] } } });
    const next = random(encoding.length + eol.length);
    let text = ['FROM node', '# naïve 😀 中文', '', 'RUN x', ''].join(eol);
    await client.open(uri, text);
    for (let version = 2; version <= 201; version += 1) {
      const changes: TextDocumentContentChangeEvent[] = [];
      for (let count = 1 + next(3); count > 0; count -= 1) {
        const start = whole(text, next(text.length + 1));
        const end = whole(text, Math.min(text.length, start + next(6)));
        const inserted = pieces[next(pieces.length)] ?? '';
        changes.push({ range: toRange(new SourceText(text), { start, end }, encoding), text: inserted });
        text = text.slice(0, start) + inserted + text.slice(end);
      }
      await client.change(uri, version, changes);
    }
    expect(await settled(client)).toBe(text);
    expect(client.server.session.text(uri)?.text).toBe(text);
  });
});

/** Editors never point into a surrogate pair or between the two characters of a CRLF. */
function whole(text: string, offset: number): number {
  const before = text.charCodeAt(offset - 1);
  const after = text.charCodeAt(offset);
  return (before === 13 && after === 10) || (before >= 0xd800 && before < 0xdc00) ? offset - 1 : offset;
}

describe('documents', () => {
  it('are replaced whole where a client sends them whole', async () => {
    const client = await connect({ capabilities: modern });
    await client.open(uri, 'FROM a\n');
    await client.change(uri, 2, [{ text: 'FROM b\n' }]);
    expect(await settled(client)).toBe('FROM b\n');
  });

  it('take several changes in the order they are written', async () => {
    const client = await connect({ capabilities: modern });
    await client.open(uri, 'ab\r\ncd\r\n');
    const at = (line: number, character: number) => ({ line, character });
    await client.change(uri, 2, [
      { range: { start: at(1, 0), end: at(1, 1) }, text: '😀\r\n' },
      { range: { start: at(1, 0), end: at(1, 2) }, text: '' },
      { range: { start: at(0, 2), end: at(1, 0) }, text: '\n' },
    ]);
    expect(await settled(client)).toBe('ab\n\r\nd\r\n');
  });

  it('may be changed without having been opened, and opened twice', async () => {
    const client = await connect({ capabilities: modern });
    await client.change(uri, 1, [{ text: 'FROM BAD\n' }]);
    expect(await settled(client)).toBeUndefined();
    await client.open(uri, 'FROM a\n');
    await client.open(uri, 'FROM b\n');
    expect(await settled(client)).toBe('FROM b\n');
  });

  it('take changes that reach over what the change before them joined', async () => {
    const client = await connect({ capabilities: modern });
    await client.open(uri, 'one\ntwo\nthree\n');
    const at = (line: number, character: number) => ({ line, character });
    await client.change(uri, 2, [
      { range: { start: at(0, 3), end: at(1, 0) }, text: '' },
      { range: { start: at(0, 2), end: at(0, 5) }, text: '-' },
      { range: { start: at(0, 0), end: at(0, 0) }, text: 'a' },
      { range: { start: at(0, 0), end: at(0, 0) }, text: 'b' },
    ]);
    expect(await settled(client)).toBe('baon-o\nthree\n');
  });

  it('take ten thousand changes at once without a copy for each', () => {
    const source = new SourceText('RUN x\n'.repeat(100_000));
    const changes = Array.from({ length: 10_000 }, (_, index) => {
      const line = 99_999 - index * 10;
      return { range: { start: { line, character: 4 }, end: { line, character: 5 } }, text: 'other' };
    });
    const since = performance.now();
    const after = changed(source, changes, 'utf-16');
    // One by one this takes minutes.
    expect(performance.now() - since).toBeLessThan(5000);
    expect(after.length).toBe(source.length + 40_000);
    expect(after.slice(after.line(99_999))).toBe('RUN other');
  });
});
