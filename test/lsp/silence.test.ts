// Ignore here, ignore in this file, switch this rule off: what each does to the texts, and that the finding is gone.
import { afterEach, describe, expect, it } from 'vitest';
import { CodeActionRequest, DocumentDiagnosticRequest } from 'vscode-languageserver/node';
import type { ClientCapabilities, CodeAction, CodeActionContext, Diagnostic } from 'vscode-languageserver/node';
import { fewRules as rules } from '../few-rules.ts';
import { applied as appliedIn } from './edits.ts';
import { connect, disconnect, MemoryDisk, modern, neovim } from './support.ts';
import type { Client } from './support.ts';

afterEach(disconnect);

const folder = 'file:///shop';
const uri = `${folder}/k8s/web.yaml`;
const config = `${folder}/.podwright.yaml`;
const rule = 'kubernetes/no-readiness-probe';
/** A Pod that is somebody's, so that nothing is said about it but what a test is about. */
const owned = '{ name: web, ownerReferences: [{ apiVersion: apps/v1, kind: ReplicaSet, name: web, uid: web }] }';
const pod = (...names: readonly string[]): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  ${owned}\nspec:\n  containers:\n${names.map((name, index) => `    - name: ${name}\n      image: shop/${name}:1.0.0\n      ports:\n        - containerPort: ${String(8080 + index)}\n`).join('')}`;

/** VS Code can make files. */
const creating: ClientCapabilities = {
  ...modern,
  workspace: { ...modern.workspace, workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] } },
};

async function actions(client: Client, of = uri, context: Partial<CodeActionContext> = {}): Promise<readonly CodeAction[]> {
  const everything = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
  const params = { textDocument: { uri: of }, range: everything, context: { diagnostics: [], only: ['quickfix'], ...context } };
  return ((await client.connection.sendRequest(CodeActionRequest.type, params)) ?? []) as readonly CodeAction[];
}

async function codes(client: Client, of = uri): Promise<readonly Diagnostic['code'][]> {
  const report = await client.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri: of } });
  return report.kind === 'full' ? report.items.map(({ code }) => code) : [];
}

async function titles(client: Client, of = uri): Promise<readonly string[]> {
  return (await actions(client, of)).map(({ title }) => title).filter((title) => /ignore|switch/i.test(title));
}

async function titled(client: Client, title: string, of = uri): Promise<CodeAction> {
  const all = await actions(client, of);
  return all.find((action) => action.title === title) ?? expect.fail(`no action "${title}" in ${all.map((one) => one.title).join(', ')}`);
}

/** The text of a file after an action, as an editor makes it. */
function applied(text: string, { edit }: CodeAction, of = uri): string {
  return appliedIn(text, of, edit);
}

/** Does what an action says to the open document, and returns its new text. */
async function take(client: Client, text: string, title: string, of = uri): Promise<string> {
  const next = applied(text, await titled(client, title, of), of);
  await client.change(of, 2, [{ text: next }]);
  return next;
}

async function open(text: string, capabilities = creating, disk = new MemoryDisk()): Promise<Client> {
  const client = await connect({ capabilities, rules, disk, folders: [folder] });
  await client.open(uri, text, 'yaml');
  return client;
}

describe('the actions', () => {
  it('come after every repair, once for each rule, and in the file only where it has more', async () => {
    const client = await open(pod('a', 'b'));
    const all = (await actions(client)).map(({ title }) => title);
    const from = all.findIndex((title) => title.startsWith('Ignore'));
    expect(all.slice(from)).toEqual([`Ignore ${rule} here`, `Ignore ${rule} here`, `Ignore ${rule} in this file`, `Switch ${rule} off in .podwright.yaml`]);
    await client.change(uri, 2, [{ text: pod('a') }]);
    expect(await titles(client)).toEqual([`Ignore ${rule} here`, `Switch ${rule} off in .podwright.yaml`]);
  });

  it('are quick fixes of their finding that nobody prefers', async () => {
    const client = await open(pod('a'));
    const action = await titled(client, `Ignore ${rule} here`);
    expect(action).toMatchObject({ kind: 'quickfix', diagnostics: [{ code: rule }] });
    expect(action).not.toHaveProperty('isPreferred');
    expect(await actions(client, uri, { only: ['source'] })).toEqual([]);
  });

  it('speak Chinese', async () => {
    const client = await connect({ capabilities: creating, rules, disk: new MemoryDisk(), folders: [folder], locale: 'zh-cn' });
    await client.open(uri, pod('a'), 'yaml');
    expect((await actions(client)).map(({ title }) => title).slice(-2)).toEqual([`在此处忽略 ${rule}`, `在 .podwright.yaml 中关闭 ${rule}`]);
  });
});

describe('ignore here', () => {
  it.each(['\n', '\r\n'])('writes a comment above the entry, with line ends %j, and the finding is gone', async (eol) => {
    const text = `# first\n---\n${pod('a', 'b')}`.replaceAll('\n', eol);
    const client = await open(text);
    const next = await take(client, text, `Ignore ${rule} here`);
    expect(next).toBe(text.replace('    - name: a', `    # podwright-ignore ${rule}${eol}    - name: a`));
    expect(await codes(client)).toEqual([rule]);
  });

  it('adds to a comment that is there', async () => {
    const text = pod('a').replace('    - name', '    # podwright-ignore kubernetes/init-container-probe -- why\n    - name');
    const client = await open(text);
    const next = await take(client, text, `Ignore ${rule} here`);
    expect(next).toContain(`# podwright-ignore kubernetes/init-container-probe, ${rule} -- why\n`);
  });

  it('works in Dockerfiles', async () => {
    const at = `${folder}/Dockerfile`;
    const text = 'FROM node:24\nCOPY . .\nCMD npm start\n';
    const client = await open('');
    await client.open(at, text, 'dockerfile');
    const found = await codes(client, at);
    expect(found).toContain('dockerfile/no-init-process');
    const next = await take(client, text, 'Ignore dockerfile/no-init-process here', at);
    expect(next).toContain('# podwright-ignore dockerfile/no-init-process\nCMD npm start\n');
    expect(await codes(client, at)).toEqual(found.filter((code) => code !== 'dockerfile/no-init-process'));
  });

  it('works in templates of charts', async () => {
    const text = pod('a').replace('      image:', '      {{- if .Values.x }}\n      tty: true\n      {{- end }}\n      image:').replace('name: web', 'name: {{ .Release.Name }}');
    const at = `${folder}/chart/templates/web.yaml`;
    const client = await open('');
    await client.open(at, text, 'helm');
    expect(await codes(client, at)).toEqual([rule]);
    const next = await take(client, text, `Ignore ${rule} here`, at);
    expect(next).toBe(text.replace('    - name: a', `    # podwright-ignore ${rule}\n    - name: a`));
    expect(await codes(client, at)).toEqual([]);
  });
});

describe('ignore in this file', () => {
  it('writes a comment at the top, and all findings of the rule are gone', async () => {
    const text = `${pod('a')}---\n${pod('b')}`;
    const client = await open(text);
    expect(await take(client, text, `Ignore ${rule} in this file`)).toBe(`# podwright-ignore-file ${rule}\n${text}`);
    expect(await codes(client)).toEqual([]);
  });
});

describe('switch off', () => {
  it('creates the configuration at the top of the open folder, where the client can make files', async () => {
    const client = await open(pod('a'));
    const action = await titled(client, `Switch ${rule} off in .podwright.yaml`);
    expect(action.edit).toEqual({
      documentChanges: [
        { kind: 'create', uri: config, options: { ignoreIfExists: true } },
        { textDocument: { uri: config, version: null }, edits: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: `rules:\n  ${rule}: off\n` }] },
      ],
    });
    await client.open(config, applied('', action, config), 'yaml');
    expect(await codes(client)).toEqual([]);
  });

  it.each([['cannot make files', modern], ['knows no versioned edits', neovim]])('is left out where there is no configuration and the client %s', async (_, capabilities) => {
    const client = await open(pod('a'), capabilities);
    expect(await titles(client)).toEqual([`Ignore ${rule} here`]);
  });

  it.each([['modern', modern], ['old', neovim]])('edits the nearest configuration on the disk with a %s client', async (_, capabilities) => {
    const text = '# ours\nrules:\n  kubernetes/init-container-probe: hint\n';
    const near = `${folder}/k8s/.podwright.yaml`;
    const client = await open(pod('a'), capabilities, new MemoryDisk({ [near]: text, [config]: '' }));
    const action = await titled(client, `Switch ${rule} off in k8s/.podwright.yaml`);
    expect(applied(text, action, near)).toBe(`${text}  ${rule}: off\n`);
  });

  it('edits what stands in an editor, in its version', async () => {
    const disk = new MemoryDisk({ [config]: 'environment: auto\n' });
    const client = await open(pod('a'), creating, disk);
    const text = '# typed\n';
    await client.open(config, text, 'yaml', 4);
    const action = await titled(client, `Switch ${rule} off in .podwright.yaml`);
    expect(action.edit?.documentChanges).toMatchObject([{ textDocument: { uri: config, version: 4 } }]);
    expect(applied(text, action, config)).toBe(`# typed\nrules:\n  ${rule}: off\n`);
  });

  it('is left out where the configuration cannot be edited safely', async () => {
    const client = await open(pod('a'), creating, new MemoryDisk({ [config]: 'rules: {\n' }));
    expect(await titles(client)).toEqual([`Ignore ${rule} here`]);
  });

  it('is offered for what the product says by itself, ignoring is not, and nothing for mistakes in a configuration', async () => {
    const client = await open(`# podwright-ignore nothing/there\n${pod('a').replace(/ {6}ports:[^]*$/, '')}`);
    expect(await codes(client)).toEqual(['podwright/invalid-ignore']);
    expect(await titles(client)).toEqual(['Remove this ignore comment', 'Switch podwright/invalid-ignore off in .podwright.yaml']);
    await client.open(config, 'foo: 1\n', 'yaml');
    expect(await codes(client, config)).toEqual(['podwright/invalid-config']);
    expect(await actions(client, config)).toEqual([]);
  });
});
