/** An image name taken apart. Nothing is guessed: parts that are not written are undefined. */
export interface ImageRef {
  readonly text: string;
  /** Host and port, as in `localhost:5000`; undefined for Docker Hub names. */
  readonly registry: string | undefined;
  /** Path without registry, as written: `library/nginx`, `bitnami/redis`, `nginx`. */
  readonly repository: string;
  /** Last segment of the path. */
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/**
 * Takes an image reference apart by the rules of the distribution reference grammar: the tag stands after a colon in
 * the last path segment, so a registry's port is no tag; the first segment is a registry only with a dot, a colon or
 * as `localhost`. Returns undefined for what is no plain name (empty, with variables, templates or white space).
 */
export function parseImageRef(text: string): ImageRef | undefined {
  if (text === '' || /[\s${}<>"'`\\\uE000]/.test(text)) return undefined;
  const at = text.indexOf('@');
  const named = at < 0 ? text : text.slice(0, at);
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const slash = named.lastIndexOf('/');
  const colon = named.indexOf(':', slash + 1);
  const path = colon < 0 ? named : named.slice(0, colon);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  const first = path.indexOf('/');
  const host = first < 0 ? '' : path.slice(0, first);
  const registry = host !== '' && (host.includes('.') || host.includes(':') || host === 'localhost') ? host : undefined;
  const repository = registry === undefined ? path : path.slice(first + 1);
  const name = repository.slice(repository.lastIndexOf('/') + 1);
  if (name === '' || tag === '') return undefined;
  return { text, registry, repository, name, tag, digest };
}

/**
 * Is this what no registry takes for a name (`BASEIMAGE`, `PROJECT_ID/app`), so that something else is put in its place?
 * Source: distribution/reference, names are lower case ASCII.
 */
export function isPlaceholder({ repository }: ImageRef): boolean {
  return /[^a-z0-9._/-]/.test(repository);
}

/** `nginx`, `library/nginx`, `docker.io/library/nginx`: the name of a Docker official image, or undefined. */
export function officialName(ref: ImageRef): string | undefined {
  const hub = ref.registry === undefined || ref.registry === 'docker.io' || ref.registry === 'index.docker.io';
  if (!hub) return undefined;
  if (!ref.repository.includes('/')) return ref.name;
  return ref.repository === `library/${ref.name}` ? ref.name : undefined;
}

/**
 * The names that catalogs may know an image by: `postgres` for a Docker official image, by whatever mirror
 * (`mirror.example.com/library/redis`, `public.ecr.aws/docker/library/redis`); `grafana/grafana` for an organisation's on
 * any registry (Bitnami's under all its names); `registry.k8s.io/etcd` for one of a registry.
 */
export function imageNames(ref: ImageRef): readonly string[] {
  const found = known.get(ref) ?? namesOf(ref);
  known.set(ref, found);
  return found;
}

/** Every row of every catalog asks. */
const known = new WeakMap<ImageRef, readonly string[]>();

function namesOf(ref: ImageRef): readonly string[] {
  const official = officialName(ref) ?? mirrored(ref);
  const path = ref.repository.replace(/^bitnami(?:legacy|secure)\//, 'bitnami/');
  const last = path.split('/').slice(-2).join('/');
  return [...(official === undefined ? [] : [official]), ...(path.includes('/') ? [last] : []), `${ref.registry ?? ''}/${path}`];
}

/** The official image behind a mirror. */
function mirrored({ repository, name }: ImageRef): string | undefined {
  return repository.endsWith(`/library/${name}`) || repository === `library/${name}` ? name : undefined;
}
