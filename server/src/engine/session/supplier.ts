import type { Manifest } from '../kubernetes/manifest.ts';
import { identityOf } from '../workspace/kustomize-match.ts';
import type { SuppliedPath } from '../yaml/supplied.ts';
import { type CachedChunk, type ChunkSetting, supply } from './chunk.ts';
import type { Place } from './contexts.ts';

/** Brings documents of a file up to date with what overlays supply to it. */
export function supplier({ uri, index }: Place): (chunk: CachedChunk, setting: ChunkSetting) => void {
  const overlays = index.version('overlays');
  const isNamed = index.kustomizeRole(uri) !== undefined;
  const suppliedTo = (manifest: Manifest): readonly SuppliedPath[] => (isNamed ? index.supplied(uri, identityOf(manifest)) : []);
  return (chunk, setting) => {
    supply(chunk, setting, overlays, suppliedTo);
  };
}
