import { isRecord, type Manifest } from '../../engine/kubernetes/manifest.ts';
import type { PodSpec } from '../../engine/kubernetes/types.ts';
import type { Workload } from '../../engine/kubernetes/workload.ts';
import type { Field } from '../../engine/yaml/field.ts';

/** The controllers that a Pod without one can be given. */
export type Controller = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job';

/**
 * Images that keep data of their own and want a stable name. Source: their pages on Docker Hub, each with a data volume
 * (docker-library/docs), and the StatefulSets of bitnami/charts.
 */
const stateful =
  /^(?:postgres(?:ql)?|postgis|mysql|mariadb|percona(?:-.*)?|mongo(?:db)?|redis|valkey|rabbitmq|cassandra|scylla|couchdb|couchbase|elasticsearch|opensearch|etcd|zookeeper|kafka|neo4j|influxdb|clickhouse(?:-server)?|cockroach|arangodb|minio|nats|vault|consul)$/;

/** Folders of a node that agents read or manage, not apps. */
const nodeFolders = /^\/(?:$|(?:proc|sys|dev|run|var\/run|var\/log|var\/lib\/(?:docker|containerd|kubelet|cni)|etc\/cni|opt\/cni)(?:\/|$))/;

/** Does the Pod end by itself? Only a Job takes its restartPolicy. */
export function runsOnce(podSpec: Field<PodSpec>): boolean {
  return ['Never', 'OnFailure'].includes(podSpec.get('restartPolicy').text ?? '');
}

/** Is the Pod there for others: does it declare ports or probes? */
export function serves({ containers }: Workload): boolean {
  return containers.some(({ field, ports, role }) => role !== 'init' && (ports.length > 0 || field.get('readinessProbe').present || field.get('livenessProbe').present));
}

/** The controllers that take this Pod, best first. */
export function fitting(manifest: Manifest, workload: Workload): readonly Controller[] {
  const { podSpec } = workload;
  if (runsOnce(podSpec)) return serves(workload) ? ['Job', 'Deployment'] : ['Job'];
  if (isAgent(podSpec) || (podSpec.get('nodeName').present && !isRecord(manifest))) return ['DaemonSet', 'Deployment', 'StatefulSet'];
  if (!claims(podSpec)) return ['Deployment', 'StatefulSet', 'DaemonSet'];
  // One claim for the Pods of all nodes is no place for data.
  return workload.containers.some(({ image }) => stateful.test(image?.name ?? '')) ? ['StatefulSet', 'Deployment'] : ['Deployment', 'StatefulSet'];
}

/** Does the Pod look after its node? */
function isAgent(podSpec: Field<PodSpec>): boolean {
  if (podSpec.get('hostNetwork').bool === true || podSpec.get('hostPID').bool === true) return true;
  return podSpec.get('volumes').items().some((volume) => nodeFolders.test(volume.at('hostPath', 'path').text ?? 'relative'));
}

/** Does the Pod write to a volume that, as a rule, one node at a time can mount? */
export function claims(podSpec: Field<PodSpec>): boolean {
  return podSpec.get('volumes').items().some((volume) => volume.has('persistentVolumeClaim') && volume.at('persistentVolumeClaim', 'readOnly').bool !== true);
}
