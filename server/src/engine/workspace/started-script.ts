import { type Command, shellScriptOf } from '../dockerfile/command.ts';
import { copiedFrom } from '../dockerfile/copied-from.ts';
import { resolvePath, stageFacts } from '../dockerfile/facts.ts';
import type { Stage } from '../dockerfile/model.ts';
import { type Start, wordsOf } from '../dockerfile/start.ts';
import { resolveArgv } from '../shell/argv.ts';
import { basename } from '../shell/invocation.ts';
import type { ScriptFacts } from './script-facts.ts';

/** A script of the build context that a start command runs. */
export interface StartedScript {
  /** The ENTRYPOINT or CMD that names it. */
  readonly command: Command;
  /** In the build context. */
  readonly path: string;
  readonly facts: ScriptFacts;
  /** What it is given: the words behind it. */
  readonly args: readonly (string | undefined)[];
}

/** Scripts that hand over to scripts: nobody chains more. */
const longestChain = 4;

const shells: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash', 'ksh', 'zsh']);

/** Where a program without a slash is looked for. Source: PATH of the official images and of Docker's own default. */
const searched = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'] as const;

/**
 * The script of the build context that decides about signals: the one that the command starts, or, where that ends in
 * `exec "$@"`, the one that it is told to run. Undefined where the command starts none that is known.
 */
export function startedScript(start: Start, build: { readonly script: (path: string) => ScriptFacts | undefined }): StartedScript | undefined {
  let { program, args } = start.argv;
  let found: StartedScript | undefined;
  for (let link = 0; link < longestChain && program !== undefined; link += 1) {
    const named = scriptIn(program, args);
    const path = scriptPaths(start.stage, program, args).find((each) => build.script(each) !== undefined);
    const facts = path === undefined ? undefined : build.script(path);
    if (path === undefined || facts === undefined) break;
    found = { command: commandNaming(start, named.file), path, facts, args: named.args };
    if (facts.handsOver !== 'arguments') break;
    ({ program, args } = resolveArgv(named.args));
  }
  return found;
}

/** Paths of the build context that the script may come from which such words run in the containers of a stage. */
export function scriptPaths(stage: Stage, program: string, args: readonly (string | undefined)[]): readonly string[] {
  const { file, isSearched } = scriptIn(program, args);
  return pathsOf(stage, file, isSearched).flatMap((each) => copiedFrom(stage, each));
}

/** `sh -e entrypoint.sh serve`: the file that a shell reads; else the program itself. */
function scriptIn(program: string, args: readonly (string | undefined)[]): { readonly file: string; readonly args: StartedScript['args']; readonly isSearched: boolean } {
  const itself = { file: program, args, isSearched: !program.includes('/') };
  if (!shells.has(basename(program) ?? '')) return itself;
  const at = args.findIndex((arg, index) => arg?.startsWith('-') !== true && !/^-\w*o$/.test(args[index - 1] ?? ''));
  const file = args[at];
  return file === undefined ? itself : { file, args: args.slice(at + 1), isSearched: false };
}

function pathsOf(stage: Stage, file: string, isSearched: boolean): readonly string[] {
  const { workdir, env } = stageFacts(stage);
  if (!isSearched) return [resolvePath(workdir, file) ?? []].flat();
  const own = env.has('PATH') && workdir !== undefined ? [workdir, `${workdir}/bin`] : [];
  return [...searched, ...own].map((folder) => `${folder}/${file}`);
}

function commandNaming({ anchor, entrypoint, cmd }: Start, file: string): Command {
  const names = (command: Command | undefined): boolean =>
    command !== undefined && (wordsOf(command).includes(file) || shellScriptOf(command)?.text.includes(file) === true);
  return [entrypoint, cmd].find(names) ?? anchor;
}
