// What a helper is given in the names, numbers and version of the workload that it is added to.
import { describe, expect, it } from 'vitest';
import { source, wired, type Setting } from './support.ts';

const shipping = source('sidecar/log-shipping');
const exporter = source('sidecar/metrics');
const proxy = source('sidecar/nginx');

function pod(more: string, head = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\n'): string {
  return `${head}spec:\n  containers:\n    - name: shop\n      image: registry.example.com/shop:1.0.0\n${more}`;
}

function added(text: string, what = shipping, setting: Setting = {}): string {
  const result = wired(text, what, setting);
  return 'text' in result ? result.text : expect.fail(result.refused);
}

function reason(text: string, what = shipping, setting: Setting = {}): string {
  const result = wired(text, what, setting);
  return 'refused' in result ? result.refused : expect.fail(result.text);
}

describe('the life of the helper', () => {
  it('is a native sidecar where the cluster has them', () => {
    expect(added(pod(''))).toMatch(/initContainers:\n(?: {4}#.*\n)* {4}- name: fluent-bit\n.*\n {6}restartPolicy: Always\n/);
  });

  it('is an ordinary container behind the app where it has not', () => {
    const text = added(pod(''), shipping, { version: 28 });
    expect(text).not.toMatch(/initContainers|restartPolicy/);
    expect(text.indexOf('name: fluent-bit')).toBeGreaterThan(text.indexOf('name: shop'));
  });

  it('is refused in a Job that would never end with it', () => {
    const job = pod('      args: [once]\n  restartPolicy: Never\n');
    expect(added(job)).toContain('restartPolicy: Always');
    expect(reason(job, shipping, { version: 28 })).toBe('A Job ends only with all its containers, and Kubernetes 1.28 has no native sidecars. Target 1.29 or later.');
  });
});

describe('names and ports', () => {
  it('gives the helper a name, a volume and an object that nobody has', () => {
    const text = added(`${pod('      volumeMounts: [{name: fluent-bit-state, mountPath: /s}]\n    - name: fluent-bit\n      image: registry.example.com/other:1.0.0\n  volumes:\n    - name: fluent-bit-state\n      emptyDir: {}\n')}---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop-fluent-bit\n`);
    expect(text).toContain('- name: fluent-bit-2\n      image: cr.fluentbit.io');
    expect(text).toMatch(/- name: fluent-bit-state-2\n {6}emptyDir:/);
    expect(text.match(/name: shop-fluent-bit-2$/gm)).toHaveLength(2);
  });

  it('moves the port of the helper in its container and its configuration, where the app has it', () => {
    const text = added(pod('      ports: [{containerPort: 2020}]\n'));
    expect(text).toContain('containerPort: 2021');
    expect(text).toContain('http_port: 2021');
    expect(text).toContain('{containerPort: 2020}');
  });

  it('sends what comes to the proxy on to the port of the app', () => {
    const text = added(pod('      ports:\n        - containerPort: 9000\n'), proxy);
    expect(text).toContain('server 127.0.0.1:9000;');
  });

  it('lets the Service of the app lead to the proxy, and adds no second one', () => {
    const labelled = pod('      ports:\n        - containerPort: 9000\n', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\n  labels: {app: shop}\n');
    const text = added(`${labelled}---\napiVersion: v1\nkind: Service\nmetadata: {name: shop}\nspec:\n  selector: {app: shop}\n  ports:\n    - port: 80\n      targetPort: 9000 # the app\n`, proxy);
    expect(text).toContain('targetPort: proxy-http # the app');
    expect(text.match(/kind: Service/g)).toHaveLength(1);
  });
});

describe('what is there already', () => {
  it('mounts the volume that the app writes its logs to', () => {
    const text = added(pod('      volumeMounts:\n        - name: logs\n          mountPath: /var/log/app\n  volumes:\n    - name: logs\n      emptyDir: {sizeLimit: 1Gi}\n'));
    expect(text.match(/name: logs$/gm)).toHaveLength(3);
    expect(text).not.toContain('app-logs');
  });

  it('is not added twice', () => {
    expect(reason(added(pod('')))).toBe('Container "fluent-bit" runs fluent/fluent-bit already.');
  });

  it('stays as it is where the Pod says the opposite of what the helper needs', () => {
    expect(reason(pod('  nodeSelector: {kubernetes.io/os: windows}\n'), exporter)).toMatch(/^The Pods run on Windows, /);
    expect(reason(pod('  hostNetwork: true\n'))).toMatch(/^The Pods use the network of their node, /);
  });

  it('is not touched in patches, fragments and objects of a controller', () => {
    expect(reason('spec:\n  template:\n    spec:\n      containers:\n        - name: web\n')).toBe('There is no workload here. Put the cursor into a Deployment or another object with containers.');
    expect(reason(pod('', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\n  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: shop, uid: a, controller: true}]\n'))).toMatch(/was made by a controller/);
  });
});
