export type WrapperKind =
  /** A process 1 that passes signals on and reaps orphans. */
  | 'init'
  | 'env'
  | 'exec'
  /** Runs the program as somebody else. */
  | 'user'
  | 'shell'
  /** Anything else that ends in running the program named behind it. */
  | 'runner';

/** How to find the program behind a wrapper's own words. */
export interface WrapperShape {
  readonly kind: WrapperKind;
  /** Options whose value is the next word. */
  readonly withValue: readonly string[];
  /** Words between the options and the program: a fixed word, or undefined for any (a user, a duration). */
  readonly operands: readonly (string | undefined)[];
}

function shape(kind: WrapperKind, withValue: readonly string[] = [], operands: readonly (string | undefined)[] = []): WrapperShape {
  return { kind, withValue, operands };
}

const tini = shape('init', ['-p', '-e']);

/** Wrappers by program name (`/init`, which is only a name at the root, by path). From the manual page or README of each. */
export const wrappers: ReadonlyMap<string, WrapperShape> = new Map([
  ['tini', tini],
  ['tini-static', tini],
  ['docker-init', tini],
  ['dumb-init', shape('init', ['-r', '--rewrite'])],
  ['catatonit', shape('init')],
  ['my_init', shape('init')],
  ['/init', shape('init')],
  ['pid1', shape('init', ['-e', '--env', '-u', '--user', '-g', '--group', '-w', '--workdir', '-t', '--timeout'])],
  ['env', shape('env', ['-u', '--unset', '-C', '--chdir'])],
  ['exec', shape('exec', ['-a'])],
  ['command', shape('exec')],
  ['gosu', shape('user', [], [undefined])],
  ['su-exec', shape('user', [], [undefined])],
  ['s6-setuidgid', shape('user', [], [undefined])],
  ['setuidgid', shape('user', [], [undefined])],
  ['chpst', shape('user', ['-u', '-U', '-b', '-e', '-/', '-n', '-l', '-L', '-m', '-d', '-o', '-p', '-f', '-c', '-r', '-t'])],
  ['setpriv', shape('user', ['--reuid', '--regid', '--groups', '--inh-caps', '--ambient-caps', '--bounding-set', '--securebits'])],
  ['sudo', shape('user', ['-u', '--user', '-g', '--group', '-h', '-p', '-C', '-r', '-t', '-D', '-R', '-T'])],
  ['doas', shape('user', ['-u', '-C'])],
  ['nohup', shape('runner')],
  ['nice', shape('runner', ['-n', '--adjustment'])],
  ['ionice', shape('runner', ['-c', '--class', '-n', '--classdata'])],
  ['stdbuf', shape('runner', ['-i', '-o', '-e', '--input', '--output', '--error'])],
  ['timeout', shape('runner', ['-s', '--signal', '-k', '--kill-after'], [undefined])],
  ['time', shape('runner')],
  ['setsid', shape('runner')],
  ['ddtrace-run', shape('runner')],
  ['opentelemetry-instrument', shape('runner')],
  ['newrelic-admin', shape('runner', [], ['run-program'])],
]);
