import { daemonising, supervisors, type WordChange } from '../catalog/daemons.ts';
import { serviceOf, serviceProgram } from '../catalog/system-services.ts';
import { type Background, backgroundOf } from '../shell/background.ts';
import { setupless } from '../shell/builtins.ts';
import { toExecForm } from '../shell/exec-form.ts';
import { wrapperWords } from '../shell/foreground.ts';
import { isServer, type LeftBehind, leftBehind, nameOf } from '../shell/left-behind.ts';
import type { SimpleCommand } from '../shell/model.ts';
import { parseScript } from '../shell/script.ts';
import type { Span } from '../text/span.ts';
import { baseImage } from './base-image.ts';
import { leavesHere } from './daemon-config.ts';
import type { Instruction, Stage } from './model.ts';
import { runOf } from './run.ts';
import type { Start } from './start.ts';
import { placesOf, startScript } from './start-words.ts';

/** What a start command leaves in the background. */
export type BackgroundUse =
  | (Pick<LeftBehind, 'kind' | 'program' | 'follows'> & { readonly span: Span; readonly left: LeftBehind })
  /** No shell reads these words. `literal`: `&` is one of them. `supervisor`: a program in the foreground that runs others. The change counts all words of the command. */
  | { readonly kind: 'ends' | 'literal' | 'supervisor'; readonly program: string; readonly span: Span; readonly left: undefined; readonly change: WordChange | undefined };

/** Undefined where the command stays with all that it starts, as far as the file shows. */
export function backgroundUse(start: Start): BackgroundUse | undefined {
  const found = startScript(start);
  if (found === undefined) return start.argv.wrappers.some(({ kind }) => kind === 'shell') ? undefined : ofWords(start);
  const left = leftBehind(found.script, (daemon) => leavesHere(start.stage, daemon));
  if (left === undefined) return ofWords(start, true);
  return { kind: left.kind, program: left.program, follows: left.follows, span: left.departure.command.span, left };
}

/** @param behindShell a shell that hands over to the program or stays with it */
function ofWords(start: Start, behindShell = false): BackgroundUse | undefined {
  const { argv, words } = start;
  const { program, name, args } = argv;
  const offset = wrapperWords(argv);
  const place = placesOf(start)[behindShell ? (start.words.length - 1) : offset];
  const span = place === undefined ? undefined : place.command.form === 'exec' ? place.command.wordSpans[place.at] : place.command.span;
  if (program === undefined || name === undefined || span === undefined) return undefined;
  // Who builds on an image with such an init starts it as that image's documentation says.
  if (supervisors.has(name) && !isLookedAt(args) && baseImage(start.stage)?.init === undefined) {
    const daemon = behindShell ? undefined : daemonising([program, ...args]);
    if (daemon === undefined || !leavesHere(start.stage, daemon)) return { kind: 'supervisor', program: name, span, left: undefined, change: undefined };
  }
  if (behindShell) return undefined;
  // Words for a shell among the others are more than one to take away.
  const isShellText = args.some((arg) => arg !== undefined && /^\d?>|^&>|^(?:&&|\|\|?|;)$/.test(arg));
  if (args.at(-1) === '&') return { kind: 'literal', program: name, span: spanAt(start, words.length - 1) ?? span, left: undefined, change: isShellText ? undefined : { at: words.length - 1, remove: 1, insert: [] } };
  const daemon = daemonising([program, ...args]);
  if (daemon === undefined || !leavesHere(start.stage, daemon)) return undefined;
  const service = serviceOf(daemon.label);
  const [change] = service === undefined ? (daemon.foreground ?? []) : [{ at: 0, remove: args.length + 1, insert: serviceWords(service, start.stage) ?? [] }];
  const isSure = change !== undefined && (service === undefined || change.insert.length > 0);
  return { kind: 'ends', program: daemon.label, span, left: undefined, change: isSure ? { ...change, at: change.at + offset } : undefined };
}

/** What a service runs, as a shell text that becomes the program; undefined where nobody knows. */
export function serviceText(service: string, stage: Stage): string | undefined {
  // The image has its own way to start it.
  return service === 'apache2' && baseImage(stage)?.cmd?.[0] === 'apache2-foreground' ? 'apache2-foreground' : serviceProgram(service);
}

function serviceWords(service: string, stage: Stage): readonly string[] | undefined {
  const text = serviceText(service, stage);
  if (text === undefined) return undefined;
  const form = toExecForm(parseScript(text));
  return form.kind === 'exec' ? form.words : ['sh', '-c', text];
}

function spanAt(start: Start, index: number): Span | undefined {
  const place = placesOf(start)[index];
  return place?.command.wordSpans[place.at];
}

function isLookedAt(args: Start['argv']['args']): boolean {
  return args.some((arg) => arg !== undefined && /^(?:-[vh]|--version|--help)$/.test(arg));
}

/** A program that a RUN starts, although the containers of the image will not have it. */
export interface BuildUse {
  readonly program: string;
  readonly command: SimpleCommand;
  readonly background: Background;
}

/** What may stand behind it and has no use for it. */
const idle: ReadonlySet<string> = new Set([...setupless, 'apt-get', 'apt', 'yum', 'dnf', 'apk', 'chkconfig', 'systemctl', 'update-rc.d']);

/** Undefined where the same RUN goes on with something that may use the program, or stops it again. */
export function buildUse(instruction: Instruction, stage: Stage): BuildUse | undefined {
  const script = runOf(instruction)?.script;
  const background = script === undefined ? undefined : backgroundOf(script, (daemon) => leavesHere(stage, daemon));
  const departure = background?.departures.findLast(isServer);
  if (background === undefined || departure === undefined || departure !== background.departures.at(-1)) return undefined;
  const behind = background.rest.flatMap(({ commands }) => commands.map((each) => (each.kind === 'simple' ? (each.name?.value ?? '?') : '?')));
  return behind.every((name) => idle.has(name)) ? { program: nameOf(departure), command: departure.command, background } : undefined;
}
