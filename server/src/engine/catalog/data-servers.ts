/** A server as a package of a distribution installs it, and where it keeps its data. */
export interface DataServer {
  readonly programs: readonly string[];
  /** Services of the system that start it. */
  readonly services: readonly string[];
  readonly packages: RegExp;
  readonly keeps: 'store' | 'cache';
  /** Where nothing else is said; undefined where that depends on more than the file shows. */
  readonly path: string | undefined;
  /** Flags that name the directory, without value. */
  readonly flags: RegExp;
  readonly variable?: string;
  /** Arguments that name a configuration, which may name another directory. */
  readonly configuration?: RegExp;
  readonly source: string;
}

/** No package was opened: rows that rest on nothing else may raise no more than information. */
const packaged = 'knowledge of the packages of Debian and Alpine, not verified';

const rows: readonly DataServer[] = [
  { programs: ['mysqld', 'mysqld_safe', 'mariadbd', 'mariadbd-safe'], services: ['mysql', 'mariadb', 'mysqld'], packages: /^(?:default-)?(?:mysql|mariadb)(?:-community)?-server|^mysql$|^mariadb$/, keeps: 'store', path: '/var/lib/mysql', flags: /^--datadir$/, configuration: /^--defaults-/, source: packaged },
  { programs: ['postgres', 'postmaster'], services: ['postgresql'], packages: /^postgresql(?:-?\d+(?:\.\d+)?)?(?:-server)?$/, keeps: 'store', path: '/var/lib/postgresql', flags: /^-D$/, variable: 'PGDATA', configuration: /config_file|data_directory/, source: packaged },
  { programs: ['mongod'], services: ['mongodb', 'mongod'], packages: /^mongodb(?:-org)?(?:-server)?$/, keeps: 'store', path: '/data/db', flags: /^--dbpath$/, configuration: /^(?:-f|--config)/, source: 'mongodb.com/docs, storage.dbPath' },
  { programs: ['redis-server', 'valkey-server'], services: ['redis-server', 'redis'], packages: /^(?:redis|valkey)(?:-server)?$/, keeps: 'cache', path: undefined, flags: /^--dir$/, source: 'redis.conf: the working directory unless another is given' },
  { programs: ['influxd'], services: ['influxdb'], packages: /^influxdb2?$/, keeps: 'store', path: undefined, flags: /^--(?:bolt-path|engine-path)$/, source: 'docs.influxdata.com' },
  { programs: ['slapd'], services: ['slapd'], packages: /^slapd$|^openldap$/, keeps: 'store', path: '/var/lib/ldap', flags: /(?!)/, source: packaged },
];

/** The server that a program is; `mysql` is the client. */
export function dataServer(program: string): DataServer | undefined {
  return rows.find(({ programs }) => programs.includes(program));
}

/** The server that a service of the system starts. */
export function dataService(service: string): DataServer | undefined {
  return rows.find(({ services }) => services.includes(service));
}
