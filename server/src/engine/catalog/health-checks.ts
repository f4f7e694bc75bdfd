import { type ImageNames, isOneOf } from './image-match.ts';
import type { ImageRef } from './image-ref.ts';

/** How a known image tells that it is ready, as a probe without timings. */
export type HealthHandler =
  | { readonly httpGet: { readonly path: string; readonly port: number | string } }
  | { readonly tcpSocket: { readonly port: number } }
  | { readonly exec: { readonly command: readonly string[] } };

/** What is known of the health check of an image. */
export interface HealthCheck {
  readonly images: ImageNames;
  /** Which tags the row speaks of ('' stands for none); all where absent. The first row that matches counts. */
  readonly tags?: RegExp;
  /** What the image listens on. Where a container declares ports and none of these, it was set up in another way. */
  readonly ports: readonly number[];
  readonly readiness: HealthHandler;
  /** Instead of `readiness` where the container has this variable, or takes variables from elsewhere. */
  readonly variable?: { readonly name: string; readonly readiness: HealthHandler };
  /** What the probe itself takes, where the defaults (1 s, every 10 s) are too short. */
  readonly timing?: { readonly timeoutSeconds?: number; readonly periodSeconds?: number };
  /**
   * The command line and, on lines below it, the variables (`NAME=value`) must say this; `configuration`: only a file
   * does that a manifest does not show.
   */
  readonly needs?: RegExp | 'configuration';
  /** They must not say this. */
  readonly unless?: RegExp;
  /** `source`: read in the image's or its chart's source, or tried; `knowledge`: from documentation, not checked again. */
  readonly level: 'source' | 'knowledge';
  readonly source: string;
}

/** As of when all rows are. */
export const healthChecksDate = '2026-11';

const http = (port: number | string, path: string): HealthHandler => ({ httpGet: { path, port } });
const tcp = (port: number): HealthHandler => ({ tcpSocket: { port } });
const exec = (...command: readonly string[]): HealthHandler => ({ exec: { command } });
const shell = (script: string): HealthHandler => exec('/bin/sh', '-c', script);

const anyAddress = String.raw`(?:https?:\/\/)?(?:0\.0\.0\.0|\[::\])?:`;

/** Images only: what frameworks answer (Spring, Quarkus…) no image name tells. */
export const healthChecks: readonly HealthCheck[] = [
  // During initdb the entrypoint runs a server on the Unix socket alone, so a check without -h is ready too early.
  { images: ['postgres', 'postgis/postgis', 'pgvector/pgvector', 'timescale/timescaledb', 'bitnami/postgresql'], ports: [5432], readiness: exec('pg_isready', '-h', '127.0.0.1', '-U', 'postgres'), variable: { name: 'POSTGRES_USER', readiness: shell('exec pg_isready -h 127.0.0.1 -U "${POSTGRES_USER:-postgres}"') }, level: 'source', source: 'docker-library/postgres docker-entrypoint.sh; bitnami/charts postgresql _helpers.tpl' },
  // The temporary server of the entrypoint runs with --skip-networking: only a TCP address tells it from the real one.
  { images: ['mysql', 'percona', 'mysql/mysql-server', 'percona/percona-server', 'bitnami/mysql'], ports: [3306, 33060], readiness: shell('mysqladmin ping -h 127.0.0.1 --silent'), level: 'source', source: 'docker-library/mysql docker-entrypoint.sh; bitnami/charts mysql primary/statefulset.yaml' },
  // healthcheck.sh came with 10.4 and later builds; nothing sure is known of older ones.
  { images: ['mariadb'], tags: /^(?!5|10\.[0-4](?:\D|$))/, ports: [3306], readiness: exec('healthcheck.sh', '--connect', '--innodb_initialized'), level: 'source', source: 'MariaDB/mariadb-docker healthcheck.sh' },
  { images: ['mongo', 'percona/percona-server-mongodb', 'bitnami/mongodb'], tags: /^[2-5](?:\D|$)/, ports: [27017], readiness: exec('mongo', '--quiet', '--eval', "db.adminCommand('ping').ok"), timing: { timeoutSeconds: 5 }, level: 'source', source: 'bitnami/charts mongodb common-scripts-cm.yaml; mongosh replaced mongo in 6.0' },
  { images: ['mongo', 'percona/percona-server-mongodb', 'bitnami/mongodb'], ports: [27017], readiness: exec('mongosh', '--quiet', '--eval', "db.adminCommand('ping').ok"), timing: { timeoutSeconds: 5 }, level: 'source', source: 'bitnami/charts mongodb common-scripts-cm.yaml' },
  // Whoever asks without the password gets an answer too, and redis-cli ends with 0.
  { images: ['redis', 'bitnami/redis', 'redis/redis-stack', 'redis/redis-stack-server'], ports: [6379], readiness: exec('redis-cli', 'ping'), unless: /tls-port|TLS_ENABLED=(?:yes|true)/i, level: 'source', source: 'bitnami/charts redis health-configmap.yaml' },
  { images: ['valkey/valkey', 'bitnami/valkey'], ports: [6379], readiness: exec('valkey-cli', 'ping'), unless: /tls-port|TLS_ENABLED=(?:yes|true)/i, level: 'source', source: 'bitnami/charts valkey health-configmap.yaml' },
  { images: ['memcached', 'bitnami/memcached'], ports: [11211], readiness: tcp(11211), level: 'source', source: 'docker-library/memcached EXPOSE; bitnami/charts memcached' },
  // Its cluster health takes all nodes out at once when the cluster is yellow or red; TLS and a login are on since 8.
  { images: ['elasticsearch', 'elasticsearch/elasticsearch', 'bitnami/elasticsearch'], ports: [9200, 9300], readiness: tcp(9200), level: 'source', source: 'elastic/helm-charts elasticsearch statefulset.yaml' },
  { images: ['opensearchproject/opensearch'], ports: [9200, 9600, 9300], readiness: tcp(9200), level: 'source', source: 'opensearch-project/helm-charts opensearch values.yaml' },
  { images: ['kibana', 'kibana/kibana', 'opensearchproject/opensearch-dashboards'], ports: [5601], readiness: tcp(5601), level: 'source', source: 'opensearch-project/helm-charts opensearch-dashboards values.yaml' },
  { images: ['logstash', 'logstash/logstash'], ports: [9600, 5044], readiness: http(9600, '/'), level: 'source', source: 'elastic/helm-charts logstash values.yaml' },
  { images: ['apache/kafka', 'confluentinc/cp-kafka', 'bitnami/kafka'], ports: [9092, 9093], readiness: tcp(9092), level: 'source', source: 'bitnami/charts kafka controller-eligible/statefulset.yaml' },
  // Since 3.5.3 it answers `srvr` alone where nothing else is said.
  { images: ['zookeeper', 'confluentinc/cp-zookeeper', 'bitnami/zookeeper'], ports: [2181, 8080], readiness: shell('echo ruok | nc -w 2 127.0.0.1 2181 | grep -q imok'), needs: /4lw\S*(?:ruok|\*)/i, level: 'source', source: '31z4/zookeeper-docker docker-entrypoint.sh' },
  { images: ['rabbitmq', 'bitnami/rabbitmq'], tags: /^(?!3\.[0-7](?:\D|$))/, ports: [5672, 15672, 15692, 4369, 25672], readiness: exec('rabbitmq-diagnostics', '-q', 'check_running'), timing: { periodSeconds: 30, timeoutSeconds: 10 }, level: 'source', source: 'bitnami/charts rabbitmq statefulset.yaml' },
  { images: ['cassandra', 'bitnami/cassandra', 'scylladb/scylla'], ports: [9042, 7000, 7199], readiness: shell('nodetool info | grep -q "Native Transport active: true"'), timing: { periodSeconds: 30, timeoutSeconds: 20 }, level: 'source', source: 'bitnami/charts cassandra statefulset.yaml' },
  // Alone it listens on localhost; with client certificates it answers on another address.
  { images: ['etcd-io/etcd', 'coreos/etcd', 'registry.k8s.io/etcd', 'k8s.gcr.io/etcd', 'bitnami/etcd'], tags: /^v?(?:3\.5\.(?:1[1-9]|[2-9]\d)|3\.(?:[6-9]|\d\d))/, ports: [2379, 2380], readiness: http(2379, '/readyz'), needs: /listen[-_]client[-_]urls[= ]http:\/\/(?!127\.|localhost)/i, level: 'source', source: 'etcd-io/etcd etcdhttp/health.go; bitnami/charts etcd' },
  { images: ['minio/minio', 'bitnami/minio'], tags: /^(?!RELEASE\.201)/, ports: [9000, 9001], readiness: http(9000, '/minio/health/ready'), unless: /certs-dir|TLS_ENABLED=(?:yes|true)/i, level: 'source', source: 'minio/minio docs/metrics/healthcheck' },
  { images: ['clickhouse', 'clickhouse/clickhouse-server', 'yandex/clickhouse-server', 'bitnami/clickhouse'], ports: [8123, 9000, 9009], readiness: http(8123, '/ping'), level: 'source', source: 'bitnami/charts clickhouse' },
  { images: ['influxdb'], tags: /^2/, ports: [8086], readiness: http(8086, '/health'), level: 'source', source: 'influxdata/helm-charts influxdb2 statefulset.yaml' },
  { images: ['influxdb'], tags: /^1/, ports: [8086], readiness: http(8086, '/ping'), level: 'source', source: 'influxdata/helm-charts influxdb statefulset.yaml' },
  { images: ['influxdb'], tags: /^3/, ports: [8181], readiness: http(8181, '/health'), level: 'knowledge', source: 'influxdata-docker influxdb/3.9-core EXPOSE' },
  { images: ['neo4j'], ports: [7474, 7687, 7473], readiness: tcp(7687), level: 'source', source: 'neo4j/helm-charts neo4j-statefulset.yaml' },
  { images: ['couchdb', 'bitnami/couchdb'], tags: /^(?!1(?:\D|$))/, ports: [5984, 4369, 9100], readiness: http(5984, '/_up'), level: 'source', source: 'apache/couchdb-helm statefulset.yaml' },
  { images: ['cockroachdb/cockroach'], tags: /^(?!(?:v1\.|beta))/, ports: [26257, 8080], readiness: http(8080, '/health?ready=1'), needs: /--insecure(?!=false)/, level: 'source', source: 'cockroachdb/helm-charts statefulset.yaml' },
  { images: ['solr', 'bitnami/solr'], ports: [8983], readiness: http(8983, '/solr/admin/info/system'), level: 'knowledge', source: 'apache/solr documentation' },
  { images: ['qdrant/qdrant'], tags: /^(?!v?(?:0|1\.[0-6])(?:\D|$))/, ports: [6333, 6334], readiness: http(6333, '/readyz'), unless: /ENABLE_TLS=(?:true|1)/i, level: 'source', source: 'qdrant/qdrant-helm statefulset.yaml' },
  { images: ['getmeili/meilisearch'], ports: [7700], readiness: http(7700, '/health'), level: 'source', source: 'meilisearch/meilisearch-kubernetes values.yaml' },
  { images: ['semitechnologies/weaviate', 'weaviate/weaviate'], ports: [8080, 50051], readiness: http(8080, '/v1/.well-known/ready'), level: 'source', source: 'weaviate/weaviate-helm values.yaml' },
  { images: ['mssql/server'], ports: [1433], readiness: tcp(1433), level: 'knowledge', source: 'Microsoft SQL Server documentation' },
  { images: ['prom/prometheus', 'prometheus/prometheus', 'bitnami/prometheus'], tags: /^(?!v?[01]\.)/, ports: [9090], readiness: http(9090, '/-/ready'), unless: /--web\.(?:route-prefix|external-url|config\.file)/, level: 'source', source: 'bitnami/charts prometheus; prometheus-community/helm-charts' },
  { images: ['prom/alertmanager', 'prometheus/alertmanager', 'bitnami/alertmanager'], tags: /^(?!v?0\.(?:\d|1[0-5])(?:\D|$))/, ports: [9093], readiness: http(9093, '/-/ready'), unless: /--web\.(?:route-prefix|external-url|config\.file)/, level: 'source', source: 'prometheus/alertmanager API' },
  { images: ['prom/pushgateway', 'prometheus/pushgateway'], ports: [9091], readiness: http(9091, '/-/ready'), level: 'knowledge', source: 'prometheus-community/helm-charts prometheus-pushgateway' },
  { images: ['prom/blackbox-exporter', 'prometheus/blackbox-exporter'], ports: [9115], readiness: http(9115, '/-/healthy'), unless: /--web\.(?:route-prefix|external-url|config\.file)/, level: 'source', source: 'prometheus-community/helm-charts prometheus-blackbox-exporter values.yaml' },
  { images: ['prom/statsd-exporter', 'prometheus/statsd-exporter'], ports: [9102, 9125], readiness: http(9102, '/-/ready'), level: 'source', source: 'prometheus/statsd_exporter 0.30.0 main.go' },
  // The page at the root costs nothing; /metrics asks what it watches.
  { images: [/[-_]exporter$/], ports: [], readiness: http('metrics', '/'), unless: /--web\.(?:route-prefix|external-url|config\.file)/, level: 'source', source: 'nginxinc/nginx-prometheus-exporter main; oliver006/redis_exporter' },
  { images: ['grafana/grafana', 'grafana/grafana-oss', 'grafana/grafana-enterprise', 'bitnami/grafana'], ports: [3000], readiness: http(3000, '/api/health'), unless: /GF_SERVER_(?:PROTOCOL=https|SERVE_FROM_SUB_PATH=true)/i, level: 'source', source: 'grafana-community/helm-charts grafana values.yaml' },
  { images: ['grafana/loki'], ports: [3100], readiness: http(3100, '/ready'), level: 'source', source: 'grafana-community/helm-charts loki values.yaml' },
  { images: ['grafana/tempo'], ports: [3200, 4317, 4318], readiness: http(3200, '/ready'), level: 'source', source: 'grafana-community/helm-charts tempo values.yaml' },
  { images: ['grafana/mimir', 'cortexproject/cortex'], ports: [8080], readiness: http(8080, '/ready'), level: 'knowledge', source: 'Grafana Mimir documentation' },
  { images: [/^jaeger$/, 'jaegertracing/all-in-one'], ports: [16686, 4317, 4318, 13133], readiness: http(13133, '/status'), needs: 'configuration', level: 'source', source: 'jaegertracing/jaeger cmd/jaeger/internal/all-in-one.yaml' },
  { images: ['openzipkin/zipkin', 'openzipkin/zipkin-slim'], ports: [9411], readiness: http(9411, '/health'), level: 'source', source: 'openzipkin/zipkin zipkin-server/README.md' },
  { images: [/^opentelemetry-collector(?:-contrib|-k8s)?$/, /^otelcol/], ports: [4317, 4318, 13133, 8888], readiness: http(13133, '/'), needs: 'configuration', level: 'source', source: 'open-telemetry/opentelemetry-helm-charts values.yaml' },
  { images: ['fluent/fluent-bit', 'bitnami/fluent-bit'], ports: [2020], readiness: http(2020, '/api/v2/health'), needs: 'configuration', level: 'source', source: 'fluent/helm-charts fluent-bit values.yaml; fluent-bit-docs monitoring.md' },
  { images: ['timberio/vector'], ports: [8686], readiness: http(8686, '/health'), needs: 'configuration', level: 'source', source: 'vectordotdev/helm-charts values.yaml' },
  { images: ['fluentd', 'fluent/fluentd', 'bitnami/fluentd'], ports: [24220], readiness: http(24220, '/api/plugins.json'), needs: 'configuration', level: 'knowledge', source: 'Fluentd documentation, monitor_agent' },
  // What a web server answers at / depends on what it serves.
  { images: ['nginx'], ports: [80], readiness: http(80, '/'), needs: 'configuration', level: 'source', source: 'nginx/docker-nginx EXPOSE' },
  { images: ['nginxinc/nginx-unprivileged'], ports: [8080], readiness: http(8080, '/'), needs: 'configuration', level: 'source', source: 'nginx/docker-nginx-unprivileged EXPOSE' },
  { images: ['httpd'], ports: [80], readiness: http(80, '/'), needs: 'configuration', level: 'source', source: 'docker-library/httpd EXPOSE' },
  { images: ['haproxy', 'haproxytech/haproxy-alpine'], ports: [8404, 80], readiness: http(8404, '/healthz'), needs: 'configuration', level: 'source', source: 'haproxy configuration manual, monitor-uri' },
  { images: ['traefik'], ports: [8080, 80, 443, 8443], readiness: http(8080, '/ping'), needs: /--ping(?:=true)?(?:\s|$)/, unless: /--ping\.entrypoint/i, level: 'source', source: 'traefik/traefik-helm-chart _podtemplate.tpl' },
  { images: ['caddy'], ports: [80, 443, 2019], readiness: http(80, '/'), needs: 'configuration', level: 'source', source: 'caddyserver/caddy-docker EXPOSE' },
  { images: ['envoyproxy/envoy'], ports: [9901, 10000], readiness: http(9901, '/ready'), needs: 'configuration', level: 'source', source: 'projectcontour/contour examples/contour/03-envoy.yaml' },
  { images: ['istio/proxyv2', 'istio-release/proxyv2'], tags: /^(?!1\.[0-6](?:\D|$))/, ports: [15021, 15020, 15090], readiness: http(15021, '/healthz/ready'), level: 'source', source: 'istio 1.30 injection-template.yaml' },
  { images: ['linkerd/proxy'], ports: [4191], readiness: http(4191, '/ready'), level: 'source', source: 'linkerd2 charts/partials/templates/_proxy.tpl' },
  { images: ['daprio/daprd', 'dapr/daprd'], ports: [3500, 3501, 50001, 9090], readiness: http(3501, '/v1.0/healthz'), needs: /--?dapr-public-port[= ]3501/, level: 'source', source: 'dapr/dapr pkg/injector/patcher/sidecar_container.go' },
  { images: ['kong', 'kong/kong-gateway'], tags: /^(?!(?:[0-2]|3\.[0-2])(?:\D|$))/, ports: [8000, 8443, 8001, 8100], readiness: http(8100, '/status/ready'), needs: /KONG_STATUS_LISTEN=\S*0\.0\.0\.0:8100(?! ssl)/, level: 'source', source: 'Kong/charts values.yaml' },
  { images: ['apache/apisix'], ports: [9080, 9443, 7085], readiness: http(7085, '/status/ready'), needs: 'configuration', level: 'source', source: 'apache/apisix-helm-chart deployment.yaml' },
  { images: ['coredns/coredns', 'registry.k8s.io/coredns'], ports: [53, 8080, 8181], readiness: http(8181, '/ready'), needs: 'configuration', level: 'knowledge', source: 'CoreDNS plugin documentation: ready' },
  { images: ['hashicorp/vault', 'vault'], ports: [8200, 8201], readiness: http(8200, '/v1/sys/health?standbyok=true&perfstandbyok=true'), needs: 'configuration', level: 'source', source: 'hashicorp/vault-helm values.yaml' },
  { images: ['hashicorp/consul', 'consul'], ports: [8500, 8600, 8300, 8301], readiness: http(8500, '/v1/status/leader'), needs: /-client[= ]0\.0\.0\.0/, level: 'source', source: 'hashicorp/consul-k8s server-statefulset.yaml' },
  // The image's own configuration opens 8222; arguments take its place.
  { images: ['nats', 'bitnami/nats'], ports: [4222, 8222, 6222], readiness: http(8222, '/healthz?js-server-only=true'), needs: /^\n|(?:^| )(?:-m|--http_port)[= ]?8222/, level: 'source', source: 'nats-io/k8s nats-container.yaml; nats-io/nats-docker nats-server.conf' },
  { images: ['apachepulsar/pulsar', 'apachepulsar/pulsar-all'], ports: [6650, 8080], readiness: http(8080, '/status.html'), level: 'source', source: 'apache/pulsar-helm-chart broker-statefulset.yaml' },
  // Since 2.0 it listens on localhost alone where no configuration says otherwise.
  { images: ['eclipse-mosquitto'], ports: [1883, 9001], readiness: tcp(1883), needs: 'configuration', level: 'source', source: 'eclipse-mosquitto EXPOSE' },
  { images: ['emqx', 'emqx/emqx'], ports: [1883, 8883, 8083, 18083], readiness: http(18083, '/status'), level: 'knowledge', source: 'EMQX documentation' },
  { images: ['redpandadata/redpanda', 'vectorized/redpanda'], ports: [9092, 9644, 8082, 8081], readiness: http(9644, '/v1/status/ready'), level: 'knowledge', source: 'Redpanda documentation' },
  { images: ['redpandadata/connect', 'jeffail/benthos'], ports: [4195], readiness: http(4195, '/ready'), level: 'source', source: 'redpanda-data/helm-charts connect values.yaml' },
  // The management port came with 25; neither answers unless health is switched on.
  { images: ['keycloak/keycloak'], tags: /^(?:1\d|2[0-4])(?:\D|$)/, ports: [8080, 8443], readiness: http(8080, '/health/ready'), needs: /health-enabled(?:=| )true|KC_HEALTH_ENABLED=true/, unless: /https-certificate|HTTPS_CERTIFICATE|relative-path|RELATIVE_PATH/, level: 'source', source: 'keycloak.org, observability/health' },
  { images: ['keycloak/keycloak'], ports: [8080, 8443, 9000], readiness: http(9000, '/health/ready'), needs: /health-enabled(?:=| )true|KC_HEALTH_ENABLED=true/, unless: /https-certificate|HTTPS_CERTIFICATE|relative-path|RELATIVE_PATH|management-port|MANAGEMENT_PORT/, level: 'source', source: 'keycloak.org, observability/health' },
  { images: ['wordpress', 'bitnami/wordpress'], tags: /^(?!.*fpm)/, ports: [80], readiness: http(80, '/wp-login.php'), needs: 'configuration', level: 'knowledge', source: 'bitnami/charts wordpress' },
  // Every request must name a trusted host, and the kubelet names the Pod's address.
  { images: ['nextcloud'], tags: /^(?!.*fpm)/, ports: [80], readiness: http(80, '/status.php'), needs: 'configuration', level: 'source', source: 'nextcloud/helm deployment.yaml' },
  { images: ['php', 'wordpress', 'nextcloud'], tags: /fpm/, ports: [9000], readiness: tcp(9000), level: 'knowledge', source: 'docker-library/php' },
  { images: ['ghost', 'bitnami/ghost'], ports: [2368], readiness: http(2368, '/ghost/api/admin/site/'), level: 'knowledge', source: 'Ghost documentation' },
  { images: ['odoo'], ports: [8069, 8072], readiness: http(8069, '/web/health'), level: 'knowledge', source: 'Odoo documentation' },
  { images: ['jenkins/jenkins'], ports: [8080, 50000], readiness: http(8080, '/login'), unless: /--prefix/, level: 'source', source: 'jenkinsci/helm-charts values.yaml' },
  { images: ['sonatype/nexus3'], ports: [8081], readiness: http(8081, '/service/rest/v1/status/writable'), unless: /NEXUS_CONTEXT/, level: 'source', source: 'Sonatype documentation; nxrm3-ha values.yaml' },
  { images: ['sonarqube'], ports: [9000], readiness: shell('wget -qO- http://127.0.0.1:9000/api/system/status | grep -q -E \'"status":"(UP|DB_MIGRATION_NEEDED|DB_MIGRATION_RUNNING)"\''), unless: /SONAR_WEB_CONTEXT/, level: 'source', source: 'SonarSource/helm-chart-sonarqube values.yaml' },
  { images: ['gitea/gitea', 'forgejo/forgejo'], ports: [3000, 22], readiness: http(3000, '/api/healthz'), level: 'knowledge', source: 'Gitea documentation' },
  { images: ['gitlab/gitlab-ce', 'gitlab/gitlab-ee'], ports: [80, 443, 22], readiness: http(80, '/-/readiness'), needs: 'configuration', level: 'knowledge', source: 'GitLab documentation: the monitoring allow list' },
  { images: ['registry', 'distribution/distribution'], ports: [5000], readiness: http(5000, '/'), unless: /REGISTRY_HTTP_TLS|REGISTRY_HTTP_PREFIX/, level: 'source', source: 'twuni/docker-registry.helm deployment.yaml' },
  { images: ['goharbor/harbor-core'], ports: [8080], readiness: http(8080, '/api/v2.0/ping'), level: 'source', source: 'goharbor/harbor-helm core-dpl.yaml' },
  { images: ['nacos/nacos-server'], tags: /^v?3/, ports: [8848, 9848, 8080], readiness: http(8080, '/v3/console/health/readiness'), level: 'source', source: 'nacos-group/nacos-k8s helm statefulset.yaml' },
  { images: ['nacos/nacos-server'], tags: /^v?2/, ports: [8848, 9848], readiness: http(8848, '/nacos/v1/console/health/readiness'), level: 'source', source: 'nacos-group/nacos-k8s helm statefulset.yaml' },
  { images: ['temporalio/server', 'temporalio/auto-setup'], ports: [7233], readiness: tcp(7233), level: 'source', source: 'temporalio/helm-charts server-deployment.yaml' },
  { images: ['dexidp/dex'], ports: [5556, 5558], readiness: http(5558, '/healthz/ready'), needs: 'configuration', level: 'source', source: 'dexidp/helm-charts deployment.yaml' },
  { images: ['oryd/kratos'], tags: /^(?!v?0\.(?:\d|10)(?:\D|$))/, ports: [4433, 4434], readiness: http(4434, '/admin/health/alive'), level: 'source', source: 'ory/k8s deployment-kratos.yaml' },
  // Alone it listens on localhost.
  { images: ['oauth2-proxy/oauth2-proxy', 'bitnami/oauth2-proxy'], tags: /^(?!v?(?:[0-6]\.|7\.[0-4](?:\D|$)))/, ports: [4180], readiness: http(4180, '/ready'), needs: new RegExp(`http[-_]address[= ]${anyAddress}4180`, 'i'), level: 'source', source: 'oauth2-proxy 7.15.3 docs/overview.md' },
  { images: ['cloud-sql-connectors/cloud-sql-proxy'], ports: [9801], readiness: http(9801, '/readiness'), needs: /^(?=.*--health-check)(?=.*--http-address[= ]0\.0\.0\.0)(?=.*--http-port[= ]9801)/, level: 'source', source: 'GoogleCloudPlatform/cloud-sql-proxy examples/k8s-health-check' },
  { images: ['bitnami/pgbouncer'], ports: [6432], readiness: exec('pg_isready', '-h', '127.0.0.1', '-p', '6432'), level: 'source', source: 'tried with pgbouncer 1.18' },
  { images: ['git-sync/git-sync'], ports: [1234], readiness: http(1234, '/'), needs: new RegExp(`http[-_]bind[= ]${anyAddress}1234`, 'i'), level: 'source', source: 'kubernetes/git-sync 4.7.1 main.go' },
  { images: ['kiwigrid/k8s-sidecar'], ports: [8080], readiness: http(8080, '/healthz'), unless: /HEALTH_PORT|METHOD=LIST/, level: 'source', source: 'kiwigrid/k8s-sidecar README' },
  { images: ['prometheus-operator/prometheus-config-reloader'], ports: [8080], readiness: http(8080, '/healthz'), needs: new RegExp(`listen-address[= ]${anyAddress}8080`), level: 'source', source: 'prometheus-operator 0.93.0 cmd/prometheus-config-reloader/main.go' },
  { images: ['clamav/clamav'], ports: [3310, 7357], readiness: exec('clamdcheck.sh'), level: 'source', source: 'Cisco-Talos/clamav-docker clamav/1.5/alpine' },
  { images: ['hashicorp/consul-dataplane'], ports: [20000, 20200, 21500], readiness: http(21500, '/ready'), level: 'knowledge', source: 'hashicorp/consul-k8s consul_dataplane_sidecar.go' },
  { images: ['apache/airflow'], tags: /^[12]/, ports: [8080], readiness: http(8080, '/health'), level: 'knowledge', source: 'Apache Airflow documentation' },
  { images: ['apache/airflow'], tags: /^3/, ports: [8080], readiness: http(8080, '/api/v2/monitor/health'), level: 'knowledge', source: 'Apache Airflow documentation' },
  { images: ['argoproj/argocd'], ports: [8080, 8083], readiness: http(8080, '/healthz'), needs: /argocd-server/, level: 'source', source: 'argoproj/argo-helm server/deployment.yaml' },
  { images: ['kube-state-metrics/kube-state-metrics'], tags: /^v?2\.(?:1[3-9]|[2-9]\d)/, ports: [8080, 8081], readiness: http(8081, '/readyz'), unless: /--telemetry-port|--tls-config/, level: 'source', source: 'kubernetes/kube-state-metrics examples/standard/deployment.yaml' },
  { images: ['ingress-nginx/controller'], ports: [80, 443, 10254], readiness: http(10254, '/healthz'), unless: /--healthz-port|--health-check-path/, level: 'source', source: 'kubernetes/ingress-nginx charts values.yaml' },
];

/** The row of an image, the first that fits name and tag. */
export function healthCheckOf(ref: ImageRef): HealthCheck | undefined {
  return healthChecks.find(({ images, tags }) => isOneOf(ref, images) && (tags?.test(ref.tag ?? '') ?? true));
}
