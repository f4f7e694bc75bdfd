/** Words of a command line to be taken out and put in: counted with the program as word 0. */
export interface WordChange {
  readonly at: number;
  readonly remove: number;
  readonly insert: readonly string[];
}

/** A program that leaves for the background by itself and lets the process that started it end. */
export interface Daemonising {
  /** As people call it: `nginx`, `service mysql start`. */
  readonly label: string;
  /** What keeps it in the foreground; undefined where it has no such way: then the program behind it must be started itself. */
  readonly foreground: readonly WordChange[] | undefined;
  /** A configuration below this folder of the image can say the same as the flag. */
  readonly configuredIn: string | undefined;
  /** Packages whose configuration does not say so. */
  readonly packages?: RegExp | undefined;
}

type Words = readonly (string | undefined)[];

interface Common {
  readonly names: readonly string[];
  /** Where the row was learned. */
  readonly source: string;
}

/** It stays unless it is told to go: by a flag, which may have its value in the next word. */
interface Told extends Common {
  readonly flag: RegExp;
  readonly value?: RegExp;
  /** What stands in the flag's place; nothing where absent. */
  readonly becomes?: readonly string[];
}

/** It goes unless one of these is among its arguments. */
interface Leaves extends Common {
  readonly unless: RegExp;
  /** Arguments with which it does something else and ends. */
  readonly idle?: RegExp;
  readonly insert: readonly string[];
  readonly configuredIn?: string;
  readonly packages?: RegExp;
}

/** A script of its own: `catalina.sh start`. The verb may have a sibling that stays. */
interface Verb extends Common {
  readonly verbs: Readonly<Record<string, string | undefined>>;
  /** Another program that takes the same arguments and stays. */
  readonly program?: string;
  readonly unless?: RegExp;
}

type Row = Told | Leaves | Verb;

const measured = 'run on Debian 12: the process that was started ended at once, 2026-11';
const manual = 'manual page or documentation of each';

const rows: readonly Row[] = [
  // `nginx -c` may name a configuration that says it, too; `-g daemon off` without quotes ends with an error.
  { names: ['nginx'], unless: /daemon\s+off|^(?:-c|daemon)$/, idle: /^-[tTvVhs]$|^-q$/, insert: ['-g', 'daemon off;'], configuredIn: '/etc/nginx', packages: /^nginx/, source: `${measured}; nginx.org/en/docs/ngx_core_module.html#daemon` },
  { names: ['httpd', 'apache2'], unless: /FOREGROUND|NO_DETACH|^-X$|^-[DC]$/, idle: /^-[tSvVlLMh]|^(?:stop|graceful|graceful-stop|configtest|status)$/, insert: ['-DFOREGROUND'], source: `${measured}; httpd.apache.org/docs/2.4/programs/httpd.html` },
  { names: ['apachectl', 'apache2ctl'], verbs: { start: '-DFOREGROUND' }, source: measured },
  { names: ['php-fpm'], flag: /^(?:-D|--daemonize)$/, becomes: ['-F'], source: measured },
  { names: ['php-fpm'], unless: /^(?:-[FDydcgp]|--(?:nodaemonize|daemonize|fpm-config|define))/, idle: /^(?:-[tmvih]+|--(?:test|help|version|info|modules))$/, insert: ['-F'], configuredIn: '/etc/php', packages: /^php[\d.]*-fpm$/, source: `${measured} with the package's configuration` },
  { names: ['supervisord'], unless: /^(?:-n|--nodaemon|-c|--configuration)/, idle: /^(?:-[vh]|--version|--help)$/, insert: ['-n'], configuredIn: '/etc/supervisor', packages: /^supervisor$/, source: `${measured} with the package's configuration` },
  { names: ['redis-server', 'redis-sentinel', 'valkey-server'], flag: /^--daemonize$/, value: /^yes$/, source: measured },
  { names: ['gunicorn'], flag: /^(?:-D|--daemon)$/, source: measured },
  { names: ['memcached'], flag: /^(?:-d|--daemon)$/, source: measured },
  { names: ['cron'], unless: /^-\w*f/, idle: /^-/, insert: ['-f'], source: measured },
  { names: ['crond'], unless: /^-\w*[fnd]/, idle: /^-\w*[hVx]/, insert: ['-f'], source: `${measured} (busybox); cronie: crond(8)` },
  { names: ['sshd'], unless: /^-\w*[DdtTiGV]/, insert: ['-D'], source: 'sshd(8): it detaches unless -D, -d or -i' },
  { names: ['mongod', 'mongos'], flag: /^--fork$/, source: manual },
  { names: ['mysqld', 'mariadbd', 'elasticsearch', 'opensearch'], flag: /^--daemonize$/, source: manual },
  { names: ['elasticsearch', 'kafka-server-start.sh', 'zookeeper-server-start.sh', 'connect-distributed.sh'], flag: /^(?:-d|-daemon)$/, source: manual },
  { names: ['rabbitmq-server'], flag: /^-detached$/, source: 'rabbitmq-server(8)' },
  { names: ['uwsgi'], flag: /^(?:-d|--daemonize)$/, value: /^\//, source: 'uwsgi-docs, Options: daemonize <log file>' },
  { names: ['uwsgi'], flag: /^--daemonize=/, source: 'uwsgi-docs, Options: daemonize' },
  { names: ['celery'], flag: /^(?:-D|--detach)$/, source: 'docs.celeryq.dev, reference/cli' },
  { names: ['haproxy'], flag: /^-D$/, source: 'haproxy management guide, section 3' },
  { names: ['unicorn', 'unicorn_rails'], flag: /^(?:-D|--daemonize)$/, source: manual },
  { names: ['thin', 'puma', 'passenger', 'sidekiq'], flag: /^(?:-d|--daemon|--daemonize)$/, source: manual },
  { names: ['unbound'], unless: /^-\w*d/, idle: /^-\w*[hV]/, insert: ['-d'], configuredIn: '/etc/unbound', source: 'unbound(8): -d, "do not fork into the background"' },
  { names: ['named'], unless: /^-\w*[gf]/, idle: /^-[vV]/, insert: ['-g'], source: 'named(8): -f foreground, -g foreground and log to stderr' },
  { names: ['rsyslogd'], unless: /^-\w*n/, idle: /^-\w*[vN]/, insert: ['-n'], source: 'rsyslogd(8): -n, "avoid auto-backgrounding"' },
  { names: ['squid'], unless: /^-\w*N|^--foreground$/, idle: /^-\w*[hvzk]/, insert: ['--foreground'], source: 'squid(8): --foreground' },
  { names: ['varnishd'], unless: /^-[FdCVxI]/, insert: ['-F'], source: 'varnishd(1): -F, "do not fork"' },
  { names: ['keepalived'], unless: /^-\w*n|^--dont-fork$/, idle: /^-[tvh]|^--(?:version|help|config-test)/, insert: ['--dont-fork'], source: 'keepalived(8)' },
  { names: ['catalina.sh', 'jetty.sh', 'nexus'], verbs: { start: 'run' }, source: manual },
  { names: ['zkServer.sh'], verbs: { start: 'start-foreground' }, source: 'zookeeper.apache.org, zkServer.sh' },
  { names: ['activemq', 'neo4j'], verbs: { start: 'console' }, source: manual },
  { names: ['postfix'], verbs: { start: 'start-fg' }, source: 'postfix(1): start-fg since 3.3' },
  { names: ['pm2'], verbs: { start: 'start' }, program: 'pm2-runtime', unless: /^--no-daemon$/, source: 'pm2.keymetrics.io, Docker integration' },
  { names: ['forever', 'supervisorctl', 'rc-service', 'initctl', 'pg_ctl', 'mysql.server'], verbs: { start: undefined }, source: manual },
];

/** What an argument vector does to leave for the background; undefined where it stays, or nothing is known of it. */
export function daemonising(words: Words): Daemonising | undefined {
  const [program, ...args] = words;
  if (program === undefined) return undefined;
  const name = program.slice(program.lastIndexOf('/') + 1);
  const started = serviceStart(program, name, args);
  if (started !== undefined) return { label: started, foreground: undefined, configuredIn: undefined };
  const plain = name.replace(/\d+(?:\.\d+)*$/, '');
  for (const row of rows) {
    if (!row.names.includes(name) && !row.names.includes(plain)) continue;
    const found = 'verbs' in row ? byVerb(row, name, args) : 'flag' in row ? byFlag(row, name, args) : byAbsence(row, name, args);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Managers of system services: what they start has a program of its own. */
function serviceStart(program: string, name: string, args: Words): string | undefined {
  const [first, second] = args;
  if (name === 'service' && first !== undefined && (second === 'start' || second === 'restart')) return `service ${first}`;
  if (name === 'systemctl' && (first === 'start' || first === 'restart') && second !== undefined) return `systemctl start ${second}`;
  if (/^\/etc\/(?:rc\.d\/)?init\.d\//.test(program) && (first === 'start' || first === 'restart')) return program;
  return undefined;
}

function byFlag({ flag, value, becomes = [] }: Told, label: string, args: Words): Daemonising | undefined {
  const at = args.findIndex((arg, index) => arg !== undefined && flag.test(arg) && (value === undefined || value.test(args[index + 1] ?? '')));
  if (at < 0) return undefined;
  return { label, configuredIn: undefined, foreground: [{ at: at + 1, remove: value === undefined ? 1 : 2, insert: becomes }] };
}

function byAbsence({ unless, idle, insert, configuredIn, packages }: Leaves, label: string, args: Words): Daemonising | undefined {
  // A word that only a running container knows may be the flag.
  if (args.some((arg) => arg === undefined || unless.test(arg) || idle?.test(arg) === true)) return undefined;
  return { label, configuredIn, packages, foreground: [{ at: 1, remove: 0, insert }] };
}

function byVerb({ verbs, program, unless }: Verb, name: string, args: Words): Daemonising | undefined {
  const at = args.findIndex((arg) => arg?.startsWith('-') !== true);
  const verb = args[at];
  if (verb === undefined || !Object.hasOwn(verbs, verb) || args.some((arg) => arg !== undefined && unless?.test(arg) === true)) return undefined;
  const other = verbs[verb];
  const label = `${name} ${verb}`;
  if (other === undefined) return { label, foreground: undefined, configuredIn: undefined };
  const change = program === undefined ? { at: at + 1, remove: 1, insert: [other] } : { at: 0, remove: 1, insert: [program] };
  return { label, configuredIn: undefined, foreground: [change] };
}

/** Programs that run other programs and watch them, in the foreground themselves, and stay when one of those ends (foreman, honcho and multirun do not). */
export const supervisors: ReadonlySet<string> = new Set(['supervisord', 'runsvdir', 's6-svscan', 'my_init', 'monit', 'circusd']);
