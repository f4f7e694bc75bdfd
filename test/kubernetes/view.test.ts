import { describe, expect, it } from 'vitest';
import { isHook, isStaticPod, type Manifest, manifestsOf } from '../../server/src/engine/kubernetes/manifest.ts';
import { routesTo } from '../../server/src/engine/kubernetes/routes.ts';
import { serviceFact } from '../../server/src/engine/kubernetes/service.ts';
import type { ObjectRoot } from '../../server/src/engine/kubernetes/types.ts';
import { parseDocument } from '../../server/src/engine/yaml/document.ts';

function manifests(text: string): readonly Manifest[] {
  return manifestsOf(parseDocument(text).root.as<ObjectRoot>());
}

function only(text: string): Manifest {
  const [manifest] = manifests(text);
  if (manifest === undefined) throw new Error('no manifest');
  return manifest;
}

const containers = 'containers: [{name: app, image: nginx:1.27}]';
const meta = 'metadata: {name: web}';

describe('Pod specs of all built-in kinds', () => {
  it.each([
    ['v1', 'Pod', `spec: {${containers}}`],
    ['v1', 'PodTemplate', `template: {spec: {${containers}}}`],
    ['v1', 'ReplicationController', `spec: {template: {spec: {${containers}}}}`],
    ['apps/v1', 'Deployment', `spec: {selector: {}, template: {spec: {${containers}}}}`],
    ['apps/v1', 'ReplicaSet', `spec: {selector: {}, template: {spec: {${containers}}}}`],
    ['apps/v1', 'DaemonSet', `spec: {selector: {}, template: {spec: {${containers}}}}`],
    ['apps/v1', 'StatefulSet', `spec: {selector: {}, template: {spec: {${containers}}}}`],
    ['extensions/v1beta1', 'Deployment', `spec: {template: {spec: {${containers}}}}`],
    ['batch/v1', 'Job', `spec: {template: {spec: {${containers}}}}`],
    ['batch/v1', 'CronJob', `spec: {jobTemplate: {spec: {template: {spec: {${containers}}}}}}`],
    ['apps.openshift.io/v1', 'DeploymentConfig', `spec: {template: {spec: {${containers}}}}`],
  ])('%s %s', (apiVersion, kind, spec) => {
    const manifest = only(`apiVersion: ${apiVersion}\nkind: ${kind}\n${meta}\n${spec}\n`);
    expect(manifest.partial).toBe(false);
    expect(manifest.workload?.containers.map(({ name, role }) => [name, role])).toEqual([['app', 'app']]);
  });

  it.each([['kubevirt.io/v1', 'VirtualMachine'], ['example.com/v1', 'Deployment'], ['v1', 'ConfigMap']])(
    'none in %s %s', (apiVersion, kind) => {
      expect(only(`apiVersion: ${apiVersion}\nkind: ${kind}\n${meta}\nspec: {template: {spec: {${containers}}}}\n`).workload)
        .toBeUndefined();
    });
});

describe('Pod specs of custom resources', () => {
  const names = (text: string): readonly string[] => only(text).workloads.map(({ flavour, isPodSpec, containers: list }) =>
    `${flavour} ${isPodSpec ? 'Pod spec' : 'containers'}: ${list.map(({ name, role }) => `${name} ${role}`).join()}`);

  it.each([
    ['argoproj.io/v1alpha1', 'Rollout', `{template: {spec: {${containers}}}}`, ['service Pod spec: app app']],
    ['argoproj.io/v1alpha1', 'Rollout', '{workloadRef: {kind: Deployment}}', []],
    ['argoproj.io/v1alpha1', 'Workflow', '{templates: [{name: a, container: {name: m, image: x}, sidecars: [{name: s, image: x}]}, {name: b, steps: []}]}', ['batch containers: m app,s unknown', 'batch containers: ']],
    ['serving.knative.dev/v1', 'Service', `{template: {spec: {${containers}}}}`, ['service Pod spec: app app']],
    ['keda.sh/v1alpha1', 'ScaledJob', `{jobTargetRef: {template: {spec: {${containers}}}}}`, ['batch Pod spec: app app']],
    ['kubeflow.org/v1', 'PyTorchJob', `{pytorchReplicaSpecs: {Master: {template: {spec: {${containers}}}}, Worker: {template: {spec: {${containers}}}}}}`, ['batch Pod spec: app app', 'batch Pod spec: app app']],
    ['tekton.dev/v1', 'Task', '{steps: [{name: a, image: x}, {name: b, ref: {name: r}}]}', ['batch containers: a app,b app']],
    ['kubevirt.io/v1', 'VirtualMachine', `{template: {spec: {${containers}}}}`, []],
  ])('%s %s %s', (apiVersion, kind, spec, expected) => {
    const text = `apiVersion: ${apiVersion}\nkind: ${kind}\n${meta}\nspec: ${spec}\n`;
    expect(names(text)).toEqual(expected);
    expect(only(text).partial).toBe(false);
    const { workload, workloads } = only(text);
    expect(workload).toBe(workloads[0]);
  });

  it('are parts where an operator merges them, and where their shape says so', () => {
    const partial = (apiVersion: string, kind: string, spec: string): boolean => only(`apiVersion: ${apiVersion}\nkind: ${kind}\n${meta}\nspec: ${spec}\n`).partial;
    expect(partial('monitoring.coreos.com/v1', 'Prometheus', `{${containers}}`)).toBe(true);
    expect(partial('flink.apache.org/v1beta1', 'FlinkDeployment', `{podTemplate: {spec: {${containers}}}}`)).toBe(true);
    expect(partial('argoproj.io/v1alpha1', 'Rollout', '{template: {spec: {containers: [{name: app}]}}}')).toBe(true);
  });

  it('tell of readiness probes that somebody else gives', () => {
    const knative = only(`apiVersion: serving.knative.dev/v1\nkind: Service\n${meta}\nspec: {template: {spec: {${containers}}}}\n`);
    expect(knative.workload?.probesItself).toBe(true);
  });

  it('are those of a built-in kind first, whatever the user adds', () => {
    const row = { group: 'apps', kind: 'Deployment', path: 'spec.other', flavour: 'batch' } as const;
    const text = `apiVersion: apps/v1\nkind: Deployment\n${meta}\nspec: {selector: {}, template: {spec: {${containers}}}}\n`;
    const [manifest] = manifestsOf(parseDocument(text).root.as<ObjectRoot>(), { workloads: [row] });
    expect(manifest?.workloads.map(({ flavour }) => flavour)).toEqual(['service']);
  });
});

describe('what a container is called', () => {
  it.each([['name: app', 'app'], ["name: ''", 'containers[0]'], ['image: x', 'containers[0]']])('%s: %s', (line, title) => {
    expect(only(`apiVersion: v1\nkind: Pod\n${meta}\nspec: {containers: [{${line}}]}\n`).workload?.containers[0]?.title).toBe(title);
  });
});

describe('lists', () => {
  it('are the objects in them, lists in lists too', () => {
    const text = `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, ${meta}, spec: {${containers}}}\n` +
      `- apiVersion: apps/v1\n  kind: DeploymentList\n  items:\n  - {apiVersion: v1, kind: ConfigMap, metadata: {name: c}}\n`;
    expect(manifests(text).map(({ place }) => place)).toEqual(['Pod/web', 'ConfigMap/c']);
  });
});

describe('container roles', () => {
  it('tell sidecars by restartPolicy Always alone', () => {
    const { workload } = only(`apiVersion: v1\nkind: Pod\n${meta}
spec:
  initContainers:
  - {name: a, image: x}
  - {name: b, image: x, restartPolicy: Always}
  - {name: c, image: x, restartPolicy: Never}
  containers:
  - {name: d, image: x}
  ephemeralContainers:
  - {name: e, image: x}
`);
    expect(workload?.containers.map(({ name, role }) => `${name} ${role}`))
      .toEqual(['a init', 'b sidecar', 'c init', 'd app', 'e ephemeral']);
  });
});

describe('patches and fragments', () => {
  it.each([
    ['no selector', `apiVersion: apps/v1\nkind: Deployment\n${meta}\nspec: {template: {spec: {${containers}}}}\n`],
    ['no image', `apiVersion: apps/v1\nkind: Deployment\n${meta}\nspec: {selector: {}, template: {spec: {containers: [{name: app}]}}}\n`],
    ['no containers', `apiVersion: apps/v1\nkind: Deployment\n${meta}\nspec: {selector: {}, template: {spec: {nodeName: x}}}\n`],
    ['$patch', `apiVersion: v1\nkind: Pod\n${meta}\n$patch: delete\nspec: {${containers}}\n`],
    ['$patch in a container', `apiVersion: v1\nkind: Pod\n${meta}\nspec: {containers: [{name: app, image: x, $patch: replace}]}\n`],
  ])('%s', (_, text) => {
    expect(only(text).partial).toBe(true);
  });
});

describe('objects with a life of their own', () => {
  it('hooks and static Pods', () => {
    expect(isHook(only(`apiVersion: v1\nkind: Pod\nmetadata: {name: t, annotations: {helm.sh/hook: test}}\n`))).toBe(true);
    expect(isHook(only(`apiVersion: v1\nkind: Pod\n${meta}\n`))).toBe(false);
    expect(isStaticPod(only('apiVersion: v1\nkind: Pod\nmetadata: {name: e, namespace: kube-system, labels: {component: etcd, tier: control-plane}}\n')))
      .toBe(true);
  });
});

describe('routes from Services', () => {
  const deployment = (ports: string, namespace = ''): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web${namespace}}\nspec:\n  selector: {}\n  template:\n    metadata: {labels: {app: web, tier: front}}\n` +
    `    spec: {containers: [{name: app, image: nginx:1.27, ports: ${ports}}]}\n`;
  const service = (selector: string, ports: string, namespace = ''): string =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: s${namespace}}\nspec: {selector: ${selector}, ports: ${ports}}\n`;

  function targets(workload: string, serviceText: string): readonly unknown[] {
    const manifest = only(workload);
    const fact = serviceFact(only(serviceText));
    const container = manifest.workload?.containers[0];
    if (manifest.workload === undefined || container === undefined) throw new Error('no container');
    return routesTo(fact === undefined ? [] : [fact], manifest, manifest.workload, container).map(({ target }) => target);
  }

  const http = '[{name: http, containerPort: 8080}]';

  it('by the port\'s name, by its number, and by a number nobody declares', () => {
    expect(targets(deployment(http), service('{app: web}', '[{port: 80, targetPort: http}]'))).toEqual(['http']);
    expect(targets(deployment(http), service('{app: web}', '[{port: 8080}]'))).toEqual([8080]);
    expect(targets(deployment('[]'), service('{app: web}', '[{port: 80, targetPort: 9000}]'))).toEqual([9000]);
  });

  it('only where all of the selector matches', () => {
    expect(targets(deployment(http), service('{app: web, tier: back}', '[{port: 8080}]'))).toEqual([]);
    expect(targets(deployment(http), service('{}', '[{port: 8080}]'))).toEqual([]);
  });

  it('only in the same namespace, where both name one', () => {
    expect(targets(deployment(http, ', namespace: a'), service('{app: web}', '[{port: 8080}]', ', namespace: b'))).toEqual([]);
    expect(targets(deployment(http, ', namespace: a'), service('{app: web}', '[{port: 8080}]'))).toEqual([8080]);
  });

  it('never for UDP', () => {
    expect(targets(deployment('[{containerPort: 53, protocol: UDP}]'), service('{app: web}', '[{port: 53, protocol: UDP}]'))).toEqual([]);
  });
});
