/** Which part each container of a Pod plays, and what says so. */
import { describe, expect, it } from 'vitest';
import { helperImages, helpersFor } from '../../../server/src/engine/catalog/helper-images.ts';
import { parseImageRef } from '../../../server/src/engine/catalog/image-ref.ts';
import { render } from '../../../server/src/engine/core/message.ts';
import { loopbackPorts } from '../../../server/src/engine/kubernetes/loopback.ts';
import { manifestsOf } from '../../../server/src/engine/kubernetes/manifest.ts';
import { type ConfigTexts, type PatternRole, rolesOf } from '../../../server/src/engine/kubernetes/roles.ts';
import type { ObjectRoot } from '../../../server/src/engine/kubernetes/types.ts';
import { parseDocument } from '../../../server/src/engine/yaml/document.ts';

function roles(spec: string, configs?: ConfigTexts): readonly PatternRole[] {
  const text = `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n${spec.replace(/^/gm, '  ')}\n`;
  const workload = manifestsOf(parseDocument(text).root.as<ObjectRoot>())[0]?.workload ?? expect.fail('no Pod');
  return rolesOf(workload, configs);
}

/** `name: what it plays`, for all containers. */
function cast(spec: string, configs?: ConfigTexts): readonly string[] {
  return roles(spec, configs).map(({ container, pattern, scenario }) => `${container.name}: ${scenario ?? pattern}`);
}

/** Beside an app. */
function beside(container: string, configs?: ConfigTexts): string {
  return cast(`containers:\n- {name: app, image: "registry.example.com/shop:1"}\n- {name: x, ${container}}`, configs)[1]?.slice(3) ?? '';
}

describe('the part of a container beside an app', () => {
  it.each([
    ['image: "fluent/fluent-bit:4.0"', 'sidecar/log-shipping'],
    ['image: "mirror.example.com:5000/quay/fluent/fluent-bit@sha256:aa"', 'sidecar/log-shipping'],
    ['image: "nginx/nginx-prometheus-exporter:1.5.3"', 'sidecar/metrics'],
    ['image: "prom/statsd-exporter:v0.28.0"', 'adapter/metrics-format'],
    ['image: "acme/queue_exporter:1"', 'sidecar/metrics'],
    ['image: "quay.io/brancz/kube-rbac-proxy:v0.22.1"', 'sidecar/network-proxy'],
    ['image: "registry.k8s.io/git-sync/git-sync:v4.4.2"', 'config-helper/config-centre'],
    ['image: "ghcr.io/jimmidyson/configmap-reload:v0.15.0"', 'config-helper/file-reload'],
    ['image: "gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.18.0"', 'ambassador/database-proxy'],
    ['image: "edoburu/pgbouncer:v1.24.1-p1"', 'ambassador/connection-pool'],
    // The same image is the server, or the agent.
    ['image: "hashicorp/vault:1.20", args: [agent, -config=/v.hcl]', 'config-helper/secrets'],
    ['image: "hashicorp/vault:1.20", args: [server]', 'none'],
    ['image: "hashicorp/consul:1.21", args: [agent, -server]', 'none'],
    ['image: "hashicorp/consul:1.21", args: [agent, -retry-join=consul]', 'ambassador/discovery'],
    ['image: "mongo:8", command: [mongos, --configdb, rs/cfg]', 'ambassador/database-proxy'],
    ['image: "mongo:8"', 'none'],
    ['image: "docker.io/istio/proxyv2:1.27", args: [proxy, sidecar]', 'sidecar/network-proxy'],
    ['image: "docker.io/istio/proxyv2:1.27", args: [proxy, router]', 'none'],
    // Nothing says what these are for.
    ['image: "nginx:1.31"', 'none'],
    ['image: "envoyproxy/envoy:v1.36.0"', 'none'],
    ['image: "otel/opentelemetry-collector:0.140.0"', 'none'],
    ['image: "busybox:1.37"', 'none'],
    ['image: "prom/node-exporter:v1.9"', 'none'],
    ['image: "registry.k8s.io/pause:3.10"', 'none'],
    // Written into the arguments.
    ['image: "otel/opentelemetry-collector:0.140.0", args: ["--config=yaml:receivers: {filelog: {}}"]', 'sidecar/log-shipping'],
  ])('%s: %s', (container, wanted) => {
    expect(beside(container)).toBe(wanted);
  });

  const proxy = 'image: "envoyproxy/envoy:v1.36.0", volumeMounts: [{name: c, mountPath: /c}]';
  const withConfig = (text: string): string => cast(`volumes: [{name: c, configMap: {name: conf}}]\ncontainers:\n- {name: app, image: "shop:1"}\n- {name: x, ${proxy}}`, new Map([['conf', text]]))[1]?.slice(3) ?? '';

  it.each([
    ['listeners:\n- address:\n    socket_address: {address: 127.0.0.1}\nclusters:\n- circuit_breakers: {}', 'ambassador/routing'],
    ['listeners:\n- address:\n    socket_address: {address: 127.0.0.1}\nclusters:\n- transport_socket: UpstreamTlsContext', 'ambassador/external-api'],
    ['listeners:\n- address:\n    socket_address: {address: 0.0.0.0}\nclusters:\n- endpoints: {address: 127.0.0.1}', 'sidecar/network-proxy'],
    ['http_filters:\n- name: envoy.filters.http.grpc_json_transcoder', 'adapter/protocol'],
    ['listeners: []', 'none'],
  ])('is told by the configuration of a proxy', (text, wanted) => {
    expect(withConfig(text)).toBe(wanted);
  });

  it('is told by who calls whom on loopback', () => {
    const pod = (app: string, envoy: string): readonly string[] => cast(`containers:\n- {name: app, image: "shop:1", ${app}}\n- {name: envoy, image: "envoyproxy/envoy:v1.36.0", ${envoy}}`);
    expect(pod('env: [{name: API, value: "http://localhost:10000/v1"}]', 'ports: [{containerPort: 10000}]')).toEqual(['app: app', 'envoy: ambassador']);
    expect(pod('ports: [{containerPort: 8080}]', 'args: ["--upstream=http://127.0.0.1:8080"], ports: [{containerPort: 10000}]')).toEqual(['app: app', 'envoy: sidecar/network-proxy']);
  });

  it('is told by a file that it follows', () => {
    const pod = (path: string): readonly string[] => cast(`volumes: [{name: logs, emptyDir: {}}]\ncontainers:\n- {name: app, image: "shop:1", volumeMounts: [{name: logs, mountPath: /var/log/app}]}\n- {name: tail, image: "busybox:1.37", args: [/bin/sh, -c, "tail -n+1 -F ${path}"], volumeMounts: [{name: logs, mountPath: /logs, readOnly: true}]}`);
    expect(pod('/logs/app.log')).toEqual(['app: app', 'tail: sidecar/log-shipping']);
    expect(pod('/var/log/else.log')).toEqual(['app: none', 'tail: none']);
  });

  it('says what speaks for it', () => {
    const said = roles(`volumes: [{name: logs, emptyDir: {}}]
initContainers:
- {name: ship, image: "fluent/fluent-bit:4.0", restartPolicy: Always, volumeMounts: [{name: logs, mountPath: /logs, readOnly: true}]}
containers:
- {name: app, image: "shop:1", volumeMounts: [{name: logs, mountPath: /var/log/app}]}`);
    expect(said.map(({ evidence }) => evidence.map((each) => render(each, 'en')))).toEqual([
      ['Its image is Fluent Bit.', 'It reads volume "logs", which "app" writes.', 'It is a native sidecar: it starts before the app and stops after it.'],
      ['No other container of the Pod runs beside it.'],
    ]);
    for (const { evidence } of said) for (const each of evidence) expect(render(each, 'zh')).toMatch(/\p{Script=Han}.*。$/u);
  });
});

describe('the app of a Pod', () => {
  it.each([
    ['the only container, whatever its image', 'containers: [{name: p, image: "edoburu/pgbouncer:v1.24.1"}]', ['p: app']],
    ['the one that is no helper, wherever it stands', 'containers: [{name: proxy, image: "brancz/kube-rbac-proxy:v0.22.1"}, {name: manager, image: "acme:1"}]', ['proxy: sidecar/network-proxy', 'manager: app']],
    ['nobody, where two could be it', 'containers: [{name: a, image: "a:1"}, {name: b, image: "b:1"}]', ['a: none', 'b: none']],
    ['among helpers, the one that also runs by itself', 'containers: [{name: proxy, image: "brancz/kube-rbac-proxy:v1"}, {name: db, image: "prom/mysqld-exporter:v1"}]', ['proxy: sidecar/network-proxy', 'db: app']],
    ['no twin of it is a helper', 'containers: [{name: agent, image: "datadog/agent:7"}, {name: trace, image: "datadog/agent:7"}]', ['agent: app', 'trace: none']],
    ['never an init container', 'initContainers: [{name: sync, image: "git-sync/git-sync:v4", args: [--one-time]}]\ncontainers: [{name: a, image: "a:1"}]', ['sync: config-helper/config-centre', 'a: app']],
    ['never a container that only holds the Pod open', 'containers: [{name: p, image: "pause:3"}, {name: a, image: "a:1"}]', ['p: none', 'a: app']],
  ])('is %s', (_name, spec, wanted) => {
    expect(cast(spec)).toEqual(wanted);
  });

  it('is the one that the Pod marks', () => {
    const text = 'apiVersion: v1\nkind: Pod\nmetadata: {name: w, annotations: {kubectl.kubernetes.io/default-container: b}}\nspec: {containers: [{name: a, image: "a:1"}, {name: b, image: "b:1"}]}\n';
    const workload = manifestsOf(parseDocument(text).root.as<ObjectRoot>())[0]?.workload ?? expect.fail('no Pod');
    expect(rolesOf(workload).map(({ pattern }) => pattern)).toEqual(['none', 'app']);
  });

  it('is nobody where a custom resource starts containers in its own way', () => {
    const text = 'apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: t}\nspec: {steps: [{name: a, image: "a:1"}], sidecars: [{name: b, image: "fluent/fluent-bit:4"}]}\n';
    const workload = manifestsOf(parseDocument(text).root.as<ObjectRoot>())[0]?.workload ?? expect.fail('no Task');
    expect(rolesOf(workload).map(({ pattern }) => pattern)).toEqual(['none', 'none']);
  });
});

describe('ports on loopback', () => {
  const ports = (container: string): readonly number[] => [...loopbackPorts(roles(`containers: [{name: a, image: "a:1", ${container}}]`)[0]?.container ?? expect.fail('no container'))];

  it.each([
    ['env: [{name: DATABASE_URL, value: "postgres://u:p@localhost:5432/shop"}]', [5432]],
    ['env: [{name: PGHOST, value: localhost}, {name: PGPORT, value: "5432"}]', [5432]],
    ['env: [{name: DB_HOST, value: 127.0.0.1}, {name: OTHER_PORT, value: "1"}]', []],
    ['args: [psql, -h, 127.0.0.1, -p, "6432"]', [6432]],
    ['args: ["--host=localhost", "--port=6432"]', [6432]],
    ['args: ["--upstream=http://[::1]:8080"]', [8080]],
    ['args: ["http://not-localhost:8080", "http://localhost.example.com:8080"]', []],
  ])('%s', (container, wanted) => {
    expect(ports(container)).toEqual(wanted);
  });
});

describe('the catalog of helpers', () => {
  it('names each row, its source and its ports as they can be', () => {
    for (const { component, source, ports = [], plays, when = [] } of helperImages) {
      expect(component).not.toBe('');
      expect(source).not.toBe('');
      expect(ports.every((port) => port > 0 && port < 65536)).toBe(true);
      for (const scenario of [...(plays === undefined ? [] : [plays]), ...when.map(([, each]) => each)]) expect(scenario).toMatch(/^(?:sidecar|ambassador|adapter|config-helper)\/[a-z-]+$/);
    }
  });

  it('has no row behind one that takes all its images', () => {
    const found = ['prom/statsd-exporter', 'bitnami/json-exporter', 'nginx/nginx-prometheus-exporter', 'prom/node-exporter'].map((image) => helpersFor(parseImageRef(image) ?? expect.fail(image))[0]?.component);
    expect(found).toEqual(['StatsD exporter', 'JSON exporter', 'NGINX exporter', 'node exporter']);
  });

  it('reads a long configuration in time', () => {
    const text = 'listeners:\n'.repeat(1_800);
    const started = performance.now();
    expect(beside('image: "envoyproxy/envoy:v1.36.0", args: [a]', new Map([['conf', text]]))).toBe('none');
    for (const { when = [] } of helperImages) for (const [words] of when) words.test(text);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
