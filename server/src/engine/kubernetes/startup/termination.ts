import { defaultGrace } from '../process-one.ts';
import { supports } from '../versions.ts';
import { between, type Estimate, exactly, latest, plus, soonest } from './estimate.ts';
import type { Plan, Planned, StartKind } from './plan.ts';

/** The end of a container, in seconds since the Pod is told to go. */
export interface Stop {
  readonly name: string;
  readonly kind: StartKind;
  /** How long its hook takes, which starts at 0 for every container; undefined where it has none. */
  readonly preStop: Estimate | undefined;
  readonly sigterm: Estimate;
  /** Who has not ended by then is killed. */
  readonly sigkill: Estimate;
  readonly end: Estimate;
}

export interface Termination {
  /** The grace period of the Pod. */
  readonly grace: Estimate;
  /** Sidecars end after the app, in reverse order. */
  readonly isOrdered: boolean;
  /** In the order in which they are told to end. */
  readonly stops: readonly Stop[];
  readonly end: Estimate;
  /** Nothing of the Pod runs longer. */
  readonly limit: number;
}

/** Seconds that the kubelet leaves a container behind SIGTERM, whatever became of its grace period. Source: kuberuntime_container.go, minimumGracePeriodInSeconds. */
const leastGrace = 2;

/**
 * The end of a Pod: a deletion, an eviction, a rollout. All preStop hooks start at once, those of sidecars too. A sidecar
 * gets SIGTERM when the app and the sidecars behind it have ended, and when the grace period is over at the latest: then all
 * that is left gets it together. `earliest` and `likely` take programs to end as soon as they are told to.
 * Source: pkg/kubelet/kuberuntime/kuberuntime_container.go, killContainer; kuberuntime_termination_order.go (since 1.29,
 * in 1.28 nothing waits).
 */
export function terminationOf({ containers, version, workload }: Plan): Termination {
  const written = workload.podSpec.get('terminationGracePeriodSeconds');
  const grace = written.absent || written.isNull ? exactly(defaultGrace) : written.int === undefined || written.int < 0 ? between(0, defaultGrace, Infinity) : exactly(written.int);
  const isOrdered = supports(version, 'nativeSidecar');
  const apps = containers.filter(({ kind }) => kind === 'app').map((each) => stopOf(each, grace, exactly(0)));
  const stops = [...apps];
  let gone = latest(...apps.map(({ end }) => end));
  for (const sidecar of containers.filter(({ kind }) => kind === 'sidecar').toReversed()) {
    const stop = stopOf(sidecar, grace, isOrdered ? gone : exactly(0));
    stops.push(stop);
    gone = latest(gone, stop.end);
  }
  return { grace, isOrdered, stops, end: gone, limit: grace.worst + leastGrace };
}

function stopOf({ name, kind, preStop }: Planned, grace: Estimate, turn: Estimate): Stop {
  // Without a grace period hooks are not run.
  const hook = preStop === undefined ? undefined : soonest(preStop, grace);
  const sigterm = soonest(latest(hook ?? exactly(0), turn), grace);
  const sigkill = latest(plus(sigterm, exactly(leastGrace)), grace);
  return { name, kind, preStop: hook, sigterm, sigkill, end: { earliest: sigterm.earliest, likely: sigterm.likely, worst: sigkill.worst } };
}
