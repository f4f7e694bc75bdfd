import { type ImageNames, isOneOf } from './image-match.ts';
import type { ImageRef } from './image-ref.ts';

/** Tags to pin an image to that names none. */
export interface ImageTags {
  readonly images: ImageNames;
  /** The newest release first, then the one that is kept for longer, where there are two. */
  readonly tags: readonly string[];
  /** Other words that move on with releases, and the tag each stood for; undefined where that has no other name. */
  readonly aliases?: Readonly<Record<string, string | undefined>>;
  /** Variants that are published of each of these tags, as `-alpine` behind it; alone they mean the newest release. */
  readonly variants?: readonly string[];
  readonly source: string;
}

/** As of when all rows are: people are told, because releases go on. */
export const imageTagsDate = '2026-08';

const library = 'docker-library/official-images library/*, 2026-08-21';
/** The order of the two words differs from image to image; one that an image does not have is in nobody's file. */
const variants = ['alpine', 'slim', 'bookworm', 'trixie', 'slim-bookworm', 'slim-trixie', 'bookworm-slim', 'trixie-slim'] as const;
const real = 'pinned by maintained public manifests in 2026-08';

/**
 * What is not here gets no suggestion. Most tags were seen in the source beside them; `plain` in a source: only a variant
 * of the tag was seen there (`-alpine`, `distroless-`), and these projects publish the plain one along with it;
 * `knowledge`: general knowledge, not looked up. Those name a series (`1.6`), within which nothing breaks.
 */
const imageTags: readonly ImageTags[] = [
  { images: ['nginx'], tags: ['1.31.4', '1.30.4'], aliases: { stable: '1.30.4', mainline: '1.31.4' }, variants: ['alpine', 'alpine-slim', 'perl', 'alpine-perl'], source: library },
  { images: ['nginxinc/nginx-unprivileged'], tags: ['1.30.4'], source: 'nginx/docker-nginx-unprivileged, stable; plain' },
  { images: ['haproxy'], tags: ['3.4.3'], variants: ['alpine'], source: `${library}; plain` },
  { images: ['alpine'], tags: ['3.24.1'], aliases: { edge: undefined }, source: library },
  { images: ['debian'], tags: ['13.6'], aliases: { stable: '13.6', testing: undefined, unstable: undefined, sid: undefined }, variants: ['slim'], source: library },
  { images: ['ubuntu'], tags: ['26.04', '24.04'], aliases: { rolling: '26.04', devel: undefined }, source: library },
  { images: ['busybox'], tags: ['1.37.0'], aliases: { stable: '1.37.0' }, variants: ['glibc', 'musl', 'uclibc'], source: `${real}: Azure-Samples/aks-store-demo` },
  { images: ['golang'], tags: ['1.27.0'], variants: ['alpine', 'bookworm', 'trixie'], source: library },
  { images: ['node'], tags: ['26.7.0', '24.19.0'], aliases: { lts: '24.19.0', current: '26.7.0' }, variants, source: 'nodejs/docker-node Dockerfiles, and docker-library/official-images' },
  { images: ['python'], tags: ['3.14.7'], variants, source: library },
  { images: ['ruby'], tags: ['4.0.6', '3.4.10'], variants, source: library },
  { images: ['rust'], tags: ['1.98.0'], variants, source: library },
  { images: ['php'], tags: ['8.5', '8.4'], variants: ['alpine', 'cli', 'cli-alpine', 'fpm', 'fpm-alpine', 'apache', 'zts'], source: library },
  { images: ['composer'], tags: ['2.10.2'], source: library },
  { images: ['elixir'], tags: ['1.20.3'], variants: ['alpine', 'slim'], source: library },
  { images: ['maven'], tags: ['3.9.16'], source: library },
  { images: ['gradle'], tags: ['9.7.1'], source: library },
  { images: ['eclipse-temurin'], tags: ['25', '21'], source: library },
  { images: ['redis'], tags: ['8.10.1'], variants: ['alpine'], source: `${real}: argoproj/argo-cd, GoogleCloudPlatform/microservices-demo; plain` },
  { images: ['rabbitmq'], tags: ['4.3.2'], variants: ['alpine', 'management', 'management-alpine'], source: `${real}: Azure-Samples/aks-store-demo; plain` },
  { images: ['traefik'], tags: ['v3.7.11'], source: `${real}: bjw-s-labs/home-ops` },
  { images: ['memcached'], tags: ['1.6'], variants: ['alpine'], source: 'knowledge: the only series since 2020' },
  { images: ['httpd'], tags: ['2.4'], variants: ['alpine'], source: 'knowledge: the only series since 2012' },
  { images: ['postgres'], tags: ['18'], variants: ['alpine'], source: 'knowledge: the newest major version since 2025-09' },
  { images: ['grafana/grafana'], tags: ['13.1.3'], source: `${real}: prometheus-operator/kube-prometheus` },
  { images: ['prom/node-exporter', 'prometheus/node-exporter'], tags: ['v1.12.1'], source: 'prometheus-community/helm-charts appVersion' },
  { images: ['prom/blackbox-exporter', 'prometheus/blackbox-exporter'], tags: ['v0.28.0'], source: 'prometheus-community/helm-charts appVersion' },
  { images: ['prom/statsd-exporter', 'prometheus/statsd-exporter'], tags: ['v0.30.0'], source: 'prometheus/statsd_exporter, git tag' },
  { images: ['prom/mysqld-exporter', 'prometheus/mysqld-exporter'], tags: ['v0.20.0'], source: 'prometheus/mysqld_exporter, git tag' },
  { images: ['prometheuscommunity/postgres-exporter'], tags: ['v0.20.1'], source: 'prometheus-community/postgres_exporter, git tag' },
  { images: ['oliver006/redis_exporter'], tags: ['v1.89.0'], source: 'prometheus-community/helm-charts appVersion' },
  { images: ['nginx/nginx-prometheus-exporter'], tags: ['1.5.3'], source: 'nginx/nginx-prometheus-exporter, git tag' },
  { images: ['kube-state-metrics/kube-state-metrics'], tags: ['v2.19.1'], source: `${real}: prometheus-operator/kube-prometheus` },
  { images: ['prometheus-operator/prometheus-operator'], tags: ['v0.93.1'], source: `${real}: prometheus-operator/kube-prometheus` },
  { images: ['prometheus-operator/prometheus-config-reloader'], tags: ['v0.93.0'], source: 'prometheus-operator/prometheus-operator, git tag' },
  { images: ['jimmidyson/configmap-reload'], tags: ['v0.15.0'], source: `${real}: prometheus-operator/kube-prometheus` },
  { images: ['brancz/kube-rbac-proxy'], tags: ['v0.22.1'], source: `${real}: prometheus-operator/kube-prometheus` },
  { images: ['fluent/fluent-bit'], tags: ['5.1.1'], source: 'fluent/helm-charts appVersion' },
  { images: ['timberio/vector'], tags: ['0.56.0-distroless-libc'], source: 'vectordotdev/helm-charts appVersion' },
  { images: ['envoyproxy/envoy'], tags: ['v1.39.1'], source: `${real} as distroless-v1.39.1; plain` },
  { images: ['kiwigrid/k8s-sidecar'], tags: ['2.10.1'], source: 'kiwigrid/k8s-sidecar, git tag' },
  { images: ['git-sync/git-sync'], tags: ['v4.7.1'], source: 'kubernetes/git-sync, git tag' },
  { images: ['clamav/clamav'], tags: ['1.5.3'], source: 'Cisco-Talos/clamav, git tag' },
  { images: ['cloud-sql-connectors/cloud-sql-proxy'], tags: ['2.25.3'], source: 'GoogleCloudPlatform/cloud-sql-proxy, examples/k8s-sidecar' },
  { images: ['edoburu/pgbouncer'], tags: ['v1.25.2-p0'], source: 'edoburu/docker-pgbouncer, git tag' },
  { images: ['hashicorp/vault'], tags: ['2.0.4'], source: 'hashicorp/vault-helm v0.34.1 values.yaml' },
  { images: ['hashicorp/consul-template'], tags: ['0.43.0'], source: real },
  { images: ['redpandadata/connect'], tags: ['4.104.0'], source: 'redpanda-data/helm-charts appVersion' },
];

const debianOfDistroless = 'debian13';

/** Distroless images that are published for that release of Debian. Source: GoogleContainerTools/distroless README, 2026-08. */
const distroless: ImageNames = ['gcr.io/distroless/static', 'gcr.io/distroless/base', 'gcr.io/distroless/base-nossl', 'gcr.io/distroless/cc'];

/**
 * How an image's name moves on. `latest`: no tag, or that one; `alias`: a tag that moves on with releases as the table
 * says; `release`: it has no version tags at all and its name does not say of which release it is.
 */
export type Moving = 'latest' | 'alias' | 'release';

/** Undefined for a name with a version or digest, and for tags that nobody here knows anything of. */
export function movingKind(ref: ImageRef): Moving | undefined {
  if (ref.digest !== undefined) return undefined;
  if (isDistroless(ref)) return /-debian\d+$/.test(ref.name) ? undefined : 'release';
  return isMoving(ref) ? 'latest' : aliasOf(ref) === undefined ? undefined : 'alias';
}

/** The image under the names to offer instead, best first; none for images that are not known. */
export function pinsOf(ref: ImageRef): readonly string[] {
  const name = ref.tag === undefined ? ref.text : ref.text.slice(0, -ref.tag.length - 1);
  if (isDistroless(ref)) return isOneOf(ref, distroless) ? [`${name}-${debianOfDistroless}${ref.text.slice(name.length)}`] : [];
  const tags = isMoving(ref) ? (rowOf(ref)?.tags ?? []) : (aliasOf(ref) ?? []);
  return tags.map((tag) => `${name}:${tag}`);
}

/** Does the image change under its name? Without tag and digest it is `latest`. */
export function isMoving({ tag = 'latest', digest }: ImageRef): boolean {
  return digest === undefined && tag === 'latest';
}

function rowOf(ref: ImageRef): ImageTags | undefined {
  return imageTags.find(({ images }) => isOneOf(ref, images));
}

/** The tags that an alias stands for, its variant kept: `lts-alpine`, `slim`. Undefined for what is no alias. */
function aliasOf(ref: ImageRef): readonly string[] | undefined {
  const { tag } = ref;
  const row = rowOf(ref);
  if (tag === undefined || row === undefined) return undefined;
  const { tags, aliases = {}, variants = [] } = row;
  if (variants.includes(tag)) return tags.map((each) => `${each}-${tag}`);
  for (const suffix of ['', ...variants.map((variant) => `-${variant}`)]) {
    const word = tag.slice(0, tag.length - suffix.length);
    if (!tag.endsWith(suffix) || !Object.hasOwn(aliases, word)) continue;
    const stood = aliases[word];
    return stood === undefined ? [] : [stood + suffix];
  }
  return undefined;
}

function isDistroless({ registry, repository }: ImageRef): boolean {
  return registry === 'gcr.io' && repository.startsWith('distroless/');
}
