import { expandWith, type Lookup, type Scope } from './expansion.ts';
import { memo } from './memo.ts';
import type { Instruction, Stage } from './model.ts';
import { pairsOf } from './pairs.ts';

/**
 * Names the builder sets by itself (Dockerfile reference, "Automatic platform ARGs in the global scope"). They have a
 * value in FROM, and in a stage that declares them, but no file knows which.
 */
const automatic: ReadonlySet<string> = new Set([
  'BUILDPLATFORM', 'BUILDOS', 'BUILDOSVERSION', 'BUILDARCH', 'BUILDVARIANT',
  'TARGETPLATFORM', 'TARGETOS', 'TARGETOSVERSION', 'TARGETARCH', 'TARGETVARIANT', 'TARGETSTAGE',
]);

/** Names every Linux image has a value for, without any ENV in the file. */
const inherited: ReadonlySet<string> = new Set(['PATH', 'HOME', 'HOSTNAME']);

const unset: Lookup = { kind: 'unset' };
const unknown: Lookup = { kind: 'unknown' };

/** A value that a name has from an instruction of the stage on. */
export interface Definition {
  readonly instruction: Instruction;
  readonly kind: 'arg' | 'env';
  readonly found: Lookup;
}

/** What names stand for in FROM instructions: the defaults of the ARGs above the first of them, each seeing those before it. */
export function globalScope(globalArgs: readonly Instruction[], escape: string): Scope {
  const values = new Map<string, Lookup>();
  const scope: Scope = (name) => values.get(name) ?? (automatic.has(name) ? unknown : unset);
  for (const { name, value } of globalArgs.flatMap((arg) => pairsOf(arg))) {
    if (value !== undefined) values.set(name, lookupOf(expandWith(value, scope, escape)));
    else if (!values.has(name)) values.set(name, scope(name));
  }
  return scope;
}

/**
 * Replaces variables in a text of an instruction and removes quotes. ENV wins over ARG; both come down from the stage
 * this one is built on; an ARG without default takes the global one. Undefined where this file cannot know the value.
 */
export function expand(text: string, instruction: Instruction): string | undefined {
  if (!/[$'"\\`]/.test(text)) return text;
  const { stage, file } = instruction;
  const { escape } = file;
  if (instruction.keyword === 'FROM') return expandWith(text, globalScope(file.globalArgs, escape), escape);
  if (stage === undefined) return expandWith(text, () => unset, escape);
  return expandWith(text, (name) => lookup(stage, name, instruction.index), escape);
}

/** What a name stands for just before the instruction at `index` of the file (Infinity: at the end of the stage). */
export function lookup(stage: Stage, name: string, index = Infinity): Lookup {
  const found = definitionOf(stage, name, index);
  return found?.found ?? (inherited.has(name) ? unknown : unset);
}

/** The instruction that gives a name its value there. */
export function definitionOf(stage: Stage, name: string, index = Infinity): Definition | undefined {
  let arg: Definition | undefined;
  let before = index;
  for (let at: Stage | undefined = stage; at !== undefined; at = at.base.kind === 'stage' ? at.base.stage : undefined) {
    const limit = before;
    const visible = definitions(at).get(name)?.filter((each) => each.instruction.index < limit) ?? [];
    const env = visible.findLast((each) => each.kind === 'env');
    if (env !== undefined) return env;
    arg ??= visible.at(-1);
    before = Infinity;
  }
  return arg;
}

/** Every definition a stage makes, by name, in order. */
export const definitions = memo((stage: Stage): ReadonlyMap<string, readonly Definition[]> => {
  const { escape, globalArgs } = stage.file;
  const globals = globalScope(globalArgs, escape);
  const made = new Map<string, Definition[]>();
  const current = new Map<string, Lookup>();
  const scope: Scope = (name) => current.get(name) ?? (stage.base.kind === 'stage' ? lookup(stage.base.stage, name) : inherited.has(name) ? unknown : unset);
  for (const instruction of stage.instructions) {
    const { keyword } = instruction;
    if (keyword !== 'ARG' && keyword !== 'ENV') continue;
    const kind = keyword === 'ENV' ? 'env' : 'arg';
    const added: (readonly [string, Lookup])[] = [];
    for (const { name, value } of pairsOf(instruction)) {
      const found = value === undefined ? globals(name) : lookupOf(expandWith(value, scope, escape));
      made.set(name, [...(made.get(name) ?? []), { instruction, kind, found }]);
      // All values of one ENV see what stood before it; those of one ARG see each other.
      if (kind === 'env') added.push([name, found]);
      else if (!isEnv(made.get(name)) && !(stage.base.kind === 'stage' && isInheritedEnv(stage.base.stage, name))) current.set(name, found);
    }
    for (const [name, found] of added) current.set(name, found);
  }
  return made;
});

function lookupOf(value: string | undefined): Lookup {
  return value === undefined ? unknown : { kind: 'known', value };
}

function isEnv(made: readonly Definition[] | undefined): boolean {
  return made?.some((each) => each.kind === 'env') ?? false;
}

function isInheritedEnv(stage: Stage, name: string): boolean {
  return definitionOf(stage, name)?.kind === 'env';
}
