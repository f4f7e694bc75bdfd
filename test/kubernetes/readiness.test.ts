/** What other files of a workspace tell about the readiness of a container. */
import { describe, expect, it } from 'vitest';
import { healthChecks } from '../../server/src/engine/catalog/health-checks.ts';
import { render } from '../../server/src/engine/core/message.ts';
import { applyEdits } from '../../server/src/engine/text/span.ts';
import { noProbe, workspace } from '../session/support.ts';

const web = '/r/app/web.yaml';

function deployment(container: string, image = 'web:1'): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: app
        image: ${image}
${container}`;
}

/** The severity and the titles of the fixes, and what the first fix writes; [] where nothing is said. */
function offers(files: Readonly<Record<string, string>>, text: string): readonly string[] {
  const { disk, open, lint } = workspace();
  disk(files);
  open(web, text);
  const finding = lint(web).find(({ rule }) => rule === noProbe);
  if (finding === undefined) return [];
  const outcome = finding.fixes[0]?.outcome();
  const after = outcome?.kind === 'edits' ? applyEdits(text, outcome.edits) : text;
  const probe = after.split('readinessProbe:\n')[1] ?? '';
  return [finding.severity, ...finding.fixes.map(({ title }) => render(title, 'en').replace('Add readinessProbe', '')), probe.replace(/\s+/g, ' ').trim()];
}

const compose = 'services: {web: {image: "registry.example.com/web:1", build: ./web}}\n';
const image = 'registry.example.com/web:2';
const built = (...lines: readonly string[]): Readonly<Record<string, string>> => ({ '/r/compose.yaml': compose, '/r/web/Dockerfile': `FROM node:24 AS build\nEXPOSE 9\n\nFROM node:24\n${lines.join('\n')}\n` });

describe('a Dockerfile of the workspace', () => {
  it('tells the port by its EXPOSE, with variables filled in', () => {
    const files = built('ARG PORT=8080', 'EXPOSE $PORT 53/udp');
    expect(offers(files, deployment('', image))).toEqual(['hint', ': TCP port 8080', ': GET / on port 8080', 'tcpSocket: port: 8080']);
  });

  it('says nothing for an image that no file says is built of it, nor for another program in the image', () => {
    const { '/r/web/Dockerfile': dockerfile = '' } = built('EXPOSE 8080');
    expect(offers({ '/r/web/Dockerfile': dockerfile }, deployment('', image))).toEqual([]);
    expect(offers(built('EXPOSE 8080'), deployment('        command: [node, worker.js]\n', image))).toEqual([]);
    expect(offers(built('EXPOSE 8080'), deployment('        args: [worker.js]\n', image))).toEqual([]);
  });

  it('tells less than what the manifest says itself', () => {
    expect(offers(built('EXPOSE 8080'), deployment('        ports: [{containerPort: 7000}]\n', image))).toEqual(['information', ': TCP port 7000', 'tcpSocket: port: 7000']);
    expect(offers(built('EXPOSE 8080'), deployment('        env: [{name: PORT, value: "7000"}]\n', image)).slice(0, 3)).toEqual(['hint', ': TCP port 7000', ': TCP port 8080']);
  });

  it('tells a request by its HEALTHCHECK, with its times', () => {
    const files = built('EXPOSE 8080', 'HEALTHCHECK --interval=1m --timeout=2.5s --start-period=40s --retries=5 CMD curl -f http://localhost:8080/healthz || exit 1');
    expect(offers(files, deployment('', image))).toEqual([
      'information',
      ' like the HEALTHCHECK: GET /healthz on port 8080',
      ': TCP port 8080',
      ': GET / on port 8080',
      'httpGet: path: /healthz port: 8080 periodSeconds: 60 timeoutSeconds: 3 failureThreshold: 5',
    ]);
  });

  it('takes the name of a declared port, and HTTPS, and leaves times that serve no readiness', () => {
    const files = built('HEALTHCHECK --interval=5m --timeout=0s --retries=0 CMD ["wget", "-q", "--spider", "https://127.0.0.1:8443/up"]');
    expect(offers(files, deployment('        ports: [{name: tls, containerPort: 8443}]\n', image)).at(-1)).toBe('httpGet: path: /up port: tls scheme: HTTPS');
  });

  it('is believed where its HEALTHCHECK is another command, which the probe then runs', () => {
    const run = [' like the HEALTHCHECK: run node check.js', 'exec: command: - /bin/sh - -c - node check.js'];
    expect(offers(built('HEALTHCHECK CMD node check.js'), deployment('', image))).toEqual(['information', ...run]);
    expect(offers(built('HEALTHCHECK NONE'), deployment('', image))).toEqual([]);
  });

  it('is read again when it changes', () => {
    const { disk, open, lint } = workspace();
    disk(built('EXPOSE 8080'));
    open(web, deployment('', image));
    const title = (): string => lint(web).flatMap(({ fixes }) => fixes.map((fix) => render(fix.title, 'en'))).join();
    expect(title()).toContain('TCP port 8080');
    disk(built('EXPOSE 9000'));
    expect(title()).toContain('TCP port 9000');
    open('/r/web/Dockerfile', 'FROM node:24\n');
    expect(title()).toBe('');
  });
});

describe('a Service of another file', () => {
  it('makes it a warning, and names the port', () => {
    const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: front}\nspec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}\n';
    expect(offers({ '/r/app/service.yaml': service }, deployment(''))).toEqual(['warning', ': TCP port 8080', ': GET / on port 8080', 'tcpSocket: port: 8080']);
  });

  it('is one for a known image, too', () => {
    const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: cache}\nspec: {selector: {app: web}, ports: [{port: 6379}]}\n';
    expect(offers({ '/r/app/service.yaml': service }, deployment('        command: [redis-server, /etc/redis.conf]\n', 'redis:8'))[1]).toBe(': run redis-cli ping');
  });
});

describe('what is known of images', () => {
  it('has a source for every row, ports that can be, and one handler', () => {
    const wrong = healthChecks.filter(({ images, ports, readiness, source, level }) =>
      images.length === 0 || source === '' || !['source', 'knowledge'].includes(level) || Object.keys(readiness).length !== 1 || ports.some((port) => port < 1 || port > 65535));
    expect(wrong).toEqual([]);
    expect(healthChecks.length).toBeGreaterThan(90);
  });

  it.each([
    ['mongo:4.4', ': run mongo --quiet'],
    ['mongo:8', ': run mongosh --quiet'],
    ['mariadb:11.8', ': run healthcheck.sh --connect --innodb_initialized'],
    ['public.ecr.aws/docker/library/mysql:8.4', ': run mysqladmin ping -h 127.0.0.1 --silent'],
    ['bitnamilegacy/valkey:8', ': run valkey-cli ping'],
    ['quay.io/minio/minio', ': GET /minio/health/ready on port 9000'],
    ['docker.elastic.co/elasticsearch/elasticsearch:9.1.0', ': TCP port 9200'],
    ['influxdb:2.7', ': GET /health on port 8086'],
    ['nats:2.11', ': GET /healthz?js-server-only=true on port 8222'],
  ])('%s without a word about ports: %s', (name, title) => {
    expect(offers({}, deployment('', name))[1]).toContain(title);
  });

  it.each([
    ['', 'mariadb:10.2'], ['', 'influxdb'], ['', 'example.com/acme/redis:1'], ['', 'nginx:1.29'], ['', 'odoo:18'], ['', 'istio/proxyv2:1.0.2'], ['', 'solr:9'],
    ['        env: [{name: MODE, value: x}]\n', 'traefik:v3'], ['        args: [-c, /nats.conf]\n', 'nats:2.11'], ['        args: [--tls-port, "6379"]\n', 'redis:8'],
  ])('nothing is sure of %s%s', (container, name) => {
    expect(offers({}, deployment(container, name))).toEqual([]);
  });

  it('a variable counts wherever it may come from', () => {
    const command = ['"${POSTGRES_USER:-postgres}"', '- postgres'];
    const from = (container: string): string => offers({}, deployment(container, 'postgres:18')).at(-1) ?? '';
    expect(from('')).toContain(command[1]);
    expect(from('        envFrom: [{secretRef: {name: db}}]\n')).toContain(command[0]);
    expect(from('        env: [{name: POSTGRES_USER, value: app}]\n')).toContain(command[0]);
  });

  it('an exporter answers on the port it calls metrics', () => {
    expect(offers({}, deployment('        ports: [{name: metrics, containerPort: 9187}]\n', 'prometheuscommunity/postgres-exporter')).slice(0, 2)).toEqual(['hint', ': GET / on port metrics']);
    expect(offers({}, deployment('        ports: [{name: http, containerPort: 9187}]\n', 'prometheuscommunity/postgres-exporter'))[1]).toBe(': TCP port http');
  });
});

describe('a Service that stands in several files', () => {
  const service = (selector: string, port: number): string => `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {${selector}}\n  ports: [{port: ${String(port)}}]\n`;
  const declared = deployment('        ports: [{containerPort: 8080}]\n');

  it('counts as the nearest file has it', () => {
    expect(offers({ '/r/app/service.yaml': service('app: web', 8080), '/r/service.yaml': service('app: web', 9000) }, declared).slice(0, 3)).toEqual(['warning', ': TCP port 8080', ': GET / on port 8080']);
    expect(offers({ '/r/service.yaml': service('app: web', 8080) }, declared)[0]).toBe('warning');
    expect(offers({ '/r/app/service.yaml': service('app: web, role: client', 8080), '/r/service.yaml': service('app: web', 8080) }, declared)[0]).toBe('information');
    expect(offers({ '/r/service.yaml': service('app: web', 8080) }, `${service('app: other', 8080)}---\n${declared}`)[0]).toBe('information');
  });

  it('counts from every file that is as near', () => {
    expect(offers({ '/r/dev/service.yaml': service('app: web, env: dev', 8080), '/r/prod/service.yaml': service('app: web', 8080) }, declared)[0]).toBe('warning');
  });

  it('is another one in another namespace, or under another name', () => {
    const far = service('app: web', 8080);
    const near = service('app: web, role: client', 8080);
    expect(offers({ '/r/app/service.yaml': near.replace('{name: web}', '{name: web, namespace: shop}'), '/r/service.yaml': far }, declared)[0]).toBe('warning');
    expect(offers({ '/r/app/service.yaml': near.replace('{name: web}', '{name: web-client}'), '/r/service.yaml': far }, declared)[0]).toBe('warning');
  });
});
