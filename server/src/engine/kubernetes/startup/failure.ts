import type { ProbeKey } from '../probes.ts';
import { crashLoop, crashWait, pullLoop } from './back-off.ts';
import { between, type Estimate, exactly, isNever, never, plus } from './estimate.ts';
import { failing, type JobFate, jobTimes, stuck } from './job-times.ts';
import { portsOf, speaksTo } from './loopback.ts';
import { type Failing, orderOf, upAfter } from './order.ts';
import type { Plan, Planned } from './plan.ts';
import { killedAfter, noticedAfter } from './probe-times.ts';

/** What comes of it when a container fails in every run. */
export interface Failure {
  readonly container: string;
  readonly how: Failing;
  /** What makes the kubelet act; undefined where nothing does. A readinessProbe only takes the Pod out of its Services. */
  readonly noticedBy: 'exit' | 'pull' | ProbeKey | undefined;
  /** Seconds until then. */
  readonly noticedAfter: Estimate;
  /** Is it started anew? Undefined where its exit code or a template decides. */
  readonly restarts: boolean | undefined;
  /** Seconds between its runs, the last again and again; none where it is not started anew. */
  readonly backOff: readonly number[];
  /** Containers behind it that never start while it fails. */
  readonly neverStart: readonly string[];
  readonly phase: 'Pending' | 'Running' | 'Failed';
  readonly isReady: boolean;
  /** Those that speak to it at localhost, and how long they wait once it ran: for each crash, or for one hang. */
  readonly localhost: { readonly users: readonly string[]; readonly outage: Estimate } | undefined;
  /** Undefined for what is no Job. */
  readonly job: JobFate | undefined;
}

export interface Fails {
  readonly index: number;
  readonly how: Failing;
}

/**
 * Source: as for the order of starts; phases by pkg/kubelet/kubelet_pods.go, getPhase; readiness by
 * pkg/kubelet/status/generate.go, GenerateContainersReadyCondition, which asks native sidecars too.
 */
export function failureOf(plan: Plan, fails: Fails): Failure | undefined {
  const planned = plan.containers[fails.index];
  if (planned === undefined) return undefined;
  const { how } = fails;
  const order = orderOf(plan, fails);
  const neverStart = order.starts.flatMap(({ name, start }) => (isNever(start) ? [name] : []));
  const noticed = noticer(planned, how);
  const dies = how === 'crash' || noticed.by === 'startupProbe' || noticed.by === 'livenessProbe';
  const restarts = how === 'never' ? true : !dies ? false : restartsOf(planned);
  return {
    container: planned.name,
    how,
    noticedBy: noticed.by,
    noticedAfter: noticed.after,
    restarts,
    backOff: how === 'never' ? pullLoop : restarts === true ? crashLoop : [],
    neverStart,
    phase: phaseOf(plan, planned, { how, dies, restarts, hasBlocked: neverStart.length > 0 }),
    isReady: !isNever(order.ready),
    localhost: localhostOf(plan, planned, how),
    job: jobFate(plan, planned, { dies, neverStart }),
  };
}

function noticer({ kind, startup, liveness, readiness }: Planned, how: Failing): { readonly by: Failure['noticedBy']; readonly after: Estimate } {
  if (how === 'crash') return { by: 'exit', after: exactly(0) };
  if (how === 'never') return { by: 'pull', after: exactly(0) };
  if (kind === 'init') return { by: undefined, after: never };
  if (startup !== undefined) return { by: startup.key, after: killedAfter(startup) };
  if (liveness !== undefined) return { by: liveness.key, after: killedAfter(liveness) };
  return readiness === undefined ? { by: undefined, after: never } : { by: readiness.key, after: exactly(0) };
}

/** What fails ends with another code than 0, so that `OnFailure` starts it anew. */
function restartsOf({ restart }: Planned): boolean | undefined {
  return restart === 'always' || restart === 'on-failure' ? true : restart === 'never' ? false : undefined;
}

interface Death {
  readonly how: Failing;
  readonly dies: boolean;
  readonly restarts: boolean | undefined;
  readonly hasBlocked: boolean;
}

function phaseOf({ containers }: Plan, { kind }: Planned, { how, dies, restarts, hasBlocked }: Death): Failure['phase'] {
  if (kind === 'init') return dies && restarts === false ? 'Failed' : 'Pending';
  if (kind === 'sidecar') return hasBlocked ? 'Pending' : 'Running';
  if (how === 'never') return 'Pending';
  const isAlone = containers.filter((each) => each.kind === 'app').length === 1;
  return dies && restarts === false && isAlone ? 'Failed' : 'Running';
}

function localhostOf({ containers, version, workload }: Plan, planned: Planned, how: Failing): Failure['localhost'] {
  if (planned.kind === 'init') return undefined;
  const ports = portsOf(planned.container);
  const users = containers.filter((each) => each !== planned && speaksTo(each.container, ports)).map(({ name }) => name);
  if (users.length === 0) return undefined;
  const up = upAfter(planned);
  if (how === 'crash') return { users, outage: restartsOf(planned) === true ? plus(crashWait(version), up) : never };
  const { liveness } = planned;
  if (how === 'never' || liveness === undefined) return { users, outage: never };
  const pod = workload.podSpec.get('terminationGracePeriodSeconds').int ?? 30;
  const stop = between(0, 0, (liveness.grace ?? exactly(pod)).worst);
  return { users, outage: restartsOf(planned) === true ? plus(noticedAfter(liveness), stop, up) : never };
}

/** Source: {@link jobTimes}; restarts of sidecars count with `OnFailure`, and a Pod fails by its app containers. */
function jobFate(plan: Plan, { kind }: Planned, { dies, neverStart }: { readonly dies: boolean; readonly neverStart: readonly string[] }): JobFate | undefined {
  const job = jobTimes(plan);
  if (job === undefined) return undefined;
  const isBlocked = neverStart.length > 0;
  if (dies && (kind !== 'sidecar' || !job.newPods)) return failing(job);
  return kind === 'sidecar' && !isBlocked ? { outcome: 'completes', after: undefined, byDeadline: false } : stuck(job);
}
