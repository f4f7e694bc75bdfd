/** The disk as the language server and the command line see it. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FileChange } from '../../server/src/engine/workspace/host.ts';
import { nodeHost, repositoryOf } from '../../server/src/host/folders.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folder(files: Readonly<Record<string, string | Buffer>>): string {
  const at = mkdtempSync(join(tmpdir(), 'podwright host é '));
  made.push(at);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(at, file)), { recursive: true });
    writeFileSync(join(at, file), text);
  }
  return at;
}

const uriOf = (...parts: readonly string[]): string => pathToFileURL(join(...parts)).href;

async function listed(at: string): Promise<readonly string[]> {
  const uris: string[] = [];
  for await (const uri of nodeHost.list(pathToFileURL(at).href, (each) => each.endsWith('.yaml'))) uris.push(decodeURIComponent(uri.slice(pathToFileURL(at).href.length + 1)));
  return uris;
}

describe('list', () => {
  it('gives the wanted files in one order, and enters neither other people\'s folders nor links to folders', async () => {
    const at = folder({ 'b.yaml': '', 'a/z.yaml': '', 'a/y.yaml': '', 'c.txt': '', 'node_modules/x/n.yaml': '', '.git/g.yaml': '', '.github/w.yaml': '', 'd#1%/é.yaml': '' });
    symlinkSync(at, join(at, 'loop'));
    symlinkSync(join(at, 'c.txt'), join(at, 'link.yaml'));
    expect(await listed(at)).toEqual(['b.yaml', 'link.yaml', '.github/w.yaml', 'a/y.yaml', 'a/z.yaml', 'd#1%/é.yaml']);
  });

  it('is empty for what is not there, no folder, or not on this machine', async () => {
    const at = folder({ 'a.yaml': '' });
    expect(await listed(join(at, 'none'))).toEqual([]);
    expect(await listed(join(at, 'a.yaml'))).toEqual([]);
    for await (const uri of nodeHost.list('vscode-vfs://github/a/b', () => true)) expect.fail(uri);
  });
});

describe('read', () => {
  it('gives text, and undefined for everything else', async () => {
    const at = folder({ 'a.yaml': '\ufeffa: é\r\n', 'b.yaml': Buffer.from([0, 1, 2]) });
    expect(await nodeHost.read(uriOf(at, 'a.yaml'))).toBe('\ufeffa: é\r\n');
    for (const uri of [uriOf(at, 'b.yaml'), uriOf(at, 'none'), uriOf(at), 'untitled:a', 'file://elsewhere/share/a.yaml', 'file:///%00']) {
      expect(await nodeHost.read(uri), uri).toBeUndefined();
    }
  });
});

describe('watch', () => {
  it('tells of files that are written, made, moved and taken away, and of nothing once it is stopped', async () => {
    const at = folder({ 'a.yaml': 'a', 'b/c.yaml': 'c', 'd.txt': '' });
    const old = new Date(Date.now() - 60_000);
    for (const file of ['a.yaml', 'b/c.yaml']) utimesSync(join(at, file), old, old);
    const seen: FileChange[] = [];
    const stop = nodeHost.watch(pathToFileURL(at).href, (changes) => seen.push(...changes));
    const next = async (): Promise<readonly string[]> => {
      await vi.waitUntil(() => seen.length > 0, { timeout: 15_000, interval: 50 });
      return seen.splice(0).map(({ uri, kind }) => `${kind} ${uri.slice(pathToFileURL(at).href.length + 1)}`).sort();
    };
    // Nothing is known before the first look: what is as new as that look counts as changed.
    writeFileSync(join(at, 'e.yaml'), 'e');
    expect(await next()).toEqual(['created e.yaml']);
    writeFileSync(join(at, 'a.yaml'), 'longer');
    writeFileSync(join(at, 'd.txt'), 'x');
    renameSync(join(at, 'b'), join(at, 'f'));
    expect(await next()).toEqual(['changed a.yaml', 'created f/c.yaml', 'deleted b/c.yaml']);
    stop();
    rmSync(join(at, 'a.yaml'));
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(seen).toEqual([]);
  }, 40_000);
});

describe('the repository of a folder', () => {
  it('is the nearest one above, and never somebody\'s home', () => {
    const at = folder({ '.git/HEAD': '', 'a/b/c.yaml': '', 'sub/.git': 'gitdir: ../.git/modules/sub', 'sub/x/y.yaml': '' });
    expect(repositoryOf(join(at, 'a/b'))).toBe(at);
    expect(repositoryOf(at)).toBe(at);
    expect(repositoryOf(join(at, 'sub/x'))).toBe(join(at, 'sub'));
    expect(repositoryOf(folder({ 'a.yaml': '' }))).toBeUndefined();
    expect(repositoryOf(homedir())).toBeUndefined();
  });
});
