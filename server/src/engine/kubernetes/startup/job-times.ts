import type { Field } from '../../yaml/field.ts';
import { isMissing, jobSpecOf } from '../job.ts';
import { podWaits, restartWaits } from './back-off.ts';
import type { Plan } from './plan.ts';

/** How a Job ends. */
export interface JobTimes {
  /** How often it tries again; undefined where the file does not show it. */
  readonly backoffLimit: number | undefined;
  /** Seconds that it may take in all; `Infinity` for no limit, undefined where the file does not show it. */
  readonly deadline: number | undefined;
  /** Each try is a new Pod (`Never`), or a restart in the same Pod. */
  readonly newPods: boolean;
  /** Seconds of waiting between the tries of a container that fails at once, until the Job is failed. */
  readonly waits: number | undefined;
  /** Their ends, together, end the Job: sidecars are stopped then. */
  readonly endsWith: readonly string[];
}

/** What a container does to its Job that fails in every run. */
export interface JobFate {
  readonly outcome: 'completes' | 'fails' | 'hangs';
  /** Seconds until the Job is failed, without the runs themselves; undefined where nothing tells. */
  readonly after: number | undefined;
  /** Its deadline ends it, not its tries; with `hangs`: where the file does not show it, it alone could. */
  readonly byDeadline: boolean;
}

/**
 * Undefined for what is no Job. Source: pkg/controller/job/job_controller.go (pastBackoffLimitOnFailure, exceedsBackoffLimit);
 * pkg/apis/batch/v1/defaults.go; kuberuntime_manager.go, computePodActions: sidecars do not keep a Pod alive.
 */
export function jobTimes({ workload, containers }: Plan): JobTimes | undefined {
  const spec = jobSpecOf(workload);
  if (spec === undefined) return undefined;
  const newPods = workload.podSpec.get('restartPolicy').text !== 'OnFailure';
  const backoffLimit = isMissing(spec.get('backoffLimitPerIndex')) ? numberOf(spec.get('backoffLimit'), 6) : undefined;
  const waits = backoffLimit === undefined ? undefined : newPods ? podWaits(backoffLimit) : restartWaits(Math.max(1, backoffLimit));
  const endsWith = containers.filter(({ kind }) => kind === 'app').map(({ name }) => name);
  return { backoffLimit, deadline: numberOf(spec.get('activeDeadlineSeconds'), Infinity), newPods, waits, endsWith };
}

/** Fails by its tries, or by its deadline where that comes first. */
export function failing({ waits, deadline }: JobTimes): JobFate {
  const byDeadline = deadline !== undefined && waits !== undefined && deadline < waits;
  return { outcome: 'fails', after: byDeadline ? deadline : waits, byDeadline };
}

/** Nothing fails, so that nothing is tried again: the deadline alone ends it. */
export function stuck({ deadline }: JobTimes): JobFate {
  if (deadline === undefined || deadline === Infinity) return { outcome: 'hangs', after: undefined, byDeadline: deadline === undefined };
  return { outcome: 'fails', after: deadline, byDeadline: true };
}

function numberOf(field: Field, usual: number): number | undefined {
  if (isMissing(field)) return usual;
  return field.int === undefined || field.int < 0 ? undefined : field.int;
}
