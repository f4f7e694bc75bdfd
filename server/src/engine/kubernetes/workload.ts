import { type ImageRef, parseImageRef } from '../catalog/image-ref.ts';
import type { Field } from '../yaml/field.ts';
import { type WorkloadKind, workloadKind } from './kinds.ts';
import type { ContainerSpec, ObjectMeta, ObjectRoot, PodSpec } from './types.ts';

/** An object that holds a Pod spec. */
export interface Workload {
  readonly definition: WorkloadKind;
  readonly podSpec: Field<PodSpec>;
  /** The metadata the Pods get: the template's, or the Pod's own. */
  readonly podMetadata: Field<ObjectMeta>;
  readonly containers: readonly Container[];
}

/**
 * What a container is for the kubelet. `init`: runs to completion before the app; `sidecar`: an init container with
 * `restartPolicy: Always`, runs beside the app; `ephemeral`: added for debugging. `unknown`: an init container whose
 * restartPolicy is computed.
 */
export type ContainerRole = 'app' | 'init' | 'sidecar' | 'ephemeral' | 'unknown';

export interface Container {
  readonly field: Field<ContainerSpec>;
  readonly role: ContainerRole;
  /** '' where it is missing or computed. */
  readonly name: string;
  /** Undefined where it is missing, computed or malformed. */
  readonly image: ImageRef | undefined;
  readonly ports: readonly Port[];
}

export interface Port {
  readonly field: Field;
  readonly name: string | undefined;
  /** 1 to 65535; undefined where it is computed. */
  readonly number: number | undefined;
  readonly protocol: string;
}

/** The workload view of an object, or undefined where its kind holds no Pod spec or the Pod spec is not written out. */
export function workloadOf(root: Field<ObjectRoot>, kind: string, apiVersion: string | undefined): Workload | undefined {
  const definition = workloadKind(kind, apiVersion);
  if (definition === undefined) return undefined;
  const podSpec = root.at(...definition.podSpec).as<PodSpec>();
  if (podSpec.kind !== 'map') return undefined;
  const podMetadata = root.at(...definition.podSpec.slice(0, -1), 'metadata').as<ObjectMeta>();
  return { definition, podSpec, podMetadata, containers: containersOf(podSpec) };
}

/** The labels of the workload's Pods, or undefined where some of them cannot be read. */
export function podLabels(workload: Workload): ReadonlyMap<string, string> | undefined {
  const labels = workload.podMetadata.get('labels');
  if (labels.state === 'unknown') return undefined;
  const read = new Map<string, string>();
  for (const key of labels.keys()) {
    const value = labels.at(key).text;
    if (value === undefined) return undefined;
    read.set(key, value);
  }
  return read;
}

function containersOf(podSpec: Field<PodSpec>): readonly Container[] {
  return [
    ...podSpec.get('initContainers').items().map((field) => containerOf(field, initRole(field))),
    ...podSpec.get('containers').items().map((field) => containerOf(field, 'app')),
    ...podSpec.get('ephemeralContainers').items().map((field) => containerOf(field, 'ephemeral')),
  ].filter(({ field }) => field.kind === 'map');
}

/**
 * Only `Always` makes a sidecar: since Kubernetes 1.34 (KEP-5307) init containers may carry other restart policies and
 * stay init containers.
 */
function initRole(field: Field<ContainerSpec>): ContainerRole {
  const policy = field.get('restartPolicy');
  if (policy.absent || policy.isNull) return 'init';
  if (policy.text === undefined) return 'unknown';
  return policy.text === 'Always' ? 'sidecar' : 'init';
}

function containerOf(field: Field<ContainerSpec>, role: ContainerRole): Container {
  const image = field.get('image').text;
  return {
    field,
    role,
    name: field.get('name').text ?? '',
    image: image === undefined ? undefined : parseImageRef(image),
    ports: field.get('ports').items().map((port) => ({
      field: port,
      name: port.get('name').text,
      number: port.get('containerPort').int,
      protocol: port.get('protocol').text ?? 'TCP',
    })),
  };
}
