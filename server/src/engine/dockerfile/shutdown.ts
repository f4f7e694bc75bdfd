import { knownProgram, servesByName, type KnownProgram } from '../catalog/programs.ts';
import type { ShellKind } from '../catalog/shell-kind.ts';
import { argvOf, type Argv } from '../shell/argv.ts';
import { shellStays } from '../shell/hand-over.ts';
import type { Script } from '../shell/model.ts';
import { isMeantAsJson } from './json-typo.ts';
import { stageFacts } from './facts.ts';
import { baseFamily, shellKind } from './family.ts';
import type { Dockerfile, Stage } from './model.ts';
import type { Start } from './start.ts';

/** What happens to the application when its container is told to stop. */
export interface Shutdown {
  /**
   * `shell`: a shell is process 1 and passes nothing on. `ignores`: the program has no handler. `depends`: what the
   * interpreter runs may have one. `hides`: a package manager and a shell that stays stand before the application.
   * `waits`: the same, with a shell that does not stay. `abandons`: the package manager ends before the application. `forgets`: so does
   * a script that starts the server.
   */
  readonly kind: 'shell' | 'ignores' | 'depends' | 'hides' | 'waits' | 'abandons' | 'forgets';
  /** The program as people call it, or its path. */
  readonly program: string;
  readonly serves: KnownProgram['serves'];
  /** Is anything known about the program itself? */
  readonly known: boolean;
  /** What the program itself does with the signal, could it hear it. Undefined where nothing is known. */
  readonly handling: KnownProgram['handling'] | undefined;
}

/**
 * Undefined where the program ends on SIGTERM, or nothing is known about it, or STOPSIGNAL chooses another signal: then
 * somebody has thought about it. Expects a command without an init.
 */
export function shutdownOf(start: Start): Shutdown | undefined {
  const { argv, stage, script } = start;
  if (isMistyped(start)) return undefined;
  const signal = stageFacts(stage).stopsignal;
  if (signal !== undefined && !/^(?:SIG)?TERM$|^15$/i.test(signal.value ?? '')) return undefined;
  // These stay and have their own ways with signals.
  if (argv.wrappers.some(({ name }) => name === 'timeout' || name === 'time' || name === 'sudo' || name === 'setsid')) return undefined;
  const shell = argv.wrappers.find((wrapper) => wrapper.kind === 'shell');
  if (shell !== undefined && script !== undefined && shellStays(script, kindOfShell(stage, shell.name))) {
    return { kind: 'shell', ...behindShell(script, argv) };
  }
  const known = argv.name === undefined ? undefined : knownProgram(argv.name, argv.args);
  if (known === undefined || known.handling === 'ends' || isExcepted(start, known)) return undefined;
  const { handling, label, serves } = known;
  return { kind: handling !== 'hides' ? handling : hidesApplication(start) ? 'hides' : 'waits', program: label, serves, known: true, handling };
}

/** What is known about the program that a shell text runs in the end. */
export function behindShell(script: Script, argv: Argv): Omit<Shutdown, 'kind'> {
  const { name, args, program = '…' } = serverIn(script) ?? argv;
  const known = name === undefined ? undefined : knownProgram(name, args);
  return { program: known?.label ?? program, serves: known?.serves ?? servesByName(name), known: known !== undefined, handling: known?.handling };
}

/**
 * Would an init help? Behind a shell that stays, not where the program handles the signal by itself as soon as it hears it, or
 * where nothing is known about it: there the exec form alone is the repair.
 */
export function wantsInit({ kind, handling }: Shutdown): boolean {
  return kind !== 'shell' || (handling !== undefined && handling !== 'ends');
}

/**
 * A JSON array with a mistake in it is shell form to the builder, and so is a whole command in quotes: the container
 * ends at once with "not found". That is another mistake than this one, and no init mends it.
 */
export function isMistyped({ entrypoint, cmd, script }: Start): boolean {
  if ([entrypoint, cmd].some((each) => each !== undefined && isMeantAsJson(each))) return true;
  const name = script?.commands()[0]?.name;
  return name !== undefined && (name.text.startsWith('[') || (name.quoted && /\s/.test(name.value ?? '')));
}

/** Says nothing about what was running: `server || exit 1`, `server && echo done`. */
const afterwards: ReadonlySet<string> = new Set(['exit', 'echo', 'true', 'false', ':', 'printf', 'sleep']);

/** In `server | tee log` it is the first that matters, in `server || exit 1` the one before. */
function serverIn(script: Script): Argv | undefined {
  const pipelines = script.statements.at(-1)?.pipelines ?? [];
  const serving = pipelines.findLast(({ commands: [first] }) => first?.kind !== 'simple' || !afterwards.has(first.name?.value ?? ''));
  const [first, second] = serving?.commands ?? [];
  return first?.kind === 'simple' && (second !== undefined || serving !== pipelines.at(-1)) ? argvOf(first) : undefined;
}

/** A variable of the image, or one nobody knows the value of, may make the program behave. */
function isExcepted({ stage }: Start, { handling, unless }: KnownProgram): boolean {
  const { env } = stageFacts(stage);
  return unless.some(([name, value]) => env.has(name) && value.test(env.get(name)?.value ?? '?')) || (handling === 'abandons' && isBerry(stage.file));
}

/** Yarn 2 and later wait for the application and have other names for things. */
function isBerry({ instructions }: Dockerfile): boolean {
  return instructions.some(({ args }) => /\.yarnrc\.yml|(?:^|[\s/])\.yarn(?:$|[\s/])|--immutable|\byarn set version|\byarn workspaces focus|\bcorepack\b/.test(args));
}

/**
 * Does a package manager run the application behind a shell that stays? It asks `/bin/sh` to, whatever SHELL says, so
 * that dash stays between the two; `script-shell` names another one.
 */
export function hidesApplication({ argv, stage }: Start): boolean {
  if (argv.name === undefined || knownProgram(argv.name, argv.args)?.handling !== 'hides') return false;
  const family = baseFamily(stage);
  const { shell, env } = stageFacts(stage);
  const dash = shell === undefined ? shellKind(stage) === 'dash' : family === 'debian' || family === 'ubuntu';
  return dash && !argv.args.some((arg) => arg?.startsWith('--script-shell') === true) && ![...env.keys()].some((name) => /^npm_config_script_shell$/i.test(name));
}

/** A program that no init helps: it ends without waiting for the application, and the container with it. */
export function obstinacyOf({ argv }: Start): { readonly kind: 'abandons' | 'forgets'; readonly program: string } | undefined {
  const known = argv.name === undefined ? undefined : knownProgram(argv.name, argv.args);
  return known?.handling === 'abandons' || known?.handling === 'forgets' ? { kind: known.handling, program: known.label } : undefined;
}

/** Which shell a name means in the containers of a stage. */
export function kindOfShell(stage: Stage, name: string): ShellKind | undefined {
  if (name === 'bash' || name === 'dash') return name;
  if (name === 'ash' || name.startsWith('busybox')) return 'ash';
  return name === 'sh' ? shellKind(stage) : undefined;
}
