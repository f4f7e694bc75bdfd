import { describe, expect, it } from 'vitest';
import { fileRole } from '../../server/src/engine/workspace/file-roles.ts';
import type { FileChange, Host } from '../../server/src/engine/workspace/host.ts';
import { applyChanges, loadConfigOf, loadFolder } from '../../server/src/engine/workspace/load.ts';
import { fileKey, fileUri, foldersAbove, resolveIn } from '../../server/src/engine/workspace/paths.ts';
import { WorkspaceIndex, type WorkspaceFactKind } from '../../server/src/engine/workspace/workspace-index.ts';

const service = (name: string): string => `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  selector: {app: ${name}}\n  ports: [{port: 80}]\n`;
const kinds: readonly WorkspaceFactKind[] = ['services', 'limitRanges', 'claims', 'overlays', 'images', 'build', 'config'];

/** The kinds whose version a change moves. */
function moved(index: WorkspaceIndex, change: () => void): readonly string[] {
  const before = kinds.map((kind) => index.version(kind));
  change();
  return kinds.filter((kind, at) => index.version(kind) !== before[at]);
}

const names = (index: WorkspaceIndex, uri: string): readonly string[] => index.services(uri).map(({ name }) => name);

describe('Services', () => {
  it('are told to the other files of the same root', () => {
    const index = new WorkspaceIndex();
    index.setRoots(['file:///a', 'file:///b', 'file:///a/inner']);
    for (const path of ['/a/x.yaml', '/a/w.yaml', '/b/z.yaml', '/a/inner/i.yaml']) index.update(path, service(path.slice(-6, -5)), 'disk');
    expect(names(index, '/a/v.yaml')).toEqual(['x', 'w']);
    expect(names(index, 'file:///a/x.yaml')).toEqual(['w']);
    expect(names(index, '/b/w.yaml')).toEqual(['z']);
    expect(names(index, '/a/inner/w.yaml')).toEqual(['i']);
    expect(names(index, '/elsewhere/w.yaml')).toEqual([]);
  });

  it('of files that stand in no open folder are told inside their own folder only', () => {
    const index = new WorkspaceIndex();
    index.setRoots(['/a']);
    for (const uri of ['/tmp/one/x.yaml', '/tmp/one/deep/d.yaml', '/tmp/two/y.yaml', '/a/z.yaml', 'untitled:Untitled-1']) index.update(uri, service('s'), 'buffer');
    const heard = ['/tmp/one/w.yaml', '/tmp/one/deep/w.yaml', '/tmp/w.yaml', '/tmp/three/w.yaml', 'untitled:Untitled-2'].map((uri) => names(index, uri).length);
    expect(heard).toEqual([1, 1, 0, 0, 0]);
  });

  it('stand in streams and lists, not in templates', () => {
    const index = new WorkspaceIndex();
    index.update('/s.yaml', `kind: ConfigMap\n---\n${service('a')}---\napiVersion: v1\nkind: List\nitems:\n- ${service('b').replaceAll('\n', '\n  ').trimEnd()}\n---\n${service('c').replace('{app: c}', '{{ x }}')}`, 'disk');
    expect(names(index, '/w.yaml')).toEqual(['a', 'b']);
  });

  it('of unsaved buffers beat those on the disk until the buffer is closed', () => {
    const index = new WorkspaceIndex();
    index.update('/s.yaml', service('disk'), 'disk');
    index.update('/s.yaml', service('buffer'), 'buffer');
    index.update('/s.yaml', service('disk2'), 'disk');
    expect(names(index, '/w.yaml')).toEqual(['buffer']);
    index.remove('/s.yaml', 'buffer');
    expect(names(index, '/w.yaml')).toEqual(['disk2']);
    index.update('/s.yaml', service('buffer'), 'buffer');
    index.remove('/s.yaml', 'disk');
    expect(names(index, '/w.yaml')).toEqual(['buffer']);
    index.remove('/s.yaml', 'buffer');
    expect(names(index, '/w.yaml')).toEqual([]);
  });
});

describe('versions', () => {
  it('move only with the facts of their kind', () => {
    const index = new WorkspaceIndex();
    expect(moved(index, () => { index.update('/s.yaml', service('a'), 'disk'); })).toEqual(['services', 'build']);
    expect(moved(index, () => { index.update('/s.yaml', `# a comment\n${service('a')}`, 'disk'); })).toEqual([]);
    expect(moved(index, () => { index.update('/s.yaml', service('b'), 'disk'); })).toEqual(['services']);
    index.note('/package.json');
    expect(moved(index, () => { index.update('/package.json', '{"name":"a","scripts":{"x":"y"}}', 'disk'); })).toEqual(['build']);
    expect(moved(index, () => { index.update('/package.json', '{"name":"a","scripts":{"x":"z"}}', 'disk'); })).toEqual(['build']);
    expect(moved(index, () => { index.update('/package.json', '{"name":"a", "scripts":{"x":"z"}}', 'disk'); })).toEqual([]);
    index.note('/Dockerfile');
    expect(moved(index, () => { index.update('/Dockerfile', 'FROM a\nEXPOSE 2\n', 'disk'); })).toEqual([]); // nothing is built from it
    expect(moved(index, () => { index.update('/skaffold.yaml', 'apiVersion: skaffold/v3\nbuild: {artifacts: [{image: web, context: .}]}\n', 'disk'); })).toEqual(['images', 'build']);
    expect(moved(index, () => { index.update('/Dockerfile', 'FROM a\nEXPOSE 1\n', 'disk'); })).toEqual(['images']);
    expect(moved(index, () => { index.update('/Dockerfile', 'FROM a\nRUN b\nEXPOSE 1\n', 'disk'); })).toEqual([]);
    index.note('/.podwright.yaml');
    expect(moved(index, () => { index.update('/.podwright.yaml', 'environment: production\n', 'disk'); })).toEqual(['images', 'config']);
    expect(moved(index, () => { index.update('/l.yaml', 'kind: LimitRange\nmetadata: {namespace: a}\nspec: {limits: [{type: Container, default: {memory: 1}}]}\n', 'disk'); })).toEqual(['limitRanges', 'build']);
    expect(index.limitRanges('/w.yaml')).toEqual([{ namespace: 'a', limits: ['memory'], requests: ['memory'] }]);
    expect(moved(index, () => { index.remove('/s.yaml', 'disk'); })).toEqual(['services', 'build']);
  });
});

describe('PersistentVolumeClaims', () => {
  const claim = (name: string, modes = '[ReadWriteOnce]'): string => `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: ${name}}\nspec: {accessModes: ${modes}}\n`;

  it('are told to the files around, with the modes that can be read', () => {
    const index = new WorkspaceIndex();
    index.setRoots(['/app']);
    expect(moved(index, () => { index.update('/app/pvc.yaml', claim('data'), 'disk'); })).toEqual(['claims', 'build']);
    expect(moved(index, () => { index.update('/app/pvc.yaml', `# a comment\n${claim('data')}`, 'disk'); })).toEqual([]);
    index.update('/app/base/all.yaml', `${claim('shared', '[ReadWriteMany, ReadOnlyMany]')}---\n${claim('odd', '[[]]')}---\n${claim('"{{ x }}"')}`, 'disk');
    expect(index.claims('/app/web.yaml')).toEqual([
      { name: 'data', namespace: undefined, accessModes: ['ReadWriteOnce'] },
      { name: 'shared', namespace: undefined, accessModes: ['ReadWriteMany', 'ReadOnlyMany'] },
      { name: 'odd', namespace: undefined, accessModes: [] },
    ]);
    expect(index.claims('/app/pvc.yaml').map(({ name }) => name)).toEqual(['shared', 'odd']);
  });

  it('of distant folders are other claims', () => {
    const index = new WorkspaceIndex();
    index.setRoots(['/r']);
    index.update('/r/one/two/three/four/pvc.yaml', claim('data'), 'disk');
    expect(index.claims('/r/other/a/b/c/web.yaml')).toEqual([]);
  });
});

describe('images that are built here', () => {
  it('are those a file names, with what their Dockerfile makes', () => {
    const index = new WorkspaceIndex();
    index.update('/r/skaffold.yaml', 'apiVersion: skaffold/v3\nbuild: {artifacts: [{image: web, context: src/web}, {image: fn, ko: {}}]}\n', 'disk');
    index.update('/r/src/web/Dockerfile', 'FROM a\nEXPOSE 8080\n', 'disk');
    expect(index.builtImage('/r/k.yaml', 'web:latest')).toMatchObject({ saidBy: '/r/skaffold.yaml', context: '/r/src/web', dockerfile: '/r/src/web/Dockerfile', stage: { exposed: [{ port: 8080 }] } });
    expect(index.builtImage('/r/k.yaml', 'docker.io/library/web')).toBeDefined();
    expect(index.builtImage('/r/k.yaml', 'fn')).toMatchObject({ dockerfile: undefined, stage: undefined });
    expect(index.builtImage('/r/k.yaml', 'other/web')).toBeUndefined();
    expect(index.contextOf('/r/src/web/Dockerfile')).toBe('/r/src/web');
    expect(index.contextOf('/r/x/Dockerfile')).toBe('/r/x');
  });

  it('may be named by the configuration, by Compose, and through an overlay', () => {
    const index = new WorkspaceIndex();
    index.update('/r/.podwright.yaml', 'images:\n  shop/api: {context: ., dockerfile: build/api}\n', 'disk');
    expect(index.wanted()).toEqual(['file:///r/build/api']);
    expect(index.wanted()).toEqual([]);
    index.update('/r/build/api', 'FROM a\nUSER 5\n', 'disk');
    expect(index.builtImage('/r/k.yaml', 'shop/api@sha256:0')).toMatchObject({ context: '/r', stage: { user: '5' } });
    index.update('/r/base/kustomization.yaml', 'resources: [web.yaml]\nimages: [{name: placeholder, newName: shop/api}]\n', 'disk');
    expect(index.builtImage('/r/base/web.yaml', 'placeholder')).toMatchObject({ context: '/r' });
    expect(index.builtImage('/r/else/web.yaml', 'placeholder')).toBeUndefined();
    index.update('/r/compose.yml', 'services: {a: {image: job, build: {context: jobs, target: t}}}\n', 'disk');
    expect(index.builtImage('/r/k.yaml', 'job')).toMatchObject({ dockerfile: '/r/jobs/Dockerfile', stage: undefined });
    index.remove('/r/compose.yml', 'disk');
    expect(index.builtImage('/r/k.yaml', 'job')).toBeUndefined();
  });
});

describe('configuration', () => {
  it('is the nearest one, and its globs count from its folder', () => {
    const index = new WorkspaceIndex(['kubernetes/foo']);
    index.update('/r/.podwright.yaml', 'ignore: [vendor/]\nrules: {kubernetes/foo: off}\n', 'disk');
    index.update('/r/sub/.podwright.yml', 'environment: production\n', 'disk');
    expect(index.configOf('/r/a.yaml')).toMatchObject({ file: '/r/.podwright.yaml', isIgnored: false });
    expect(index.configOf('/r/x/vendor/a.yaml').isIgnored).toBe(true);
    expect(index.configOf('/r/sub/vendor/a.yaml')).toMatchObject({ file: '/r/sub/.podwright.yml', isIgnored: false });
    expect(index.configOf('/a.yaml')).toMatchObject({ file: undefined, isIgnored: false });
    index.update('/r/.podwright.yaml', 'ignor: []\n', 'buffer');
    expect(index.factsOf('/r/.podwright.yaml')?.config?.problems).toHaveLength(1);
    expect(index.configOf('/r/x/vendor/a.yaml').isIgnored).toBe(false);
  });
});

describe('build contexts', () => {
  it('tell what files they have', () => {
    const index = new WorkspaceIndex();
    index.note('/r/app/yarn.lock');
    index.update('/r/app/package.json', '{"name":"a"}', 'disk');
    index.update('/r/app/.dockerignore', '# x\nnode_modules\n!a\n', 'disk');
    index.update('/r/app/sub/go.mod', 'module a\n', 'disk');
    expect(index.names('/r/app')).toEqual(['.dockerignore', 'package.json', 'yarn.lock']);
    expect(index.factsOf('/r/app/package.json')?.build).toMatchObject({ name: 'a' });
    expect(index.factsOf('/r/app/.dockerignore')?.dockerignore).toEqual(['node_modules', '!a']);
  });
});

it('takes no more files than it is made for, and forgets folders', () => {
  const index = new WorkspaceIndex([], 3);
  index.setRoots(['/r']);
  for (const name of ['a', 'b', 'c', 'd']) index.update(`/r/${name}/s.yaml`, service(name), 'disk');
  expect(names(index, '/r/w.yaml')).toEqual(['a', 'b', 'c']);
  index.remove('/r/a', 'disk');
  index.update('/r/d/s.yaml', service('d'), 'disk');
  expect(names(index, '/r/w.yaml')).toEqual(['b', 'c', 'd']);
  index.remove('/r', 'disk');
  expect(names(index, '/r/w.yaml')).toEqual([]);
});

it('forgets a folder that is closed, and that it knew all of it', () => {
  const index = new WorkspaceIndex();
  index.setRoots(['/r', '/s']);
  for (const path of ['/r/s.yaml', '/r/deep/t.yaml', '/s/u.yaml']) index.update(path, service('a'), 'disk');
  index.update('/r/open.yaml', service('open'), 'buffer');
  for (const folder of ['/r', '/r/deep', '/s']) index.setListed(folder);
  expect(moved(index, () => { index.close('file:///r'); })).toEqual(['services', 'build']);
  expect(names(index, '/r/w.yaml')).toEqual(['open']);
  expect(['/r', '/r/deep', '/r/app', '/s/app'].map((folder) => index.isListed(folder))).toEqual([false, false, false, true]);
});

it('takes nothing from folders that are somebody else\'s, unless it is open', () => {
  const index = new WorkspaceIndex();
  index.setRoots(['/r']);
  index.update('/r/node_modules/x/s.yaml', service('a'), 'disk');
  expect(names(index, '/r/w.yaml')).toEqual([]);
  index.update('/r/node_modules/x/s.yaml', service('a'), 'buffer');
  expect(names(index, '/r/w.yaml')).toEqual(['a']);
});

describe('names of files', () => {
  it.each([
    ['file:///r/my%20app/a.yaml', '/r/my app/a.yaml'],
    ['/r/my app/a.yaml', '/r/my app/a.yaml'],
    ['file:///C%3A/r/a.yaml', '/c:/r/a.yaml'],
    ['C:\\r\\a.yaml', '/c:/r/a.yaml'],
    ['file:///r/', '/r'],
    ['vscode-vfs://GitHub/o/r/a%C3%A9.yaml', 'vscode-vfs://github/o/r/aé.yaml'],
    ['file:///r/100%/a.yaml', '/r/100%/a.yaml'],
    ['untitled:Untitled-1', 'untitled:Untitled-1'],
  ])('%s is %s', (uri, key) => {
    expect(fileKey(uri)).toBe(key);
    expect(fileKey(fileUri(key))).toBe(key);
  });

  it('resolve relative to folders, and never above the top', () => {
    expect(resolveIn('/r/a', '../b/./c.yaml')).toBe('/r/b/c.yaml');
    expect(resolveIn('vscode-vfs://github/o/r', '../x')).toBe('vscode-vfs://github/o/x');
    expect(['/abs', 'https://x/y', '~/x', '', '../../../x', 'C:\\x', '${HOME}/x'].map((path) => resolveIn('/r/a', path))).toEqual(Array(7).fill(undefined));
    expect(foldersAbove('/r/a/b.yaml')).toEqual(['/r/a', '/r', '']);
  });

  it('tell the role of a file', () => {
    expect(['templates/index.html', 'web/templates/mail/new.gohtml', 'migrations/1.sql', 'charts/shop/templates/_helpers.tpl', 'docs/index.html', 'static/a/b/c.html'].map(fileRole)).toEqual(['presence', 'presence', 'presence', undefined, undefined, undefined]);
    expect(['a/kustomization.yaml', 'skaffold.dev.yaml', 'docker-compose.prod.yml', 'compose.yaml', 'Dockerfile.dev', 'a.Dockerfile', 'x.csproj', 'entrypoint.sh', 'docker-entrypoint', 'web.yml', '.podwright.yaml', 'yarn.lock', 'Dockerfile.dockerignore', 'README.md'].map(fileRole)).toEqual([
      'kustomization', 'skaffold', 'compose', 'compose', 'dockerfile', 'dockerfile', 'csproj', 'script', 'script', 'manifest', 'config', 'presence', 'dockerignore', undefined,
    ]);
  });
});

describe('loading', () => {
  /** Files in memory, by URI. */
  class MemoryHost implements Host {
    readonly files: Map<string, string>;
    readonly reads: string[] = [];

    constructor(files: Readonly<Record<string, string>>) {
      this.files = new Map(Object.entries(files));
    }

    read(uri: string): Promise<string | undefined> {
      this.reads.push(uri);
      return Promise.resolve(this.files.get(uri));
    }

    async *list(folder: string, wanted: (uri: string) => boolean): AsyncIterable<string> {
      for (const uri of this.files.keys()) if (uri.startsWith(folder) && wanted(uri)) yield await Promise.resolve(uri);
    }

    watch(_folder: string, _changed: (changes: readonly FileChange[]) => void): () => void {
      return () => undefined;
    }
  }

  const never = (): boolean => false;
  const breathe = (): undefined => undefined;

  it('reads what tells something, then what that asks for', async () => {
    const host = new MemoryHost({
      'file:///r/k/kustomization.yaml': 'resources: [../base]\npatches: [{path: p.json, target: {kind: Deployment}}]\n',
      'file:///r/base/kustomization.yaml': 'resources: [web.yaml]\n',
      'file:///r/k/p.json': '[{"op":"add","path":"/spec/paused","value":true}]',
      'file:///r/yarn.lock': 'never read',
      'file:///r/README.md': 'neither',
    });
    const index = new WorkspaceIndex();
    await loadFolder(index, host, 'file:///r', breathe, never);
    expect(index.supplied('file:///r/base/web.yaml', { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a', namespace: undefined, labels: undefined })).toEqual([['spec', 'paused']]);
    expect(index.names('/r')).toEqual(['yarn.lock']);
    expect(host.reads).toEqual(['file:///r/k/kustomization.yaml', 'file:///r/base/kustomization.yaml', 'file:///r/k/p.json']);
  });

  it('follows changes, and stops when it is told to', async () => {
    const host = new MemoryHost({ 'file:///r/s.yaml': service('a') });
    const index = new WorkspaceIndex();
    await loadFolder(index, host, 'file:///r', breathe, never);
    host.files.set('file:///r/t.yaml', service('b'));
    host.files.delete('file:///r/s.yaml');
    await applyChanges(index, host, [{ uri: 'file:///r/s.yaml', kind: 'deleted' }, { uri: 'file:///r/t.yaml', kind: 'created' }], breathe, never);
    expect(names(index, '/r/w.yaml')).toEqual(['b']);
    const stopped = new WorkspaceIndex();
    await loadFolder(stopped, host, 'file:///r', breathe, () => true);
    expect(names(stopped, '/r/w.yaml')).toEqual([]);
  });

  it('looks for configurations above what is open, each place once', async () => {
    const host = new MemoryHost({ 'file:///.podwright.yaml': 'environment: production\n' });
    const index = new WorkspaceIndex();
    await loadConfigOf(index, host, 'file:///r/k/a.yaml');
    expect(index.configOf('file:///r/k/a.yaml').config.environment).toBe('production');
    const reads = host.reads.length;
    await loadConfigOf(index, host, 'file:///r/k/b.yaml');
    expect(host.reads).toHaveLength(reads);
  });
});
