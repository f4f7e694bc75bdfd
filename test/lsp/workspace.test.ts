// What files that are not open do to those that are: the client's folders, watching, configuration, other file systems.
import { afterEach, describe, expect, it } from 'vitest';
import {
  DiagnosticRefreshRequest,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  DidSaveTextDocumentNotification,
  DocumentDiagnosticRequest,
  FileChangeType,
  RegistrationRequest,
} from 'vscode-languageserver/node';
import type { ClientCapabilities, Diagnostic, ProtocolConnection, Registration } from 'vscode-languageserver/node';
import { fewRules as rules } from '../few-rules.ts';
import { connect, disconnect, MemoryDisk, modern, neovim } from './support.ts';
import type { Client, ClientOptions } from './support.ts';

afterEach(disconnect);

const folder = 'file:///shop';
const uri = `${folder}/web.yaml`;
const rule = 'kubernetes/no-readiness-probe';
/** Alone a habit: information. With a Service that routes to it, in any file: a warning. */
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: shop/web:1.0.0
          ports:
            - containerPort: 8080
`;
const service = (app = 'web'): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${app}\nspec:\n  selector: {app: ${app}}\n  ports:\n    - port: 80\n      targetPort: 8080\n`;

const [warning, information] = [2, 3];

const watching: ClientCapabilities = {
  ...modern,
  workspace: { ...modern.workspace, didChangeWatchedFiles: { dynamicRegistration: true }, workspaceFolders: true },
};

/** A client with the product's rules that counts how often it is told to ask again, and what is registered. */
async function start(disk: MemoryDisk, options: ClientOptions = {}) {
  const registered: Registration[] = [];
  let refreshes = 0;
  const waiting: (() => void)[] = [];
  const client = await connect({
    capabilities: watching,
    folders: [folder],
    rules,
    disk,
    ...options,
    prepare: (connection: ProtocolConnection) => {
      connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
        registered.push(...registrations);
      });
      connection.onRequest(DiagnosticRefreshRequest.type, () => {
        refreshes += 1;
        for (const go of waiting.splice(0)) go();
      });
      options.prepare?.(connection);
    },
  });
  // An answer comes after everything that was sent before the question.
  await items(client);
  return {
    client,
    registered,
    refreshes: () => refreshes,
    nextRefresh: () => new Promise<void>((resolve) => waiting.push(resolve)),
    changed: async (...changes: readonly (readonly [string, FileChangeType])[]) => {
      await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes: changes.map(([file, type]) => ({ uri: file, type })) });
      await items(client, `${folder}/not-open.yaml`);
      await client.server.files.settled();
    },
  };
}

/** Lets nobody list the disk's files until the returned function is called. */
function closed(disk: MemoryDisk): () => void {
  let open = (): void => undefined;
  disk.gate = new Promise((resolve) => (open = resolve));
  return open;
}

async function items(client: Client, of = uri): Promise<readonly Diagnostic[]> {
  const report = await client.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri: of } });
  return report.kind === 'full' ? report.items : [];
}

async function severity(client: Client, of = uri): Promise<number | undefined> {
  return (await items(client, of)).find(({ code }) => code === rule)?.severity;
}

describe('a Service in another file', () => {
  it('counts as soon as it is read; the first diagnostics do not wait for it', async () => {
    const disk = new MemoryDisk({ [uri]: deployment, [`${folder}/deep/service.yaml`]: service() });
    const open = closed(disk);
    const { client, nextRefresh } = await start(disk);
    await client.open(uri, deployment, 'yaml');
    expect(await severity(client)).toBe(information);
    const refreshed = nextRefresh();
    open();
    await refreshed;
    expect(await severity(client)).toBe(warning);
  });

  it('is pushed to clients that do not ask, once', async () => {
    const disk = new MemoryDisk({ [`${folder}/service.yaml`]: service() });
    const open = closed(disk);
    const { client } = await start(disk, { capabilities: neovim });
    await client.open(uri, deployment, 'yaml');
    expect((await client.nextPublish()).diagnostics).toMatchObject([{ severity: information }]);
    open();
    expect((await client.nextPublish()).diagnostics).toMatchObject([{ severity: warning }]);
    disk.files.set(`${folder}/more.yaml`, service('other'));
    disk.watchers.get(folder)?.([{ uri: `${folder}/more.yaml`, kind: 'created' }]);
    await client.server.files.settled();
    await new Promise((done) => setTimeout(done, 400));
    expect(client.published).toHaveLength(2);
  });

  it('is followed when it changes, goes, comes back with another branch, or moves with its folder', async () => {
    const at = `${folder}/k8s/service.yaml`;
    const disk = new MemoryDisk({ [at]: service() });
    const { client, changed, registered } = await start(disk);
    expect(registered).toMatchObject([{ method: 'workspace/didChangeWatchedFiles', registerOptions: { watchers: [{ globPattern: '**/*' }] } }]);
    await client.open(uri, deployment, 'yaml');
    await client.server.files.settled();
    expect(await severity(client)).toBe(warning);
    disk.files.set(at, service('other'));
    await changed([at, FileChangeType.Changed]);
    expect(await severity(client)).toBe(information);
    disk.files.set(at, service());
    await changed([at, FileChangeType.Changed]);
    expect(await severity(client)).toBe(warning);
    disk.files.delete(at);
    await changed([`${folder}/k8s`, FileChangeType.Deleted]);
    expect(await severity(client)).toBe(information);
    disk.files.set(`${folder}/moved/service.yaml`, service());
    await changed([`${folder}/moved`, FileChangeType.Created]);
    expect(await severity(client)).toBe(warning);
    disk.files.delete(`${folder}/moved/service.yaml`);
    await changed([`${folder}/moved/service.yaml`, FileChangeType.Deleted]);
    expect(await severity(client)).toBe(information);
  });

  it('is known by its unsaved text where it is open, and by its file again when it is closed', async () => {
    const at = `${folder}/service.yaml`;
    const { client } = await start(new MemoryDisk({ [at]: service() }));
    await client.server.files.settled();
    await client.open(uri, deployment, 'yaml');
    await client.open(at, service('other'), 'yaml');
    expect(await severity(client)).toBe(information);
    await client.change(at, 2, [{ text: service() }]);
    expect(await severity(client)).toBe(warning);
    await client.change(at, 3, [{ text: service('other') }]);
    expect(await severity(client)).toBe(information);
    await client.close(at);
    expect(await severity(client)).toBe(warning);
  });

  it('makes the client ask again about other documents when it is edited, and about none where nothing was said', async () => {
    const at = `${folder}/service.yaml`;
    const { client, nextRefresh, refreshes } = await start(new MemoryDisk());
    await client.server.files.settled();
    await client.open(uri, deployment, 'yaml');
    await severity(client);
    await client.open(at, service('other'), 'yaml');
    const first = nextRefresh();
    await severity(client, at);
    await first;
    const count = refreshes();
    await client.change(at, 2, [{ text: `# a comment\n${service('other')}` }]);
    await severity(client, at);
    await new Promise((done) => setTimeout(done, 300));
    expect(refreshes()).toBe(count);
  });

  it('of another open folder does not count, and folders may come and go', async () => {
    const other = 'file:///other';
    const disk = new MemoryDisk({ [`${other}/service.yaml`]: service(), [`${folder}/inner/service.yaml`]: service() });
    const { client } = await start(disk, { folders: [other] });
    await client.server.files.settled();
    await client.open(uri, deployment, 'yaml');
    expect(await severity(client)).toBe(information);
    const change = async (added: readonly string[], removed: readonly string[]) => {
      const named = (uris: readonly string[]) => uris.map((each) => ({ uri: each, name: each }));
      await client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, { event: { added: named(added), removed: named(removed) } });
      await items(client);
      await client.server.files.settled();
    };
    await change([folder], []);
    expect(await severity(client)).toBe(warning);
    await change([], [folder]);
    expect(await severity(client)).toBe(information);
    await change([`${folder}/inner`, folder], [other]);
    expect(await severity(client)).toBe(information);
    await change([], [`${folder}/inner`]);
    expect(await severity(client)).toBe(warning);
  });

  it('of a loose file counts for those of its own folder, not for those of another', async () => {
    const { client } = await start(new MemoryDisk());
    for (const at of ['file:///tmp/one/web.yaml', 'file:///tmp/two/web.yaml']) await client.open(at, deployment, 'yaml');
    await client.open('file:///tmp/one/service.yaml', service(), 'yaml');
    expect(await severity(client, 'file:///tmp/one/web.yaml')).toBe(warning);
    expect(await severity(client, 'file:///tmp/two/web.yaml')).toBe(information);
  });

  it('of a branch of 500 files is read once, and open documents are asked for again once a second at the most', async () => {
    const names = Array.from({ length: 500 }, (_, count) => `${folder}/${String(count % 25)}/${String(count)}.yaml`);
    const disk = new MemoryDisk(Object.fromEntries(names.map((name, count) => [name, service(`old${String(count)}`)])));
    const { client, refreshes, nextRefresh } = await start(disk);
    await client.server.files.settled();
    await client.open(uri, deployment, 'yaml');
    expect(await severity(client)).toBe(information);
    await new Promise((done) => setTimeout(done, 400));
    const before = { refreshes: refreshes(), reads: disk.reads.length };
    const began = performance.now();
    names.forEach((name, count) => disk.files.set(name, count === 499 ? service() : service(`new${String(count)}`)));
    const refreshed = nextRefresh();
    // As a checkout is told of: what goes and what comes, in several bursts.
    for (const type of [FileChangeType.Deleted, FileChangeType.Created] as const) {
      for (let at = 0; at < names.length; at += 100) {
        await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes: names.slice(at, at + 100).map((name) => ({ uri: name, type })) });
      }
    }
    await refreshed;
    await client.server.files.settled();
    expect(await severity(client)).toBe(warning);
    await new Promise((done) => setTimeout(done, 400));
    expect(disk.reads.slice(before.reads).sort()).toEqual(names.toSorted());
    expect(refreshes() - before.refreshes).toBeLessThanOrEqual(2 + (performance.now() - began) / 1_000);
  });

  it('is watched by the server where the client cannot, until its folder is closed', async () => {
    const disk = new MemoryDisk();
    const { client, registered } = await start(disk, { capabilities: { ...modern, workspace: { ...modern.workspace, workspaceFolders: true } } });
    await client.open(uri, deployment, 'yaml');
    expect(await severity(client)).toBe(information);
    expect(registered).toEqual([]);
    const at = `${folder}/service.yaml`;
    disk.files.set(at, service());
    disk.watchers.get(folder)?.([{ uri: at, kind: 'created' }]);
    await client.server.files.settled();
    expect(await severity(client)).toBe(warning);
    await client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, { event: { added: [], removed: [{ uri: folder, name: '' }] } });
    await severity(client);
    expect(disk.watchers.size).toBe(0);
  });

  it('in a folder of 20,000 files is found while diagnostics are answered', async () => {
    const disk = new MemoryDisk({ [`${folder}/service.yaml`]: service('other') });
    for (let count = 0; count < 20_000; count += 1) {
      const text = count === 19_999 ? service() : count % 20 === 0 ? service(`s${String(count)}`) : deployment.replaceAll('web', `w${String(count)}`);
      disk.files.set(`${folder}/${String(count % 200)}/${String(count)}.yaml`, text);
    }
    const { client } = await start(disk);
    await client.open(uri, deployment, 'yaml');
    let isLoaded = false;
    void client.server.files.settled().then(() => (isLoaded = true));
    let answers = 0;
    const isDone = (): boolean => isLoaded;
    while (!isDone()) {
      await client.change(uri, 2, [{ text: `${deployment}# ${String(answers)}\n` }]);
      await items(client);
      answers += 1;
    }
    // How many is the machine's affair: a slow one reads the folder as slowly as it answers.
    expect(answers).toBeGreaterThan(2);
    expect(await severity(client)).toBe(warning);
  }, 60_000);
});

describe('.podwright.yaml', () => {
  const config = `${folder}/.podwright.yaml`;
  const off = `rules:\n  ${rule}: off\n`;

  it('counts from the first diagnostics on, also from above the open folder', async () => {
    const disk = new MemoryDisk({ 'file:///.podwright.yaml': off });
    closed(disk);
    const { client } = await start(disk);
    await client.open(uri, deployment, 'yaml');
    expect(await items(client)).toEqual([]);
  });

  it('that is nearest counts: levels, ignored files, and what is typed into it before it is saved', async () => {
    const disk = new MemoryDisk({ 'file:///.podwright.yaml': off, [config]: `rules:\n  ${rule}: error\n` });
    const { client } = await start(disk);
    await client.open(uri, deployment, 'yaml');
    expect(await severity(client)).toBe(1);
    await client.open(config, 'ignore: [web.*]\n', 'yaml');
    expect(await items(client)).toEqual([]);
    await client.change(config, 2, [{ text: `rules: {${rule}: hint}\n` }]);
    expect(await severity(client)).toBe(4);
    await client.close(config);
    expect(await severity(client)).toBe(1);
  });

  it('is followed on the disk, also where only its editor tells that it was saved', async () => {
    const disk = new MemoryDisk();
    const { client, changed } = await start(disk);
    await client.open(uri, deployment, 'yaml');
    expect(await severity(client)).toBe(information);
    disk.files.set(config, off);
    await changed([config, FileChangeType.Created]);
    expect(await items(client)).toEqual([]);
    disk.files.delete(config);
    await changed([config, FileChangeType.Deleted]);
    expect(await severity(client)).toBe(information);
    disk.files.set('file:///.podwright.yaml', off);
    await client.connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument: { uri: 'file:///.podwright.yaml' } });
    await items(client, `${folder}/none.yaml`);
    await client.server.files.settled();
    expect(await items(client)).toEqual([]);
  });

  it('is checked itself, at its lines', async () => {
    const { client } = await start(new MemoryDisk());
    await client.open(config, 'rules:\n  kubernetes/no-readyness-probe: off\nfoo: 1\n', 'yaml');
    expect(await items(client, config)).toMatchObject([
      { code: 'podwright/invalid-config', severity: warning, range: { start: { line: 1 } }, message: expect.stringContaining(rule) as string },
      { code: 'podwright/invalid-config', severity: warning, range: { start: { line: 2 } } },
    ]);
  });
});

describe('an open document that is not checked', () => {
  it('tells what it says all the same, before it is saved', async () => {
    const compose = `${folder}/compose.yaml`;
    const { client } = await start(new MemoryDisk({ [compose]: 'services: {}\n' }));
    await client.server.files.settled();
    await client.open(compose, 'services:\n  web:\n    image: shop/web\n    build: ./web\n', 'dockercompose');
    expect(await items(client, compose)).toEqual([]);
    expect(client.server.session.index.builtImage(uri, 'shop/web')).toMatchObject({ context: '/shop/web' });
    await client.close(compose);
    expect(await items(client, compose)).toEqual([]);
    expect(client.server.session.index.builtImage(uri, 'shop/web')).toBeUndefined();
  });
});

describe('files that are on no disk', () => {
  const virtual = 'vscode-vfs://github/shop/web';
  const asks = (files: ReadonlyMap<string, string>, asked: string[]) => (connection: ProtocolConnection) => {
    connection.onRequest('podwright/readFile', ({ uri: file }: { readonly uri: string }) => {
      asked.push(file);
      return files.get(file) ?? null;
    });
    connection.onRequest('podwright/listFiles', ({ folder: at }: { readonly folder: string }) => [...files.keys()].filter((file) => file.startsWith(at)));
  };
  const files = new Map([
    [`${virtual}/service.yaml`, service()],
    [`${virtual}/.podwright.yaml`, `rules: {${rule}: error}\n`],
    [`${virtual}/readme.md`, '# no'],
  ]);

  it('are asked of a client that answers', async () => {
    const asked: string[] = [];
    const disk = new MemoryDisk();
    const { client } = await start(disk, {
      capabilities: { ...watching, experimental: { podwright: { files: true } } },
      folders: [virtual],
      prepare: asks(files, asked),
    });
    await client.server.files.settled();
    await client.open(`${virtual}/web.yaml`, deployment, 'yaml');
    expect(await severity(client, `${virtual}/web.yaml`)).toBe(1);
    expect(client.server.session.index.services(`${virtual}/web.yaml`)).toMatchObject([{ name: 'web' }]);
    expect(asked).not.toContain(`${virtual}/readme.md`);
    expect(disk.reads).toEqual([]);
  });

  it('are left alone by others, and so is what stands on no file system at all', async () => {
    const asked: string[] = [];
    const disk = new MemoryDisk();
    const { client } = await start(disk, { folders: [virtual], prepare: asks(files, asked) });
    for (const at of [`${virtual}/web.yaml`, 'untitled:Untitled-1']) {
      await client.open(at, deployment, 'yaml');
      expect(await severity(client, at)).toBe(information);
    }
    expect([...asked, ...disk.reads]).toEqual([]);
  });

  it('that a client fails to read are not there', async () => {
    const { client } = await start(new MemoryDisk(), {
      capabilities: { ...watching, experimental: { podwright: { files: true } } },
      folders: [virtual],
      prepare: (connection) => {
        connection.onRequest('podwright/readFile', () => 7);
        connection.onRequest('podwright/listFiles', () => {
          throw new Error('no network');
        });
      },
    });
    await client.open(`${virtual}/web.yaml`, deployment, 'yaml');
    expect(await severity(client, `${virtual}/web.yaml`)).toBe(information);
  });
});
