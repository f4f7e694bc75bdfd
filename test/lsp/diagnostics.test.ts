import { afterEach, describe, expect, it } from 'vitest';
import { DiagnosticRefreshRequest, DidChangeConfigurationNotification, DocumentDiagnosticRequest } from 'vscode-languageserver/node';
import type { Diagnostic, DocumentDiagnosticReport } from 'vscode-languageserver/node';
import type { RuleSet } from '../../server/src/engine/rule-kinds.ts';
import { connect, disconnect, eglot, helix, modern, neovim, rules } from './support.ts';
import type { Client } from './support.ts';

afterEach(disconnect);

const uri = 'file:///shop/Dockerfile';

function pull(client: Client, previousResultId?: string, of = uri): Promise<DocumentDiagnosticReport> {
  const params = { textDocument: { uri: of }, ...(previousResultId === undefined ? {} : { previousResultId }) };
  return client.connection.sendRequest(DocumentDiagnosticRequest.type, params);
}

async function items(client: Client, of = uri): Promise<readonly Diagnostic[]> {
  const report = await pull(client, undefined, of);
  return report.kind === 'full' ? report.items : [];
}

describe('a client that pulls', () => {
  it('is offered diagnostics, and none are pushed', async () => {
    const client = await connect({ capabilities: modern });
    expect(client.initialized.capabilities.diagnosticProvider).toEqual({
      identifier: 'podwright',
      interFileDependencies: true,
      workspaceDiagnostics: false,
    });
    await client.open(uri, 'FROM BAD\n');
    expect(await items(client)).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(client.published).toEqual([]);
  });

  it('gets all of a finding: place, severity, source, rule, page, sentence', async () => {
    const client = await connect({ capabilities: modern });
    await client.open(uri, '# 😀\nFROM BAD\n');
    expect(await items(client)).toEqual([
      {
        range: { start: { line: 1, character: 5 }, end: { line: 1, character: 8 } },
        severity: 1,
        source: 'podwright',
        code: 'dockerfile/bad',
        codeDescription: { href: expect.stringMatching(/\/dockerfile\/bad\/rule\.md$/) as string },
        message: 'BAD is bad.',
      },
    ]);
  });

  it('reads Chinese where the client speaks it', async () => {
    const client = await connect({ capabilities: modern, locale: 'zh-cn' });
    await client.open(uri, 'FROM BAD\n');
    const [diagnostic] = await items(client);
    expect(diagnostic?.message).toBe('BAD 不好。');
    expect(diagnostic?.codeDescription?.href).toMatch(/rule\.zh\.md$/);
  });

  it('is told that nothing changed, and told anew when something did', async () => {
    const client = await connect({ capabilities: modern });
    await client.open(uri, 'FROM BAD\n');
    const first = await pull(client);
    expect(first.kind).toBe('full');
    await client.change(uri, 2, [{ range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, text: '# end\n' }]);
    expect(await pull(client, first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
    await client.change(uri, 3, [{ text: '\nFROM BAD\n' }]);
    const third = await pull(client, first.resultId);
    expect(third.kind).toBe('full');
    expect(third.resultId).not.toBe(first.resultId);
  });

  it('sees related places, and why a fix cannot be made', async () => {
    const client = await connect({ capabilities: modern });
    await client.open(uri, 'FROM SEE STUCK\n');
    const [see, stuck] = await items(client);
    expect(see?.relatedInformation).toEqual([
      { location: { uri, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } } }, message: 'There.' },
    ]);
    expect(stuck?.relatedInformation?.map(({ message }) => message)).toEqual(['"Pull it out" cannot be done here: Too heavy.']);
  });

  it('gets no more than 500, and is told how many are missing', async () => {
    const client = await connect({ capabilities: modern });
    await client.open(uri, 'BAD\n'.repeat(600));
    const all = await items(client);
    expect(all).toHaveLength(500);
    expect(all.at(-1)?.message).toContain('101');
  });

  it('gets an empty answer for what is not open, not ours, or closed', async () => {
    const client = await connect({ capabilities: modern });
    const compose = 'file:///shop/compose.yaml';
    await client.open(compose, 'services:\n  web:\n    image: BAD\n', 'dockercompose');
    await client.open(uri, 'FROM BAD\n');
    await client.close(uri);
    expect(await pull(client, undefined, 'file:///nowhere/Dockerfile')).toMatchObject({ kind: 'full', items: [] });
    expect(await items(client, compose)).toEqual([]);
    expect(await items(client)).toEqual([]);
  });

  it('has YAML that is no manifest sniffed and not parsed', async () => {
    const client = await connect({ capabilities: modern });
    const plain = 'file:///shop/values.yaml';
    await client.open(plain, 'a: [1\n'.repeat(50), 'yaml');
    expect(await items(client, plain)).toEqual([]);
    expect(client.server.session.work.parsed).toBe(0);
    const manifest = 'file:///shop/pod.yaml';
    await client.open(manifest, 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: bad\n', 'yaml');
    expect(await items(client, manifest)).toMatchObject([{ code: 'kubernetes/bad-name', range: { start: { line: 3, character: 8 } } }]);
  });

  it('takes the language id as a hint: the name of a file counts too', async () => {
    const client = await connect({ capabilities: modern });
    await client.open('file:///shop/Containerfile.dev', 'FROM BAD\n', 'plaintext');
    expect(await items(client, 'file:///shop/Containerfile.dev')).toHaveLength(1);
    await client.open('untitled:Untitled-1', 'FROM BAD\n', 'dockerfile');
    expect(await items(client, 'untitled:Untitled-1')).toHaveLength(1);
  });

  it('counts characters as the client does', async () => {
    const client = await connect({ capabilities: { ...helix, general: { positionEncodings: ['utf-8'] } } });
    expect(client.initialized.capabilities.positionEncoding).toBe('utf-8');
    await client.open(uri, 'FROM naïve😀 BAD\n');
    expect((await items(client))[0]?.range).toEqual({ start: { line: 0, character: 16 }, end: { line: 0, character: 19 } });
    const second = await connect({ capabilities: helix });
    expect(second.initialized.capabilities.positionEncoding).toBe('utf-16');
  });

  it('keeps its answers when a rule fails', async () => {
    const failing: RuleSet = {
      kubernetes: [],
      dockerfile: [
        ...rules.dockerfile,
        {
          language: 'dockerfile',
          meta: { ...(rules.dockerfile[0]?.meta ?? expect.fail('no rule')), id: 'dockerfile/broken' },
          check: () => {
            throw new Error('broken');
          },
        },
      ],
    };
    const client = await connect({ capabilities: modern, rules: failing });
    await client.open(uri, 'FROM BAD\n');
    expect((await items(client)).map(({ code }) => code)).toEqual(['podwright/internal-error', 'dockerfile/bad']);
  });
});

describe('a client that is pushed to', () => {
  it('gets diagnostics when a document opens, changes and closes', async () => {
    const client = await connect({ capabilities: neovim });
    expect(client.initialized.capabilities.diagnosticProvider).toBeUndefined();
    await client.open(uri, 'FROM BAD\n', 'dockerfile', 0);
    const first = await client.nextPublish();
    expect(first).toMatchObject({ uri, diagnostics: [{ code: 'dockerfile/bad' }] });
    expect(first).not.toHaveProperty('version');
    await client.change(uri, 1, [{ text: 'FROM good\n' }]);
    expect((await client.nextPublish()).diagnostics).toEqual([]);
    await client.close(uri);
    expect((await client.nextPublish()).diagnostics).toEqual([]);
  });

  it('is told once, of the newest text, when typing pauses', async () => {
    const client = await connect({ capabilities: { textDocument: { publishDiagnostics: { versionSupport: true } } } });
    await client.open(uri, 'FROM x\n', 'dockerfile', 0);
    expect(await client.nextPublish()).toEqual({ uri, version: 0, diagnostics: [] });
    for (let version = 1; version <= 20; version += 1) {
      await client.change(uri, version, [{ text: `FROM ${'BAD '.repeat(version)}\n` }]);
    }
    const next = await client.nextPublish();
    expect(next.version).toBe(20);
    expect(next.diagnostics).toHaveLength(20);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(client.published).toHaveLength(2);
  });

  it('needs no version at all', async () => {
    const client = await connect({ capabilities: { textDocument: { publishDiagnostics: { versionSupport: true } } } });
    await client.open(uri, 'FROM BAD\n', 'dockerfile', null);
    const first = await client.nextPublish();
    expect(first.diagnostics).toHaveLength(1);
    expect(first).not.toHaveProperty('version');
    await client.change(uri, null, [{ text: 'FROM BAD BAD\n' }]);
    expect((await client.nextPublish()).diagnostics).toHaveLength(2);
  });

  it('gets nothing it did not ask for', async () => {
    const client = await connect({ capabilities: { ...eglot, workspace: {} } });
    await client.open(uri, 'FROM SEE STUCK\n');
    for (const diagnostic of (await client.nextPublish()).diagnostics) {
      expect(diagnostic).not.toHaveProperty('codeDescription');
      expect(diagnostic).not.toHaveProperty('relatedInformation');
    }
  });

  it('may say nothing of itself', async () => {
    const client = await connect();
    await client.open(uri, 'FROM BAD\n');
    expect((await client.nextPublish()).diagnostics).toHaveLength(1);
  });
});

describe('settings', () => {
  it('are asked for by resource, and asked again when they change', async () => {
    let enable = false;
    const asked: unknown[] = [];
    let refreshed = 0;
    const client = await connect({
      capabilities: { ...modern, workspace: { ...modern.workspace, configuration: true, didChangeConfiguration: { dynamicRegistration: true } } },
      prepare: (connection) => {
        connection.onRequest('workspace/configuration', (params: unknown) => {
          asked.push(params);
          return [{ enable }];
        });
        connection.onRequest('client/registerCapability', (params: unknown) => {
          asked.push(params);
          // The protocol's "nothing" is null.
          return null;
        });
        connection.onRequest(DiagnosticRefreshRequest.type, () => {
          refreshed += 1;
        });
      },
    });
    await client.open(uri, 'FROM BAD\n');
    expect(await items(client)).toEqual([]);
    expect(await items(client)).toEqual([]);
    expect(asked).toHaveLength(2);
    expect(asked).toContainEqual({ items: [{ scopeUri: uri, section: 'podwright' }] });
    expect(asked).toContainEqual({ registrations: [expect.objectContaining({ method: 'workspace/didChangeConfiguration' })] });
    enable = true;
    await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: undefined });
    expect(await items(client)).toHaveLength(1);
    expect(refreshed).toBe(1);
  });

  it('come with initialize and with changes where the client cannot be asked', async () => {
    const client = await connect({ capabilities: neovim, initializationOptions: { podwright: { enable: false } } });
    await client.open(uri, 'FROM BAD\n');
    expect((await client.nextPublish()).diagnostics).toEqual([]);
    await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: { podwright: { enable: true } } });
    expect((await client.nextPublish()).diagnostics).toHaveLength(1);
    await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: { enable: false } });
    expect((await client.nextPublish()).diagnostics).toEqual([]);
  });

  it('of the wrong shape, or refused, leave the defaults', async () => {
    const client = await connect({
      capabilities: eglot,
      initializationOptions: ['enable', null],
      prepare: (connection) => {
        connection.onRequest('workspace/configuration', () => {
          throw new Error('not today');
        });
      },
    });
    await client.open(uri, 'FROM BAD\n');
    expect((await client.nextPublish()).diagnostics).toHaveLength(1);
  });
});
