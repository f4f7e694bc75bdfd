import type { SuppliedPath } from '../yaml/supplied.ts';
import type { KustomizeGraph } from './kustomize-graph.ts';
import { isPatchedObject, isTargeted, type ObjectIdentity } from './kustomize-match.ts';
import type { Patch } from './kustomize-patch';

/**
 * Where overlays, components and their patches may add to an object of a file, or set something in it.
 * @param key of the file
 * @param patchesIn what the patch file with this key holds
 */
export function suppliedPaths(graph: KustomizeGraph, key: string, object: ObjectIdentity, patchesIn: (file: string) => readonly Patch[]): readonly SuppliedPath[] {
  const isScaled = object.name !== undefined && graph.replicasOf(key).includes(object.name);
  const paths: SuppliedPath[] = isScaled ? [['spec', 'replicas']] : [];
  for (const { entry, file, seen } of graph.patchesOf(key, object)) {
    for (const patch of file === undefined ? entry.inline : patchesIn(file)) {
      const { target } = entry;
      const isMeant = target !== undefined ? isTargeted(target, seen) : patch.object !== undefined && isPatchedObject(patch.object, seen);
      if (isMeant) paths.push(...patch.paths);
    }
  }
  return paths;
}

/** May one of the paths bring a probe, or put something else in the place of a container or of what holds it? */
export function mayGetProbe(paths: readonly SuppliedPath[]): boolean {
  return paths.some((path) => {
    const last = path.at(-1);
    return typeof last !== 'string' || /^(?:spec|template|containers)$/.test(last) || path.some((step) => typeof step === 'string' && step.endsWith('Probe'));
  });
}
