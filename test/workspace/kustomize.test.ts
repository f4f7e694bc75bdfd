import { describe, expect, it } from 'vitest';
import { readKustomization } from '../../server/src/engine/workspace/kustomization.ts';
import { mayMatch, type ObjectIdentity } from '../../server/src/engine/workspace/kustomize-match.ts';
import { readPatches } from '../../server/src/engine/workspace/kustomize-patch.ts';
import { WorkspaceIndex } from '../../server/src/engine/workspace/workspace-index.ts';

const web: ObjectIdentity = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: undefined, labels: new Map([['app', 'web']]) };

/** An index of files, told of in order and then of what it asks for. */
function index(files: Readonly<Record<string, string>>): WorkspaceIndex {
  const made = new WorkspaceIndex();
  for (const [path, text] of Object.entries(files)) made.update(path, text, 'disk');
  for (const uri of made.wanted()) {
    const text = files[uri.replace('file://', '')];
    if (text !== undefined) made.update(uri, text, 'disk');
  }
  return made;
}

const patchOf = (lines: string, name = 'web'): string => `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec:\n${lines}`;
const probe = patchOf('  template:\n    spec:\n      containers:\n      - name: app\n        readinessProbe:\n          tcpSocket: {port: 80}\n');
const probePath = ['spec', 'template', 'spec', 'containers', { name: 'app' }, 'readinessProbe', 'tcpSocket', 'port'];

describe('a kustomization file', () => {
  it('is read with every form of patches', () => {
    const read = readKustomization(`resources: [web.yaml, ../base, https://example.com/x.yaml]
bases: [../old]
components: [../c]
namespace: shop
namePrefix: dev-
patches:
- path: a.yaml
  target: {kind: Deployment, name: web.*}
- patch: |-
    - op: add
      path: /spec/template/spec/containers/0/readinessProbe
      value: {}
- old-style.yaml
patchesStrategicMerge:
- b.yaml
- |-
  kind: Service
  metadata: {name: web}
  spec: {type: ClusterIP}
patchesJson6902:
- path: c.json
  target: {version: v1, kind: Service, name: web}
images:
- name: web
  newName: registry/web
  newTag: 1.20
replicas:
- {name: web, count: 3}
configMapGenerator:
- name: x
  files: [a.properties, key=b.properties]
  envs: [.env]
replacements:
- path: r.yaml
`);
    expect(read).toMatchObject({
      kind: 'Kustomization',
      resources: ['web.yaml', '../base', 'https://example.com/x.yaml', '../old'],
      components: ['../c'],
      namespace: 'shop',
      namePrefix: 'dev-',
      images: [{ name: 'web', newName: 'registry/web', newTag: '1.20' }],
      replicas: ['web'],
      others: ['r.yaml', 'a.properties', 'b.properties', '.env'],
    });
    expect(read?.patches.map(({ path, target, inline }) => [path, target?.kind, inline.map(({ paths }) => paths)])).toEqual([
      ['a.yaml', 'Deployment', []],
      [undefined, undefined, [[['spec', 'template', 'spec', 'containers', 0, 'readinessProbe']]]],
      ['old-style.yaml', undefined, []],
      ['b.yaml', undefined, []],
      [undefined, undefined, [[['spec', 'type']]]],
      ['c.json', 'Service', []],
    ]);
  });

  it('is not one of Flux, nor anything else', () => {
    expect(readKustomization('apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n')).toBeUndefined();
    expect(readKustomization('kind: Deployment\n')).toBeUndefined();
    expect(readKustomization('- a\n')).toBeUndefined();
    expect(readKustomization('namePrefix: x-\n')?.namePrefix).toBe('x-');
    expect(readKustomization('apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n')?.kind).toBe('Component');
  });
});

describe('a patch', () => {
  it('supplies what it sets, not what it is called, takes away or asks for', () => {
    expect(readPatches(probe)).toMatchObject([{ object: { kind: 'Deployment', name: 'web' }, deletes: false, paths: [probePath] }]);
    expect(readPatches(patchOf('  replicas: null\n  strategy: {$patch: delete}\n  paused: true\n'))[0]?.paths).toEqual([['spec', 'paused']]);
    expect(readPatches('kind: Service\nmetadata: {name: a}\n$patch: delete\n')).toMatchObject([{ deletes: true, paths: [] }]);
    expect(readPatches('[{"op":"replace","path":"/metadata/labels/a~1b"},{"op":"remove","path":"/spec"},{"op":"add","path":"/spec/ports/-","value":1}]')[0]?.paths)
      .toEqual([['metadata', 'labels', 'a/b'], ['spec', 'ports', Number.MAX_SAFE_INTEGER]]);
  });

  it('may be one of several in a file, or none at all', () => {
    expect(readPatches(`${probe}---\nkind: Service\nmetadata: {name: b}\nspec: {type: X}\n`).map(({ object }) => object?.kind)).toEqual(['Deployment', 'Service']);
    expect(readPatches('- name: a\n')).toEqual([]);
    expect(readPatches('just text')).toEqual([]);
  });
});

describe('an overlay supplies', () => {
  const base = { '/k/base/kustomization.yaml': 'resources: [web.yaml]\n', '/k/base/web.yaml': '' };
  const supplied = (files: Readonly<Record<string, string>>, object = web) => index({ ...base, ...files }).supplied('/k/base/web.yaml', object);

  it('what its patch file sets, in whatever order the files come', () => {
    const overlay = { '/k/dev/kustomization.yaml': 'resources: [../base]\npatches: [{path: probe.yaml}]\n' };
    expect(supplied({ ...overlay, '/k/dev/probe.yaml': probe })).toEqual([probePath]);
    expect(supplied({ '/k/dev/probe.yaml': probe, ...overlay })).toEqual([probePath]);
  });

  it('through any number of kustomizations, components, and patches in place', () => {
    expect(supplied({
      '/k/mid/kustomization.yaml': 'resources: [../base]\n',
      '/k/top/kustomization.yaml': 'resources: [../mid]\ncomponents: [../c]\n',
      '/k/c/kustomization.yaml': `kind: Component\ncomponents: [../d]\n`,
      '/k/d/kustomization.yaml': `kind: Component\npatchesStrategicMerge:\n- |-\n  kind: Deployment\n  metadata: {name: web}\n  spec: {paused: true}\n`,
    })).toEqual([['spec', 'paused']]);
  });

  it('to an object by the names it has on the way', () => {
    const renamed = { '/k/mid/kustomization.yaml': 'resources: [../base]\nnamePrefix: dev-\n', '/k/top/kustomization.yaml': 'resources: [../mid]\npatches: [{path: p.yaml}]\n' };
    expect(supplied({ ...renamed, '/k/top/p.yaml': patchOf('  paused: true\n', 'dev-web') })).toHaveLength(1);
    expect(supplied({ ...renamed, '/k/top/p.yaml': patchOf('  paused: true\n', 'web') })).toHaveLength(1);
    expect(supplied({ ...renamed, '/k/top/p.yaml': patchOf('  paused: true\n', 'prod-web') })).toEqual([]);
  });

  it('only to the objects its target selects', () => {
    const targeted = (target: string) => supplied({ '/k/dev/kustomization.yaml': `resources: [../base]\npatches:\n- target: ${target}\n  patch: '[{"op":"add","path":"/spec/paused"}]'\n` });
    expect(['{kind: Deployment}', '{kind: Deployment, name: we.*}', '{name: "web|api"}', '{group: apps}', '{labelSelector: "app=web"}', '{kind: Deploy(ment)?}', '{annotationSelector: x=y}'].map((target) => targeted(target).length)).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(['{kind: StatefulSet}', '{kind: Deployment, name: api}', '{group: batch}', '{labelSelector: "app=api"}', '{labelSelector: "app!=web"}', '{name: we}'].map((target) => targeted(target).length)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('nothing to other kinds, groups, namespaces and files', () => {
    const files = { '/k/dev/kustomization.yaml': 'resources: [../base]\npatches: [{path: p.yaml}]\n', '/k/dev/p.yaml': probe };
    expect(supplied(files, { ...web, kind: 'StatefulSet' })).toEqual([]);
    expect(supplied(files, { ...web, apiVersion: 'batch/v1' })).toEqual([]);
    expect(index({ ...base, ...files }).supplied('/k/other/web.yaml', web)).toEqual([]);
    expect(supplied({ ...files, '/k/dev/p.yaml': probe.replace('name: web', 'name: web\n  namespace: other') }, { ...web, namespace: 'shop' })).toEqual([]);
  });

  it('replicas and image names', () => {
    const files = { ...base, '/k/dev/kustomization.yaml': 'resources: [../base]\nreplicas: [{name: web, count: 2}]\nimages: [{name: shop/web, newTag: v2}]\n' };
    expect(index(files).supplied('/k/base/web.yaml', web)).toEqual([['spec', 'replicas']]);
    expect(index(files).imageChanges('/k/base/web.yaml', 'shop/web:latest')).toMatchObject([{ newTag: 'v2' }]);
    expect(index(files).imageChanges('/k/base/web.yaml', 'shop/api')).toEqual([]);
  });

  it('nothing any more when it is gone', () => {
    const made = index({ ...base, '/k/dev/kustomization.yaml': 'resources: [../base]\npatches: [{path: p.yaml}]\n', '/k/dev/p.yaml': probe });
    const version = made.version('overlays');
    expect(made.supplied('/k/base/web.yaml', web)).toHaveLength(1);
    made.remove('/k/dev/kustomization.yaml', 'disk');
    expect(made.supplied('/k/base/web.yaml', web)).toEqual([]);
    expect(made.version('overlays')).toBeGreaterThan(version);
  });

  it('and circles end', () => {
    expect(supplied({
      '/k/base/kustomization.yaml': 'resources: [web.yaml, ../a]\ncomponents: [../c]\n',
      '/k/a/kustomization.yaml': 'resources: [../base]\n',
      '/k/c/kustomization.yaml': 'kind: Component\ncomponents: [../c]\nresources: [../base]\n',
    })).toEqual([]);
  });
});

it('tells the role of each file', () => {
  const made = index({
    '/k/kustomization.yaml': 'resources: [web.yaml, both.yaml, sub]\npatches: [{path: p.yaml}, {path: both.yaml}]\nconfigMapGenerator: [{name: a, files: [x.yaml]}]\n',
  });
  expect(['web', 'both', 'p', 'x', 'free'].map((name) => made.kustomizeRole(`/k/${name}.yaml`))).toEqual(['resource', 'resource', 'patch', 'other', undefined]);
});

describe('an expression in a target', () => {
  it.each([
    ['web', 'web', true], ['web', 'web2', false], ['', 'anything', true], ['.*', 'web', true], ['we.', 'web', true], ['web.+', 'web', false],
    ['^web-.*$', 'web-1', true], ['a|b', 'b', true], ['a|b', 'c', false], ['web\\.x', 'web.x', true], ['web\\.x', 'web-x', false], ['(a+)+$', 'b', true],
  ])('%s and %s: %s', (pattern, value, expected) => {
    expect(mayMatch(pattern, value)).toBe(expected);
  });
});
