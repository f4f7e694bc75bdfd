import type { Scenario } from '../../scenario.ts';

export const scenario: Scenario = {
  pattern: 'ambassador',
  id: 'database-proxy',
  prefix: 'ambassador-database',
  title: { en: 'Reach a managed database (Cloud SQL Auth Proxy)', zh: '访问托管数据库（Cloud SQL Auth Proxy）' },
  summary: {
    en: 'Takes plain database connections on localhost, and makes them encrypted ones with the identity of the Pod.',
    zh: '在 localhost 上接收普通数据库连接，再以 Pod 的身份建立加密连接。',
  },
  notWhen: {
    en: 'For a database within the cluster, or one that takes TLS and passwords as they are, connect directly. In Go, Java, Python and Node.js the connector library does the same in the app.',
    zh: '如果数据库在集群内，或者可以直接使用 TLS 和密码，请直接连接。Go、Java、Python 和 Node.js 应用可以使用连接器库，在应用内完成同样的事。',
  },
  image: 'gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.25.3',
  source: 'GoogleCloudPlatform/cloud-sql-proxy, examples/k8s-sidecar',
  date: '2026-08',
  native: true,
  takesOver: {
    env: ['pg(host|port)', '(.*_)?(db|database|postgres|postgresql|pg)_(host|hostname|port|url|uri|dsn|server|addr|address)', '(.*_)?(db|database|postgres|postgresql|pg)(host|port|url)', 'spring_datasource_url'],
    schemes: ['postgres', 'postgresql', 'postgresql+psycopg', 'postgresql+psycopg2', 'postgresql+asyncpg'],
    ports: [5432],
    at: 5432,
  },
  alsoListens: [5432],
};
