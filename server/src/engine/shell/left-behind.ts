import type { Daemonising } from '../catalog/daemons.ts';
import { knownProgram, servesByName } from '../catalog/programs.ts';
import type { TextEdit } from '../text/span.ts';
import { argvOf } from './argv.ts';
import { type Background, backgroundOf, type Departure } from './background.ts';
import { builtins, setupless } from './builtins.ts';
import { intoForeground, onlyFollowed } from './foreground.ts';
import type { Script } from './model.ts';

/** A program that a start script leaves in the background. */
export interface LeftBehind {
  /**
   * `ends`: nothing else keeps the container alive. `hidden`: something does that only waits. `beside`: the container runs
   * another program, and `aside`, it does so beside one that may need no looking after.
   */
  readonly kind: 'ends' | 'hidden' | 'beside' | 'aside';
  /** As people call it. */
  readonly program: string;
  readonly departure: Departure;
  readonly background: Background;
  /** Of `hidden`: the file that the script follows instead, where the program's log can be seen nowhere else. */
  readonly follows: string | undefined;
  /** Keeps it in the foreground, in offsets of the script; undefined where there is no such edit. */
  readonly foreground: readonly TextEdit[] | undefined;
}

/**
 * What a start script leaves in the background; undefined where it stays with all that it starts.
 * @param isTold does this daemon really leave, where its configuration could say otherwise?
 */
export function leftBehind(script: Script, isTold: (daemon: Daemonising) => boolean): LeftBehind | undefined {
  const background = backgroundOf(script, isTold);
  const departure = background?.departures.find((each) => leaves(each, background));
  if (background === undefined || departure === undefined) return undefined;
  const kind = background.then === 'nothing' ? 'ends' : background.then === 'waiting' ? 'hidden' : isServer(departure) ? 'beside' : 'aside';
  const follows = kind === 'hidden' ? onlyFollowed(departure.command, background.rest) : undefined;
  return { kind, program: nameOf(departure), departure, background, follows, foreground: intoForeground(script, background) };
}

/** Is it known to run on: a daemon that leaves by itself, or a server? */
export function isServer(departure: Departure): boolean {
  return departure.daemon !== undefined || serves(departure) === 'always';
}

/** As people call it. */
export function nameOf({ command, daemon }: Departure): string {
  return daemon?.label ?? argvOf(command).name ?? command.text;
}

/** Is it a program to stay with? What runs once and ends may run in the background of something else. */
function leaves(departure: Departure, background: Background): boolean {
  if (departure.daemon !== undefined) return true;
  const will = serves(departure);
  if (background.then !== 'program') return background.then === 'nothing' || will !== 'never';
  return will === 'always' || (will === 'unknown' && !setupless.has(argvOf(departure.command).name ?? '') && goesOn(background));
}

/** Does the script end in a program that may run on? */
function goesOn({ rest }: Background): boolean {
  const [command, piped] = rest.at(-1)?.commands ?? [];
  if (command?.kind !== 'simple' || piped !== undefined) return false;
  const { name, args } = argvOf(command);
  return name !== undefined && !setupless.has(name) && !builtins.has(name) && (knownProgram(name, args)?.serves ?? servesByName(name)) !== 'never';
}

function serves({ command }: Departure): 'always' | 'never' | 'unknown' {
  const { name, args } = argvOf(command);
  if (name === undefined) return 'unknown';
  return knownProgram(name, args)?.serves ?? servesByName(name);
}
