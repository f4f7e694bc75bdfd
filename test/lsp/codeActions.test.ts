import { afterEach, describe, expect, it } from 'vitest';
import { CodeActionRequest, CodeActionResolveRequest, LogMessageNotification } from 'vscode-languageserver/node';
import type { ClientCapabilities, CodeAction, CodeActionContext, LogMessageParams, Range } from 'vscode-languageserver/node';
import { message } from '../../server/src/engine/core/message.ts';
import { requested } from '../../server/src/lsp/codeActions.ts';
import type { Encoding } from '../../server/src/lsp/convert.ts';
import type { Refactoring } from '../../server/src/lsp/refactorings.ts';
import { applied as appliedIn } from './edits.ts';
import { connect, disconnect, eglot, helix, modern, neovim } from './support.ts';
import type { Client } from './support.ts';

afterEach(disconnect);

const uri = 'file:///shop/Dockerfile';
const everything: Range = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };

async function actions(client: Client, range: Range = everything, context: Partial<CodeActionContext> = {}): Promise<CodeAction[]> {
  const answer = await client.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri },
    range,
    context: { diagnostics: [], ...context },
  });
  return (answer ?? []) as CodeAction[];
}

/** Neovim and others cannot ask for an edit later. */
const inline: ClientCapabilities = {
  ...modern,
  textDocument: { ...modern.textDocument, codeAction: { ...modern.textDocument?.codeAction, dataSupport: false } },
};

function applied(text: string, action: CodeAction | undefined, encoding?: Encoding): string {
  return appliedIn(text, uri, action?.edit, encoding);
}

function titled(all: readonly CodeAction[], title: string): CodeAction {
  return all.find((action) => action.title === title) ?? expect.fail(`no action "${title}" in ${all.map((one) => one.title).join(', ')}`);
}

describe('quick fixes', () => {
  it('come for the finding under the cursor, best first and only that one preferred', async () => {
    const client = await connect({ capabilities: modern });
    await client.open(uri, 'FROM BAD\nRUN RISKY\n');
    const cursor = { line: 0, character: 6 };
    const all = await actions(client, { start: cursor, end: cursor }, { only: ['quickfix'] });
    expect(all.map(({ title, kind, isPreferred }) => ({ title, kind, isPreferred }))).toEqual([
      { title: 'Write GOOD', kind: 'quickfix', isPreferred: true },
      { title: 'Write FINE5', kind: 'quickfix', isPreferred: undefined },
      { title: 'Ignore dockerfile/bad here', kind: 'quickfix', isPreferred: undefined },
    ]);
    expect(applied('FROM BAD\nRUN RISKY\n', all[0])).toBe('FROM GOOD\nRUN RISKY\n');
    expect(all[0]?.diagnostics).toMatchObject([{ code: 'dockerfile/bad' }]);
  });

  it('come at both borders of the finding and not beyond', async () => {
    const client = await connect({ capabilities: modern });
    await client.open(uri, 'FROM BAD x\n');
    const at = (character: number) =>
      actions(client, { start: { line: 0, character }, end: { line: 0, character } }, { only: ['quickfix'] });
    expect(await at(4)).toEqual([]);
    expect(await at(5)).toHaveLength(3);
    expect(await at(8)).toHaveLength(3);
    expect(await at(9)).toEqual([]);
  });

  it('carry the version of the text they were made for', async () => {
    const client = await connect({ capabilities: modern });
    await client.open(uri, 'FROM BAD\n', 'dockerfile', 0);
    expect((await actions(client))[0]?.edit?.documentChanges).toMatchObject([{ textDocument: { uri, version: 0 } }]);
    await client.change(uri, 7, [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '# one\n' }]);
    const [action] = await actions(client);
    expect(action?.edit?.documentChanges).toMatchObject([
      { textDocument: { uri, version: 7 }, edits: [{ range: { start: { line: 1, character: 5 } } }] },
    ]);
  });

  it('name no version where the client has none', async () => {
    const client = await connect({ capabilities: modern });
    await client.open(uri, 'FROM BAD\n', 'dockerfile', null);
    expect((await actions(client))[0]?.edit?.documentChanges).toMatchObject([{ textDocument: { uri, version: null } }]);
  });

  it('give the client its own diagnostics back', async () => {
    const client = await connect({ capabilities: modern });
    await client.open(uri, 'FROM BAD\n');
    const mine = {
      range: { start: { line: 0, character: 5 }, end: { line: 0, character: 8 } },
      code: 'dockerfile/bad',
      message: 'as the client has it',
      data: { mine: true },
    };
    expect((await actions(client, mine.range, { diagnostics: [mine] }))[0]?.diagnostics).toEqual([mine]);
  });

  it('speak Chinese', async () => {
    const client = await connect({ capabilities: modern, locale: 'zh-CN' });
    await client.open(uri, 'FROM BAD BAD\n');
    expect((await actions(client)).map(({ title }) => title)).toEqual([
      '改为 GOOD',
      '改为 FINE5',
      '改为 GOOD',
      '改为 FINE9',
      '修复此文件中的所有同类问题：改为 GOOD',
      '按此方式修复此文件中的所有同类问题：改为 FINE5',
      '在此处忽略 dockerfile/bad',
      '在此文件中忽略 dockerfile/bad',
      '修复所有可安全修复的 Podwright 问题',
    ]);
  });

  it('count characters as the client does', async () => {
    const client = await connect({ capabilities: { ...helix, general: { positionEncodings: ['utf-8'] } } });
    const text = 'FROM naïve😀 BAD\n';
    await client.open(uri, text);
    const cursor = { line: 0, character: 17 };
    const [action] = await actions(client, { start: cursor, end: cursor });
    expect(applied(text, action, 'utf-8')).toBe('FROM naïve😀 GOOD\n');
  });
});

describe('fixes that cannot be made', () => {
  it('are shown disabled with their reason, and the best possible one is preferred', async () => {
    const client = await connect({ capabilities: modern });
    await client.open(uri, 'FROM STUCK\n');
    const all = await actions(client, everything, { only: ['quickfix'], triggerKind: 1 });
    expect(all).toMatchObject([
      { title: 'Pull it out', kind: 'quickfix', disabled: { reason: 'Too heavy.' } },
      { title: 'Write LEFT', isPreferred: true },
      { title: 'Ignore dockerfile/stuck here' },
    ]);
    expect(all[0]).not.toHaveProperty('edit');
    expect(all[0]).not.toHaveProperty('isPreferred');
  });

  it('are left out where the client cannot show them, and of the light bulb that comes by itself', async () => {
    const client = await connect({ capabilities: eglot });
    await client.open(uri, 'FROM STUCK\n');
    expect((await actions(client)).map(({ title }) => title)).toEqual(['Write LEFT', 'Ignore dockerfile/stuck here']);
    const second = await connect({ capabilities: modern });
    await second.open(uri, 'FROM STUCK\n');
    expect((await actions(second, everything, { triggerKind: 2 })).map(({ title }) => title)).toEqual(['Write LEFT', 'Ignore dockerfile/stuck here']);
  });
});

describe('fix all', () => {
  const text = 'FROM BAD\nRUN BAD RISKY STUCK\nRUN RISKY\n';

  it('of one kind comes where there are two, and repairs these only', async () => {
    const client = await connect({ capabilities: inline });
    await client.open(uri, text);
    const cursor = { line: 0, character: 5 };
    const all = await actions(client, { start: cursor, end: cursor }, { only: ['quickfix'] });
    expect(applied(text, titled(all, 'Fix all in this file: Write GOOD'))).toBe('FROM GOOD\nRUN GOOD RISKY STUCK\nRUN RISKY\n');
    expect(applied(text, titled(all, 'Fix all like this in this file: Write FINE5'))).toBe('FROM FINE5\nRUN FINE13 RISKY STUCK\nRUN RISKY\n');
    expect(all.filter(({ isPreferred }) => isPreferred)).toHaveLength(1);
    await client.change(uri, 2, [{ text: 'FROM BAD\nRUN RISKY\n' }]);
    expect((await actions(client)).filter(({ title }) => title.startsWith('Fix all like') || title.includes('in this file'))).toEqual([]);
  });

  it('is worked out when chosen, on the text as it is then, where the client can ask later', async () => {
    const client = await connect({ capabilities: modern });
    await client.open(uri, text);
    const offered = titled(await actions(client), 'Fix all in this file: Write GOOD');
    expect(offered.edit).toBeUndefined();
    await client.change(uri, 2, [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '# BAD\n' }]);
    const chosen = await client.connection.sendRequest(CodeActionResolveRequest.type, offered);
    expect(applied(`# BAD\n${text}`, chosen)).toBe('# GOOD\nFROM GOOD\nRUN GOOD RISKY STUCK\nRUN RISKY\n');
    expect(chosen.edit?.documentChanges).toMatchObject([{ textDocument: { version: 2 } }]);
  });

  it('of the file does the safe ones, all passes at once, in small edits', async () => {
    const client = await connect({ capabilities: inline });
    const passes = 'FROM BAD\n# same\nRUN AAAAAA\n# same\nRUN RISKY BAD\n';
    await client.open(uri, passes);
    for (const only of [['source'], ['source.fixAll'], ['source.fixAll.podwright']]) {
      const all = await actions(client, everything, { only });
      expect(all).toMatchObject([{ title: 'Fix all safely fixable Podwright problems', kind: 'source.fixAll.podwright' }]);
      expect(applied(passes, all[0])).toBe('FROM GOOD\n# same\nRUN A\n# same\nRUN RISKY GOOD\n');
      expect(all[0]?.edit?.documentChanges).toMatchObject([{ edits: [{}, {}, {}] }]);
    }
  });

  it('of the file is asked for by itself, and never comes with the light bulb that comes by itself', async () => {
    const client = await connect({ capabilities: modern });
    await client.open(uri, 'FROM BAD\n');
    const kinds = async (context: Partial<CodeActionContext>) => (await actions(client, everything, context)).map(({ kind }) => kind);
    expect(await kinds({})).toContain('source.fixAll.podwright');
    expect(await kinds({ triggerKind: 2 })).not.toContain('source.fixAll.podwright');
    expect(await kinds({ only: ['source.fixAll'], triggerKind: 2 })).toEqual(['source.fixAll.podwright']);
    expect(await kinds({ only: ['source.organizeImports'] })).toEqual([]);
    expect(await kinds({ only: ['source.fixAll.eslint'] })).toEqual([]);
  });

  it('of the file is not offered where nothing is safe to fix', async () => {
    const client = await connect({ capabilities: modern });
    await client.open(uri, 'FROM RISKY STUCK\n');
    expect(await actions(client, everything, { only: ['source.fixAll'] })).toEqual([]);
  });
});

describe('clients', () => {
  it('with kinds in a hierarchy get what they ask for', () => {
    expect(requested('quickfix', undefined)).toBe(true);
    expect(requested('quickfix', [])).toBe(false);
    expect(requested('quickfix', [''])).toBe(true);
    expect(requested('source.fixAll.podwright', ['source'])).toBe(true);
    expect(requested('source.fixAll.podwright', ['source.fix'])).toBe(false);
    expect(requested('quickfix', ['quickfix.podwright'])).toBe(false);
  });

  it('like Neovim 0.7 get plain changes, nothing preferred, nothing disabled, every edit at once', async () => {
    const client = await connect({ capabilities: neovim });
    await client.open(uri, 'FROM BAD BAD STUCK\n', 'dockerfile', 0);
    const all = await actions(client);
    expect(all.length).toBeGreaterThan(5);
    for (const action of all) {
      expect(action.edit?.changes?.[uri]?.length).toBeGreaterThan(0);
      expect(action.edit).not.toHaveProperty('documentChanges');
      expect(action).not.toHaveProperty('isPreferred');
      expect(action).not.toHaveProperty('disabled');
    }
  });

  it('that take commands only get none', async () => {
    const client = await connect({ capabilities: { textDocument: { codeAction: {} } } });
    expect(client.initialized.capabilities.codeActionProvider).toBe(false);
    await client.open(uri, 'FROM BAD\n');
    expect(await actions(client)).toEqual([]);
  });

  it('are offered the kinds there are', async () => {
    const client = await connect({ capabilities: modern });
    expect(client.initialized.capabilities.codeActionProvider).toEqual({
      codeActionKinds: ['quickfix', 'source.fixAll.podwright'],
      resolveProvider: true,
    });
  });

  it('may send back nonsense to be resolved', async () => {
    const client = await connect({ capabilities: modern });
    for (const data of [undefined, 1, { uri }, { uri, of: 'kind' }, { uri: 'file:///gone', of: 'safe' }]) {
      const action = { title: 'x', ...(data === undefined ? {} : { data }) };
      expect(await client.connection.sendRequest(CodeActionResolveRequest.type, action)).toEqual(action);
    }
  });

  it('get nothing for documents that are not open or not ours', async () => {
    const client = await connect({ capabilities: modern });
    expect(await actions(client)).toEqual([]);
    await client.open(uri, 'FROM BAD\n');
    await client.close(uri);
    expect(await actions(client)).toEqual([]);
  });
});

describe('refactorings', () => {
  const shout: Refactoring = {
    kind: 'refactor.rewrite',
    at: () => [{ title: message({ en: 'Shout', zh: '大写' }), edits: [{ span: { start: 0, end: 4 }, newText: 'FROM' }] }],
  };

  it('come on request, each under its kind', async () => {
    const client = await connect({ capabilities: modern, refactorings: [shout] });
    expect(client.initialized.capabilities.codeActionProvider).toMatchObject({
      codeActionKinds: ['quickfix', 'source.fixAll.podwright', 'refactor.rewrite'],
    });
    await client.open(uri, 'from x\n');
    const [action] = await actions(client, everything, { only: ['refactor'] });
    expect(action).toMatchObject({ title: 'Shout', kind: 'refactor.rewrite' });
    expect(applied('from x\n', action)).toBe('FROM x\n');
    expect(await actions(client, everything, { only: ['quickfix'] })).toEqual([]);
  });

  it('that edit a document nobody opened are not offered', async () => {
    const other = { uri: 'file:///shop/other', span: { start: 0, end: 0 }, newText: 'x' };
    const elsewhere: Refactoring = { kind: 'refactor', at: () => [{ title: message({ en: 'Go', zh: '走' }), edits: [other] }] };
    const client = await connect({ capabilities: modern, refactorings: [elsewhere] });
    await client.open(uri, 'from x\n');
    expect(await actions(client, everything, { only: ['refactor'] })).toEqual([]);
  });

  it('that fail are logged, and the server goes on', async () => {
    const logged: LogMessageParams[] = [];
    const broken: Refactoring = {
      kind: 'refactor',
      at: () => {
        throw new Error('broken on purpose');
      },
    };
    const client = await connect({
      capabilities: modern,
      refactorings: [broken],
      prepare: (connection) => {
        connection.onNotification(LogMessageNotification.type, (params) => {
          logged.push(params);
        });
      },
    });
    await client.open(uri, 'FROM BAD\n');
    expect(await actions(client, everything, { only: ['refactor'] })).toEqual([]);
    expect(logged).toMatchObject([{ type: 1, message: expect.stringContaining('broken on purpose') as string }]);
    expect(await actions(client, everything, { only: ['quickfix'] })).toHaveLength(3);
  });
});
