import type { FixOutcome } from '../core/finding.ts';
import { set } from '../yaml/edit.ts';
import { isHook, isStaticPod, type Manifest } from './manifest.ts';
import type { ProbeCandidate } from './probe-candidate.ts';
import type { Container, Workload } from './workload.ts';

/** Pods that end by themselves, that hooks start, or that the kubelet runs from a file wait for no traffic. */
export function mayServe(manifest: Manifest, { flavour, podSpec }: Workload): boolean {
  if (flavour === 'batch' || manifest.kind === 'PodTemplate' || isHook(manifest) || isStaticPod(manifest)) return false;
  const policy = podSpec.get('restartPolicy');
  return policy.absent || policy.text === 'Always';
}

/** Writes the readinessProbe of a container that has none, behind what it belongs to. */
export function addReadiness({ field }: Container, { probe }: ProbeCandidate): FixOutcome {
  return set(field.get('readinessProbe'), probe, { after: ['ports', 'livenessProbe', 'startupProbe'] });
}
