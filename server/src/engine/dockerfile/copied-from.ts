import { globFilter } from '../core/glob.ts';
import { argvOf } from '../shell/argv.ts';
import type { SimpleCommand } from '../shell/model.ts';
import { copyOf, type Copy } from './copy.ts';
import { resolvePath, workdirAt } from './facts.ts';
import { memo } from './memo.ts';
import type { Instruction, Stage } from './model.ts';
import { runOf } from './run.ts';
import { expand } from './variables.ts';

/** A file followed further is one that nobody finds again. */
const mostSteps = 16;

/**
 * Paths of the build context that a file of a stage may come from, the likeliest first: through the last COPY or ADD that may
 * have put it there, through other stages, and through `mv`, `cp` and `ln` in RUN. None for a file that a RUN rewrites.
 * @param path absolute, in the stage as it is in the end
 */
export function copiedFrom(stage: Stage, path: string): readonly string[] {
  const known = knownIn(stage);
  const found = known.get(path) ?? follow(stage, undefined, path, mostSteps);
  known.set(path, found);
  return found;
}

/** Several rules ask where the same scripts come from. */
const knownIn = memo((_: Stage) => new Map<string, readonly string[]>());

function follow(stage: Stage, before: Instruction | undefined, path: string, steps: number): readonly string[] {
  if (steps === 0) return [];
  const found: string[] = [];
  for (const instruction of stage.instructions.toReversed()) {
    if (instruction.index >= (before?.index ?? Infinity)) continue;
    if (rewrites(instruction, path)) return found;
    const moved = movedFrom(instruction, path);
    if (moved !== undefined) return [...found, ...follow(stage, instruction, moved, steps - 1)];
    const copy = copyOf(instruction);
    const target = targetOf(instruction);
    if (copy === undefined || target === undefined) continue;
    const sources = sourcesOf(copy, target, path);
    if (copy.from === undefined) found.push(...sources);
    // Sources in another stage are counted from its root.
    else if (copy.from.stage !== undefined) for (const source of sources) found.push(...follow(copy.from.stage, undefined, `/${source}`, steps - 1));
    if (sources.length > 0 && copy.sources.every(({ text }) => !/^\.?\/?$/.test(text))) return found;
  }
  return stage.base.kind === 'stage' ? [...found, ...follow(stage.base.stage, undefined, path, steps - 1)] : found;
}

/** The absolute path that a COPY or ADD copies to; undefined where it is not known. */
const targetOf = memo((instruction: Instruction) => {
  const destination = copyOf(instruction)?.destination;
  return destination === undefined ? undefined : pathIn(instruction, destination.text);
});

/** Paths, without slashes at either end, that a COPY to `target` may have brought to `path`. Both absolute. */
export function sourcesOf({ sources }: Pick<Copy, 'sources'>, target: string, path: string): readonly string[] {
  const isBelow = path !== target && (target === '/' || path.startsWith(`${target}/`));
  const below = isBelow ? path.slice(target === '/' ? 1 : target.length + 1) : undefined;
  return sources.flatMap(({ text }) => {
    const source = plain(text);
    if (source === '' || source === '.' || source === '*') return below === undefined ? [] : [below];
    const name = path.slice(path.lastIndexOf('/') + 1);
    const folder = source.slice(0, source.lastIndexOf('/') + 1);
    const pattern = source.slice(folder.length);
    if (/[*?[]/.test(source)) return below === name && globFilter([pattern])(name) ? [`${folder}${name}`] : [];
    const file = path === target || path === resolvePath(target, pattern) ? [source] : [];
    return below === undefined ? file : [...file, `${source}/${below}`];
  });
}

/** A source of COPY without the slashes and dots that mean nothing. */
export function plain(source: string): string {
  return source.replace(/^(?:\.?\/)+/, '').replace(/\/$/, '');
}

function pathIn(instruction: Instruction, text: string): string | undefined {
  const path = expand(text, instruction);
  return path === undefined || path === '' || instruction.stage === undefined ? undefined : resolvePath(workdirAt(instruction.stage, instruction), path);
}

const rewriters: ReadonlySet<string> = new Set(['sed', 'perl', 'awk', 'tee', 'patch', 'envsubst']);

/** Does a RUN write into the file? That its line ends are repaired changes nothing that is said of it. */
function rewrites(instruction: Instruction, path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return instruction.keyword === 'RUN' && instruction.args.includes(name) && commandsOf(instruction).some((command) => {
    const isNamed = (text: string | undefined): boolean => text?.includes(name) === true;
    if (command.redirects.some(({ operator, target }) => operator.includes('>') && isNamed(target?.text))) return true;
    return rewriters.has(command.name?.value ?? '') && command.words.some(({ text }) => isNamed(text)) && !/\\r|\\015|\^M/.test(command.text);
  });
}

/** Where a RUN took the file from: `mv a b`, `cp a b`, `ln -s a b`. */
function movedFrom(instruction: Instruction, path: string): string | undefined {
  const { stage } = instruction;
  if (stage === undefined || instruction.keyword !== 'RUN' || !instruction.args.includes(path.slice(path.lastIndexOf('/') + 1))) return undefined;
  const workdir = workdirAt(stage, instruction);
  for (const command of commandsOf(instruction).toReversed()) {
    const { name, args } = argvOf(command);
    if (name !== 'mv' && name !== 'cp' && name !== 'ln') continue;
    const [from, to, third] = args.filter((arg) => arg?.startsWith('-') !== true).map((arg) => (arg === undefined ? undefined : resolvePath(workdir, arg)));
    if (from === undefined || to === undefined || third !== undefined) continue;
    if (to === path || resolvePath(to, from.slice(from.lastIndexOf('/') + 1)) === path) return from === path ? undefined : from;
  }
  return undefined;
}

function commandsOf(instruction: Instruction): readonly SimpleCommand[] {
  return runOf(instruction)?.script?.commands() ?? [];
}
