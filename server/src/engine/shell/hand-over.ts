import type { ShellKind } from '../catalog/shell-kind.ts';
import { builtins } from './builtins.ts';
import type { CompoundCommand, Script, SimpleCommand, Word } from './model.ts';

/**
 * Does the shell stay process 1 while the last program of the text runs? Measured on Debian 12 and 13 (dash 0.5.12
 * never replaces itself), with bash 5.2 (not behind a redirection) and busybox ash 1.35; all of them stay for a pipe
 * and go for `exec`. False where that is not known, and for texts that are a program of their own: loops and traps.
 */
export function shellStays(script: Script, shell: ShellKind | undefined): boolean {
  const last = script.statements.at(-1);
  const pipeline = last?.pipelines.at(-1);
  const command = pipeline?.commands.at(-1);
  if (last === undefined || pipeline === undefined || command?.kind !== 'simple' || last.background || script.errors.length > 0) return false;
  if (script.commands().some(({ name }) => name?.value === 'trap')) return false;
  if (pipeline.commands.length > 1) return shell !== undefined;
  if (command.name?.value === 'exec') return false;
  return shell === 'dash' || (shell === 'bash' && command.redirects.length > 0);
}

/** May `exec` stand before this word? Not before what only the shell itself knows: builtins and functions. */
export function isReplaceable(script: Script, { value, text }: Word): boolean {
  return value === undefined ? !text.startsWith('~') : !builtins.has(value) && !functionsOf(script).has(value);
}

function functionsOf(script: Script): ReadonlySet<string> {
  return new Set(functionsIn(script).flatMap(({ name }) => name?.value ?? []));
}

/** The functions that a script defines, those within others not. */
export function functionsIn({ statements }: Script): readonly CompoundCommand[] {
  const all = statements.flatMap(({ pipelines }) => pipelines.flatMap(({ commands }) => commands));
  return all.flatMap((each) => (each.kind === 'compound' && each.type === 'function' ? [each] : []));
}

/**
 * The simple command that a script ends in and runs on with: everything before it has ended by then. Undefined for scripts
 * that choose (`||`, `if`), loop, set traps, pipe, or look after other programs.
 */
export function lastCommand(script: Script): SimpleCommand | undefined {
  const last = script.statements.at(-1);
  const pipeline = last?.pipelines.at(-1);
  const [command, piped] = pipeline?.commands ?? [];
  if (last === undefined || pipeline === undefined || command?.kind !== 'simple' || piped !== undefined) return undefined;
  if (last.background || pipeline.negated || script.errors.length > 0 || command.name === undefined) return undefined;
  if (last.pipelines.some(({ connector }) => connector === '||')) return undefined;
  return script.commands().some(({ name }) => name?.value === 'trap' || name?.value === 'wait') ? undefined : command;
}
