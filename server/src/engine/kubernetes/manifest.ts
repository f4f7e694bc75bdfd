import type { Field } from '../yaml/field.ts';
import { groupOf } from './kinds.ts';
import type { ObjectMeta, ObjectRoot } from './types.ts';
import { type Workload, workloadOf } from './workload.ts';

/** One Kubernetes object of a document. */
export interface Manifest {
  readonly root: Field<ObjectRoot>;
  readonly kind: string;
  /** Undefined where it is absent or computed by a template. */
  readonly apiVersion: string | undefined;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly metadata: Field<ObjectMeta>;
  /** Begins the place of every finding about the object: `Deployment/web`. */
  readonly place: string;
  /** A patch or a fragment by its structure: "missing" means nothing there. */
  readonly partial: boolean;
  readonly workload: Workload | undefined;
}

/**
 * The objects of a document: itself, or the items of a list kind (`List`, `DeploymentList`…), lists in lists included.
 * Documents that are no objects (no literal `kind`) give none.
 */
export function manifestsOf(root: Field<ObjectRoot>, depth = 0): readonly Manifest[] {
  const kind = root.get('kind').text;
  if (kind === undefined) return [];
  const items = root.get('items');
  if (kind.endsWith('List') && items.kind === 'sequence') {
    return depth > 3 ? [] : items.items().flatMap((item) => manifestsOf(item, depth + 1));
  }
  return [manifestOf(root, kind)];
}

/** Is the object run by a Helm or Argo CD hook? Such objects live for one event, outside normal operation. */
export function isHook(manifest: Manifest): boolean {
  return manifest.metadata
    .get('annotations')
    .keys()
    .some((key) => key === 'helm.sh/hook' || key === 'argocd.argoproj.io/hook');
}

/**
 * A static Pod is run by the kubelet itself from a file, without a controller on purpose.
 * Source: kubernetes.io, concepts/workloads/pods, "Static Pods"; kubeadm's labels of control plane Pods.
 */
export function isStaticPod(manifest: Manifest): boolean {
  if (manifest.kind !== 'Pod') return false;
  const annotations = manifest.metadata.get('annotations');
  const labels = manifest.metadata.get('labels');
  return (
    annotations.has('kubernetes.io/config.source') ||
    annotations.has('kubernetes.io/config.mirror') ||
    (manifest.namespace === 'kube-system' && labels.at('tier').text === 'control-plane' && labels.has('component'))
  );
}

function manifestOf(root: Field<ObjectRoot>, kind: string): Manifest {
  const apiVersion = root.get('apiVersion').text;
  const metadata = root.get('metadata');
  const name = metadata.get('name').text;
  const workload = workloadOf(root, kind, apiVersion);
  return {
    root,
    kind,
    apiVersion,
    name,
    namespace: metadata.get('namespace').text,
    metadata,
    place: `${kind}/${name ?? metadata.get('generateName').text ?? '?'}`,
    partial: isPartial(root, kind, apiVersion, workload),
    workload,
  };
}

const patchKeys = ['$patch', '$retainKeys', '$setElementOrder'];

/**
 * Does the object's shape say that it is only a part, to be merged into another? Measured on real overlays: 126 of 127
 * patches of workloads lack the selector, the containers or an image, or hold a patch directive.
 */
function isPartial(
  root: Field<ObjectRoot>,
  kind: string,
  apiVersion: string | undefined,
  workload: Workload | undefined,
): boolean {
  if (patchKeys.some((key) => root.has(key)) || !root.get('metadata').present) return true;
  if (workload === undefined) return false;
  const required = workload.definition.selectorRequired;
  if (apiVersion !== undefined && required?.includes(apiVersion) === true && root.at('spec', 'selector').absent) return true;
  if (apiVersion === undefined && root.get('apiVersion').absent) return true;
  const containers = workload.podSpec.get('containers');
  if (containers.kind !== 'sequence' || containers.items().length === 0) return true;
  return [...containers.items(), ...workload.podSpec.get('initContainers').items()].some(
    (item) => item.get('image').absent || patchKeys.some((key) => item.has(key)),
  ) || (kind !== 'PodTemplate' && groupOf(apiVersion ?? '') === '' && patchKeys.some((key) => workload.podSpec.has(key)));
}
