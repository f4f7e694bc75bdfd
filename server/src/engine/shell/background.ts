import { type Daemonising, daemonising } from '../catalog/daemons.ts';
import { knownProgram } from '../catalog/programs.ts';
import { argvOf } from './argv.ts';
import { keepsAlive } from './idle.ts';
import type { Pipeline, Script, SimpleCommand, Statement } from './model.ts';
import { simpleCommands } from './script.ts';

/** A command that a script starts and does not wait for. */
export interface Departure {
  readonly command: SimpleCommand;
  readonly statement: Statement;
  /** It leaves by itself; undefined where `&` sends it away. */
  readonly daemon: Daemonising | undefined;
}

/** What a script leaves in the background, and what it goes on with. */
export interface Background {
  readonly departures: readonly Departure[];
  /**
   * What keeps the script's process alive after the last departure. `nothing`: it ends. `waiting`: something that only
   * waits or follows a file. `program`: other commands.
   */
  readonly then: 'nothing' | 'waiting' | 'program';
  /** The pipelines behind the last departure. */
  readonly rest: readonly Pipeline[];
}

/**
 * Undefined where nothing is left behind: where the script waits for what it started (`wait`, `fg`), looks after it
 * (`$!`, `kill`) or stops it (`redis-cli shutdown`), or cannot be read. Loops, functions and subshells are programs of
 * their own and not judged.
 * @param isTold does this daemon really leave, where its configuration could say otherwise?
 */
export function backgroundOf(script: Script, isTold: (daemon: Daemonising) => boolean = () => true): Background | undefined {
  if (script.errors.length > 0 || looksAfter(script)) return undefined;
  const { statements } = script;
  const departures = statements.flatMap(departuresOf).filter(({ daemon }) => daemon === undefined || isTold(daemon));
  const last = departures.at(-1);
  if (last === undefined) return undefined;
  const rest = behind(statements, last);
  const end = rest.at(-1);
  // What else stands in its branch or group is not looked into.
  if (end === undefined && last.command.inside !== 'top') return undefined;
  return { departures, rest, then: end === undefined ? 'nothing' : keepsAlive(end) && !rest.some(mayServe) ? 'waiting' : 'program' };
}

/** They run a program of the user, of which nothing is known. */
const hosts: ReadonlySet<string> = new Set(['dotnet', 'ruby', 'bundle', 'deno', 'bun']);

/** What is known to run on, or may: in `server && tail -f /dev/null` it is the server that the script stays with. */
function mayServe({ commands: [first] }: Pipeline): boolean {
  if (first?.kind !== 'simple') return false;
  const { name, args } = argvOf(first);
  return name !== undefined && (hosts.has(name) || (knownProgram(name, args)?.serves ?? 'never') !== 'never');
}

/** In the same list where it leaves by itself; behind `&` the whole list is in the background. */
function behind(statements: readonly Statement[], { statement, command }: Departure): readonly Pipeline[] {
  const own = statement.background ? [] : statement.pipelines.filter(({ commands: [first] }) => first !== undefined && first.span.start > command.span.start);
  return [...own, ...statements.slice(statements.indexOf(statement) + 1).flatMap(({ pipelines }) => pipelines)];
}

const caring: ReadonlySet<string> = new Set(['wait', 'fg', 'kill', 'pkill', 'killall', 'trap']);

function looksAfter(script: Script): boolean {
  if (/\$!|\$\{!\}/.test(script.text)) return true;
  return script.commands().some(({ name, words }) => caring.has(name?.value ?? '') || words.some(({ value }) => value === 'shutdown' || value === 'stop'));
}

function departuresOf(statement: Statement): readonly Departure[] {
  const [pipeline] = statement.pipelines.slice(-1);
  const [command, piped] = pipeline?.commands ?? [];
  if (statement.background) {
    // Of `cd /srv && ./server &` it is the last that runs on.
    return command?.kind === 'simple' && piped === undefined && command.name !== undefined ? [{ command, statement, daemon: undefined }] : [];
  }
  return simpleCommands(statement).filter(({ inside, connector }) => isJudged(inside) && connector !== '||' && connector !== '|').flatMap((each) => {
    const daemon = daemonOf(each);
    return daemon === undefined ? [] : [{ command: each, statement, daemon }];
  });
}

function isJudged(inside: SimpleCommand['inside']): boolean {
  return inside === 'top' || inside === 'group' || inside === 'if';
}

function daemonOf(command: SimpleCommand): Daemonising | undefined {
  const { program, args } = argvOf(command);
  return daemonising([program, ...args]);
}
