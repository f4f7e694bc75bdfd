import type { Message } from '../../engine/core/message.ts';
import { mountsOf, volumesOf } from '../../engine/kubernetes/volumes.ts';
import type { Parts } from '../cut.ts';
import { because } from './reasons.ts';
import type { Target } from './target.ts';

/** Volumes that take no files from a container. Source: kubernetes.io, concepts/storage/volumes: configMap, secret, downwardAPI and projected are mounted read-only. */
const readOnlySources = new Set(['configMap', 'secret', 'downwardAPI', 'projected', 'image']);

/**
 * The volumes of the target that stand in for the scenario's: where the app has one mounted at the very place, that is the
 * one to share. By the scenario's names. Refused where the helper has to write into one that takes nothing.
 */
export function sharedVolumes(target: Target, parts: Parts): { readonly names: ReadonlyMap<string, string> } | { readonly refused: Message } {
  const names = new Map<string, string>();
  const volumes = volumesOf(target.manifest, target.workload).items;
  const mine = mountsOf(target.app).items;
  for (const mount of mountsOf(parts.app).items) {
    const there = mine.find(({ path }) => path !== undefined && path === mount.path);
    if (there === undefined || mount.name === undefined) continue;
    const { name, path = '' } = there;
    const volume = volumes.find((each) => each.name === name);
    const helper = parts.helpers.find(({ container }) => mountsOf(container).items.some((each) => each.name === mount.name));
    const isWritten = parts.helpers.some(({ container }) => mountsOf(container).items.some((each) => each.name === mount.name && !each.isReadOnly));
    const isWhole = there.field.get('subPath').absent && there.field.get('subPathExpr').absent && !there.isDevice;
    const takesFiles = volume?.source !== undefined && !readOnlySources.has(volume.source);
    // What the scenario brings along itself must be its own volume.
    const isFilled = volumesOf(parts.manifest, parts.workload).items.some((each) => each.name === mount.name && each.source !== 'emptyDir');
    if (name === undefined || !isWhole || isFilled || !takesFiles || (there.isReadOnly && !isWritten)) {
      return { refused: because('taken', { volume: name ?? '', path, helper: helper?.container.name ?? '' }) };
    }
    names.set(mount.name, name);
  }
  return { names };
}
