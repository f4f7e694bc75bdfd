import { type Daemonising, daemonising, supervisors } from '../catalog/daemons.ts';
import { officialName } from '../catalog/image-ref.ts';
import { knownProgram, servesByName } from '../catalog/programs.ts';
import type { FixOutcome } from '../core/finding.ts';
import { argvOf } from '../shell/argv.ts';
import { type Background, backgroundOf, type Departure } from '../shell/background.ts';
import { builtins, setupless } from '../shell/builtins.ts';
import type { Span } from '../text/span.ts';
import { changeWords, intoForeground, onlyFollowed } from './foreground.ts';
import { type Invocation, invocationOf, postStartOf } from './invocation.ts';
import { isOwnProgram } from './process-one.ts';
import type { Container, Workload } from './workload.ts';

/** A program that a container starts and does not stay with. */
export interface BackgroundUse {
  /**
   * `ends`: nothing else keeps the container alive. `hidden`: something does that only waits. `beside`: the container runs
   * another program, and `aside`, it does so beside one that may need no looking after. `init`, `hook`: an init container or a postStart hook starts it. `literal`: `&` is no operator there,
   * because no shell reads it. `supervisor`: a program in the foreground that runs others in the background.
   */
  readonly kind: 'ends' | 'hidden' | 'beside' | 'aside' | 'init' | 'hook' | 'literal' | 'supervisor';
  /** As people call it. */
  readonly program: string;
  readonly span: Span;
  /** Of `hidden`: the file that the container follows instead, where the program's log can be seen nowhere else. */
  readonly follows?: string | undefined;
  /** Keeps it in the foreground; undefined where there is no such edit. */
  readonly foreground: (() => FixOutcome) | undefined;
}

/** What a container leaves in the background: at most one finding for its command and one for its hook. */
export function backgroundUses(workload: Workload, container: Container): readonly BackgroundUse[] {
  const own = invocationOf(container);
  const hook = postStartOf(container);
  const uses = [own === undefined ? undefined : useOf(workload, container, own), hook === undefined ? undefined : hookUse(container, hook)];
  return uses.filter((use) => use !== undefined);
}

function useOf(workload: Workload, container: Container, invocation: Invocation): BackgroundUse | undefined {
  const { shell } = invocation;
  if (shell === undefined) return literalUse(invocation) ?? execUse(workload, container, invocation);
  const background = backgroundOf(shell.script);
  const departure = background?.departures.find((each) => leaves(container, shell.script.text, each, background));
  if (background === undefined || departure === undefined) return undefined;
  if (background.then === 'program' && (workload.flavour === 'batch' || container.role === 'init')) return undefined;
  const kind = container.role === 'init' ? 'init' : background.then === 'nothing' ? 'ends' : background.then === 'waiting' ? 'hidden' : serves(departure) === 'always' || departure.daemon !== undefined ? 'beside' : 'aside';
  const follows = kind === 'hidden' ? onlyFollowed(departure.command, background.rest) : undefined;
  return { kind, follows, program: nameOf(departure), span: departure.command.span, foreground: intoForeground(shell, background) };
}

/** A hook returns at once where it starts something in the background, and nobody looks after that again. */
function hookUse(container: Container, { shell }: Invocation): BackgroundUse | undefined {
  const background = shell === undefined ? undefined : backgroundOf(shell.script);
  const departure = background?.departures.find((each) => each.daemon !== undefined || serves(each) === 'always');
  if (departure === undefined || !isTold(container, departure.daemon, shell?.script.text ?? '')) return undefined;
  return { kind: 'hook', program: nameOf(departure), span: departure.command.span, foreground: undefined };
}

/** `["server", "&"]` */
function literalUse({ items, words, argv }: Invocation): BackgroundUse | undefined {
  const at = words.findIndex((word, index) => word === '&' && index > 0 && index === words.length - 1);
  const item = items[at];
  if (item === undefined || argv.name === undefined) return undefined;
  const offset = words.length - argv.args.length - 1;
  return { kind: 'literal', program: argv.name, span: item.span, foreground: () => changeWords(items, argv, [{ at: at - offset, remove: 1, insert: [] }]) };
}

/** A program that is started without a shell, and leaves. */
function execUse(workload: Workload, container: Container, invocation: Invocation): BackgroundUse | undefined {
  const { items, words, argv, isComplete } = invocation;
  const { program, name, args } = argv;
  const item = items[words.length - args.length - 1];
  if (program === undefined || name === undefined || item === undefined || !isOwnProgram(container, invocation)) return undefined;
  const kind = container.role === 'init' ? 'init' : 'ends';
  const [outer] = argv.wrappers;
  // Process 1 leads its process group, so setsid(1) has to fork, and ends. Source: util-linux, sys-utils/setsid.c.
  if (outer?.name === 'setsid' && !outer.words.some((word) => word === '-w' || word === '--wait')) {
    const unwrapped = (): FixOutcome => changeWords(items, { ...argv, wrappers: [] }, [{ at: 0, remove: outer.words.length, insert: [] }]);
    return { kind, program: outer.name, span: items[0]?.span ?? item.span, foreground: unwrapped };
  }
  const daemon = isComplete ? daemonising([program, ...args]) : undefined;
  if (daemon !== undefined && isTold(container, daemon, '')) {
    const { label, foreground } = daemon;
    return { kind, program: label, span: item.span, foreground: foreground === undefined ? undefined : () => changeWords(items, argv, foreground) };
  }
  const isWatched = workload.flavour === 'batch' || container.role !== 'app' || !container.field.get('livenessProbe').absent;
  if (!supervisors.has(name) || isWatched) return undefined;
  return { kind: 'supervisor', program: name, span: item.span, foreground: undefined };
}

/** Is it a program to stay with? What runs once and ends may run in the background of something else. */
function leaves(container: Container, script: string, departure: Departure, background: Background): boolean {
  if (departure.daemon !== undefined) return isTold(container, departure.daemon, script);
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

function nameOf({ command, daemon }: Departure): string {
  return daemon?.label ?? argvOf(command).name ?? command.text;
}

/**
 * Does it really leave, where its configuration could say otherwise? Only in the image of its own name, with the
 * configuration that is in there.
 */
function isTold({ field, image }: Container, daemon: Daemonising | undefined, script: string): boolean {
  const folder = daemon?.configuredIn;
  if (daemon === undefined || folder === undefined) return true;
  const isOwn = image !== undefined && officialName(image) === daemon.label;
  const mounts = field.get('volumeMounts');
  if (!isOwn || script.includes(`${folder}/${daemon.label}.conf`) || mounts.state === 'unknown') return false;
  return mounts.items().every((mount) => {
    const path = mount.get('mountPath').text;
    return path !== undefined && path !== folder && !folder.startsWith(`${path}/`) && path !== `${folder}/${daemon.label}.conf`;
  });
}
