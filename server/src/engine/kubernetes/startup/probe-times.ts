import type { Span } from '../../text/span.ts';
import type { Field } from '../../yaml/field.ts';
import { type ProbeKey } from '../probes.ts';
import type { ProbeSpec } from '../types.ts';
import { between, type Estimate, exactly, plus, times } from './estimate.ts';

/** The numbers of a probe, defaults filled in: seconds, and counts. What a template or an overlay decides is a wide estimate. */
export interface ProbeNumbers {
  readonly key: ProbeKey;
  /** Of its key. */
  readonly span: Span;
  readonly delay: Estimate;
  readonly period: Estimate;
  readonly timeout: Estimate;
  readonly failures: Estimate;
  readonly successes: Estimate;
  /** For the process to end when the probe has it killed; undefined: the Pod's. */
  readonly grace: Estimate | undefined;
  /** All of its numbers stand in the file, or are defaults. */
  readonly isSure: boolean;
}

type NumberKey = 'initialDelaySeconds' | 'periodSeconds' | 'timeoutSeconds' | 'failureThreshold' | 'successThreshold' | 'terminationGracePeriodSeconds';

/**
 * The probe of a container; undefined where none is written.
 * Source of the defaults: pkg/apis/core/v1/defaults.go, SetDefaults_Probe. Zero counts as not written.
 */
export function probeNumbers(key: ProbeKey, probe: Field<ProbeSpec>): ProbeNumbers | undefined {
  if (!probe.present || probe.isNull) return undefined;
  const number = (name: NumberKey, usual: number, least: number): Estimate => {
    const field = probe.get(name);
    if (field.absent || field.isNull) return exactly(usual);
    return field.int === undefined || field.int < 0 ? between(least, usual, Infinity) : exactly(field.int || usual);
  };
  const numbers = {
    delay: number('initialDelaySeconds', 0, 0),
    period: number('periodSeconds', 10, 1),
    timeout: number('timeoutSeconds', 1, 1),
    failures: number('failureThreshold', 3, 1),
    successes: number('successThreshold', 1, 1),
  };
  const own = probe.get('terminationGracePeriodSeconds');
  const isSure = Object.values(numbers).every(({ earliest, worst }) => earliest === worst);
  return { key, span: probe.span, ...numbers, grace: own.absent || own.isNull ? undefined : number('terminationGracePeriodSeconds', 30, 1), isSure };
}

/**
 * When a startupProbe succeeds in the first run of its container, given when that starts. The first probe comes with a tick
 * of the period, which is not counted from the container's start; a probe that hangs keeps the next one waiting.
 * `worst` is the last attempt that is allowed: after it the container is killed and starts anew.
 * Source: pkg/kubelet/prober/worker.go, run and doProbe. Nothing is probed before the postStart hook is through, because
 * the kubelet does not see the container running before (pkg/kubelet/kuberuntime, startContainer).
 * @param silent seconds for which the container surely answers nobody
 */
export function startedBy(start: Estimate, probe: ProbeNumbers, hook: Estimate, silent: number): Estimate {
  const { delay, period, timeout } = probe;
  const answers = start.likely + Math.max(delay.likely, hook.likely, silent);
  return between(
    start.earliest + Math.max(delay.earliest, hook.earliest, silent),
    answers + period.likely + timeout.likely,
    start.worst + givesUp(probe, 'worst', hook.worst),
  );
}

/**
 * Seconds from the start of a container that never answers until the probe has it killed, first and last moment.
 * Source: worker.go, as above: failures count from the first tick behind the initial delay.
 */
export function killedAfter(probe: ProbeNumbers): Estimate {
  const { delay, period, failures } = probe;
  const soon = delay.earliest + times(failures.earliest - 1, period.earliest);
  return between(soon, givesUp(probe, 'likely', 0), givesUp(probe, 'worst', 0));
}

/** The same for a container that has answered until now: its initial delay is over. */
export function noticedAfter(probe: ProbeNumbers): Estimate {
  return killedAfter({ ...probe, delay: exactly(0) });
}

function givesUp({ delay, period, timeout, failures }: ProbeNumbers, at: keyof Estimate, hook: number): number {
  return Math.max(delay[at], hook) + period[at] + times(failures[at] - 1, Math.max(period[at], timeout[at])) + timeout[at];
}

/**
 * When a container with a readinessProbe is ready: asked at once when it has started, then once a period; the initial
 * delay counts from the container's start. Nothing bounds it: a container that is not ready is left alone.
 * Source: pkg/kubelet/prober/prober_manager.go, UpdatePodStatus; worker.go.
 */
export function readyBy(start: Estimate, started: Estimate, { delay, period, successes }: ProbeNumbers, silent: number): Estimate {
  const asked = (at: keyof Estimate): number => Math.max(started[at], start[at] + Math.max(delay[at], silent));
  const more = times(successes.earliest - 1, period.earliest);
  return between(asked('earliest') + more, asked('likely') + times(successes.likely, period.likely), Infinity);
}

/** The step in which the kubelet notices that a container runs or has ended: one relist. Source: pkg/kubelet/kubelet.go, genericPlegRelistPeriod. */
export const relist: Estimate = between(0, 1, 1);

/** After what is noticed by a relist. */
export function noticed(at: Estimate): Estimate {
  return plus(at, relist);
}
