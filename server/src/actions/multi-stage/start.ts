import { isScript, startOf as engineStart } from '../../engine/dockerfile/start.ts';
import { baseImage } from '../../engine/dockerfile/base-image.ts';
import { resolvePath, shellAt, stageFacts } from '../../engine/dockerfile/facts.ts';
import type { Stage } from '../../engine/dockerfile/model.ts';
import { resolveArgv, type Argv } from '../../engine/shell/argv.ts';
import { builtins } from '../../engine/shell/builtins.ts';

/** What a container of a stage starts, looked through wrappers and shells. */
export interface Start {
  /** Every program, shell builtins left out, in order: one in most files. */
  readonly programs: readonly Argv[];
  /** Programs that only lead to the others, as written: `tini`, `/usr/bin/env`, `gosu`. */
  readonly wrappers: readonly string[];
  /** Shells called by name, without directory: `bash` for `bash -c`. */
  readonly shells: readonly string[];
  /** The shell that runs the shell form, without directory; undefined for the exec form. */
  readonly formShell: string | undefined;
  /** The shell text changes its directory, so that relative paths mean something else. */
  readonly moves: boolean;
}

/** Undefined where the stage starts nothing of its own. */
export function startOf(stage: Stage): Start | undefined {
  const start = engineStart(stage);
  if (start === undefined) return undefined;
  const { argv, script } = start;
  const argvs = script === undefined ? [argv] : script.commands().map((each) => resolveArgv(each.words.map((word) => word.value ?? word.text)));
  const wrappers = [...(script === undefined ? [] : argv.wrappers), ...argvs.flatMap((each) => each.wrappers)];
  const [shell] = shellAt(start.anchor.instruction)?.value ?? ['sh'];
  return {
    programs: argvs.filter(({ name }) => name === undefined || !(builtins.has(name) || harmless.has(name))),
    wrappers: wrappers.filter(({ kind, name }) => kind !== 'exec' && kind !== 'shell' && name !== 'env').map(({ words, name }) => words[0] ?? name),
    shells: (start.anchor.form === 'shell' ? argvs.flatMap((each) => each.wrappers) : wrappers).filter(({ kind }) => kind === 'shell').map(({ name }) => name),
    formShell: start.anchor.form === 'shell' ? nameOf(shell ?? 'sh') : undefined,
    moves: argvs.some(({ name }) => name === 'cd'),
  };
}

/** What a container of a server image starts by the image's own CMD; undefined where the file has a command, and for other images. */
export function inheritedStart(stage: Stage): Start | undefined {
  const { cmd, entrypoint } = stageFacts(stage);
  const inherited = baseImage(stage)?.cmd;
  if (cmd !== undefined || entrypoint !== undefined || inherited === undefined || !/^(?:php-fpm|apache2-foreground)$/.test(inherited[0] ?? '')) return undefined;
  return { programs: [resolveArgv(inherited)], wrappers: [], shells: [], formShell: undefined, moves: false };
}

const harmless: ReadonlySet<string> = new Set(['echo', 'printf', 'sleep', 'true', 'mkdir', 'chmod', 'chown', 'env', 'date']);

/** Is the program a script whose content the file does not show? */
export function isScriptFile({ program }: Argv): boolean {
  return program !== undefined && (isScript(program) || /\.(?:sh|bash|py|pl|rb)$/.test(program));
}

/** Where the program stands; undefined for a bare name, which the search path decides. */
export function programPath({ program }: Argv, workdir: string | undefined): string | undefined {
  return program?.includes('/') === true ? resolvePath(workdir, program) : undefined;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

