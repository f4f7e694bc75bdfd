import type { Locale } from '../engine/core/message.ts';
import type { Estimate } from '../engine/kubernetes/startup/estimate.ts';
import { summarise } from '../engine/kubernetes/startup/summary.ts';
import type { ToldFailure } from '../engine/kubernetes/startup/simulate.ts';
import { endLineOf, type Pictured, placeOf } from './pictured.ts';

/** The version of the shape: it grows when a field goes or changes its meaning. */
export const jsonVersion = 1;

/** `[earliest, likely, worst]` in seconds; null for no bound. */
export type Triple = readonly (number | null)[];

/** One workload as data; docs/timeline.md describes it. Sentences are in one language. */
export function timelineData(pictured: Pictured, locale: Locale): Readonly<Record<string, unknown>> {
  const { timeline, place, failures } = pictured;
  const { containers, termination, resources, job, volumes, uncounted, notes } = timeline;
  return {
    workload: place,
    ...lines(pictured, pictured.span),
    kubernetes: `1.${String(timeline.version)}`,
    summary: summarise(timeline)[locale],
    containers: containers.map((each) => ({
      name: each.name,
      kind: each.kind,
      ...lines(pictured, each.span),
      endLine: endLineOf(pictured, each.extent),
      start: triple(each.start),
      started: triple(each.started),
      ...(each.ready === undefined ? {} : { ready: triple(each.ready) }),
      opens: triple(each.opens),
      gate: each.gate,
      falseGates: each.falseGates.map(({ key, span }) => ({ probe: key, ...lines(pictured, span) })),
      blockedBy: each.blockedBy ?? null,
    })),
    initialized: triple(timeline.initialized),
    ready: triple(timeline.ready),
    uncounted,
    termination: {
      grace: triple(termination.grace),
      ordered: termination.isOrdered,
      containers: termination.stops.map(({ name, kind, preStop, sigterm, sigkill, end }) => ({
        name, kind, ...(preStop === undefined ? {} : { preStop: triple(preStop) }), sigterm: triple(sigterm), sigkill: triple(sigkill), end: triple(end),
      })),
      end: triple(termination.end),
      limit: bound(termination.limit),
    },
    resources: {
      requests: { cpu: bound(resources.requests.cpu), memory: bound(resources.requests.memory) },
      limits: { cpu: bound(resources.limits.cpu), memory: bound(resources.limits.memory) },
    },
    ...(job === undefined ? {} : { job: { backoffLimit: job.backoffLimit, deadline: bound(job.deadline), newPods: job.newPods, waits: job.waits, endsWith: job.endsWith } }),
    volumes: volumes.map(({ name, source, mounts }) => ({ name, source, mounts: mounts.map(({ container, path, isReadOnly }) => ({ container, path, readOnly: isReadOnly })) })),
    notes: notes.map(({ kind, container, text }) => ({ kind, container, message: text[locale] })),
    failures: failures.map((each) => failureData(each, locale)),
    ...(timeline.failure === undefined ? {} : { failing: failureData(timeline.failure, locale) }),
  };
}

function failureData({ container, how, noticedBy, noticedAfter, restarts, backOff, neverStart, phase, isReady, localhost, job, sentences }: ToldFailure, locale: Locale): Readonly<Record<string, unknown>> {
  return {
    container,
    how,
    noticedBy: noticedBy ?? null,
    noticedAfter: triple(noticedAfter),
    restarts: restarts ?? null,
    backOff,
    neverStart,
    phase,
    ready: isReady,
    ...(localhost === undefined ? {} : { localhost: { users: localhost.users, outage: triple(localhost.outage) } }),
    ...(job === undefined ? {} : { job: { outcome: job.outcome, after: bound(job.after ?? Infinity), byDeadline: job.byDeadline } }),
    message: sentences.map((each) => each[locale]).join(' '),
  };
}

function lines(pictured: Pictured, span: Pictured['span']): Readonly<Record<string, number>> {
  return { line: placeOf(pictured, span).line };
}

function triple({ earliest, likely, worst }: Estimate): Triple {
  return [earliest, likely, worst].map((each) => bound(each) ?? null);
}

/** JSON knows no infinity. Undefined stays: the key is left out. */
function bound(seconds: number | undefined): number | null | undefined {
  return seconds === Infinity ? null : seconds;
}
