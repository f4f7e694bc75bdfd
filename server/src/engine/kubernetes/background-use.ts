import { type Daemonising, daemonising, supervisors } from '../catalog/daemons.ts';
import { officialName } from '../catalog/image-ref.ts';
import type { FixOutcome } from '../core/finding.ts';
import { backgroundOf } from '../shell/background.ts';
import { isServer, type LeftBehind, leftBehind, nameOf } from '../shell/left-behind.ts';
import type { Span } from '../text/span.ts';
import { splice } from '../yaml/splice.ts';
import { changeWords } from './change-words.ts';
import { type Invocation, invocationOf, postStartOf } from './invocation.ts';
import { isOwnProgram } from './process-one.ts';
import type { Container, Workload } from './workload.ts';

/** A program that a container starts and does not stay with. */
export interface BackgroundUse {
  /**
   * `init`, `hook`: an init container or a postStart hook starts it. `literal`: `&` is no operator there, because no shell
   * reads it. `supervisor`: a program in the foreground that runs others in the background.
   */
  readonly kind: LeftBehind['kind'] | 'init' | 'hook' | 'literal' | 'supervisor';
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
  const { body, script } = shell;
  const left = leftBehind(script, (daemon) => isTold(container, daemon, script.text));
  if (left === undefined) return undefined;
  const { departure, background, foreground, program, follows } = left;
  if (background.then === 'program' && (workload.flavour === 'batch' || container.role === 'init')) return undefined;
  const kind = container.role === 'init' ? 'init' : left.kind;
  return { kind, follows, program, span: departure.command.span, foreground: foreground === undefined ? undefined : () => splice(body, foreground) };
}

/** A hook returns at once where it starts something in the background, and nobody looks after that again. */
function hookUse(container: Container, { shell }: Invocation): BackgroundUse | undefined {
  const background = shell === undefined ? undefined : backgroundOf(shell.script, (daemon) => isTold(container, daemon, shell.script.text));
  const departure = background?.departures.find(isServer);
  return departure === undefined ? undefined : { kind: 'hook', program: nameOf(departure), span: departure.command.span, foreground: undefined };
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

/**
 * Does it really leave, where its configuration could say otherwise? Only in the image of its own name, with the
 * configuration that is in there.
 */
function isTold({ field, image }: Container, daemon: Daemonising, script: string): boolean {
  const folder = daemon.configuredIn;
  if (folder === undefined) return true;
  const isOwn = image !== undefined && officialName(image) === daemon.label;
  const mounts = field.get('volumeMounts');
  if (!isOwn || script.includes(`${folder}/${daemon.label}.conf`) || mounts.state === 'unknown') return false;
  return mounts.items().every((mount) => {
    const path = mount.get('mountPath').text;
    return path !== undefined && path !== folder && !folder.startsWith(`${path}/`) && path !== `${folder}/${daemon.label}.conf`;
  });
}
