// What the app points at: found in its variables and arguments, and led to the helper.
import { describe, expect, it } from 'vitest';
import type { Source } from '../../server/src/patterns/scenario.ts';
import { source, type Setting, wired } from './support.ts';

const proxy = source('ambassador/database-proxy');
const pool = source('ambassador/connection-pool');
const api = source('ambassador/external-api');
const balancer = source('ambassador/discovery');
const router = source('ambassador/routing');
const supervisor = source('config-helper/environment');
const agent = source('config-helper/secrets');

function pod(env: Readonly<Record<string, string>>, more = ''): string {
  const items = Object.entries(env).map(([name, value]) => `        - name: ${name}\n          value: ${value}\n`).join('');
  const list = items === '' ? '' : `      env:\n${items}`;
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\n  namespace: prod\nspec:\n  containers:\n    - name: shop\n      image: registry.example.com/shop:1.0.0\n${more}${list}`;
}

function added(text: string, what: Source, setting: Setting = {}): string {
  const result = wired(text, what, setting);
  return 'text' in result ? result.text : expect.fail(result.refused);
}

function reason(text: string, what: Source, setting: Setting = {}): string {
  const result = wired(text, what, setting);
  return 'refused' in result ? result.refused : expect.fail(result.text);
}

describe('a database', () => {
  it('is spoken to in the clear at localhost, for the helper makes the TLS', () => {
    const text = added(pod({ DATABASE_URL: 'postgres://u:p@db.example.com:5432/shop?sslmode=require' }), proxy);
    expect(text).toContain('value: postgres://u:p@localhost:5432/shop?sslmode=disable\n');
    expect(text).not.toContain('PGHOST');
  });

  it('is named by host and port apart, and the helper gets both', () => {
    const text = added(pod({ DB_HOST: 'db.example.com', DB_PORT: '"5433" # theirs' }), pool);
    expect(text).toContain('- name: DB_HOST\n          value: localhost\n        - name: DB_PORT\n          value: "6432" # theirs\n');
    expect(text).toContain('* = host=db.example.com port=5433\n');
  });

  it('is found where the port of the helper had to move', () => {
    const text = added(pod({ DB_HOST: 'db.example.com', DB_PORT: '"5432"' }, '      ports: [{containerPort: 6432}]\n'), pool);
    expect(text).toContain('value: "6433"\n');
    expect(text).toContain('listen_port = 6433\n');
  });

  it('is named in an argument', () => {
    const text = added(pod({}, '      args: [--db-host=db.example.com, --db-port, "5432", --verbose]\n'), pool);
    expect(text).toContain('args: [--db-host=localhost, --db-port, "6432", --verbose]\n');
  });

  it('is told to an app that names none', () => {
    expect(added(pod({ LOG_LEVEL: 'info' }), pool)).toContain('- name: PGHOST\n          value: 127.0.0.1\n');
  });

  it('is one of two: the first is taken, and both at once are refused', () => {
    const text = pod({ DATABASE_URL: 'postgres://a.example.com/shop', REPLICA_DATABASE_URL: 'postgres://b.example.com/shop' });
    const once = added(text, pool);
    expect(once).toContain('value: postgres://localhost:6432/shop\n');
    expect(once).toContain('value: postgres://b.example.com/shop\n');
    const env = 'spec.containers[0].env';
    expect(reason(text, pool, { choices: { backends: [`${env}[0].value`, `${env}[1].value`] } })).toMatch(/^pgbouncer .*a\.example\.com, b\.example\.com/);
  });
});

describe('an API', () => {
  it('is called over plain HTTP at localhost, and the helper calls the host that stood there', () => {
    const text = added(pod({ PAYMENTS_API_URL: 'https://api.example.com/v1' }), api);
    expect(text).toContain('value: http://localhost:9080/v1\n');
    expect(text.match(/server api\.example\.com:443 resolve/g)).toHaveLength(2);
  });

  it('is left alone where its address says no TLS, or its name no API', () => {
    const text = added(pod({ PAYMENTS_API_URL: 'http://api.example.com/v1', PUBLIC_PAGE: 'https://shop.example.com' }), api);
    expect(text).toContain('value: http://api.example.com/v1\n');
    expect(text).toContain('value: https://shop.example.com\n');
  });
});

describe('a service of the cluster', () => {
  it('is given to HAProxy by its whole name, for HAProxy knows no search list', () => {
    const text = added(pod({ BACKEND_URL: 'http://orders:8080/api' }), balancer);
    expect(text).toContain('value: http://localhost:9000/api\n');
    expect(text).toContain('orders.prod.svc.cluster.local');
  });

  it('is given to Envoy with its port', () => {
    const text = added(pod({ BACKEND_URL: 'http://orders.prod.svc:8080' }), router);
    expect(text).toContain('value: http://localhost:9000\n');
    expect(text).toMatch(/address: orders\.prod\.svc\n\s+port_value: 8080\n/);
  });
});

describe('what starts the app', () => {
  it('stands before the command that was there, and its arguments stay', () => {
    const text = added(pod({}, '      command: ["/app/server"] # ours\n      args: [--port=8080]\n'), supervisor);
    expect(text).toContain('command: ["/tools/envconsul", "-config=/tools/config.hcl", "/app/server"] # ours\n      args: [--port=8080]\n');
  });

  it('is refused where the image alone knows the command', () => {
    expect(reason(pod({}), supervisor)).toBe('envconsul has to start the app, and container "shop" does not say what to start. Write its command first.');
  });
});

describe('who the Pod is', () => {
  it('is an account of its own where it had none', () => {
    const text = added(pod({}), agent);
    expect(text).toContain('serviceAccountName: shop\n');
    expect(text).toMatch(/kind: ServiceAccount\nmetadata:\n {2}name: shop\n/);
  });

  it('stays who it was', () => {
    const text = added(pod({}).replace('spec:\n', 'spec:\n  serviceAccountName: robot\n'), agent);
    expect(text).toContain('serviceAccountName: robot\n');
    expect(text).not.toContain('kind: ServiceAccount');
  });
});
