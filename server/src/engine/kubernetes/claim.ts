import type { Manifest } from './manifest.ts';

/** What a PersistentVolumeClaim tells about the volume that Pods mount through it. */
export interface ClaimFact {
  readonly name: string;
  readonly namespace: string | undefined;
  /** As written: `ReadWriteOnce`, `ReadOnlyMany`, `ReadWriteMany`, `ReadWriteOncePod`. Empty where they cannot be read. */
  readonly accessModes: readonly string[];
}

/** The fact of a PersistentVolumeClaim; undefined for other objects, and for one whose name is computed. */
export function claimFact(manifest: Manifest): ClaimFact | undefined {
  const { kind, apiVersion, name, namespace } = manifest;
  if (kind !== 'PersistentVolumeClaim' || (apiVersion !== undefined && apiVersion !== 'v1') || name === undefined) return undefined;
  const modes = manifest.root.at('spec', 'accessModes').items().map((item) => item.text);
  return { name, namespace, accessModes: modes.every((mode) => mode !== undefined) ? modes : [] };
}

/**
 * The claims that a Pod of this namespace may mean by the name. A namespace that one side leaves open is set from
 * outside (kubectl -n, an overlay), so it matches any.
 */
export function claimsNamed(claims: readonly ClaimFact[], name: string, namespace: string | undefined): readonly ClaimFact[] {
  return claims.filter((claim) => claim.name === name && (claim.namespace === undefined || namespace === undefined || claim.namespace === namespace));
}
