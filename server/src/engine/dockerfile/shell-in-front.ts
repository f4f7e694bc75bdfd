import type { Severity } from '../core/finding.ts';
import { initOf, resolveArgv } from '../shell/argv.ts';
import { shellStays } from '../shell/hand-over.ts';
import { hasShell, shellKind } from './family.ts';
import { initInFront } from './init-in-front.ts';
import { looksLikeService } from './service.ts';
import { behindShell, shutdownOf, wantsInit } from './shutdown.ts';
import { isScript, takesArguments, wordsOf, type Start } from './start.ts';

/** A shell between a container and its program, and what that comes to. */
export interface ShellInFront {
  /**
   * `stays`, `behind`: it is process 1 for good, in shell form or as `sh -c`. `may`: it is if it is a dash. `noShell`: there
   * is none to start the program. `ignores`: an ENTRYPOINT that ignores CMD. `arguments`: a CMD whose shell becomes arguments.
   */
  readonly kind: 'stays' | 'behind' | 'may' | 'noShell' | 'ignores' | 'arguments';
  readonly severity: Severity;
  readonly program: string;
}

/** Undefined where the shell does no harm, and where an init is wanted besides: that is more than a shell too many. */
export function shellInFront(start: Start): ShellInFront | undefined {
  return stays(start) ?? missing(start) ?? misused(start) ?? behindScript(start) ?? uncertain(start);
}

/** A shell is process 1 and stays, and the program would do well without it. */
function stays(start: Start): ShellInFront | undefined {
  const shutdown = shutdownOf(start);
  // Behind an init the shell is not process 1; init-around-shell tells what becomes of it there.
  if (initInFront(start) !== undefined && !initInside(start)) return undefined;
  if (shutdown?.kind !== 'shell' || (wantsInit(shutdown) && !initInside(start)) || shutdown.serves === 'never') return undefined;
  const kind = start.anchor.form === 'exec' ? 'behind' : 'stays';
  return { kind, severity: isService(start, shutdown.serves) ? 'warning' : 'information', program: shutdown.program };
}

/** `CMD dumb-init app`: the shell is process 1, and the init is none. */
function initInside({ argv: { wrappers } }: Start): boolean {
  return wrappers.findIndex(({ kind }) => kind === 'init') > wrappers.findIndex(({ kind }) => kind === 'shell');
}

/** Distroless images are known to have no shell; one from scratch may get one by what is copied. */
function missing(start: Start): ShellInFront | undefined {
  const { stage, script, argv } = start;
  const shell = [start.entrypoint, start.cmd].some((each) => each?.form === 'shell');
  if (!shell || script === undefined || hasShell(stage) !== false || stage.base.kind === 'scratch' || argv.name === undefined) return undefined;
  return { kind: 'noShell', severity: 'warning', program: argv.name };
}

function misused({ entrypoint, cmd, ignored }: Start): ShellInFront | undefined {
  if (ignored !== undefined) return { kind: 'ignores', severity: 'warning', program: '' };
  if (entrypoint?.form !== 'exec' || cmd?.form !== 'shell' || !takesArguments(cmd) || cmd.script?.commands()[0]?.name?.value === entrypoint.words[0]) return undefined;
  return { kind: 'arguments', severity: 'warning', program: entrypoint.words[0] ?? '' };
}

/** An entrypoint script of the file that ends in `exec "$@"`, as such scripts do, hands over to the shell of CMD. */
function behindScript({ stage, entrypoint, cmd }: Start): ShellInFront | undefined {
  const { script } = cmd ?? {};
  if (script === undefined || cmd?.form !== 'shell' || !isScript(entrypoint?.words.at(-1)) || !shellStays(script, shellKind(stage))) return undefined;
  const { program, serves } = behindShell(script, resolveArgv(wordsOf(cmd)));
  return serves === 'never' ? undefined : { kind: 'stays', severity: 'information', program };
}

/** Nothing tells which shell the image has. */
function uncertain(start: Start): ShellInFront | undefined {
  const { stage, script, argv, anchor } = start;
  if (anchor.form !== 'shell' || script === undefined || stage.base.kind === 'scratch' || hasShell(stage) !== undefined || shellKind(stage) !== undefined) return undefined;
  const { program, serves } = behindShell(script, argv);
  return shellStays(script, 'dash') && initOf(argv) === undefined && serves !== 'never' && isService(start, serves) ? { kind: 'may', severity: 'hint', program } : undefined;
}

function isService(start: Start, serves: 'always' | 'never' | 'unknown'): boolean {
  return serves === 'always' || looksLikeService(start);
}
