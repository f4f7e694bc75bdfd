import { describe, expect, it } from 'vitest';
import { customKind, customKinds } from '../../server/src/engine/kubernetes/custom-kinds.ts';
import { environmentOf } from '../../server/src/engine/kubernetes/environment.ts';
import { parsePodPath } from '../../server/src/engine/kubernetes/pod-path.ts';
import { podPlaces } from '../../server/src/engine/kubernetes/pod-places.ts';
import type { ObjectRoot } from '../../server/src/engine/kubernetes/types.ts';
import { parseDocument } from '../../server/src/engine/yaml/document.ts';

/** Path and images of each Pod spec of an object. */
function places(text: string): readonly (readonly [string, readonly (string | undefined)[]])[] {
  const root = parseDocument(text).root.as<ObjectRoot>();
  const row = customKind(root.get('kind').text ?? '', root.get('apiVersion').text);
  if (row === undefined) return [];
  return podPlaces(root, row).map(({ podSpec, containers }) => [
    podSpec.path,
    containers === undefined ? podSpec.get('containers').items().map((item) => item.get('image').text) : containers.map(({ field, role }) => `${role} ${field.get('image').text ?? ''}`),
  ]);
}

describe('custom resources', () => {
  it('have paths that can be read', () => {
    for (const { podSpecs } of customKinds) for (const path of podSpecs) expect(parsePodPath(path), path).toBeDefined();
    expect(customKinds.filter(({ podSpecs, treatment }) => (podSpecs.length === 0) !== (treatment === 'skip'))).toEqual([]);
  });

  it('may hold one Pod spec, or several', () => {
    expect(places('apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nspec:\n  template:\n    spec:\n      containers: [{image: a}]\n')).toEqual([['spec.template.spec', ['a']]]);
    expect(places('apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nspec:\n  workloadRef: {name: web}\n')).toEqual([]);
    expect(places('apiVersion: kubeflow.org/v1\nkind: PyTorchJob\nspec:\n  pytorchReplicaSpecs:\n    Master: {template: {spec: {containers: [{image: a}]}}}\n    Worker: {template: {spec: {containers: [{image: b}]}}}\n')).toEqual([
      ['spec.pytorchReplicaSpecs.Master.template.spec', ['a']],
      ['spec.pytorchReplicaSpecs.Worker.template.spec', ['b']],
    ]);
  });

  it('may name their containers in their own way', () => {
    expect(places(`apiVersion: argoproj.io/v1alpha1
kind: Workflow
spec:
  templates:
  - {name: a, container: {image: a}, sidecars: [{image: s}]}
  - {name: b, script: {image: b}, initContainers: [{image: i}]}
  - {name: c, containerSet: {containers: [{image: c}, {image: d}]}}
  - {name: e, steps: []}
`)).toEqual([
      ['spec.templates[0]', ['app a', 'unknown s']],
      ['spec.templates[1]', ['init i', 'app b']],
      ['spec.templates[2]', ['app c', 'app d']],
      ['spec.templates[3]', []],
    ]);
    expect(places('apiVersion: tekton.dev/v1\nkind: Task\nspec:\n  steps: [{image: a}]\n  sidecars: [{image: b}]\n')).toEqual([['spec', ['app a', 'unknown b']]]);
  });

  it('are told by group and kind, never by kind alone', () => {
    expect(customKind('Service', 'v1')).toBeUndefined();
    expect(customKind('Service', 'serving.knative.dev/v1')).toMatchObject({ probesItself: true });
    expect(customKind('Rollout', 'other.io/v1')).toBeUndefined();
    expect(customKind('Rollout', undefined)).toBeUndefined();
    expect(customKind('Prometheus', 'monitoring.coreos.com/v1')).toMatchObject({ treatment: 'partial' });
    expect(customKind('VirtualMachine', 'kubevirt.io/v1')).toMatchObject({ treatment: 'skip' });
  });

  it('may be described by the user, who has the last word', () => {
    const own = [
      { group: 'example.com', kind: 'Farm', path: 'spec.a.spec', flavour: 'batch' as const },
      { group: 'example.com', kind: 'Farm', path: 'spec.b[].spec', flavour: 'batch' as const },
      { group: 'argoproj.io', kind: 'Rollout', path: 'spec', flavour: 'skip' as const },
    ];
    expect(customKind('Farm', 'example.com/v2', own)).toMatchObject({ podSpecs: ['spec.a.spec', 'spec.b[].spec'], flavour: 'batch', treatment: 'full' });
    expect(customKind('Rollout', 'argoproj.io/v1alpha1', own)).toMatchObject({ treatment: 'skip', podSpecs: [] });
  });

  it.each(['', '.', 'a..b', '*', '[].a', 'a[', 'a[0]', 'a b', 'x'.repeat(301)])('have no path such as %j', (path) => {
    expect(parsePodPath(path)).toBeUndefined();
  });
});

describe('the environment', () => {
  const auto = (path: string, namespace?: string) => environmentOf('auto', { path, namespace });

  it.each([
    ['overlays/dev/web.yaml'], ['overlays/dev-eu/web.yaml'], ['chart/values-dev1.yaml'], ['file:///x/overlays/local/a/web.yaml'], ['clusters/minikube/web.yaml'], ['environments/test/web.yaml'], ['chart/values-dev.yaml'],
    ['chart/values.local.yml'], ['Dockerfile.dev'], ['app/dev.Dockerfile'], ['x/.devcontainer/Dockerfile'], ['manifests/dev-tilt/web.yaml'], ['x/dev-eu-1/app/web.yaml'], ['C:\\x\\overlays\\dev\\a.yaml'],
  ])('%s is development', (path) => {
    expect(auto(path)).toBe('development');
  });

  it.each([
    ['web.yaml'], ['overlays/prod/web.yaml'], ['overlays/staging/web.yaml'], ['dev/web.yaml'], ['dev-tools/web.yaml'], ['x/dev-journey-buildpacks/web.yaml'], ['dev-web.yaml'], ['test/web.yaml'], ['overlays/device/web.yaml'], ['chart/values-devices/a.yaml'],
    ['chart/values.yaml'], ['chart/values-devices.yaml'], ['Dockerfile'], ['Dockerfile.developer'], ['develop.yaml'],
  ])('%s is production', (path) => {
    expect(auto(path)).toBe('production');
  });

  it('may be told by the namespace, and is what the configuration says', () => {
    expect(['dev', 'sandbox-anna', 'shop-dev', 'local'].map((name) => auto('a.yaml', name))).toEqual(Array(4).fill('development'));
    expect(['production', 'shop', 'devices', 'test-infra'].map((name) => auto('a.yaml', name))).toEqual(Array(4).fill('production'));
    expect(environmentOf('production', { path: 'overlays/dev/a.yaml', namespace: 'dev' })).toBe('production');
    expect(environmentOf('development', { path: 'a.yaml' })).toBe('development');
  });
});
