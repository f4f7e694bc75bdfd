import { type ImageNames, isOneOf } from './image-match.ts';
import type { ImageRef } from './image-ref.ts';

/** Where to begin with resources, for a small installation: request and limit. Measure, then change it. */
export interface ResourceNeeds {
  readonly cpu: readonly [request: string, limit: string];
  readonly memory: readonly [request: string, limit: string];
}

interface NeedsRow extends ResourceNeeds {
  readonly images: ImageNames;
  readonly source: string;
}

const presets = 'an estimate of ours, of the size of the presets nano to small in bitnami/charts, common.resources.preset';
const charts = 'an estimate of ours, near the values that the projects’ charts and examples suggest';
const own = 'an estimate of ours: small static binaries and scripts';

/** The first row that fits counts. As of 2026-08. */
const rows: readonly NeedsRow[] = [
  { images: ['postgres', 'postgis/postgis', 'pgvector/pgvector', 'timescale/timescaledb', 'bitnami/postgresql'], cpu: ['250m', '1'], memory: ['256Mi', '512Mi'], source: presets },
  { images: ['mysql', 'mariadb', 'percona', 'mongo', 'bitnami/mysql', 'bitnami/mariadb', 'bitnami/mongodb'], cpu: ['250m', '1'], memory: ['512Mi', '1Gi'], source: presets },
  { images: ['redis', 'memcached', 'valkey/valkey', 'bitnami/redis', 'bitnami/valkey', 'bitnami/memcached'], cpu: ['100m', '500m'], memory: ['128Mi', '256Mi'], source: presets },
  { images: ['rabbitmq', 'bitnami/rabbitmq'], cpu: ['250m', '1'], memory: ['256Mi', '512Mi'], source: presets },
  { images: ['apache/kafka', 'confluentinc/cp-kafka', 'bitnami/kafka', 'elasticsearch', 'elasticsearch/elasticsearch', 'opensearchproject/opensearch', 'cassandra'], cpu: ['500m', '2'], memory: ['2Gi', '4Gi'], source: 'an estimate of ours: heaps of 1 GiB and more, and as much again for the page cache' },
  { images: ['nginx', 'httpd', 'caddy', 'haproxy', 'traefik', 'nginxinc/nginx-unprivileged', 'bitnami/nginx'], cpu: ['50m', '500m'], memory: ['64Mi', '128Mi'], source: presets },
  { images: ['envoyproxy/envoy', 'istio/proxyv2'], cpu: ['100m', '1'], memory: ['128Mi', '512Mi'], source: 'requests of istio; the limit is an estimate of ours' },
  { images: [/[-_]exporter$/, /^(?:configmap-reload|prometheus-config-reloader|kube-rbac-proxy|oauth2-proxy)$/], cpu: ['10m', '100m'], memory: ['32Mi', '64Mi'], source: charts },
  { images: ['fluent/fluent-bit', /^(?:cloud-sql-proxy|pgbouncer|git-sync|consul-template|envconsul)$/], cpu: ['50m', '250m'], memory: ['64Mi', '128Mi'], source: charts },
  { images: ['kiwigrid/k8s-sidecar'], cpu: ['20m', '100m'], memory: ['80Mi', '160Mi'], source: charts },
  { images: ['timberio/vector', /^(?:filebeat|fluentd|vault|opentelemetry-collector(?:-contrib)?)$/], cpu: ['50m', '500m'], memory: ['64Mi', '256Mi'], source: charts },
  { images: ['clamav/clamav'], cpu: ['250m', '1'], memory: ['3Gi', '4Gi'], source: 'ClamAV documentation: 3 GiB at least, 4 GiB preferred' },
  { images: ['prom/prometheus', 'prometheus/prometheus'], cpu: ['250m', '1'], memory: ['512Mi', '2Gi'], source: charts },
  { images: ['eclipse-temurin', 'openjdk', 'amazoncorretto', 'tomcat', 'jenkins/jenkins', 'keycloak/keycloak', 'sonarqube', 'neo4j', /(?:^|[-_])(?:java|jvm|jre|jdk|spring|wildfly)(?:[-_]|$)/], cpu: ['250m', '1'], memory: ['512Mi', '1Gi'], source: 'an estimate of ours: a heap of a quarter to a half of the limit, and metaspace, threads and buffers' },
  { images: ['busybox', 'alpine', 'bash', 'curlimages/curl', /^pause$/], cpu: ['10m', '100m'], memory: ['16Mi', '64Mi'], source: own },
];

const anyProgram: ResourceNeeds = { cpu: ['100m', '500m'], memory: ['128Mi', '256Mi'] };

/** Where to begin for an image; for one that nobody knows, what a small service takes. */
export function needsOf(ref: ImageRef | undefined): ResourceNeeds {
  return (ref === undefined ? undefined : rows.find(({ images }) => isOneOf(ref, images))) ?? anyProgram;
}
