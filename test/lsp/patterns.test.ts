// What a client gets that adds multi-container patterns: by a command of its own, by plain actions, or by completions.
import { afterEach, describe, expect, it } from 'vitest';
import { CodeActionRequest, CodeActionResolveRequest, CompletionRequest, DidOpenTextDocumentNotification } from 'vscode-languageserver/node';
import type { CodeAction, CompletionItem, ProtocolConnection } from 'vscode-languageserver/node';
import { rules } from '../../server/src/rules/index.ts';
import { sources } from '../../server/src/patterns/index.ts';
import type { AddedPattern, PatternList } from '../../server/src/lsp/patterns.ts';
import { lint } from '../patterns/support.ts';
import { initialize, processes } from './process.ts';
import { applied } from './edits.ts';
import { connect, disconnect, modern, neovim } from './support.ts';

const { server, start } = processes('test-patterns');
afterEach(disconnect);

const uri = 'file:///shop/web.yaml';
const text = `# The shop.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop # 😀
spec:
  selector:
    matchLabels: {app: shop}
  template:
    metadata:
      labels: {app: shop}
    spec:
      containers:
        - name: shop
          image: registry.example.com/shop:1.0.0
          env:
            - name: LOG_DIR
              value: /var/log/app
`;
const atContainers = { line: 12, character: 8 };
const atKind = { line: 2, character: 2 };
const place = { textDocument: { uri }, position: atContainers };

async function actionsAt(connection: ProtocolConnection, position: { line: number; character: number }, only?: string): Promise<readonly CodeAction[]> {
  const range = { start: position, end: position };
  const actions = await connection.sendRequest(CodeActionRequest.type, { textDocument: { uri }, range, context: { diagnostics: [], ...(only === undefined ? { triggerKind: 2 } : { only: [only] }) } });
  return (actions ?? []).filter((action): action is CodeAction => 'kind' in action && (action.kind ?? '').startsWith('refactor.rewrite.pattern'));
}

const known = { ...modern, experimental: { podwright: { addPattern: true } } };

describe('a client with the command', () => {
  it('is offered the command where containers stand, and elsewhere when somebody asks', async () => {
    const { connection, open } = await connect({ rules, patterns: sources, capabilities: known });
    await open(uri, text, 'yaml');
    expect(await actionsAt(connection, atContainers)).toEqual([
      { title: 'Add a multi-container pattern…', kind: 'refactor.rewrite.pattern', command: { title: 'Add a multi-container pattern…', command: 'podwright.addPattern', arguments: [uri, atContainers] } },
    ]);
    expect(await actionsAt(connection, atKind)).toEqual([]);
    expect(await actionsAt(connection, atKind, 'refactor')).toHaveLength(1);
  });

  it('lists every scenario in its language, and adds the one that is chosen', async () => {
    const { connection, open } = await connect({ rules, patterns: sources, capabilities: known, locale: 'zh-cn' });
    await open(uri, text, 'yaml');
    const list = await connection.sendRequest<PatternList>('podwright/patterns', place);
    expect(list.workload).toBe('Deployment/shop');
    expect(list.scenarios.map(({ pattern, scenario }) => `${pattern}/${scenario}`)).toEqual(sources.map(({ scenario }) => `${scenario.pattern}/${scenario.id}`));
    expect(list.scenarios.map(({ summary }) => summary)).toEqual(sources.map(({ scenario }) => scenario.summary.zh));
    // Its app says no command that a supervisor could start.
    expect(list.scenarios.filter(({ reason }) => reason !== undefined).map(({ scenario, reason }) => `${scenario}: ${reason ?? ''}`)).toEqual([expect.stringMatching(/^environment: envconsul .* command。$/)]);
    const { edit, reason } = await connection.sendRequest<AddedPattern>('podwright/addPattern', { ...place, pattern: 'sidecar', scenario: 'log-shipping' });
    expect(reason).toBeUndefined();
    const after = applied(text, uri, edit);
    expect(after).toContain('- name: fluent-bit');
    const before = new Set(lint(text).map(({ rule }) => rule));
    expect(lint(after).filter(({ rule }) => !before.has(rule))).toEqual([]);
  });

  it('is told why nothing can be added', async () => {
    const { connection, open } = await connect({ rules, patterns: sources, capabilities: known });
    await open(uri, 'apiVersion: v1\nkind: Service\nmetadata:\n  name: shop\n', 'yaml');
    expect(await connection.sendRequest('podwright/patterns', { textDocument: { uri }, position: atKind })).toEqual({
      reason: 'There is no workload here. Put the cursor into a Deployment or another object with containers.',
      scenarios: [],
    });
    expect(await connection.sendRequest('podwright/addPattern', { textDocument: { uri }, position: atKind, pattern: 'sidecar', scenario: 'log-shipping' })).toEqual({
      reason: 'There is no workload here. Put the cursor into a Deployment or another object with containers.',
    });
    expect(await connection.sendRequest('podwright/addPattern', { textDocument: { uri }, position: atKind, pattern: 'sidecar', scenario: 'none' })).toEqual({});
  });
});

describe('a client without it', () => {
  it('has an action for each scenario that fits, whose edit comes when it is chosen', async () => {
    const { connection, open } = await connect({ rules, patterns: sources, capabilities: neovim });
    await open(uri, text, 'yaml');
    expect(await actionsAt(connection, atContainers)).toEqual([]);
    const actions = await actionsAt(connection, atContainers, 'refactor.rewrite.pattern');
    expect(actions.map(({ kind }) => kind)).toEqual(sources.filter(({ scenario }) => scenario.id !== 'environment').map(({ scenario }) => `refactor.rewrite.pattern.${scenario.pattern}.${scenario.id}`));
    const chosen = actions.find(({ kind }) => kind?.endsWith('.log-shipping')) ?? expect.fail('not offered');
    const { edit } = chosen.edit === undefined ? await connection.sendRequest(CodeActionResolveRequest.type, chosen) : chosen;
    expect(applied(text, uri, edit)).toContain('- name: fluent-bit');
  });

  it('completes the container alone in the lists of containers, and nowhere else', async () => {
    const { connection, open, change } = await connect({ rules, patterns: sources, capabilities: neovim });
    const typing = text.replace('        - name: shop\n', '        - \n        - name: shop\n');
    await open(uri, typing, 'yaml');
    const itemsAt = async (line: number, character: number): Promise<readonly CompletionItem[]> => {
      const items = await connection.sendRequest(CompletionRequest.type, { textDocument: { uri }, position: { line, character } });
      return Array.isArray(items) ? items : (items?.items ?? []);
    };
    const items = await itemsAt(13, 10);
    expect(items.map(({ label }) => label)).toContain('sidecar-security-scan-container');
    for (const { textEdit } of items) expect(textEdit?.newText).toMatch(/^ *- name: /m);
    expect(await itemsAt(4, 4)).toEqual([]);
    await change(uri, 2, [{ text: 'FROM node\n' }]);
    expect(await itemsAt(0, 2)).toEqual([]);
  });

  it('completes nothing for a client that has the snippets itself', async () => {
    const { initialized } = await connect({ rules, patterns: sources, capabilities: modern, initializationOptions: { snippets: false } });
    expect(initialized.capabilities.completionProvider).toBeUndefined();
  });
});

it('is there in the server as it is shipped', async () => {
  const { connection } = start([server, '--stdio']);
  await initialize(connection);
  await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: 'yaml', version: 1, text } });
  const { scenarios } = await connection.sendRequest<PatternList>('podwright/patterns', place);
  expect(scenarios).toHaveLength(sources.length);
  const { edit } = await connection.sendRequest<AddedPattern>('podwright/addPattern', { ...place, pattern: 'sidecar', scenario: 'nginx' });
  expect(applied(text, uri, edit)).toContain('return 200 "ok\\n";');
});
