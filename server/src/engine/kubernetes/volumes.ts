import { cleanPath } from '../text/posix-path.ts';
import type { Field } from '../yaml/field.ts';
import type { Manifest } from './manifest.ts';
import type { ObjectRoot, PodSpec, VolumeMount, VolumeSpec } from './types.ts';
import type { Container, Workload } from './workload.ts';

/** A volume of a Pod: written among its `volumes`, or made of a claim template of its StatefulSet. */
export interface Volume {
  /** Its item in `volumes` or `volumeClaimTemplates`. */
  readonly field: Field;
  /** Undefined where it is missing or computed. */
  readonly name: string | undefined;
  /** The key of its source (`emptyDir`, `persistentVolumeClaim`, …), or `volumeClaimTemplate`; undefined where the file does not show it. */
  readonly source: string | undefined;
}

/** A place of a container where a volume is: a directory or file, or a raw block device (`path` is the device's). */
export interface Mount {
  readonly field: Field<VolumeMount>;
  readonly isDevice: boolean;
  /** Of the volume; undefined where it is missing or computed. */
  readonly name: string | undefined;
  /** Without trailing and doubled slashes; undefined where it cannot be read. */
  readonly path: string | undefined;
  readonly isReadOnly: boolean;
}

/** Things of a list, as far as the file shows them. */
export interface Listed<T> {
  readonly items: readonly T[];
  /** A template or an overlay may add to them. */
  readonly isOpen: boolean;
}

/** May something outside the text add items to the list, or is it none that can be read? */
export function isOpenList(list: Field): boolean {
  if (list.absent || list.isNull) return false;
  return list.kind !== 'sequence' || list.at(list.items().length).state === 'unknown';
}

/** The volumes that containers of the workload can mount. */
export function volumesOf(manifest: Manifest, workload: Workload): Listed<Volume> {
  const list = workload.podSpec.get('volumes');
  const volumes = list.items().map(volumeOf);
  const templates = claimTemplatesOf(manifest, workload);
  if (templates === undefined) return { items: volumes, isOpen: isOpenList(list) };
  const claimed = templates.items().map((field) => ({ field, name: field.at('metadata', 'name').text, source: 'volumeClaimTemplate' }));
  return { items: [...claimed, ...volumes], isOpen: isOpenList(list) || isOpenList(templates) };
}

/** The claim templates of a StatefulSet, which give each of its Pods a volume of its own; undefined for other kinds. */
export function claimTemplatesOf(manifest: Manifest, { definition }: Workload): Field<readonly ObjectRoot[]> | undefined {
  return definition?.kind === 'StatefulSet' ? manifest.root.at('spec', 'volumeClaimTemplates').as<readonly ObjectRoot[]>() : undefined;
}

/** A volume without a source is an emptyDir. Source: kubernetes/kubernetes, pkg/apis/core/v1/defaults.go, SetDefaults_Volume. */
function volumeOf(field: Field<VolumeSpec>): Volume {
  const name = field.get('name').text;
  const source = field.keys().find((key) => key !== 'name' && !field.at(key).isNull);
  const isHidden = field.kind !== 'map' || field.get('emptyDir').state === 'unknown';
  return { field, name, source: source ?? (isHidden ? undefined : 'emptyDir') };
}

/** Where a container has volumes: its mounts, then its devices. */
export function mountsOf({ field }: Container): Listed<Mount> {
  const mounts = field.get('volumeMounts');
  const devices = field.get('volumeDevices').as<readonly VolumeMount[]>();
  const items = [
    ...mounts.items().map((item) => mountOf(item, false)),
    ...devices.items().map((item) => mountOf(item, true)),
  ];
  return { items, isOpen: isOpenList(mounts) || isOpenList(devices) };
}

function mountOf(field: Field<VolumeMount>, isDevice: boolean): Mount {
  const path = isDevice ? field.at('devicePath').text : field.get('mountPath').text;
  return {
    field,
    isDevice,
    name: field.get('name').text,
    path: path === undefined ? undefined : cleanPath(path),
    isReadOnly: field.get('readOnly').bool === true,
  };
}

/** A mount of a volume that the Pod does not have. */
export interface Dangling {
  readonly container: Container;
  readonly mount: Mount;
  readonly name: string;
}

/** The mounts of volumes that the Pod does not have; none where something outside the text may supply volumes. */
export function danglingMounts(workload: Workload, volumes: Listed<Volume>): readonly Dangling[] {
  if (!workload.isPodSpec || volumes.isOpen || volumes.items.some(({ name }) => name === undefined)) return [];
  const known = new Set(volumes.items.map(({ name }) => name));
  return workload.containers.flatMap((container) =>
    mountsOf(container).items.flatMap((mount) => (mount.name === undefined || known.has(mount.name) ? [] : [{ container, mount, name: mount.name }])));
}

/** The names of the volumes that containers mount; undefined where the file does not show all mounts of all containers. */
export function mountedNames({ podSpec, containers }: Workload): ReadonlySet<string> | undefined {
  const lists = (['containers', 'initContainers', 'ephemeralContainers'] as const).map((key): Field => podSpec.get(key satisfies keyof PodSpec));
  if (lists.some((list) => isOpenList(list) || list.items().some((item) => item.kind !== 'map'))) return undefined;
  const mounts = containers.map(mountsOf);
  if (mounts.some(({ items, isOpen }) => isOpen || items.some(({ name }) => name === undefined))) return undefined;
  return new Set(mounts.flatMap(({ items }) => items.flatMap(({ name }) => name ?? [])));
}
