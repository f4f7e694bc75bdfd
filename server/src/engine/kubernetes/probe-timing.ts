import type { Field } from '../yaml/field.ts';
import type { ProbeSpec } from './types.ts';

/** The times of a probe, defaults filled in; all in seconds but `failures`. */
export interface ProbeTiming {
  readonly initialDelay: number;
  readonly period: number;
  readonly timeout: number;
  /** How many failures in a row decide. */
  readonly failures: number;
}

/** Undefined where a template or an overlay decides. Zero counts as not written. Source: pkg/apis/core/v1/defaults.go, SetDefaults_Probe. */
export function timingOf(probe: Field<ProbeSpec>): ProbeTiming | undefined {
  const seconds = (key: 'initialDelaySeconds' | 'periodSeconds' | 'timeoutSeconds' | 'failureThreshold', usual: number): number | undefined => {
    const field = probe.get(key);
    if (field.absent || field.isNull) return usual;
    return field.int === undefined || field.int < 0 ? undefined : field.int || usual;
  };
  const initialDelay = seconds('initialDelaySeconds', 0);
  const period = seconds('periodSeconds', 10);
  const timeout = seconds('timeoutSeconds', 1);
  const failures = seconds('failureThreshold', 3);
  if (initialDelay === undefined || period === undefined || timeout === undefined || failures === undefined) return undefined;
  return { initialDelay, period, timeout, failures };
}

/**
 * Seconds after its start by which a container that never answers has failed the probe for good. Source: pkg/kubelet/prober/worker.go:
 * it asks once a period, passes over what falls into the initial delay, and counts failures in a row.
 */
export function failsWithin({ initialDelay, period, timeout, failures }: ProbeTiming): number {
  return initialDelay + failures * period + timeout;
}
