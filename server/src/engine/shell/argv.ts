import { basename, isShellInvocation } from './invocation.ts';
import type { Script, SimpleCommand } from './model.ts';
import { parseScript } from './script.ts';
import { wrappers, type WrapperKind, type WrapperShape } from './wrappers.ts';

/** A program that runs another one: `env`, `tini --`, `gosu app`, `sh -c`. */
export interface Wrapper {
  readonly kind: WrapperKind;
  /** Without directory. */
  readonly name: string;
  /** Its own words: program and options, up to the program it runs. */
  readonly words: readonly (string | undefined)[];
}

/** What an argument vector really runs. */
export interface Argv {
  /** As written; undefined where only a running container knows it, or where there is none. */
  readonly program: string | undefined;
  /** The program without its directory. */
  readonly name: string | undefined;
  readonly args: readonly (string | undefined)[];
  /** Outermost first. */
  readonly wrappers: readonly Wrapper[];
  /** The text a shell among the wrappers runs. Its spans are offsets of that text. */
  readonly script: Script | undefined;
}

/** Wrappers are not followed deeper: nobody nests them so. */
const deepest = 16;

/** Programs that are made to be process 1: they pass signals on and reap orphans. */
export const initPrograms: ReadonlySet<string> = new Set([
  'tini', 'tini-static', 'dumb-init', 'catatonit', 'docker-init', 'my_init', 's6-svscan', 'runsvdir', 'runit-init', 'systemd', 'pid1',
]);

/**
 * Takes the wrappers off an argument vector. Behind `sh -c` the program is that of the last command, because what a
 * start command is about stands there.
 * @param words undefined stands for a word whose value is not known.
 */
export function resolveArgv(words: readonly (string | undefined)[]): Argv {
  return unwrap(words, [], undefined);
}

/** The init among the wrappers, or the program itself where it is one (`/init`, `/sbin/init`, `my_init`). */
export function initOf(argv: Argv): string | undefined {
  const wrapper = argv.wrappers.find((each) => each.kind === 'init');
  if (wrapper !== undefined) return wrapper.name;
  if (argv.program === '/init' || argv.program === '/sbin/init') return argv.program;
  return argv.name !== undefined && initPrograms.has(argv.name) ? argv.name : undefined;
}

/** The words of a command as an argument vector, a leading `exec` and assignments included as wrappers. */
export function argvOf(command: SimpleCommand): Argv {
  return resolveArgv(command.words.map((word) => word.value));
}

/** Where the text of the outermost shell stands in the words of a command: wrappers such as `env` before it counted. */
export function bodyIndex({ wrappers: all }: Argv): number | undefined {
  const shell = all.findIndex(({ kind }) => kind === 'shell');
  return shell < 0 ? undefined : all.slice(0, shell + 1).reduce((count, wrapper) => count + wrapper.words.length, 0);
}

function unwrap(words: readonly (string | undefined)[], before: readonly Wrapper[], script: Script | undefined): Argv {
  const [program, ...args] = words;
  const name = basename(program);
  const plain: Argv = { program, name, args, wrappers: before, script };
  if (program === undefined || name === undefined || before.length >= deepest) return plain;
  const shell = isShellInvocation(words);
  if (shell !== undefined) {
    const wrapper: Wrapper = { kind: 'shell', name: shell.shell, words: words.slice(0, shell.bodyIndex) };
    if (shell.body === undefined) return { ...plain, program: undefined, name: undefined, args: [], wrappers: [...before, wrapper] };
    const inner = parseScript(shell.body);
    const last = inner.commands().at(-1);
    const own = last?.words.map((word) => word.value) ?? [];
    // `sh -c 'exec "$@"' -- app`: the program is among the shell's own arguments.
    const passed = last?.words.at(-1)?.text === '"$@"' && own.length <= 2 ? shell.args.slice(1) : own;
    return unwrap(passed, [...before, wrapper], inner);
  }
  const shape = program === '/init' ? wrappers.get('/init') : wrappers.get(name);
  const start = shape === undefined ? undefined : programIndex(words, shape);
  if (shape === undefined || start === undefined) return plain;
  return unwrap(words.slice(start), [...before, { kind: shape.kind, name, words: words.slice(0, start) }], script);
}

/** Index of the word behind a wrapper's own options and operands; undefined where nothing follows them. */
function programIndex(words: readonly (string | undefined)[], shape: WrapperShape): number | undefined {
  let at = 1;
  for (; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined) break;
    if (word === '--') {
      at += 1;
      break;
    }
    const assignment = shape.kind === 'env' && /^[A-Za-z_]\w*=/.test(word);
    if (!assignment && !/^-./.test(word)) break;
    if (shape.withValue.includes(word)) at += 1;
  }
  for (const operand of shape.operands) {
    if (operand !== undefined && words[at] !== operand) return undefined;
    at += 1;
  }
  if (words[at] === '--') at += 1;
  return at < words.length ? at : undefined;
}
