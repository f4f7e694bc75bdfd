import type { KubernetesVersion } from './versions.ts';

/**
 * What has to change in an object beside its apiVersion. `none`: nothing; `gone`: nothing takes its place; the others name
 * what is different.
 */
export type SchemaChange =
  | 'none' | 'selector' | 'ingress' | 'budget' | 'shares' | 'metrics' | 'webhooks' | 'groups' | 'signer' | 'topology' | 'definition' | 'event' | 'gone';

/** An API version that the API server no longer serves for these kinds. */
export interface RemovedVersion {
  readonly apiVersion: string;
  readonly kinds: readonly string[];
  /** The first minor version without it. */
  readonly removed: KubernetesVersion;
  /** What takes its place, newest first, each with the first minor version that serves it. */
  readonly to: readonly (readonly [apiVersion: string, since: KubernetesVersion])[];
  readonly change: SchemaChange;
}

function row(apiVersion: string, kinds: string, removed: KubernetesVersion, to: RemovedVersion['to'], change: SchemaChange = 'none'): RemovedVersion {
  return { apiVersion, kinds: kinds.split(' '), removed, to, change };
}

const flowControl = 'FlowSchema PriorityLevelConfiguration';

/**
 * Source: kubernetes.io, reference/using-api/deprecation-guide ("Deprecated API Migration Guide"), all of its sections from
 * v1.16 to v1.32, as of 2026-11. Versions that were never on by default (alpha) are not in it.
 */
const rows: readonly RemovedVersion[] = [
  row('flowcontrol.apiserver.k8s.io/v1beta3', flowControl, 32, [['flowcontrol.apiserver.k8s.io/v1', 29]]),
  row('flowcontrol.apiserver.k8s.io/v1beta2', flowControl, 29, [['flowcontrol.apiserver.k8s.io/v1', 29]], 'shares'),
  row('storage.k8s.io/v1beta1', 'CSIStorageCapacity', 27, [['storage.k8s.io/v1', 24]]),
  row('flowcontrol.apiserver.k8s.io/v1beta1', flowControl, 26, [['flowcontrol.apiserver.k8s.io/v1', 29], ['flowcontrol.apiserver.k8s.io/v1beta3', 26]], 'shares'),
  row('autoscaling/v2beta2', 'HorizontalPodAutoscaler', 26, [['autoscaling/v2', 23]]),
  row('batch/v1beta1', 'CronJob', 25, [['batch/v1', 21]]),
  row('discovery.k8s.io/v1beta1', 'EndpointSlice', 25, [['discovery.k8s.io/v1', 21]], 'topology'),
  row('events.k8s.io/v1beta1', 'Event', 25, [['events.k8s.io/v1', 19]], 'event'),
  row('autoscaling/v2beta1', 'HorizontalPodAutoscaler', 25, [['autoscaling/v2', 23]], 'metrics'),
  row('policy/v1beta1', 'PodDisruptionBudget', 25, [['policy/v1', 21]], 'budget'),
  row('policy/v1beta1', 'PodSecurityPolicy', 25, [], 'gone'),
  row('node.k8s.io/v1beta1', 'RuntimeClass', 25, [['node.k8s.io/v1', 20]]),
  row('admissionregistration.k8s.io/v1beta1', 'MutatingWebhookConfiguration ValidatingWebhookConfiguration', 22, [['admissionregistration.k8s.io/v1', 16]], 'webhooks'),
  row('apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', 22, [['apiextensions.k8s.io/v1', 16]], 'definition'),
  row('apiregistration.k8s.io/v1beta1', 'APIService', 22, [['apiregistration.k8s.io/v1', 10]]),
  row('authentication.k8s.io/v1beta1', 'TokenReview', 22, [['authentication.k8s.io/v1', 6]]),
  row('authorization.k8s.io/v1beta1', 'LocalSubjectAccessReview SelfSubjectAccessReview SubjectAccessReview', 22, [['authorization.k8s.io/v1', 6]], 'groups'),
  row('certificates.k8s.io/v1beta1', 'CertificateSigningRequest', 22, [['certificates.k8s.io/v1', 19]], 'signer'),
  row('coordination.k8s.io/v1beta1', 'Lease', 22, [['coordination.k8s.io/v1', 14]]),
  row('extensions/v1beta1', 'Ingress', 22, [['networking.k8s.io/v1', 19]], 'ingress'),
  row('networking.k8s.io/v1beta1', 'Ingress', 22, [['networking.k8s.io/v1', 19]], 'ingress'),
  row('networking.k8s.io/v1beta1', 'IngressClass', 22, [['networking.k8s.io/v1', 19]]),
  row('rbac.authorization.k8s.io/v1beta1', 'ClusterRole ClusterRoleBinding Role RoleBinding', 22, [['rbac.authorization.k8s.io/v1', 8]]),
  row('scheduling.k8s.io/v1beta1', 'PriorityClass', 22, [['scheduling.k8s.io/v1', 14]]),
  row('storage.k8s.io/v1beta1', 'CSIDriver CSINode StorageClass VolumeAttachment', 22, [['storage.k8s.io/v1', 19]]),
  row('extensions/v1beta1', 'NetworkPolicy', 16, [['networking.k8s.io/v1', 8]]),
  row('extensions/v1beta1', 'PodSecurityPolicy', 16, [], 'gone'),
  row('extensions/v1beta1', 'DaemonSet Deployment ReplicaSet', 16, [['apps/v1', 9]], 'selector'),
  row('apps/v1beta1', 'Deployment StatefulSet ReplicaSet', 16, [['apps/v1', 9]], 'selector'),
  row('apps/v1beta2', 'DaemonSet Deployment StatefulSet ReplicaSet', 16, [['apps/v1', 9]], 'selector'),
];

const byKind = new Map(rows.flatMap((each) => each.kinds.map((kind) => [`${each.apiVersion} ${kind}`, each] as const)));

/** The row of an object whose API version a cluster of this version does not serve; undefined for all others. */
export function removedVersion(apiVersion: string, kind: string, version: KubernetesVersion): RemovedVersion | undefined {
  const found = byKind.get(`${apiVersion} ${kind}`);
  return found !== undefined && version >= found.removed ? found : undefined;
}
