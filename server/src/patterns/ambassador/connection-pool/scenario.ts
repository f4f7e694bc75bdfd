import type { Scenario } from '../../scenario.ts';

export const scenario: Scenario = {
  pattern: 'ambassador',
  id: 'connection-pool',
  prefix: 'ambassador-pgbouncer',
  title: { en: 'Pool database connections (PgBouncer)', zh: '数据库连接池（PgBouncer）' },
  summary: {
    en: 'Keeps a few connections to PostgreSQL open, and lends one to the app for each transaction.',
    zh: '与 PostgreSQL 保持少量连接，每个事务借给应用一个。',
  },
  notWhen: {
    en: 'If the app is one process with a pool of its own, a second pool gains nothing. For one bound over all replicas, run PgBouncer as a Deployment before the database.',
    zh: '如果应用只有一个进程且自带连接池，再加一层没有好处。需要对所有副本统一限制时，请在数据库前以 Deployment 运行 PgBouncer。',
  },
  image: 'docker.io/edoburu/pgbouncer:v1.25.2-p0',
  source: 'edoburu/docker-pgbouncer, releases',
  date: '2026-08',
  native: true,
  // The connections of the app, on loopback.
  alsoListens: [6432],
  takesOver: {
    env: ['pg(host|port)', '(.*_)?(db|database|postgres|postgresql|pg)_(host|hostname|port|url|uri|dsn|server|addr|address)', '(.*_)?(db|database|postgres|postgresql|pg)(host|port|url)', 'spring_datasource_url'],
    schemes: ['postgres', 'postgresql', 'postgresql+psycopg', 'postgresql+psycopg2', 'postgresql+asyncpg'],
    ports: [5432],
    at: 6432,
    stops: { host: 4, port: 5 },
  },
};
