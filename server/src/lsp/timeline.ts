import type { CancellationToken, Position } from 'vscode-languageserver';
import { type Locale, localeOf } from '../engine/core/message.ts';
import type { Simulated } from '../engine/kubernetes/startup/simulate.ts';
import { summarise } from '../engine/kubernetes/startup/summary.ts';
import type { PlacedPod } from '../engine/session/pods.ts';
import { jsonVersion, timelineData } from '../timeline/json.ts';
import { pictureOf } from '../timeline/picture.ts';
import { timelineSvg } from '../timeline/svg/document.ts';
import type { Context } from './context.ts';
import { toOffset } from './convert.ts';
import { readNow } from './findings.ts';

/** The request of a client that shows timelines. Clients write this name, too: they share no code with the server. */
export const timelineMethod = 'podwright/timeline';

/** How to ask: a document, and a place in it as an offset in UTF-16 code units or as a position. */
export interface TimelineParams {
  readonly uri: string;
  readonly offset?: number;
  readonly position?: Position;
  /** A BCP 47 tag; without it, the client's own language. */
  readonly language?: string;
  readonly failing?: { readonly container: string; readonly how: 'crash' | 'hang' | 'never' };
}

/** The timeline of the workload at that place. `json` is what `podwright timeline --format json` prints. */
export interface TimelineResult {
  readonly svg: string;
  readonly json: Readonly<Record<string, unknown>>;
  readonly summary: string;
  /** `Deployment/web`. */
  readonly workload: string;
  /** UTF-16 offset of its Pod spec. */
  readonly offset: number;
}

/** Answers {@link timelineMethod}: null where the document holds no workload, or the question cannot be read. */
export async function timelineAt(context: Context, given: unknown, token: CancellationToken): Promise<TimelineResult | null> {
  const params = readParams(given);
  if (params === undefined) return null;
  const { uri, position, language, failing } = params;
  const read = await readNow(context, uri, token, (session) => session.podsSlices(uri));
  if (read?.result === undefined) return null;
  const { locale: own, encoding } = context.abilities();
  const locale: Locale = language === undefined ? own : localeOf(language);
  const { source, result: { pods, version } } = read;
  const offset = params.offset ?? (position === undefined ? 0 : toOffset(source, position, encoding));
  const pod = podAt(pods, offset);
  const picture = pod === undefined ? undefined : pictureOf(pod, version, source, failing);
  if (picture === undefined) return null;
  return {
    svg: timelineSvg(picture, locale),
    json: { version: jsonVersion, workloads: [timelineData(picture, locale)] },
    summary: summarise(picture.timeline)[locale],
    workload: picture.place,
    offset: picture.base + picture.span.start,
  };
}

/** The Pod spec that a place stands in, or whose object it stands in; else the last one above it, and else the first. */
function podAt(pods: readonly PlacedPod[], offset: number): PlacedPod | undefined {
  const holds = ({ base }: PlacedPod, span: { readonly start: number; readonly end: number } | undefined): boolean =>
    span !== undefined && base + span.start <= offset && offset <= base + span.end;
  return (
    pods.find((pod) => holds(pod, pod.workload.podSpec.valueSpan) || holds(pod, pod.workload.podSpec.keySpan)) ??
    pods.find((pod) => holds(pod, pod.manifest.root.valueSpan)) ??
    pods.findLast(({ base, workload }) => base + workload.podSpec.span.start <= offset) ??
    pods[0]
  );
}

function readParams(given: unknown): (Omit<TimelineParams, 'failing'> & Pick<Simulated, 'failing'>) | undefined {
  if (!isObject(given)) return undefined;
  const { uri, offset, position, language, failing } = given;
  if (typeof uri !== 'string') return undefined;
  return {
    uri,
    ...(typeof offset === 'number' ? { offset } : {}),
    ...(isObject(position) && typeof position['line'] === 'number' && typeof position['character'] === 'number' ? { position: { line: position['line'], character: position['character'] } } : {}),
    ...(typeof language === 'string' ? { language } : {}),
    failing: readFailing(failing),
  };
}

function readFailing(given: unknown): Simulated['failing'] {
  if (!isObject(given) || typeof given['container'] !== 'string') return undefined;
  const how = (['crash', 'hang', 'never'] as const).find((each) => each === given['how']);
  return how === undefined ? undefined : { container: given['container'], how };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
