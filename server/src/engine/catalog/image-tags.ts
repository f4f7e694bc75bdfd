import { type ImageNames, isOneOf } from './image-match.ts';
import type { ImageRef } from './image-ref.ts';

/** Tags to pin an image to that names none. */
export interface ImageTags {
  readonly images: ImageNames;
  /** The newest release first, then the one that is kept for longer, where there are two. */
  readonly tags: readonly string[];
  readonly source: string;
}

/** As of when all rows are: people are told, because releases go on. */
export const imageTagsDate = '2026-08';

const library = 'docker-library/official-images library/*, 2026-08-21';
const real = 'pinned by maintained public manifests in 2026-08';

/**
 * What is not here gets no suggestion. Most tags were seen in the source beside them; `plain` in a source: only a variant
 * of the tag was seen there (`-alpine`, `distroless-`), and these projects publish the plain one along with it;
 * `knowledge`: general knowledge, not looked up. Those name a series (`1.6`), within which nothing breaks.
 */
const imageTags: readonly ImageTags[] = [
  { images: ['nginx'], tags: ['1.31.4', '1.30.4'], source: library },
  { images: ['nginxinc/nginx-unprivileged'], tags: ['1.30.4'], source: 'nginx/docker-nginx-unprivileged, stable; plain' },
  { images: ['haproxy'], tags: ['3.4.3'], source: `${library}; plain` },
  { images: ['alpine'], tags: ['3.24.1'], source: library },
  { images: ['debian'], tags: ['13.6'], source: library },
  { images: ['ubuntu'], tags: ['26.04', '24.04'], source: library },
  { images: ['busybox'], tags: ['1.37.0'], source: `${real}: Azure-Samples/aks-store-demo` },
  { images: ['golang'], tags: ['1.27.0'], source: library },
  { images: ['node'], tags: ['26.7.0', '24.19.0'], source: 'nodejs/docker-node Dockerfiles, and docker-library/official-images' },
  { images: ['python'], tags: ['3.14.7'], source: library },
  { images: ['ruby'], tags: ['4.0.6', '3.4.10'], source: library },
  { images: ['rust'], tags: ['1.98.0'], source: library },
  { images: ['php'], tags: ['8.5', '8.4'], source: library },
  { images: ['composer'], tags: ['2.10.2'], source: library },
  { images: ['elixir'], tags: ['1.20.3'], source: library },
  { images: ['maven'], tags: ['3.9.16'], source: library },
  { images: ['gradle'], tags: ['9.7.1'], source: library },
  { images: ['eclipse-temurin'], tags: ['25', '21'], source: library },
  { images: ['redis'], tags: ['8.10.1'], source: `${real}: argoproj/argo-cd, GoogleCloudPlatform/microservices-demo; plain` },
  { images: ['rabbitmq'], tags: ['4.3.2'], source: `${real}: Azure-Samples/aks-store-demo; plain` },
  { images: ['traefik'], tags: ['v3.7.11'], source: `${real}: bjw-s-labs/home-ops` },
  { images: ['memcached'], tags: ['1.6'], source: 'knowledge: the only series since 2020' },
  { images: ['httpd'], tags: ['2.4'], source: 'knowledge: the only series since 2012' },
  { images: ['postgres'], tags: ['18'], source: 'knowledge: the newest major version since 2025-09' },
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

/** The tags to offer for an image, best first; none for images that are not known. */
export function tagsOf(ref: ImageRef): readonly string[] {
  return imageTags.find(({ images }) => isOneOf(ref, images))?.tags ?? [];
}

/** Does the image change under its name? Without tag and digest it is `latest`. */
export function isMoving({ tag = 'latest', digest }: ImageRef): boolean {
  return digest === undefined && tag === 'latest';
}
