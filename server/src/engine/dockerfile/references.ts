import { type ImageRef, parseImageRef } from '../catalog/image-ref.ts';
import type { Span } from '../text/span.ts';
import { copyOf, stageFor } from './copy.ts';
import { memo } from './memo.ts';
import type { Dockerfile, Instruction, Stage } from './model.ts';
import { runOf } from './run.ts';

/** A place of the file that names a stage or an image: FROM, `COPY --from`, `RUN --mount=from=`. */
export interface Reference {
  readonly by: 'FROM' | 'COPY' | 'RUN';
  readonly instruction: Instruction;
  /** The stage it stands in. */
  readonly stage: Stage;
  /** As written, variables included. */
  readonly text: string;
  readonly span: Span;
  /** Names this reference among those of its file. */
  readonly place: string;
  /** The stage above that it means. */
  readonly target: Stage | undefined;
  /** The image it means, with variables replaced; undefined for a stage, a number, `scratch`, and what only a build knows. */
  readonly image: ImageRef | undefined;
}

/** More stages than anybody writes: what compares each with all others stays silent then. */
const mostStages = 300;

export function hasTooManyStages({ stages }: Dockerfile): boolean {
  return stages.length > mostStages;
}

/** All references of a file, in order. The triggers of ONBUILD mean stages of another file, so theirs are left out. */
export const referencesOf = memo((file: Dockerfile): readonly Reference[] => file.stages.flatMap(referencesOfStage));

function referencesOfStage(stage: Stage): readonly Reference[] {
  const { from, base, name, index } = stage;
  const label = name ?? String(index);
  const first: readonly Reference[] = from.imageText === '' ? [] : [{
    by: 'FROM', instruction: from.instruction, stage, text: from.imageText, span: from.imageSpan, place: `stage ${label}:FROM`,
    target: base.kind === 'stage' ? base.stage : undefined,
    image: base.kind === 'image' ? base.ref : undefined,
  }];
  const named = stage.instructions.flatMap(namedBy).map(({ by, instruction, text, span }, at): Reference => {
    const target = stageFor(instruction, text);
    const isImage = target === undefined && !/^\d+$/.test(text) && text !== 'scratch';
    return { by, instruction, stage, text, span, place: `stage ${label}:${by} ${String(at)}`, target, image: isImage ? parseImageRef(text) : undefined };
  });
  return [...first, ...named];
}

function namedBy(instruction: Instruction): readonly Pick<Reference, 'by' | 'instruction' | 'text' | 'span'>[] {
  const from = copyOf(instruction)?.from;
  if (from !== undefined) return [{ by: 'COPY', instruction, text: from.text, span: from.span }];
  return (runOf(instruction)?.mounts ?? []).flatMap(({ from: text, span }) => {
    if (text === undefined || text === '') return [];
    const at = instruction.file.source.slice(span).search(/(?<=[=,]["']?from=)/i);
    const start = span.start + at;
    return at < 0 ? [] : [{ by: 'RUN', instruction, text, span: { start, end: start + text.length } }];
  });
}
