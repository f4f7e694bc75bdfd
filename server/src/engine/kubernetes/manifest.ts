import type { WorkloadRow } from '../core/config.ts';
import type { Field } from '../yaml/field.ts';
import type { WorkloadKind } from './kinds.ts';
import type { ObjectMeta, ObjectRoot } from './types.ts';
import { type Workload, workloadsOf } from './workload.ts';

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
  /** Its Pod specs; those of a custom resource may be several. */
  readonly workloads: readonly Workload[];
  /** The first of them: the one and only of every built-in kind. */
  readonly workload: Workload | undefined;
  /** Stands among the tests of a Helm chart. */
  readonly isTest: boolean;
}

/** What is known of the objects beside their text. */
export interface ManifestSetting {
  /** The user's own custom resources. */
  readonly workloads?: readonly WorkloadRow[];
  /** The file holds parts of objects, whatever they look like: Kustomize takes it for a patch. */
  readonly partial?: boolean;
  readonly isTest?: boolean;
}

/**
 * The objects of a document: itself, or the items of a list kind (`List`, `DeploymentList`…), lists in lists included.
 * Documents that are no objects (no literal `kind`) give none.
 */
export function manifestsOf(root: Field<ObjectRoot>, setting: ManifestSetting = {}, depth = 0): readonly Manifest[] {
  const kind = root.get('kind').text;
  if (kind === undefined) return [];
  const items = root.get('items');
  if (kind.endsWith('List') && items.kind === 'sequence') {
    return depth > 3 ? [] : items.items().flatMap((item) => manifestsOf(item, setting, depth + 1));
  }
  return [manifestOf(root, kind, setting)];
}

/** What to call an object in messages: its name, as it is written where a template makes it, or its kind. Never empty. */
export function titleOf({ name, metadata, kind }: Manifest): string {
  return [name, metadata.get('name').raw, metadata.get('generateName').raw].find((each) => each !== undefined && each !== '') ?? kind;
}

/** Is the object run by a Helm or Argo CD hook, or by `helm test`? Such objects live for one event, outside normal operation. */
export function isHook(manifest: Manifest): boolean {
  const keys = manifest.metadata.get('annotations').keys();
  return manifest.isTest || keys.some((key) => key === 'helm.sh/hook' || key === 'argocd.argoproj.io/hook');
}

/**
 * Did a controller make the object, as exports of a cluster show (`kubectl get -o yaml`)? Then its owner is what to mend:
 * changes here are lost with the object. An object has one controller at the most, and it may have other owners.
 * Source: kubernetes.io, concepts/architecture/garbage-collection, "Owner references".
 */
export function isOwned({ metadata }: Manifest): boolean {
  const owners = metadata.get('ownerReferences');
  return owners.state === 'unknown' || owners.items().some((owner) => owner.get('controller').bool === true);
}

/** What only a cluster writes into a status; generators write empty ones, and counts of zero. */
const observed = ['phase', 'conditions', 'observedGeneration', 'lastScheduleTime', 'startTime'];

/**
 * Was the object taken from a cluster as it was (`kubectl get -o yaml`)? Then the file is no source that anybody applies:
 * what it shows is worth a word, not a warning.
 */
export function isRecord({ root, metadata }: Manifest): boolean {
  return metadata.at('uid').present || metadata.at('resourceVersion').present || observed.some((key) => root.at('status', key).present);
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

function manifestOf(root: Field<ObjectRoot>, kind: string, { workloads: rows = [], partial = false, isTest = false }: ManifestSetting): Manifest {
  const apiVersion = root.get('apiVersion').text;
  const metadata = root.get('metadata');
  const name = metadata.get('name').text;
  const workloads = workloadsOf(root, kind, apiVersion, rows);
  return {
    root,
    kind,
    apiVersion,
    name,
    namespace: metadata.get('namespace').text,
    metadata,
    place: `${kind}/${name ?? metadata.get('generateName').text ?? '?'}`,
    partial: partial || isFragment(root) || workloads.some((workload) => isPart(root, apiVersion, workload)),
    workloads,
    workload: workloads[0],
    isTest,
  };
}

const patchKeys = ['$patch', '$retainKeys', '$setElementOrder'];

/** A patch directive, or no metadata: no object that could be applied. */
function isFragment(root: Field<ObjectRoot>): boolean {
  return isDirected(root) || root.get('metadata').absent;
}

function isDirected(field: Field): boolean {
  return patchKeys.some((key) => field.has(key));
}

/**
 * Does the shape of a Pod spec and its object say that they are only a part, to be merged into another? Measured on real
 * overlays: 126 of 127 patches of workloads lack the selector, the containers or an image, or hold a patch directive.
 */
function isPart(root: Field<ObjectRoot>, apiVersion: string | undefined, { definition, custom, podSpec, isPodSpec }: Workload): boolean {
  if (custom?.treatment === 'partial' || isDirected(podSpec)) return true;
  // Steps of other systems may name no image, and templates no containers.
  if (!isPodSpec) return false;
  if (apiVersion === undefined ? root.get('apiVersion').absent : lacksSelector(root, apiVersion, definition)) return true;
  const containers = podSpec.get('containers');
  if (containers.kind !== 'sequence' || containers.items().length === 0) return true;
  return [...containers.items(), ...podSpec.get('initContainers').items()].some((item) => item.get('image').absent || isDirected(item));
}

function lacksSelector(root: Field<ObjectRoot>, apiVersion: string, definition: WorkloadKind | undefined): boolean {
  return definition?.selectorRequired?.includes(apiVersion) === true && root.at('spec', 'selector').absent;
}
