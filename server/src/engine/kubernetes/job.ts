import type { SetOptions } from '../yaml/edit.ts';
import type { Field } from '../yaml/field.ts';
import { isOwned, type Manifest, titleOf } from './manifest.ts';
import type { CronJobSpec, JobSpec, PodSpec } from './types.ts';
import type { Workload } from './workload.ts';

/** A Job as somebody writes it: the object itself, or what makes Jobs. */
export interface Job {
  readonly spec: Field<JobSpec>;
  readonly podSpec: Field<PodSpec>;
  /** The `spec` of the CronJob around it. */
  readonly cron: Field<CronJobSpec> | undefined;
  /** What to call it in messages. Never empty. */
  readonly title: string;
  /** Job or CronJob, which the API server checks when it is applied; a custom resource is another's to complete. */
  readonly isBuiltIn: boolean;
}

/** The JobSpecs of an object; none in a patch, and none where a controller made the object (a CronJob its Job). */
export function jobsOf(manifest: Manifest): readonly Job[] {
  if (manifest.partial || isOwned(manifest)) return [];
  return manifest.workloads.flatMap((workload): readonly Job[] => {
    const spec = jobSpecOf(workload);
    if (spec === undefined) return [];
    const cron = manifest.kind === 'CronJob' ? manifest.root.get('spec').as<CronJobSpec>() : undefined;
    return [{ spec, podSpec: workload.podSpec, cron, title: titleOf(manifest), isBuiltIn: workload.definition !== undefined }];
  });
}

/** The places whose Pod spec is `template.spec` of a JobSpec: Job, CronJob, and the custom kinds whose row says so. */
export function jobSpecOf({ definition, custom, podSpec }: Workload): Field<JobSpec> | undefined {
  const isJob = definition === undefined ? custom?.isJob === true : definition.kind === 'Job' || definition.kind === 'CronJob';
  return isJob ? podSpec.parent?.parent?.as<JobSpec>() : undefined;
}

/**
 * Does the cluster's own Job controller run it? A suspended Job, or one with `parallelism: 0`, waits and its time does
 * not count; a Job that somebody else manages (`managedBy`) ends by their rules.
 * Source: kubernetes.io, concepts/workloads/controllers/job, "Suspending a Job", "Delegation of managing a Job object".
 */
export function isRunHere({ spec, cron }: Job): boolean {
  const manager = spec.get('managedBy');
  if (!isMissing(manager) && manager.text !== 'kubernetes.io/job-controller') return false;
  return spec.get('suspend').bool !== true && cron?.get('suspend').bool !== true && spec.get('parallelism').int !== 0;
}

/** Sure to be without `activeDeadlineSeconds`, at the Job's level. */
export function lacksDeadline({ spec }: Job): boolean {
  return isMissing(spec.get('activeDeadlineSeconds'));
}

/** Absent, or null: the API server takes both for the default. */
export function isMissing(field: Field): boolean {
  return field.absent || field.isNull;
}

/** Where findings about the time a Job may take stand together: whichever rule knows more speaks. */
export function deadlinePlace(manifest: Manifest, { spec }: Job): string {
  return `${manifest.place}:${spec.get('activeDeadlineSeconds').path}`;
}

const limits = ['suspend', 'parallelism', 'completions', 'completionMode', 'backoffLimit', 'activeDeadlineSeconds', 'ttlSecondsAfterFinished'];

/** Where a new limit goes in a JobSpec: behind its other limits, above the long template where it has none. */
export function amongLimits({ spec }: Job): SetOptions {
  return limits.some((key) => spec.has(key)) ? { after: limits } : { before: ['template'] };
}


/** The least that a deadline is guessed at (seconds): a shorter one ends runs that only had to wait for a node or an image. */
export const shortestDeadline = 600;
