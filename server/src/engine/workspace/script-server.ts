import { daemonising } from '../catalog/daemons.ts';
import { type Handling, knownProgram, type KnownProgram, servesByName } from '../catalog/programs.ts';
import { initOf, resolveArgv, type Argv } from '../shell/argv.ts';
import { setupless } from '../shell/builtins.ts';
import { allArguments, type ScriptEnd } from './script-facts.ts';

/** The program that a script ends in, as far as it matters for its end. */
export interface ScriptServer {
  /** As people call it. */
  readonly program: string;
  readonly serves: KnownProgram['serves'];
  /** Undefined where nothing is known about it. */
  readonly handling: Handling | undefined;
}

/** Tools that run a program of the project: their words before it. From the documentation of each. */
const runners: Readonly<Record<string, readonly string[]>> = { bunx: [], npx: [], bundle: ['exec'], poetry: ['run'], uv: ['run'], pipenv: ['run'], pdm: ['run'], rye: ['run'], hatch: ['run'] };

/** Programs that do one thing to a database, a project or a system and end, though an image that serves runs them, too. From the documentation of each. */
const tasks: ReadonlySet<string> = new Set([
  'alembic', 'atlas', 'bundle', 'composer', 'createdb', 'dbmate', 'django-admin', 'flyway', 'goose', 'initdb', 'knex', 'liquibase', 'migrate', 'mix', 'poetry',
  'prisma', 'rake', 'sequelize', 'sqlx', 'typeorm', 'uv', 'wp',
  'addgroup', 'adduser', 'apk', 'apt', 'apt-get', 'crontab', 'envsubst', 'groupadd', 'groupmod', 'gunzip', 'gzip', 'htpasswd', 'install', 'jq', 'keytool', 'mysqladmin',
  'openssl', 'pg_dump', 'pg_isready', 'ssh-keygen', 'sysctl', 'tee', 'unzip', 'update-ca-certificates', 'useradd', 'usermod', 'xargs', 'yq',
]);

/** `db:migrate`, `migrate`, `seed:all`: what is done before something serves. */
const task = /^(?:[\w-]+:)?(?:migrat(?:e|ions?)|seed|rollback|db)(?::[a-z][\w:-]*)?$/i;

/** Others that stay by themselves and pass signals on in their own way, or start what runs on without them. */
const keepers: ReadonlySet<string> = new Set(['su', 'runuser', 'service', 'systemctl', 'supervisorctl', 'start-stop-daemon', 'source', 'eval', 'screen', 'tmux', 'ssh-agent', 'xvfb-run', 'make', 'task', 'just']);

/**
 * The server that a script ends in when it is given these arguments; undefined where it ends in something that does its
 * work and ends, leaves by itself, or is no matter of `exec`.
 */
export function serverOf({ words, text }: ScriptEnd, args: readonly (string | undefined)[]): ScriptServer | undefined {
  const all = words.flatMap((word) => (word === allArguments ? args : [word]));
  if (words.includes(allArguments) && all.length === 0) return { program: text, serves: 'unknown', handling: undefined };
  const argv = withoutRunner(resolveArgv(all));
  const { program, name, wrappers } = argv;
  if (wrappers.some((each) => each.kind === 'shell' || each.name === 'time' || each.name === 'setsid' || each.name === 'timeout')) return undefined;
  if (name === undefined) return words[0] === undefined ? { program: text, serves: 'unknown', handling: undefined } : undefined;
  if (keepers.has(name) || tasks.has(name) || setupless.has(name) || argv.args.some((arg) => arg !== undefined && task.test(arg)) || daemonising([program, ...argv.args]) !== undefined) return undefined;
  const known = knownProgram(name, argv.args);
  const serves = known === undefined ? servesByName(name) : servesAs(argv, known);
  if (serves === 'never' || (initOf(argv) === name && argv.args.length === 0)) return undefined;
  return { program: known?.label ?? program ?? name, serves, handling: known?.handling };
}

function withoutRunner(argv: Argv): Argv {
  const verbs = argv.name === undefined ? undefined : runners[argv.name];
  const [first] = argv.args;
  if (verbs === undefined || first === undefined || first.startsWith('-') || (verbs.length > 0 && !verbs.includes(first))) return argv;
  const inner = resolveArgv(argv.args.slice(verbs.length > 0 ? 1 : 0));
  return { ...inner, wrappers: [...argv.wrappers, ...inner.wrappers] };
}

/** These are servers in some of the ways in which they are started. */
function servesAs({ name, args }: Argv, known: KnownProgram): KnownProgram['serves'] {
  if (name === 'rails') return args[0] === 's' || args[0] === 'server' ? 'always' : 'never';
  return name === 'java' && known.serves === 'always' ? 'unknown' : known.serves;
}
