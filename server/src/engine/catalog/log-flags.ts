/** A flag or variable that names where a program writes its log. */
export interface LogTarget {
  /** As it is written: `--log-file`, `LOG_FILE`. */
  readonly name: string;
  /** What to write instead of the file; '' takes flag and value away, because the program writes to stdout or stderr without. Undefined where it names a folder. */
  readonly instead: string | undefined;
}

interface Row {
  /** Programs by name; all where absent. */
  readonly programs?: RegExp;
  readonly flag: RegExp;
  readonly instead: LogTarget['instead'];
  readonly source: string;
}

/** The last word of a flag says what it is: `--log-file`, `--server.log.path`, `-logfile`, `--accesslog.filepath`. */
const namesLog = /^--?(?:[\w-]+[._-])*(?:access|error|audit|query)?log(?:s|ging)?[-_.]?(?:file|path|output|filepath|file[-_]path|to)$/i;

/** The first row that fits counts. */
const rows: readonly Row[] = [
  { programs: /^(?:gunicorn|hypercorn|daphne)\d*$/, flag: /^--(?:access-logfile|error-logfile|log-file|access-log)$/, instead: '-', source: 'docs.gunicorn.org, settings: "-" means stdout or stderr' },
  { flag: /^--audit-log-path$/, instead: '-', source: 'kubernetes.io, kube-apiserver: "- means standard out"' },
  { programs: /^mongo(?:[ds]|db)?$/, flag: /^--logpath$/, instead: '', source: 'mongodb.com/docs, systemLog.destination: stdout unless a path is given' },
  { programs: /^uwsgi$/, flag: /^--logto2?$/, instead: '', source: 'uwsgi-docs, Options: it logs to stderr by default' },
  // The entrypoints of these images leave root, and what they start then may not open root's /dev/stdout again.
  { programs: /^(?:mysqld?|mariadbd?|percona)$/, flag: /^--log[-_]error$/, instead: '', source: 'dev.mysql.com, The Error Log: stderr unless a file is given' },
  { programs: /^(?:mysqld_safe|mariadbd-safe)$/, flag: /^--log[-_]error$/, instead: undefined, source: 'dev.mysql.com, mysqld_safe: a file of its own in the data directory unless another is given' },
  { programs: /^(?:redis|valkey)(?:-server|-sentinel)?$/, flag: /^--logfile$/, instead: '', source: 'redis.conf: stdout unless a file is given' },
  { programs: /^(?:mysqld?|mysqld_safe|mariadbd?|mariadbd-safe|percona|redis|valkey|postgres(?:ql)?|mongo(?:[ds]|db)?|rabbitmq(?:-server)?|cassandra|elasticsearch|vault|consul|influxd(?:b)?|couchdb)$/, flag: namesLog, instead: undefined, source: 'docker-library, docker-entrypoint.sh: gosu, setpriv, su-exec or chroot --userspec' },
  { flag: namesLog, instead: '/dev/stdout', source: 'convention: a file to append to, which /dev/stdout is' },
  { flag: /^--?(?:[\w-]+[._-])*log[-_.]?dir(?:ectory)?$/i, instead: undefined, source: 'convention; glog and klog: -log_dir' },
];

/** Logs that databases, brokers and consensus keep as data. */
const notLogs = /(?:kafka|raft|redo|undo|trans(?:action)?|txn|wal|commit|bin|relay|change|event|journal|edit)[-_.]?log/i;

/**
 * Where a flag names the log of a program; undefined for flags that do not.
 * @param program its name, or that of its image
 */
export function logFlag(program: string | undefined, flag: string): LogTarget | undefined {
  if (!flag.startsWith('-') || notLogs.test(flag)) return undefined;
  const row = rows.find(({ programs, flag: pattern }) => pattern.test(flag) && (programs === undefined || (program !== undefined && programs.test(program))));
  return row === undefined ? undefined : { name: flag, instead: row.instead };
}

/**
 * What to write in place of this path. A path without an extension may be a folder, which cannot become a device, unless
 * the flag or variable says that it names a file.
 */
export function insteadOf({ name, instead }: LogTarget, path: string): LogTarget['instead'] {
  const isFile = /file$/i.test(name) || /\.\w+$/.test(path);
  return instead?.startsWith('/dev/') === true && (path.endsWith('/') || !isFile) ? undefined : instead;
}

/** Where an environment variable names the log of a program. */
export function logVariable(name: string): LogTarget | undefined {
  if (notLogs.test(name) || !/^(?:[A-Z0-9]+_)*LOG_?(?:FILE|PATH|DIR|FILE_PATH|FILENAME)$/.test(name)) return undefined;
  return { name, instead: name.endsWith('DIR') || name.endsWith('_PATH') ? undefined : '/dev/stdout' };
}

/** Flags that say that the log goes to stdout or stderr all the same (glog, klog, kube-log-runner). */
export const alsoToStderr = /^--?(?:also[-_]?)?(?:log[-_]?to[-_]?)?std(?:out|err)(?:=true)?$/;

/** Where the log goes, as a list of words: Keycloak's `--log=console,file` and `KC_LOG`, `--log-output=stderr`. */
const destinations = /^--?log(?:[-_.](?:to|outputs?|handlers?|targets?))?$|^(?:[A-Z0-9]+_)*LOG(?:_(?:TO|OUTPUTS?|HANDLERS?|TARGETS?))?$/;

/** Does this flag or variable send the log to the console, whatever else it names? */
export function saysConsole(name: string, value: string): boolean {
  return destinations.test(name) && value.split(/[\s,;]+/).some((word) => /^(?:console|std(?:out|err))$/i.test(word));
}

/**
 * A file of the container, as far as a log can be in one: an absolute path, or a name that ends in `.log`. Devices,
 * descriptors of processes and words for stdout (`-`, `stdout`, `console`) are none.
 */
export function isLogFile(path: string): boolean {
  if (/^\/(?:dev|proc)\/|\/$/.test(path) && !path.startsWith('/var/')) return false;
  return /^\/[^\s$]+$/.test(path) || /^[\w./-]+\.log$/.test(path);
}
