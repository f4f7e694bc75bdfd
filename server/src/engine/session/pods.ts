import type { Manifest } from '../kubernetes/manifest.ts';
import type { KubernetesVersion } from '../kubernetes/versions.ts';
import type { Workload } from '../kubernetes/workload.ts';
import type { Chunk } from '../yaml/stream.ts';
import type { CachedChunk } from './chunk.ts';

/** A Pod spec of a file. */
export interface PlacedPod {
  readonly manifest: Manifest;
  readonly workload: Workload;
  /** Where the document begins in the file that the spans of the other two count from. */
  readonly base: number;
}

/** The Pod specs of a file, and the version of Kubernetes that its configuration names. */
export interface FilePods {
  readonly version: KubernetesVersion;
  readonly pods: readonly PlacedPod[];
}

/** In the order of the file. Parts of objects make no Pods before they are merged into others. */
export function podsIn(chunks: readonly Chunk[], cached: readonly CachedChunk[]): readonly PlacedPod[] {
  return cached.flatMap(({ manifests }, at) =>
    manifests.filter(({ partial }) => !partial).flatMap((manifest) => manifest.workloads.map((workload) => ({ manifest, workload, base: chunks[at]?.start ?? 0 }))));
}
