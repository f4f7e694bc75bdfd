// Fixes that change another file than the one their finding is in.
import { afterEach, describe, expect, it } from 'vitest';
import { CodeActionRequest, CodeActionResolveRequest } from 'vscode-languageserver/node';
import type { ClientCapabilities, CodeAction } from 'vscode-languageserver/node';
import { edits, editsElsewhere, refused } from '../../server/src/engine/core/finding.ts';
import { message } from '../../server/src/engine/core/message.ts';
import { dockerfileRule, type RuleSet } from '../../server/src/engine/rule-kinds.ts';
import { connect, disconnect, MemoryDisk, modern, neovim } from './support.ts';
import type { Client } from './support.ts';

afterEach(disconnect);

const uri = 'file:///shop/Dockerfile';
const script = 'file:///shop/run.sh';

/** Each `THERE` changes the word of its number in `run.sh`; what is not there is refused. */
const rules: RuleSet = {
  kubernetes: [],
  dockerfile: [
    dockerfileRule(
      { id: 'dockerfile/there', guideline: 'validity', title: { en: 'T.', zh: '题。' }, severities: ['warning'], fix: 'suggestion', reads: [], yieldsTo: [], mayReveal: [] },
      function* (file) {
        for (const { index, 0: { length }, 1: number = '' } of file.source.text.matchAll(/THERE(\d)/g)) {
          const change = (text: string) => {
            const at = text.indexOf(`old${number}`);
            return at < 0 ? refused(message({ en: 'It is new.', zh: '已经是新的。' })) : edits([{ span: { start: at, end: at + 3 }, newText: 'new' }]);
          };
          yield {
            span: { start: index, end: index + length }, place: `at ${String(index)}`, severity: 'warning', message: message({ en: 'There.', zh: '那里。' }),
            fixes: [{ key: 'renew', title: message({ en: 'Renew {number}', zh: '更新 {number}' }, { number }), safety: 'suggestion', outcome: () => editsElsewhere([{ uri: script, change }]) }],
          };
        }
      },
    ),
  ],
};

async function actions(client: Client): Promise<readonly CodeAction[]> {
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const answer = await client.connection.sendRequest(CodeActionRequest.type, { textDocument: { uri }, range, context: { diagnostics: [], only: ['quickfix'] } });
  return ((answer ?? []) as CodeAction[]).filter(({ title }) => title.includes('Renew'));
}

const disk = (text = 'a old1\n€ old2\n'): MemoryDisk => new MemoryDisk({ [script]: text });
const at = (line: number, character: number): object => ({ range: { start: { line, character }, end: { line, character: character + 3 } }, newText: 'new' });

async function opened(capabilities: ClientCapabilities, on = disk(), text = 'FROM THERE2\n'): Promise<Client> {
  const client = await connect({ capabilities, rules, disk: on });
  await client.open(uri, text);
  return client;
}

describe('an edit of a file that is not open', () => {
  it('speaks of its text on the disk, and of no version', async () => {
    expect((await actions(await opened(modern)))[0]?.edit).toEqual({ documentChanges: [{ textDocument: { uri: script, version: null }, edits: [at(1, 2)] }] });
  });

  it('is named by URI alone for clients without versions in edits', async () => {
    expect((await actions(await opened(neovim)))[0]?.edit).toEqual({ changes: { [script]: [at(1, 2)] } });
  });

  it("counts in the client's own units", async () => {
    expect((await actions(await opened({ ...modern, general: { positionEncodings: ['utf-8'] } })))[0]?.edit).toMatchObject({ documentChanges: [{ edits: [at(1, 4)] }] });
  });

  it.each([
    ['is not there', new MemoryDisk(), 'cannot be read'],
    ['is no UTF-8', disk('old2 \ufffd'), 'is not valid UTF-8'],
    ['has changed', disk('new'), 'It is new.'],
  ])('is refused with the reason where the file %s', async (_, on, reason) => {
    const [action] = await actions(await opened(modern, on));
    expect(action?.edit).toBeUndefined();
    expect(action?.disabled?.reason).toContain(reason);
  });
});

describe('an edit of a file that is open', () => {
  it('speaks of what stands there unsaved, with its version and by the URI its editor gave it', async () => {
    const client = await opened(modern);
    const spelled = 'file:///shop/%72un.sh';
    await client.open(spelled, 'old2\n', 'shellscript', 7);
    expect((await actions(client))[0]?.edit).toEqual({ documentChanges: [{ textDocument: { uri: spelled, version: 7 }, edits: [at(0, 0)] }] });
    await client.change(spelled, 8, [{ text: '# unsaved\nold2\n' }]);
    expect((await actions(client))[0]?.edit).toEqual({ documentChanges: [{ textDocument: { uri: spelled, version: 8 }, edits: [at(1, 0)] }] });
    await client.close(spelled);
    expect((await actions(client))[0]?.edit).toMatchObject({ documentChanges: [{ textDocument: { uri: script, version: null } }] });
  });
});

describe('all fixes of a kind', () => {
  it('change the other file together', async () => {
    const client = await opened(modern, disk(), 'FROM THERE1\nFROM THERE2\n');
    const all = (await actions(client)).find(({ title }) => title.startsWith('Fix all')) ?? expect.fail('not offered');
    const { edit } = await client.connection.sendRequest(CodeActionResolveRequest.type, all);
    expect(edit).toEqual({ documentChanges: [{ textDocument: { uri: script, version: null }, edits: [at(0, 2), at(1, 2)] }] });
  });
});
