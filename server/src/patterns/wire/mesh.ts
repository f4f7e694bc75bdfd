import type { Manifest } from '../../engine/kubernetes/manifest.ts';
import type { Field } from '../../engine/yaml/field.ts';

/** A service mesh that shows in the labels and annotations around a workload. */
export interface Mesh {
  readonly name: string;
  /** Into these Pods, by what is written on them. */
  readonly isInjected: boolean;
  /** What asks for it: where in the metadata of the Pods, and what. */
  readonly place: 'labels' | 'annotations';
  readonly key: string;
  readonly value: string;
}

/**
 * What asks each mesh for its proxy. Source: istio.io, setup/additional-setup/sidecar-injection; linkerd.io, features/proxy-injection;
 * developer.hashicorp.com, consul/docs/k8s/annotations-and-labels; docs.dapr.io, arguments-annotations-overview.
 */
const meshes = [
  { name: 'Istio', place: 'labels', key: 'sidecar.istio.io/inject', value: 'true', seen: /(?:^|[./])istio(?:\.io|-injection)/ },
  { name: 'Linkerd', place: 'annotations', key: 'linkerd.io/inject', value: 'enabled', seen: /(?:^|\.)linkerd\.io\// },
  { name: 'Consul', place: 'annotations', key: 'consul.hashicorp.com/connect-inject', value: 'true', seen: /^consul\.hashicorp\.com\// },
  { name: 'Dapr', place: 'annotations', key: 'dapr.io/enabled', value: 'true', seen: /^dapr\.io\// },
] as const;

/** The mesh in sight: on the Pods themselves, or on any object of the same file. */
export function meshOf({ workload, beside }: { readonly workload: { readonly podMetadata: Field }; readonly beside: readonly { readonly manifest: Manifest }[] }): Mesh | undefined {
  const own = workload.podMetadata;
  for (const { seen, ...mesh } of meshes) {
    if (keysOf(own).some((key) => seen.test(key))) return { ...mesh, isInjected: [own.at('labels', mesh.key), own.at('annotations', mesh.key)].some(isOn) };
  }
  for (const { seen, ...mesh } of meshes) {
    const around = beside.flatMap(({ manifest }) => [manifest.metadata, ...manifest.workloads.map(({ podMetadata }) => podMetadata)]);
    if (around.some((metadata) => keysOf(metadata).some((key) => seen.test(key)))) return { ...mesh, isInjected: false };
  }
  return undefined;
}

function keysOf(metadata: Field): readonly string[] {
  return [...metadata.at('labels').keys(), ...metadata.at('annotations').keys()];
}

function isOn(field: Field): boolean {
  return ['true', 'enabled', 'ingress'].includes(String(field.scalar ?? ''));
}
