import { type Argv, bodyIndex, resolveArgv } from '../shell/argv.ts';
import type { Script } from '../shell/model.ts';
import { parseScript } from '../shell/script.ts';
import type { OffsetMap } from '../text/offset-map.ts';
import type { Field } from '../yaml/field.ts';
import { scalarText } from '../yaml/scalar-text.ts';
import type { Container } from './workload.ts';

/** What a container, or a hook of it, runs. */
export interface Invocation {
  /** The items of `command`, then those of `args`. */
  readonly items: readonly Field[];
  /** The same as the container gets them; undefined for those that nobody can read. */
  readonly words: readonly (string | undefined)[];
  /** The same with wrappers taken off. */
  readonly argv: Argv;
  /** `command` takes the place of the image's entrypoint; otherwise these words are the entrypoint's arguments. */
  readonly replacesEntrypoint: boolean;
  /** Nothing can be among the words that the file does not show. */
  readonly isComplete: boolean;
  /** The outermost shell and the text that it runs. */
  readonly shell: ShellBody | undefined;
}

export interface ShellBody {
  /** `sh`, `bash`, `busybox sh` … */
  readonly name: string;
  /** The item that holds the text. */
  readonly body: Field;
  /** Spans lead into the document, `local` ones into the string that the item is. */
  readonly script: Script;
}

/** Several rules read the same command. */
const known = new WeakMap<Field, Invocation | 'none'>();

/** Undefined where neither `command` nor `args` is written out. */
export function invocationOf({ field }: Container): Invocation | undefined {
  return remember(field, () => invocation(field.get('command'), field.get('args')));
}

/** The command of `lifecycle.postStart.exec`. */
export function postStartOf({ field }: Container): Invocation | undefined {
  const exec = field.at('lifecycle', 'postStart', 'exec');
  return exec.kind !== 'map' ? undefined : remember(exec, () => invocation(exec.at('command')));
}

function remember(field: Field, make: () => Invocation | undefined): Invocation | undefined {
  let found = known.get(field);
  if (found === undefined) known.set(field, (found = make() ?? 'none'));
  return found === 'none' ? undefined : found;
}

function invocation(command: Field, args?: Field): Invocation | undefined {
  const lists = args === undefined ? [command] : [command, args];
  // A first word that a template or an overlay supplies may be any program.
  if (command.state === 'unknown' || command.opaque || (command.present && command.kind !== 'sequence')) return undefined;
  const items = lists.flatMap((list) => list.items());
  if (items.length === 0) return undefined;
  const words = items.map(wordOf);
  const argv = resolveArgv(words);
  const index = bodyIndex(argv);
  const body = index === undefined ? undefined : items[index];
  const name = argv.wrappers.find(({ kind }) => kind === 'shell')?.name;
  let shell: ShellBody | undefined;
  return {
    items,
    words,
    argv,
    replacesEntrypoint: command.items().length > 0,
    isComplete: lists.every((list) => list.absent || list.isNull || list.plain() !== undefined),
    // Most commands are never looked into.
    get shell(): ShellBody | undefined {
      if (body === undefined || name === undefined) return undefined;
      const script = (shell ??= shellBody(name, body))?.script;
      return script === undefined ? undefined : shell;
    },
  };
}

/** Numbers are refused by the API, but people mean them as words. */
function wordOf(item: Field): string | undefined {
  return item.text ?? (typeof item.scalar === 'number' || typeof item.scalar === 'boolean' ? item.raw : undefined);
}

function shellBody(name: string, body: Field): ShellBody | undefined {
  const { text, valueSpan } = body;
  if (text === undefined || valueSpan === undefined) return undefined;
  // Without a way back everything stands in the whole scalar.
  const whole: OffsetMap = [{ at: 0, source: valueSpan.start, length: text.length, sourceLength: valueSpan.end - valueSpan.start }];
  return { name, body, script: parseScript(text, scalarText(body)?.map ?? whole) };
}
