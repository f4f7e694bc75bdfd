/**
 * One step of a path to a Pod spec: a key, every item of a list (`[]`), or every key of a map (`*`).
 */
export type PathStep = { readonly kind: 'key'; readonly key: string } | { readonly kind: 'items' } | { readonly kind: 'keys' };

/** A name a path may hold: what Kubernetes uses for fields, and the camel case inside `tfReplicaSpecs`. */
const segment = /^([A-Za-z_$][\w$-]*)((?:\[\])*)$/;
const longest = 300;

/**
 * The steps of `spec.templates[].template.spec` or `spec.*.template.spec`; undefined for what is no such path. A path
 * begins with a key, so that it never stands for a whole object.
 */
export function parsePodPath(path: string): readonly PathStep[] | undefined {
  if (path.length > longest) return undefined;
  const steps: PathStep[] = [];
  for (const part of path.replace(/^\./, '').split('.')) {
    if (part === '*' && steps.length > 0) {
      steps.push({ kind: 'keys' });
      continue;
    }
    const match = segment.exec(part);
    if (match === null) return undefined;
    const [, key = '', lists = ''] = match;
    steps.push({ kind: 'key', key }, ...Array.from({ length: lists.length / 2 }, () => ({ kind: 'items' }) as const));
  }
  return steps;
}
