import type { KubernetesVersion } from '../versions.ts';
import { between, type Estimate } from './estimate.ts';

/**
 * Seconds that the kubelet waits after a run before it starts a container anew: the last number goes on and on. They begin
 * anew when a container ran for ten minutes. Source: pkg/kubelet/kuberuntime, doBackOff; pkg/kubelet/kubelet.go, initialBackOff
 * and MaxCrashLoopBackOff; client-go, util/flowcontrol/backoff.go.
 */
export const crashLoop: readonly number[] = [0, 10, 20, 40, 80, 160, 300];

/** The same for an image that cannot be pulled. Source: pkg/kubelet/kubelet.go, imageBackOff. */
export const pullLoop: readonly number[] = [10, 20, 40, 80, 160, 300];

/** One wait of a container that crashes. Until 1.34 it ended with a tick of the sync grid of 10 to 15 seconds. */
export function crashWait(version: KubernetesVersion): Estimate {
  return between(0, 10, version >= 35 ? 300 : 315);
}

/** Source: pkg/controller/job/job_controller.go, DefaultJobPodFailureBackOff and MaxJobPodFailureBackOff: for each failed Pod. */
export function podWaits(failures: number): number {
  const doubling = Math.min(failures, 6);
  return 10 * (2 ** doubling - 1) + 600 * Math.max(0, failures - 6);
}

/** Seconds of waiting in this many restarts. */
export function restartWaits(restarts: number): number {
  const first = crashLoop.slice(0, restarts).reduce((all, each) => all + each, 0);
  return first + 300 * Math.max(0, restarts - crashLoop.length);
}
