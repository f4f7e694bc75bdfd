import { isNever } from '../engine/kubernetes/startup/estimate.ts';
import type { Failure } from '../engine/kubernetes/startup/failure.ts';
import type { Timeline, ToldFailure } from '../engine/kubernetes/startup/simulate.ts';
import type { SourceText } from '../engine/text/source.ts';
import type { Span } from '../engine/text/span.ts';

/** A timeline, and where what it tells of stands in a file. */
export interface Pictured {
  /** `Deployment/web`. */
  readonly place: string;
  readonly timeline: Timeline;
  /** What comes of all failures, for formats that show them. */
  readonly failures: readonly ToldFailure[];
  readonly source: SourceText;
  /** Where the document begins in it that the spans of the timeline count from. */
  readonly base: number;
  /** The key of the Pod's spec. */
  readonly span: Span;
}

/** A span of the file: its offsets, and its line from 1. */
export function placeOf({ source, base }: Pick<Pictured, 'source' | 'base'>, { start, end }: Span): { readonly start: number; readonly end: number; readonly line: number } {
  return { start: base + start, end: base + end, line: source.lineAt(base + start) + 1 };
}

/** The last line of what stands in a span, from 1. */
export function endLineOf({ source, base }: Pick<Pictured, 'source' | 'base'>, { start, end }: Span): number {
  return source.lineAt(base + Math.max(start, end - 1)) + 1;
}

/** A run of a container that fails, in seconds. */
export interface Run {
  readonly from: number;
  /** `Infinity`: nothing ends it. */
  readonly to: number;
}

/** As many runs as show how the waits grow. */
const mostRuns = 4;

/** The first runs of the container that fails, as they likely come. */
export function runsOf({ containers, failure }: Timeline): readonly Run[] {
  const failing = containers.find(({ name }) => isFailing(failure, name));
  if (failing === undefined || failure === undefined || isNever(failing.start)) return [];
  const { how, noticedBy, noticedAfter, backOff } = failure;
  const isEnded = how !== 'hang' || noticedBy === 'startupProbe' || noticedBy === 'livenessProbe';
  const lasts = isEnded ? noticedAfter.likely : Infinity;
  const runs: Run[] = [{ from: failing.start.likely, to: failing.start.likely + lasts }];
  for (const wait of backOff.slice(0, isEnded ? mostRuns - 1 : 0)) {
    const from = (runs.at(-1)?.to ?? 0) + wait;
    runs.push({ from, to: from + lasts });
  }
  return runs;
}

/** Is this the container that was made to fail? */
export function isFailing(failure: Failure | undefined, name: string): boolean {
  return failure?.container === name;
}
