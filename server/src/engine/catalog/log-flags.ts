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

/** The first row that fits counts. */
const rows: readonly Row[] = [
  { programs: /^(?:gunicorn|hypercorn|daphne)\d*$/, flag: /^--(?:access-logfile|error-logfile|log-file|access-log)$/, instead: '-', source: 'docs.gunicorn.org, settings: "-" means stdout or stderr' },
  { flag: /^--audit-log-path$/, instead: '-', source: 'kubernetes.io, kube-apiserver: "- means standard out"' },
  { programs: /^mongo(?:[ds]|db)?$/, flag: /^--logpath$/, instead: '', source: 'mongodb.com/docs, systemLog.destination: stdout unless a path is given' },
  { programs: /^uwsgi$/, flag: /^--logto2?$/, instead: '', source: 'uwsgi-docs, Options: it logs to stderr by default' },
  { programs: /^(?:mysqld?|mysqld_safe|mariadbd?|percona)$/, flag: /^--(?:log-error|log_error)$/, instead: '/dev/stderr', source: 'dev.mysql.com, The Error Log' },
  // The last word of a flag says what it is: `--log-file`, `--server.log.path`, `-logfile`, `--accesslog.filepath`.
  { flag: /^--?(?:[\w-]+[._-])*(?:access|error|audit|query)?log(?:s|ging)?[-_.]?(?:file|path|output|filepath|file[-_]path|to)$/i, instead: '/dev/stdout', source: 'convention: a file to append to, which /dev/stdout is' },
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

/** The same for environment variables. */
export function logVariable(name: string): LogTarget | undefined {
  if (notLogs.test(name) || !/^(?:[A-Z0-9]+_)*LOG_?(?:FILE|PATH|DIR|FILE_PATH|FILENAME)$/.test(name)) return undefined;
  return { name, instead: name.endsWith('DIR') || name.endsWith('_PATH') ? undefined : '/dev/stdout' };
}

/** Flags that say that the log goes to stdout or stderr all the same (glog, klog, kube-log-runner). */
export const alsoToStderr = /^--?(?:also[-_]?)?(?:log[-_]?to[-_]?)?std(?:out|err)(?:=true)?$/;

/**
 * A file of the container, as far as a log can be in one: an absolute path, or a name that ends in `.log`. Devices,
 * descriptors of processes and words for stdout (`-`, `stdout`, `console`) are none.
 */
export function isLogFile(path: string): boolean {
  if (/^\/(?:dev|proc)\/|\/$/.test(path) && !path.startsWith('/var/')) return false;
  return /^\/[^\s$]+$/.test(path) || /^[\w./-]+\.log$/.test(path);
}
