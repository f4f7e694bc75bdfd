import { isRecord, type Manifest } from '../../engine/kubernetes/manifest.ts';
import type { PodSpec } from '../../engine/kubernetes/types.ts';
import type { Field } from '../../engine/yaml/field.ts';
import { type Controller, runsOnce } from './fitting.ts';

/** What of a Pod its controller cannot have. */
export interface Dropped {
  /** What the cluster wrote into the object: nobody misses it. */
  readonly recorded: readonly Field[];
  /** What a person may have written: it has to be said that it goes. */
  readonly said: readonly Field[];
}

/** Fields that the API server fills in. Source: apimachinery, meta/v1/types.go, ObjectMeta. */
const records = ['creationTimestamp', 'deletionGracePeriodSeconds', 'deletionTimestamp', 'generation', 'managedFields', 'resourceVersion', 'selfLink', 'uid'];

/** `kubectl apply` keeps the text it was given here. */
export const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * Source: kubernetes/kubernetes, pkg/apis/apps/validation/validation.go ("activeDeadlineSeconds in ReplicaSet is not
 * Supported", the same for DaemonSets and StatefulSets; restartPolicy only Always) and pkg/apis/core/validation
 * ("ephemeral containers not allowed in pod template"). A DaemonSet chooses the nodes itself.
 */
export function droppedFrom(manifest: Manifest, podSpec: Field<PodSpec>, to: Controller): Dropped {
  const { root, metadata } = manifest;
  const nodeName = podSpec.get('nodeName');
  const annotations = metadata.get('annotations');
  const applied = annotations.keys().length === 1 && annotations.has(lastApplied) ? annotations : annotations.at(lastApplied);
  const said: readonly Field[] = [
    ...(to !== 'Job' && runsOnce(podSpec) ? [podSpec.get('restartPolicy')] : []),
    ...(to !== 'Job' ? [podSpec.get('activeDeadlineSeconds')] : []),
    ...(to === 'DaemonSet' && !isRecord(manifest) ? [nodeName] : []),
    podSpec.get('ephemeralContainers'),
  ];
  // The scheduler wrote it where the object was taken from a cluster.
  const recorded = [root.at('status'), ...records.map((key) => metadata.at(key)), applied, ...(isRecord(manifest) ? [nodeName] : [])];
  return { recorded: recorded.filter(({ present }) => present), said: said.filter(({ present }) => present) };
}
