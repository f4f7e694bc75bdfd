import { type ImageRef, parseImageRef } from '../catalog/image-ref.ts';
import type { WorkloadRow } from '../core/config.ts';
import type { Field } from '../yaml/field.ts';
import { type CustomKind, customKind } from './custom-kinds.ts';
import { type Flavour, type WorkloadKind, workloadKind } from './kinds.ts';
import { podPlaces } from './pod-places.ts';
import type { ContainerPort, ContainerSpec, ObjectMeta, ObjectRoot, PodSpec } from './types.ts';

/** A Pod spec of an object. Custom resources may hold several. */
export interface Workload {
  readonly flavour: Flavour;
  /** The row of a built-in kind; undefined for custom resources. */
  readonly definition: WorkloadKind | undefined;
  /** The row of a custom resource; undefined for built-in kinds. */
  readonly custom: CustomKind | undefined;
  /** Somebody else gives containers a readiness probe where none is written. */
  readonly probesItself: boolean;
  /** False where a kind has containers but no Pod spec: then nothing is known of volumes, policies and the like. */
  readonly isPodSpec: boolean;
  /** The Pod spec, or what holds the containers where there is none. */
  readonly podSpec: Field<PodSpec>;
  /** The metadata the Pods get: the template's, or the Pod's own. */
  readonly podMetadata: Field<ObjectMeta>;
  readonly containers: readonly Container[];
}

/**
 * What a container is for the kubelet. `init`: runs to completion before the app; `sidecar`: an init container with
 * `restartPolicy: Always`, runs beside the app; `ephemeral`: added for debugging. `unknown`: an init container whose
 * restartPolicy is computed, or a companion that a custom resource starts and stops in its own way.
 */
export type ContainerRole = 'app' | 'init' | 'sidecar' | 'ephemeral' | 'unknown';

export interface Container {
  readonly field: Field<ContainerSpec>;
  readonly role: ContainerRole;
  /** '' where it is missing or computed. */
  readonly name: string;
  /** What to call it in messages: its name as it is written, else its place. Never empty. */
  readonly title: string;
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

/**
 * The Pod specs of an object that are written out, in the order of the text: none where its kind holds none, or is not
 * known. Built-in kinds come first: no row makes another thing of a Deployment.
 * @param rows the user's own custom resources
 */
export function workloadsOf(root: Field<ObjectRoot>, kind: string, apiVersion: string | undefined, rows: readonly WorkloadRow[]): readonly Workload[] {
  const definition = workloadKind(kind, apiVersion);
  if (definition !== undefined) return builtIn(root, definition);
  const custom = customKind(kind, apiVersion, rows);
  return custom === undefined ? [] : customWorkloads(root, custom);
}

function builtIn(root: Field<ObjectRoot>, definition: WorkloadKind): readonly Workload[] {
  const podSpec = root.at(...definition.podSpec).as<PodSpec>();
  if (podSpec.kind !== 'map') return [];
  const podMetadata = root.at(...definition.podSpec.slice(0, -1), 'metadata').as<ObjectMeta>();
  const { flavour } = definition;
  return [{ flavour, definition, custom: undefined, probesItself: false, isPodSpec: true, podSpec, podMetadata, containers: containersOf(podSpec) }];
}

function customWorkloads(root: Field<ObjectRoot>, custom: CustomKind): readonly Workload[] {
  const { flavour, probesItself = false } = custom;
  return podPlaces(root, custom).map(({ podSpec, podMetadata, containers }) => ({
    flavour,
    definition: undefined,
    custom,
    probesItself,
    isPodSpec: containers === undefined,
    podSpec,
    podMetadata,
    containers: containers === undefined ? containersOf(podSpec) : containers.map(({ field, role }) => containerOf(field, role)),
  }));
}

/** The labels of the workload's Pods, or undefined where some of them cannot be read. */
export function podLabels(workload: Workload): ReadonlyMap<string, string> | undefined {
  return labelsOf(workload.podMetadata);
}

/** The labels in this metadata, or undefined where some of them cannot be read. */
export function labelsOf(metadata: Field<ObjectMeta>): ReadonlyMap<string, string> | undefined {
  const labels = metadata.get('labels');
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
    title: titleOf(field),
    image: image === undefined ? undefined : parseImageRef(image),
    ports: field.get('ports').items().map(portOf),
  };
}

function titleOf(field: Field<ContainerSpec>): string {
  const name = field.get('name');
  const written = name.text ?? (name.kind === 'scalar' ? name.raw?.replace(/^(?<quote>["'])(.*)\k<quote>$/s, '$2') : undefined) ?? '';
  const { key, parent } = field;
  const place = typeof key === 'number' ? `${String(parent?.key ?? '')}[${String(key)}]` : (key ?? '');
  return written === '' ? place : written;
}

/** Source: IANA_SVC_NAME of core/v1 ContainerPort: at most 15 small letters, digits and single dashes, one letter at least. */
export const portName = /^(?=.{1,15}$)(?=.*[a-z])[a-z\d]+(?:-[a-z\d]+)*$/;

/** Names and numbers that the API server refuses count as none: nothing can be routed or probed by them. */
function portOf(port: Field<ContainerPort>): Port {
  const name = port.get('name').text;
  const number = port.get('containerPort').int;
  return {
    field: port,
    name: name !== undefined && portName.test(name) ? name : undefined,
    number: number !== undefined && number > 0 && number < 65536 ? number : undefined,
    protocol: port.get('protocol').text ?? 'TCP',
  };
}
