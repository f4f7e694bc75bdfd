import { interpreted } from './interpreters.ts';

/**
 * What SIGTERM does to a program that is process 1 of a container, where a signal without a handler is dropped by the kernel:
 * - `ends`: it handles the signal;
 * - `ignores`: it has no handler, so it runs on until SIGKILL;
 * - `depends`: an interpreter; what it runs may have a handler, and without one it ignores the signal;
 * - `hides`: it runs the application behind a shell, and the application gets no signal where that shell stays;
 * - `abandons`: it passes the signal on and ends at once, so nobody waits for the application;
 * - `forgets`: a script that starts a server and neither becomes it nor waits for it when the signal comes.
 */
export type Handling = 'ends' | 'ignores' | 'depends' | 'hides' | 'abandons' | 'forgets';

export interface KnownProgram {
  /** As people call it: `php -S`, `npm start`, `node server.js`. */
  readonly label: string;
  readonly handling: Handling;
  /**
   * `always`: a server by itself. `never`: it does one thing and ends, or waits for a keyboard, or is a tool of
   * development. `unknown`: only other signs can tell.
   */
  readonly serves: 'always' | 'never' | 'unknown';
  /** Values of environment variables with which it handles the signal all the same. */
  readonly unless: readonly (readonly [string, RegExp])[];
}

interface Row {
  readonly names: readonly string[];
  /** Further condition on the arguments. The first row that fits counts. */
  readonly when?: (args: readonly (string | undefined)[]) => boolean;
  readonly label?: string;
  readonly handling: Handling;
  readonly serves: KnownProgram['serves'];
  readonly unless?: KnownProgram['unless'];
  /** Where the row was learned. */
  readonly source: string;
}

const measured = 'run as process 1 of a PID namespace on Debian 12, SIGTERM sent from outside, 2026-11';
const has = (...flags: readonly string[]) => (args: readonly (string | undefined)[]): boolean =>
  args.some((arg) => arg !== undefined && flags.includes(arg));

/** Programs by name, script name or Python module. */
const rows: readonly Row[] = [
  {
    names: ['nginx', 'redis-server', 'memcached', 'php-fpm', 'gunicorn', 'uvicorn', 'apache2', 'supervisord', 'celery'],
    handling: 'ends', serves: 'always', source: measured,
  },
  { names: ['httpd'], when: (args) => args.some((arg) => arg?.includes('FOREGROUND') === true), handling: 'ends', serves: 'always', source: measured },
  {
    names: ['java', 'puma', 'unicorn', 'rails', 'postgres', 'mysqld', 'mariadbd', 'mongod', 'etcd', 'caddy', 'traefik', 'envoy', 'hypercorn', 'daphne', 'pm2-runtime', 'streamlit', 'jupyter'],
    handling: 'ends', serves: 'always', source: 'manual or source of each: SIGTERM stops it',
  },
  { names: ['http.server', 'SimpleHTTPServer'], label: 'python -m http.server', handling: 'ignores', serves: 'always', source: measured },
  { names: ['apache2ctl', 'apachectl'], when: (args) => args.some((arg) => arg?.includes('FOREGROUND') === true), handling: 'forgets', serves: 'always', source: measured },
  { names: ['cron'], when: has('-f'), label: 'cron -f', handling: 'ignores', serves: 'always', source: measured },
  // cronie, the crond of the Red Hat family, has a handler and other options.
  { names: ['crond'], when: has('-f', '-fd'), label: 'crond -f', handling: 'ignores', serves: 'always', source: `${measured} (busybox)` },
  { names: ['haproxy'], when: has('-W', '-Ws', '-D'), handling: 'ends', serves: 'always', source: measured },
  {
    names: ['flask'],
    when: (args) => args.includes('run') && !has('--debug', '--reload')(args),
    label: 'flask run', handling: 'ignores', serves: 'always', unless: [['FLASK_DEBUG', /^(?!0?$|f|n)/i], ['FLASK_ENV', /^dev/]],
    source: 'werkzeug: src/werkzeug/serving.py has no handler; _reloader.py sets one',
  },
  { names: ['flask'], handling: 'ends', serves: 'unknown', source: 'werkzeug: src/werkzeug/_reloader.py, run_with_reloader' },
  {
    names: ['manage.py'],
    when: (args) => args[0] === 'runserver' && has('--noreload')(args),
    label: 'manage.py runserver', handling: 'ignores', serves: 'always',
    source: 'django: django/core/management/commands/runserver.py has no handler without the reloader',
  },
  { names: ['manage.py'], when: (args) => args[0] === 'runserver', handling: 'ends', serves: 'always', source: 'django: django/utils/autoreload.py, run_with_reloader' },
  { names: ['manage.py'], handling: 'depends', serves: 'never', source: 'django-admin documentation: its commands end by themselves' },
  { names: ['artisan'], when: (args) => /^(?:serve|queue:work|schedule:work|octane:start)$/.test(args[0] ?? ''), label: 'php artisan', handling: 'depends', serves: 'always', source: measured },
  { names: ['artisan'], handling: 'depends', serves: 'never', source: 'Laravel documentation: other commands end by themselves' },
  {
    names: [
      'pip', 'venv', 'pytest', 'unittest', 'tox', 'nose', 'mypy', 'ruff', 'black', 'flake8', 'pylint', 'behave', 'robot', 'timeit', 'build',
      'jest', 'mocha', 'eslint', 'cypress', 'nodemon', 'phpunit', 'composer',
    ],
    handling: 'depends', serves: 'never', source: 'tools of development',
  },
  {
    names: [
      'echo', 'printf', 'true', 'false', 'cat', 'ls', 'ps', 'top', 'htop', 'env', 'printenv', 'date', 'id', 'uname', 'whoami', 'sleep', 'tail',
      'cp', 'mv', 'rm', 'tar', 'find', 'sed', 'awk', 'grep', 'cowsay', 'fortune', 'curl', 'wget', 'git', 'ssh', 'make', 'cmake', 'go', 'cargo', 'mvn',
      'gradle', 'gradlew', 'kubectl', 'helm', 'terraform', 'ansible', 'ansible-playbook', 'aws', 'gcloud', 'az', 'init', 'irb', 'ipython', 'psql', 'mysql',
      'sh', 'bash', 'ash', 'dash', 'zsh', 'fish', 'ksh', 'tmux', 'screen', 'vim', 'nano', 'emacs',
    ],
    handling: 'ignores', serves: 'never', source: 'tools for people and scripts',
  },
];

/** What is known about a program that starts with these arguments; undefined where nothing is. */
export function knownProgram(name: string, args: readonly (string | undefined)[]): KnownProgram | undefined {
  const runner = packageRunner(name, args);
  if (runner !== undefined) return runner;
  const run = interpreted(name, args);
  if (run === undefined) return fromRows(name, args);
  // The interpreter itself is not listed; a script or module may be.
  if (run.interpreter === 'php' && has('-S')(args)) return { label: 'php -S', handling: 'ignores', serves: 'always', unless: [] };
  const target = run.target === undefined ? undefined : run.target.slice(run.target.lastIndexOf('/') + 1);
  const listed = target === undefined ? undefined : fromRows(target, run.args);
  if (listed !== undefined) return listed;
  const idle = run.kind === 'none' || run.kind === 'inline' || asksForHelp(run.args);
  const label = target === undefined ? name : [name, run.kind === 'module' ? '-m' : undefined, target].filter((word) => word !== undefined).join(' ');
  return { label, handling: 'depends', serves: idle ? 'never' : servesByName(target), unless: [] };
}

function fromRows(name: string, args: readonly (string | undefined)[]): KnownProgram | undefined {
  // `php-fpm8.2`, `gunicorn3`
  const plain = name.replace(/\d+(?:\.\d+)*$/, '');
  const row = rows.find(({ names, when }) => (names.includes(name) || names.includes(plain)) && (when === undefined || when(args)));
  if (row === undefined) return undefined;
  return { label: row.label ?? name, handling: row.handling, serves: asksForHelp(args) ? 'never' : row.serves, unless: row.unless ?? [] };
}

const runners: ReadonlyMap<string, Handling> = new Map([
  // npm 11 and pnpm 10 wait for the shell they start; a dash between them and the application dies without passing the
  // signal on. Yarn 1.22 leaves at once: src/util/signal-handler.js. All three run as process 1 and under an init, 2026-11.
  ['npm', 'hides'],
  ['npx', 'hides'],
  ['pnpm', 'hides'],
  ['yarn', 'abandons'],
  ['yarnpkg', 'abandons'],
]);

/** Options of package managers whose value is the next word. */
const withValue: ReadonlySet<string> = new Set(['--prefix', '--cwd', '-C', '--dir', '--filter', '-F', '-w', '--workspace', '--loglevel']);

/** `npm start`, `npm run serve`, `pnpm start`, `yarn start:prod`, `npx serve`. */
function packageRunner(name: string, args: readonly (string | undefined)[]): KnownProgram | undefined {
  const handling = runners.get(name);
  if (handling === undefined) return undefined;
  const words = args.filter((arg, index) => arg?.startsWith('-') !== true && !withValue.has(args[index - 1] ?? ''));
  if (words[0] === 'workspace') words.splice(0, 2);
  const verb = words[0] === 'run' || words[0] === 'run-script' ? 'run' : undefined;
  const script = verb === undefined ? words[0] : words[1];
  const label = [name, verb, script ?? (words.length > 0 ? '…' : undefined)].filter((word) => word !== undefined).join(' ');
  if (words.length === 0) return { label, handling, serves: 'never', unless: [] };
  return { label, handling, serves: script === undefined ? 'unknown' : servesByScript(script), unless: [] };
}

/** By the name of a script of package.json. */
function servesByScript(script: string): KnownProgram['serves'] {
  if (/dev|debug|watch|hot|local|test|e2e|lint|build|install|^ci$|format|migrat|seed|generate|deploy|storybook|nodemon|webpack|^vite$|^ng$/i.test(script)) return 'never';
  return /^(?:start|serve|server|prod|production|preview|web|api|worker|http-server)(?:$|[:_.-])|[:_-](?:start|serve|server|prod)$/i.test(script) ? 'always' : 'unknown';
}

/** By the name of a program, file or module. */
export function servesByName(target: string | undefined): KnownProgram['serves'] {
  if (target === undefined) return 'unknown';
  const name = target.replace(/\.[a-z]+$/i, '');
  if (/(?:^|[-_.])(?:tests?|setup|build|migrate|migrations?|seed|train|backup|restore|init|install|lint|client|cli)(?:$|[-_.])/i.test(name)) return 'never';
  return /server|service|daemon|listener|consumer|worker|gateway|proxy|(?:^|[-_.])(?:app|api|web|www|serve|bot|scheduler|backend|frontend|wsgi|asgi)(?:$|[-_.])/i.test(name)
    ? 'always'
    : 'unknown';
}

function asksForHelp(args: readonly (string | undefined)[]): boolean {
  return args.length > 0 && args.every((arg) => arg === '-h' || arg === '--help' || arg === '--version' || arg === '-V' || arg === 'help' || arg === 'version');
}
