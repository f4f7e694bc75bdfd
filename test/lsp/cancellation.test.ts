import { afterEach, describe, expect, it } from 'vitest';
import { CancellationTokenSource, CodeActionRequest, CodeActionResolveRequest, DocumentDiagnosticRequest, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { CodeAction } from 'vscode-languageserver/node';
import { edits } from '../../server/src/engine/core/finding.ts';
import { message } from '../../server/src/engine/core/message.ts';
import { manifestRule } from '../../server/src/engine/rule-kinds.ts';
import type { RuleSet } from '../../server/src/engine/rule-kinds.ts';
import { connect, disconnect, modern, rules } from './support.ts';
import type { Client } from './support.ts';

afterEach(disconnect);

const uri = 'file:///shop/all.yaml';
const manifest = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;
const stream = (count: number) => Array.from({ length: count }, (_, index) => manifest(`n${String(index)}`)).join('---\n');

/** Rules that need 10 ms for each object, and count. */
function slow(): { readonly rules: RuleSet; readonly checked: () => number } {
  let checked = 0;
  const template = rules.kubernetes[0]?.meta ?? expect.fail('no rule');
  const rule = manifestRule({ ...template, id: 'kubernetes/slow' }, function* (object) {
    checked += 1;
    const until = performance.now() + 10;
    while (performance.now() < until);
    yield { span: object.metadata.get('name').span, place: object.place, severity: 'hint', message: message({ en: 'Slow.', zh: '慢。' }) };
  });
  return { rules: { kubernetes: [rule], dockerfile: [] }, checked: () => checked };
}

function pull(client: Client, source?: CancellationTokenSource) {
  return client.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } }, source?.token);
}

describe('long work', () => {
  it('ends soon after the client cancels, and says so', async () => {
    const work = slow();
    const client = await connect({ capabilities: modern, rules: work.rules });
    await client.open(uri, stream(100), 'yaml');
    const source = new CancellationTokenSource();
    const answer = pull(client, source).then(
      () => expect.fail('an answer came'),
      (error: unknown) => error,
    );
    setTimeout(() => {
      source.cancel();
    }, 60);
    const error = await answer;
    expect(error).toBeInstanceOf(ResponseError);
    expect((error as ResponseError<unknown>).code).toBe(LSPErrorCodes.RequestCancelled);
    expect(work.checked()).toBeLessThan(50);
  });

  it('starts anew on the newest text and answers for that', async () => {
    const work = slow();
    const client = await connect({ capabilities: modern, rules: work.rules });
    await client.open(uri, stream(100), 'yaml');
    const answer = pull(client);
    await new Promise((resolve) => setTimeout(resolve, 60));
    await client.change(uri, 2, [{ text: stream(2) }]);
    const report = await answer;
    expect(report.kind === 'full' && report.items).toHaveLength(2);
    expect(work.checked()).toBeLessThan(60);
  });

  it('lets others be answered in between', async () => {
    const work = slow();
    const client = await connect({ capabilities: modern, rules: work.rules });
    await client.open(uri, stream(60), 'yaml');
    await client.open('file:///shop/small.yaml', manifest('one'), 'yaml');
    const order: string[] = [];
    const long = pull(client).then(() => order.push('long'));
    const short = client.connection
      .sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri: 'file:///shop/small.yaml' } })
      .then(() => order.push('short'));
    await Promise.all([long, short]);
    expect(order).toEqual(['short', 'long']);
  });

  it('ends when the document is closed', async () => {
    const work = slow();
    const client = await connect({ capabilities: modern, rules: work.rules });
    await client.open(uri, stream(100), 'yaml');
    const answer = pull(client);
    await new Promise((resolve) => setTimeout(resolve, 60));
    await client.close(uri);
    expect(await answer).toMatchObject({ kind: 'full', items: [] });
    expect(work.checked()).toBeLessThan(50);
  });

  it('is not repeated for what did not change', async () => {
    const work = slow();
    const client = await connect({ capabilities: modern, rules: work.rules });
    await client.open(uri, stream(20), 'yaml');
    await pull(client);
    const before = work.checked();
    await client.change(uri, 2, [{ range: { start: { line: 3, character: 8 }, end: { line: 3, character: 10 } }, text: 'other' }]);
    await pull(client);
    expect(work.checked() - before).toBe(1);
  });
});

describe('fixing everything at once', () => {
  /** Every object has a safe fix that takes 10 ms to put together. */
  function heavy(): { readonly rules: RuleSet; readonly asked: () => number } {
    let asked = 0;
    const template = rules.kubernetes[0]?.meta ?? expect.fail('no rule');
    const rule = manifestRule({ ...template, id: 'kubernetes/heavy' }, function* (object) {
      const { span, text } = object.metadata.get('name');
      if (text?.startsWith('n') !== true) return;
      const outcome = () => {
        asked += 1;
        const until = performance.now() + 10;
        while (performance.now() < until);
        return edits([{ span: { start: span.start, end: span.start + 1 }, newText: 'm' }]);
      };
      const said = message({ en: 'Rename it', zh: '改名' });
      yield { span, place: object.place, severity: 'hint', message: message({ en: 'Heavy.', zh: '重。' }), fixes: [{ key: 'rename', title: said, safety: 'safe', outcome }] };
    });
    return { rules: { kubernetes: [rule], dockerfile: [] }, asked: () => asked };
  }

  // It asks for diagnostics, so that nobody but the test asks what the fixes come to.
  const unresolving = { ...modern, textDocument: { ...modern.textDocument, codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['source'] } } } } };
  const all = { textDocument: { uri }, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, context: { diagnostics: [], only: ['source.fixAll'] } };

  it.each([['when the client resolves', modern], ['at once, for a client that cannot resolve', unresolving]])('gives way to others and ends when it is cancelled: %s', async (_, capabilities) => {
    const work = heavy();
    const client = await connect({ capabilities, rules: work.rules });
    await client.open(uri, stream(400), 'yaml');
    const actions = capabilities === modern ? ((await client.connection.sendRequest(CodeActionRequest.type, all)) ?? []) as CodeAction[] : [];
    const source = new CancellationTokenSource();
    const [action] = actions;
    const answer = action === undefined ? client.connection.sendRequest(CodeActionRequest.type, all, source.token) : client.connection.sendRequest(CodeActionResolveRequest.type, action, source.token);
    const error = answer.then(() => expect.fail('an answer came'), (reason: unknown) => reason);
    await new Promise((resolve) => setTimeout(resolve, 60));
    // Somebody else is answered while it goes on.
    await client.connection.sendRequest(CodeActionRequest.type, { ...all, textDocument: { uri: 'file:///shop/none.yaml' } });
    expect(work.asked()).toBeLessThan(400);
    source.cancel();
    expect(((await error) as ResponseError<unknown>).code).toBe(LSPErrorCodes.RequestCancelled);
    expect(work.asked()).toBeLessThan(400);
  });

  it('is taken anew where the text changes on the way', async () => {
    const work = heavy();
    const client = await connect({ capabilities: modern, rules: work.rules });
    await client.open(uri, stream(60), 'yaml');
    const [action] = ((await client.connection.sendRequest(CodeActionRequest.type, all)) ?? []) as CodeAction[];
    const answer = client.connection.sendRequest(CodeActionResolveRequest.type, action ?? expect.fail('no action'));
    await new Promise((resolve) => setTimeout(resolve, 60));
    await client.change(uri, 2, [{ text: stream(2) }]);
    expect((await answer).edit).toMatchObject({ documentChanges: [{ textDocument: { uri, version: 2 }, edits: [{ newText: 'm' }, { newText: 'm' }] }] });
  });
});
