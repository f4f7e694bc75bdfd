import { parseImageRef } from '../catalog/image-ref.ts';
import type { Span } from '../text/span.ts';
import type { Unplaced } from './instruction.ts';
import { words } from './lex.ts';
import type { Base, Dockerfile, From, Instruction, Problem, Stage } from './model.ts';
import { expandWith } from './expansion.ts';
import { globalScope } from './variables.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What is made of the instructions: themselves placed in stages, and what is wrong with their order. */
export interface Placed {
  readonly instructions: readonly Instruction[];
  readonly globalArgs: readonly Instruction[];
  readonly stages: readonly Stage[];
  readonly problems: readonly Problem[];
}

/** Longer chains of stages are not followed; nobody writes them, and what follows a chain must end soon. */
const longestChain = 200;

/** Deals instructions out to stages. `file` is not finished yet: only its escape character is read. */
export function placeInStages(unplaced: readonly Unplaced[], file: Dockerfile): Placed {
  const { escape } = file;
  const problems: Problem[] = [];
  const globalArgs: Instruction[] = [];
  const instructions: Instruction[] = [];
  const stages: Writable<Stage>[] = [];
  const named = new Map<string, Stage>();
  let body: Instruction[] = [];
  let globals: ReturnType<typeof globalScope> | undefined;
  for (const [index, each] of unplaced.entries()) {
    const instruction = place(each, index, file);
    instructions.push(instruction);
    let stage = stages.at(-1);
    if (instruction.keyword === 'FROM') {
      globals ??= globalScope(globalArgs, escape);
      const from = fromOf(instruction);
      if (from.imageText === '' || from.extra) problems.push({ code: 'malformed-from', span: instruction.span });
      body = [];
      const base = baseOf(from.imageText, expandWith(from.imageText, globals, escape), named);
      stage = { index: stages.length, name: from.name, from, base, instructions: body, isFinal: false, span: instruction.span, file };
      stages.push(stage);
      if (from.name !== undefined) named.set(from.name.toLowerCase(), stage);
    } else if (stage !== undefined) {
      body.push(instruction);
      stage.span = { start: stage.span.start, end: instruction.span.end };
    } else if (instruction.keyword === 'ARG') globalArgs.push(instruction);
    else problems.push({ code: 'instruction-before-from', span: instruction.span });
    instruction.stage = stage;
  }
  const last = stages.at(-1);
  if (last !== undefined) last.isFinal = true;
  else problems.push({ code: 'no-stage', span: instructions[0]?.keywordSpan ?? { start: 0, end: 0 } });
  return { instructions, globalArgs, stages, problems };
}

/** Written out: a spread of every instruction takes most of the time of this file. */
function place(each: Unplaced, index: number, file: Dockerfile): Writable<Instruction> {
  const { keyword, keywordSpan, span, argsSpan, args, argsMap, flags, heredocs, comments } = each;
  const trigger = each.trigger === undefined ? undefined : place(each.trigger, index, file);
  return { keyword, keywordSpan, span, argsSpan, args, argsMap, flags, heredocs, comments, trigger, stage: undefined, index, file };
}

function fromOf(instruction: Instruction): From & { readonly extra: boolean } {
  const [image, as, name, ...more] = words({ text: instruction.args, map: instruction.argsMap });
  const named = as?.text.toLowerCase() === 'as' && name !== undefined;
  const platform = instruction.flags.find((flag) => flag.name === 'platform');
  const behind: Span = { start: instruction.argsSpan.end, end: instruction.argsSpan.end };
  return {
    instruction,
    imageText: image?.text ?? '',
    imageSpan: image?.span ?? behind,
    platform: platform?.value,
    platformSpan: platform?.valueSpan,
    name: named ? name.text : undefined,
    nameSpan: named ? name.span : undefined,
    extra: named ? more.length > 0 : as !== undefined,
  };
}

function baseOf(written: string, expanded: string | undefined, stages: ReadonlyMap<string, Stage>): Base {
  if (expanded === undefined) return { kind: 'unresolved', text: written };
  const named = stages.get(expanded.toLowerCase());
  if (named !== undefined) return chainOf(named) < longestChain ? { kind: 'stage', stage: named } : { kind: 'unresolved', text: written };
  if (expanded === 'scratch') return { kind: 'scratch' };
  const ref = parseImageRef(expanded);
  return ref === undefined ? { kind: 'unresolved', text: written } : { kind: 'image', ref, text: expanded };
}

function chainOf(stage: Stage): number {
  let length = 1;
  for (let { base } = stage; base.kind === 'stage'; base = base.stage.base) length += 1;
  return length;
}
