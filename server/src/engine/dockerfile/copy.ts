import type { ImageRef } from '../catalog/image-ref.ts';
import { parseImageRef } from '../catalog/image-ref.ts';
import type { Span } from '../text/span.ts';
import { heredocOf } from './heredoc.ts';
import { jsonArray } from './json-array.ts';
import { words } from './lex.ts';
import { memo } from './memo.ts';
import { argumentsOf, type Heredoc, type Instruction, type Stage } from './model.ts';

/** A source or the destination. */
export interface CopyPath {
  /** As the builder takes it, variables included. */
  readonly text: string;
  readonly span: Span;
}

/** What `--from` names: a stage above, an image, or a name that is neither. */
export interface CopyFrom {
  readonly text: string;
  readonly span: Span;
  readonly stage: Stage | undefined;
  readonly image: ImageRef | undefined;
}

export interface Copy {
  readonly instruction: Instruction;
  readonly keyword: 'COPY' | 'ADD';
  readonly form: 'exec' | 'shell';
  /** Paths and, for ADD, URLs; here-documents not included. */
  readonly sources: readonly CopyPath[];
  /** Undefined in a half-typed line. */
  readonly destination: CopyPath | undefined;
  readonly from: CopyFrom | undefined;
  readonly chown: string | undefined;
  readonly chmod: string | undefined;
  readonly heredocs: readonly Heredoc[];
}

/** Undefined for every instruction but COPY and ADD. */
export const copyOf = memo((instruction: Instruction): Copy | undefined => {
  const { keyword, flags, heredocs } = instruction;
  if (keyword !== 'COPY' && keyword !== 'ADD') return undefined;
  const args = argumentsOf(instruction);
  const array = jsonArray(args);
  const paths: readonly CopyPath[] =
    array.kind === 'strings' ? array.items.map(({ value, span }) => ({ text: value, span })) : words(args);
  const value = (name: string): string | undefined => flags.findLast((flag) => flag.name === name)?.value;
  return {
    instruction,
    keyword,
    form: array.kind === 'strings' ? 'exec' : 'shell',
    sources: paths.slice(0, -1).filter((path) => array.kind === 'strings' || heredocOf(path.text) === undefined),
    destination: paths.length > 1 ? paths.at(-1) : undefined,
    from: keyword === 'COPY' ? fromOf(instruction) : undefined,
    chown: value('chown'),
    chmod: value('chmod'),
    heredocs,
  };
});

/** The stage that a `--from` in this instruction means: one above, by name without case or by number. */
export function stageFor(instruction: Instruction, text: string): Stage | undefined {
  const { stage, file } = instruction;
  if (stage === undefined) return undefined;
  const above = file.stages.slice(0, stage.index);
  if (/^\d+$/.test(text)) return above[Number(text)];
  return above.findLast((each) => each.name?.toLowerCase() === text.toLowerCase());
}

function fromOf(instruction: Instruction): CopyFrom | undefined {
  const flag = instruction.flags.findLast((each) => each.name === 'from');
  if (flag?.value === undefined) return undefined;
  const text = flag.value;
  const stage = stageFor(instruction, text);
  const image = stage === undefined && !/^\d+$/.test(text) ? parseImageRef(text) : undefined;
  return { text, span: flag.valueSpan ?? flag.span, stage, image };
}
