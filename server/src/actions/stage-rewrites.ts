import type { FixOutcome } from '../engine/core/finding.ts';
import { message, type Text } from '../engine/core/message.ts';
import type { Stage } from '../engine/dockerfile/model.ts';
import { isWindows } from '../engine/dockerfile/platform.ts';
import { startOf } from '../engine/dockerfile/start.ts';
import { parseDockerfile } from '../engine/dockerfile/view.ts';
import type { DocumentKind } from '../engine/sniff.ts';
import type { SourceText } from '../engine/text/source.ts';
import { type Span, touches } from '../engine/text/span.ts';
import type { BuildContext } from '../engine/workspace/build-context.ts';
import { conversions, isForBuilding, isWorthSaying, singleStage } from './multi-stage/conversion.ts';
import { moveToStage } from './multi-stage/move.ts';
import { serveByNginx } from './multi-stage/spa.ts';
import type { Rewrite } from './rewrites.ts';

const texts = {
  convert: { en: 'Convert to multi-stage build', zh: '转换为多阶段构建' },
  convertOn: { en: 'Convert to multi-stage build on {base}', zh: '转换为基于 {base} 的多阶段构建' },
  serve: { en: 'Serve the built files by nginx', zh: '改由 nginx 提供构建出的文件' },
  move: { en: 'Move build steps to a stage', zh: '将构建步骤移到单独的阶段' },
};

/** What is known of the document beside its text. */
interface Around {
  readonly path: string;
  readonly build: BuildContext;
}

/** Nobody writes more by hand: UTF-16 code units of a file, and instructions of a stage. */
const longest = 100_000;
const mostInstructions = 1_000;

/** The last stage of a Dockerfile for Linux. */
function lastStage(kind: DocumentKind, source: SourceText): Stage | undefined {
  if (source.text.length > longest) return undefined;
  const stage = kind === 'dockerfile' ? parseDockerfile(source.text).stages.at(-1) : undefined;
  return stage === undefined || stage.from.imageText === '' || stage.instructions.length > mostInstructions || isWindows(stage) ? undefined : stage;
}

function offer(title: Text, outcome: FixOutcome | undefined): readonly Rewrite[] {
  if (outcome === undefined) return [];
  return [outcome.kind === 'edits' ? { title: message(title), edits: outcome.edits } : { title: message(title), edits: [], refused: outcome.reason }];
}

/** Splits a stage of which no finding speaks: nothing shows that it would win much, or the file is there to work in. Offered on FROM. */
export const convertAnyway = {
  kind: 'refactor.rewrite',
  *at(kind: DocumentKind, source: SourceText, span: Span, around?: Around): Generator<Rewrite> {
    const stage = lastStage(kind, source);
    if (stage === undefined || !touches(stage.from.instruction.span, span)) return;
    const single = singleStage(stage, around?.build);
    if (single === undefined || (isWorthSaying(single) && !isForBuilding(stage, around?.path ?? ''))) return;
    for (const { base, outcome } of conversions(single)) {
      const title = base === undefined ? message(texts.convert) : message(texts.convertOn, { base });
      for (const rewrite of offer(texts.convert, outcome())) yield { ...rewrite, title };
    }
  },
};

/** Has nginx serve the files that a development server serves now. Offered on FROM and on the start command. */
export const serveBuiltFiles = {
  kind: 'refactor.rewrite',
  *at(kind: DocumentKind, source: SourceText, span: Span, around?: Around): Generator<Rewrite> {
    const stage = lastStage(kind, source);
    const start = stage === undefined ? undefined : startOf(stage);
    if (stage === undefined || start === undefined) return;
    if (![stage.from.instruction, start.anchor.instruction].some((each) => touches(each.span, span))) return;
    yield* offer(texts.serve, serveByNginx(stage, around?.build));
  },
};

/** Puts selected RUN, COPY and ADD instructions of the last stage into a build stage. */
export const moveBuildSteps = {
  kind: 'refactor.extract',
  *at(kind: DocumentKind, source: SourceText, span: Span, around?: Around): Generator<Rewrite> {
    const stage = span.start < span.end ? lastStage(kind, source) : undefined;
    if (stage !== undefined) yield* offer(texts.move, moveToStage(stage, span, around?.build));
  },
};
