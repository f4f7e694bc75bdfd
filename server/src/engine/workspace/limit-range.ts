import type { Manifest } from '../kubernetes/manifest.ts';

/** What a LimitRange gives to containers of its namespace that ask for nothing themselves. */
export interface LimitRangeFact {
  readonly namespace: string | undefined;
  /** Resources with a default limit, as `memory`. */
  readonly limits: readonly string[];
  /** Resources with a default request; a default limit is the default request too where none is written. */
  readonly requests: readonly string[];
}

/** The fact of a LimitRange; undefined for other objects and for one that gives containers no defaults. */
export function limitRangeFact(manifest: Manifest): LimitRangeFact | undefined {
  if (manifest.kind !== 'LimitRange' || (manifest.apiVersion !== undefined && manifest.apiVersion !== 'v1')) return undefined;
  const items = manifest.root.at('spec', 'limits').items().filter((item) => item.at('type').text === 'Container');
  const limits = items.flatMap((item) => item.at('default').keys());
  const requests = [...items.flatMap((item) => item.at('defaultRequest').keys()), ...limits];
  if (requests.length === 0) return undefined;
  return { namespace: manifest.namespace, limits: [...new Set(limits)], requests: [...new Set(requests)] };
}
