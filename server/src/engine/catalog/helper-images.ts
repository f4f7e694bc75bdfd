import type { ImageRef } from './image-ref.ts';

/** The multi-container patterns and their scenarios; `<pattern>/<scenario>` is also the name of the page that explains it. */
export type Scenario =
  | `sidecar/${'log-shipping' | 'metrics' | 'network-proxy' | 'config-reload' | 'security-scan'}`
  | `ambassador/${'database-proxy' | 'external-api' | 'discovery' | 'connection-pool' | 'routing' | 'rate-limit'}`
  | `adapter/${'metrics-format' | 'log-format' | 'protocol' | 'data-format'}`
  | `config-helper/${'config-centre' | 'secrets' | 'environment' | 'file-reload'}`;

/** A component that people run beside their app. */
export interface HelperImage {
  /** What its makers call it. */
  readonly component: string;
  /** Matched against the path of the image in small letters, without registry, tag and digest. */
  readonly image: RegExp;
  /** What it does beside an app; undefined where the image alone does not tell. */
  readonly plays?: Scenario;
  /** What it does instead where its command line, its variables or its configuration say so; the first that matches counts. */
  readonly when?: readonly (readonly [RegExp, Scenario])[];
  /** Without these words it is another thing: a server, a gateway, a one-time command. */
  readonly needs?: RegExp;
  /** With these words it is. */
  readonly unless?: RegExp;
  /** `init`: it ends, and is an ordinary init container; `runs`: it runs on, whatever list it stands in; both where nothing is said. */
  readonly as?: 'init' | 'runs';
  /** The ports it listens on where nothing else is said. */
  readonly ports?: readonly number[];
  /** It runs in Pods of its own, too: where no other container can be the app, it is. */
  readonly alone?: true;
  /** It wants to be there before the app and after it (`yes`), or need not be a native sidecar outside of Jobs. */
  readonly native: 'yes' | 'optional' | 'no';
  /** The project whose source or manual says so; `knowledge`: not looked up. */
  readonly source: string;
}

/** As of when all rows are. */
export const helperImagesDate = '2026-08';

/** The last segments of an image's path, as a pattern. */
function named(names: string): RegExp {
  return new RegExp(`(?:^|/)(?:${names})$`);
}

const known = 'knowledge';
const exporter = { plays: 'sidecar/metrics', native: 'optional', alone: true } as const;
const toLoopback = /(?:proxy_pass|\bserver\s+\S+)\s+(?:https?:\/\/)?(?:127\.0\.0\.1|localhost|unix[:@])/;
const remoteSink = /\b(?:loki|elasticsearch|opensearch|es|s3|splunk|kafka|forward|http|cloudwatch\w*|stackdriver|datadog\w*|gelf|azure\w*|kinesis\w*|newrelic|nrlogs|syslog|aws_\w+)\b/.source;
/** A configuration that reshapes what it reads, and sends it nowhere but to its own output. */
const onlyReshapes = new RegExp(`^(?=[^]*(?:\\[FILTER\\]|"?remap"?|<filter|\\blua\\b))(?=[^]*(?:\\bstdout\\b|\\bconsole\\b))(?![^]*(?:${remoteSink}))`, 'i');
/** Of Envoy: listeners that take the app's own calls on loopback, and those before the app. */
const listensLocally = String.raw`(?=[^]*\blisteners:(?:(?!\bclusters:)[^]){0,1200}?address:\s*["']?(?:127\.0\.0\.1|localhost))`;
const sendsLocally = String.raw`(?=[^]*\bclusters:[^]{0,1200}?address:\s*["']?(?:127\.0\.0\.1|localhost))`;
const envoyConfig: readonly (readonly [RegExp, Scenario])[] = [
  [/grpc_json_transcoder|grpc_web|grpc_http1_(?:reverse_)?bridge/, 'adapter/protocol'],
  [/redis_proxy/, 'ambassador/connection-pool'],
  [/(?:postgres|mysql|mongo)_proxy/, 'ambassador/database-proxy'],
  [new RegExp(`^${listensLocally}(?=[^]*local_ratelimit)`), 'ambassador/rate-limit'],
  [new RegExp(`^${listensLocally}(?=[^]*(?:circuit_breakers|outlier_detection|retry_policy))`), 'ambassador/routing'],
  [new RegExp(`^${listensLocally}(?=[^]*UpstreamTlsContext)`), 'ambassador/external-api'],
  [new RegExp(`^${listensLocally}(?=[^]*(?:STRICT_DNS|\\bEDS\\b))`), 'ambassador/discovery'],
  [new RegExp(`^${sendsLocally}`), 'sidecar/network-proxy'],
];

/**
 * The most special row of an image comes first. Images that are as often the app itself (`needs`) are named only where words say so;
 * the ones whose work only a configuration tells (`when` without `plays`) stay without a scenario otherwise.
 */
export const helperImages: readonly HelperImage[] = [
  // Logs
  { component: 'Fluent Bit', image: named('fluent-bit|aws-for-fluent-bit|newrelic-fluentbit-output|fluent-bit-plugin-loki'), plays: 'sidecar/log-shipping', when: [[onlyReshapes, 'adapter/log-format']], ports: [2020], native: 'yes', alone: true, source: 'fluent/fluent-bit-docs' },
  { component: 'Fluentd', image: named('fluentd(?:[-_][^/]*)?'), plays: 'sidecar/log-shipping', when: [[onlyReshapes, 'adapter/log-format']], ports: [24224, 24231], native: 'yes', alone: true, source: 'fluent/fluentd' },
  { component: 'Vector', image: named('timberio/vector|vector'), plays: 'sidecar/log-shipping', when: [[/type\s*[=:]\s*"?(?:statsd|prometheus_)/, 'adapter/metrics-format'], [onlyReshapes, 'adapter/log-format']], ports: [8686], native: 'yes', alone: true, source: 'vectordotdev/vector' },
  { component: 'Filebeat', image: named('filebeat(?:-oss|-wolfi)?'), plays: 'sidecar/log-shipping', ports: [5066], native: 'yes', alone: true, source: known },
  { component: 'Logstash', image: named('logstash(?:-oss)?'), plays: 'adapter/log-format', ports: [5044, 9600], native: 'optional', alone: true, source: 'elastic/logstash' },
  { component: 'Elastic Agent', image: named('elastic-agent(?:-complete)?'), ports: [6791], native: 'yes', alone: true, source: known },
  { component: 'Promtail', image: named('promtail'), plays: 'sidecar/log-shipping', ports: [9080, 3101], native: 'yes', alone: true, source: known },
  { component: 'Grafana Alloy', image: named('grafana/(?:alloy|agent)'), when: [[/otelcol\.\w+/, 'adapter/metrics-format'], [/loki\.source\./, 'sidecar/log-shipping'], [/prometheus\.scrape/, 'sidecar/metrics']], ports: [12345], native: 'yes', alone: true, source: 'grafana/alloy' },
  { component: 'Splunk forwarder', image: named('splunk/(?:universalforwarder|fluentd-hec)'), plays: 'sidecar/log-shipping', ports: [8089, 9997], native: 'yes', alone: true, source: known },
  { component: 'syslog', image: named('(?:balabit|linuxserver)/syslog-ng|syslog-ng|rsyslog(?:/[^/]*)?'), plays: 'sidecar/log-shipping', ports: [514, 601], native: 'yes', alone: true, source: known },
  { component: 'logrotate', image: named('[\\w.-]*logrotate[\\w.-]*'), plays: 'sidecar/log-shipping', native: 'optional', source: known },
  // Metrics in another format: before the exporters of an app
  { component: 'StatsD exporter', image: named('statsd[-_]exporter'), plays: 'adapter/metrics-format', ports: [9102, 9125], native: 'yes', alone: true, source: 'prometheus/statsd_exporter' },
  { component: 'Graphite exporter', image: named('graphite[-_]exporter'), plays: 'adapter/metrics-format', ports: [9108, 9109], native: 'yes', alone: true, source: 'prometheus/graphite_exporter' },
  { component: 'collectd exporter', image: named('collectd[-_]exporter'), plays: 'adapter/metrics-format', ports: [9103, 25826], native: 'yes', alone: true, source: known },
  { component: 'InfluxDB exporter', image: named('influxdb[-_]exporter'), plays: 'adapter/metrics-format', ports: [9122], native: 'yes', alone: true, source: known },
  { component: 'JMX exporter', image: named('jmx(?:[-_]prometheus)?[-_]exporter'), plays: 'adapter/metrics-format', ports: [5556, 5555, 9404], native: 'optional', alone: true, source: 'prometheus/jmx_exporter' },
  { component: 'JSON exporter', image: named('json[-_]exporter'), plays: 'adapter/metrics-format', ports: [7979], native: 'optional', alone: true, source: 'prometheus-community/json_exporter' },
  // Metrics
  { component: 'OpenTelemetry Collector', image: named('opentelemetry-collector[\\w-]*|otelcol[\\w-]*|aws-otel-collector|adot-collector|splunk-otel-collector|opentelemetry-collector-releases/[^/]*'), when: [[/\b(?:statsd|carbon|collectd|jmx)(?:\/\w+)?:/, 'adapter/metrics-format'], [/\b(?:filelog|fluentforward|syslog)(?:\/\w+)?:/, 'sidecar/log-shipping'], [/\b(?:prometheus|hostmetrics|kubeletstats)(?:\/\w+)?:/, 'sidecar/metrics']], ports: [4317, 4318, 8888, 13133, 55679], native: 'yes', alone: true, source: 'open-telemetry/opentelemetry-collector' },
  { component: 'NGINX exporter', image: named('nginx-(?:prometheus-)?exporter'), ...exporter, ports: [9113], source: 'nginx/nginx-prometheus-exporter' },
  { component: 'Redis exporter', image: named('redis[-_]exporter'), ...exporter, ports: [9121], source: 'oliver006/redis_exporter' },
  { component: 'PostgreSQL exporter', image: named('postgres[-_]exporter'), ...exporter, ports: [9187], source: 'prometheus-community/postgres_exporter' },
  { component: 'MySQL exporter', image: named('mysqld?[-_]exporter'), ...exporter, ports: [9104], source: 'prometheus/mysqld_exporter' },
  { component: 'MongoDB exporter', image: named('mongodb[-_]exporter'), ...exporter, ports: [9216], source: 'percona/mongodb_exporter' },
  { component: 'Memcached exporter', image: named('memcached[-_]exporter'), ...exporter, ports: [9150], source: 'prometheus/memcached_exporter' },
  { component: 'Kafka exporter', image: named('kafka[-_]exporter'), ...exporter, ports: [9308], source: 'danielqsj/kafka_exporter' },
  { component: 'Elasticsearch exporter', image: named('elasticsearch[-_]exporter'), ...exporter, ports: [9114], source: 'prometheus-community/elasticsearch_exporter' },
  { component: 'PHP-FPM exporter', image: named('php-fpm[-_]exporter'), ...exporter, ports: [9253], source: 'hipages/php-fpm_exporter' },
  { component: 'Apache exporter', image: named('apache[-_]exporter'), ...exporter, ports: [9117], source: 'Lusitaniae/apache_exporter' },
  { component: 'HAProxy exporter', image: named('haproxy[-_]exporter'), ...exporter, ports: [9101], source: 'prometheus/haproxy_exporter' },
  { component: 'RabbitMQ exporter', image: named('rabbitmq[-_]exporter'), ...exporter, ports: [9419], source: known },
  { component: 'PgBouncer exporter', image: named('pgbouncer[-_]exporter'), ...exporter, ports: [9127], source: known },
  { component: 'NATS exporter', image: named('(?:prometheus-)?nats[-_]exporter'), ...exporter, ports: [7777], source: known },
  { component: 'uWSGI exporter', image: named('uwsgi[-_]exporter'), ...exporter, ports: [9117], source: known },
  { component: 'process exporter', image: named('process-exporter|procstat'), ...exporter, ports: [9256], source: known },
  { component: 'Telegraf', image: named('telegraf'), when: [[/inputs\.(?:statsd|jolokia2)[^]*outputs\.prometheus_client/, 'adapter/metrics-format']], plays: 'sidecar/metrics', ports: [8125, 8094, 8092], native: 'yes', alone: true, source: 'influxdata/telegraf' },
  { component: 'Datadog Agent', image: named('(?:datadog|datadoghq)/agent|datadog-agent'), plays: 'sidecar/metrics', ports: [8125, 8126], native: 'yes', alone: true, source: 'DataDog/datadog-agent' },
  { component: 'CloudWatch agent', image: named('cloudwatch-agent'), plays: 'sidecar/metrics', ports: [25888, 8125], native: 'yes', alone: true, source: known },
  { component: 'Thanos sidecar', image: named('thanos'), needs: /(?:^|\s)sidecar(?:\s|$)/, plays: 'sidecar/metrics', ports: [10901, 10902], native: 'optional', source: known },
  // The node is what it measures, not a neighbour.
  { component: 'node exporter', image: named('node[-_]exporter'), alone: true, ports: [9100], native: 'no', source: 'prometheus/node_exporter' },
  { component: 'metrics exporter', image: named('[\\w.-]+[-_]exporter'), ...exporter, source: 'prometheus.io, instrumenting/exporters' },
  // Proxies of a mesh, and in front of the app
  { component: 'Istio init', image: named('proxyv2'), needs: /istio-iptables/, plays: 'sidecar/network-proxy', as: 'init', native: 'no', source: 'istio/istio' },
  { component: 'Istio init', image: named('proxy_init'), plays: 'sidecar/network-proxy', as: 'init', native: 'no', source: 'istio/istio, before 1.1' },
  { component: 'Istio proxy', image: named('proxyv2'), unless: /(?:^|\s)router(?:\s|$)|istio-iptables/, plays: 'sidecar/network-proxy', as: 'runs', ports: [15090, 15021, 15020, 15006, 15001], native: 'yes', source: 'istio/istio' },
  { component: 'Linkerd proxy', image: named('(?:linkerd|linkerd-io|l5d)/proxy|linkerd-proxy'), plays: 'sidecar/network-proxy', as: 'runs', ports: [4143, 4191, 4140, 4190], native: 'yes', source: 'linkerd/linkerd2' },
  { component: 'Linkerd init', image: named('(?:linkerd|linkerd-io|l5d)/proxy(?:-init)?'), plays: 'sidecar/network-proxy', as: 'init', native: 'no', source: 'linkerd/linkerd2' },
  { component: 'Consul Dataplane', image: named('consul-dataplane'), plays: 'sidecar/network-proxy', ports: [20000, 20200, 8502], native: 'yes', source: 'hashicorp/consul-dataplane' },
  { component: 'Kuma data plane proxy', image: named('kuma-dp'), plays: 'sidecar/network-proxy', ports: [9901, 9902], native: 'yes', source: known },
  { component: 'App Mesh Envoy', image: named('aws-appmesh-envoy'), plays: 'sidecar/network-proxy', ports: [9901], native: 'yes', source: known },
  { component: 'Dapr', image: named('daprd|dapr/dapr'), plays: 'sidecar/network-proxy', needs: /daprd|--app-id|--app-port/, ports: [3500, 50001, 50002, 9090, 3501], native: 'yes', source: 'dapr/dapr' },
  { component: 'Envoy', image: named('envoy(?:-distroless|-contrib|-alpine|-dev)?'), when: envoyConfig, ports: [9901, 10000], native: 'yes', alone: true, source: 'envoyproxy/envoy' },
  { component: 'OAuth2 Proxy', image: named('oauth2-proxy|oauth-proxy'), plays: 'sidecar/network-proxy', ports: [4180, 44180], native: 'yes', alone: true, source: 'oauth2-proxy/oauth2-proxy' },
  { component: 'kube-rbac-proxy', image: named('kube-rbac-proxy'), plays: 'sidecar/network-proxy', ports: [8443, 8080], native: 'yes', source: 'brancz/kube-rbac-proxy' },
  { component: 'prom-label-proxy', image: named('prom-label-proxy'), plays: 'sidecar/network-proxy', ports: [8080], native: 'yes', source: known },
  { component: 'Ghostunnel', image: named('ghostunnel'), when: [[/(?:^|\s)client(?:\s|$)/, 'ambassador/external-api'], [/(?:^|\s)server(?:\s|$)/, 'sidecar/network-proxy']], native: 'yes', alone: true, source: known },
  { component: 'cloudflared', image: named('cloudflared'), needs: /(?:^|\s)tunnel(?:\s|$)|TUNNEL_TOKEN/, plays: 'sidecar/network-proxy', ports: [2000, 20241], native: 'yes', alone: true, source: 'cloudflare/cloudflared' },
  { component: 'VPN tunnel', image: named('tailscale(?:/tailscale)?|gluetun|wireguard|ziti-tunnel'), plays: 'sidecar/network-proxy', ports: [41641, 9002], native: 'yes', alone: true, source: known },
  { component: 'Extensible Service Proxy', image: named('endpoints-runtime|esp(?:v2)?'), plays: 'sidecar/network-proxy', when: [[/grpcs?:\/\//, 'adapter/protocol']], ports: [8080, 8081], native: 'yes', alone: true, source: known },
  { component: 'NGINX', image: named('nginx(?:-unprivileged)?|openresty'), when: [[/\bgrpc_pass\b/, 'adapter/protocol'], [/proxy_pass\s+https?:\/\/(?:127\.0\.0\.1|localhost|unix:)/, 'sidecar/network-proxy']], needs: /\b(?:grpc_pass|proxy_pass)\b/, ports: [80, 8080], native: 'optional', alone: true, source: 'nginx.org, ngx_http_proxy_module' },
  // Security
  { component: 'web application firewall', image: named('modsecurity(?:-crs)?|bunkerweb|coraza[\\w-]*'), plays: 'sidecar/security-scan', ports: [80, 8080, 8443], native: 'yes', alone: true, source: known },
  { component: 'ClamAV', image: named('clamav|clamav-rest|docker-clamav'), plays: 'sidecar/security-scan', ports: [3310, 7357], native: 'yes', alone: true, source: 'Cisco-Talos/clamav-docker' },
  { component: 'Open Policy Agent', image: named('opa(?:-envoy)?|openpolicyagent/opa[\\w-]*'), needs: /--server|(?:^|\s)-s(?:\s|$)|--addr/, plays: 'sidecar/security-scan', ports: [8181, 8282, 9191], native: 'yes', alone: true, source: 'open-policy-agent/opa' },
  { component: 'runtime defender', image: named('microenforcer|twistlock/defender[\\w-]*'), plays: 'sidecar/security-scan', native: 'yes', source: known },
  // Configuration
  { component: 'k8s-sidecar', image: named('k8s-sidecar'), plays: 'sidecar/config-reload', ports: [8080], native: 'yes', source: 'kiwigrid/k8s-sidecar' },
  { component: 'kube-mgmt', image: named('kube-mgmt'), plays: 'sidecar/config-reload', native: 'yes', source: known },
  { component: 'configmap-reload', image: named('configmap-reload'), plays: 'config-helper/file-reload', ports: [9533], native: 'optional', source: 'jimmidyson/configmap-reload' },
  { component: 'config-reloader', image: named('(?:prometheus-)?config-reloader'), plays: 'config-helper/file-reload', ports: [8080], native: 'optional', source: 'prometheus-operator/prometheus-operator' },
  { component: 'git-sync', image: named('git-sync'), plays: 'config-helper/config-centre', native: 'yes', source: 'kubernetes/git-sync' },
  { component: 'consul-template', image: named('consul-template'), plays: 'config-helper/config-centre', native: 'yes', source: 'hashicorp/consul-template' },
  { component: 'confd', image: named('confd'), plays: 'config-helper/config-centre', native: 'yes', source: 'kelseyhightower/confd' },
  { component: 'AWS AppConfig agent', image: named('aws-appconfig-agent|appconfig[\\w-]*agent'), plays: 'config-helper/config-centre', ports: [2772], native: 'yes', source: known },
  { component: 'etcdctl', image: named('etcd'), needs: /\betcdctl\s+(?:--?\S+\s+)*(?:watch|get)\b/, plays: 'config-helper/config-centre', native: 'optional', source: 'etcd-io/etcd' },
  { component: 'Vault Agent', image: named('vault(?:-enterprise)?|openbao'), needs: /(?:^|\s|\/)agent(?:\s|$)/, plays: 'config-helper/secrets', ports: [8200, 8100], native: 'yes', source: 'hashicorp/vault' },
  { component: 'Vault Proxy', image: named('vault(?:-enterprise)?|openbao'), needs: /\b(?:vault|bao)\s+proxy\b|^proxy(?:\s|$)/, plays: 'ambassador/external-api', ports: [8200, 8100], native: 'yes', source: 'hashicorp/vault' },
  { component: 'SPIFFE Helper', image: named('spiffe-helper'), plays: 'config-helper/secrets', ports: [8081], native: 'yes', source: 'spiffe/spiffe-helper' },
  { component: 'vault-env', image: named('vault-env'), plays: 'config-helper/secrets', as: 'init', native: 'no', source: 'bank-vaults/vault-env' },
  { component: 'envconsul', image: named('envconsul'), plays: 'config-helper/environment', as: 'init', native: 'no', source: 'hashicorp/envconsul' },
  { component: 'Conjur secrets provider', image: named('secrets-provider-for-k8s|conjur-authn-k8s-client'), plays: 'config-helper/secrets', native: 'yes', source: 'cyberark/secrets-provider-for-k8s' },
  { component: 'Infisical or Doppler agent', image: named('infisical-agent[\\w-]*|doppler-agent[\\w-]*|akeyless-agent[\\w-]*'), plays: 'config-helper/secrets', native: 'yes', source: known },
  { component: 'certificate renewer', image: named('autocert-renewer|autocert-bootstrapper|step-cli|lego'), plays: 'config-helper/secrets', native: 'yes', source: known },
  // Ambassadors
  { component: 'Cloud SQL Auth Proxy', image: named('cloud-sql-proxy|gce-proxy'), plays: 'ambassador/database-proxy', ports: [5432, 3306, 1433, 9801, 9090], native: 'yes', alone: true, source: 'GoogleCloudPlatform/cloud-sql-proxy' },
  { component: 'AlloyDB Auth Proxy', image: named('alloydb-auth-proxy'), plays: 'ambassador/database-proxy', ports: [5432, 9801], native: 'yes', alone: true, source: 'GoogleCloudPlatform/alloydb-auth-proxy' },
  { component: 'PGAdapter', image: named('pgadapter'), plays: 'ambassador/database-proxy', ports: [5432], native: 'yes', alone: true, source: known },
  { component: 'mongos', image: named('mongo|percona-server-mongodb|mongodb-(?:community|enterprise)-server'), needs: /(?:^|\s|\/)mongos(?:\s|$)/, plays: 'ambassador/database-proxy', ports: [27017], native: 'yes', alone: true, source: 'mongodb.com/docs, mongos' },
  { component: 'MaxScale', image: named('maxscale'), plays: 'ambassador/database-proxy', ports: [3306, 4006, 8989], native: 'yes', alone: true, source: known },
  { component: 'MySQL Router', image: named('mysql-router|community-router'), plays: 'ambassador/database-proxy', ports: [6446, 6447, 8443], native: 'yes', alone: true, source: known },
  { component: 'socat', image: named('socat'), plays: 'ambassador/external-api', when: [[/:(?:5432|3306|1433|27017|6379)\b/, 'ambassador/database-proxy']], native: 'yes', alone: true, source: known },
  { component: 'PgBouncer', image: named('[\\w-]*pgbouncer[\\w-]*'), plays: 'ambassador/connection-pool', ports: [5432, 6432], native: 'yes', alone: true, source: 'pgbouncer/pgbouncer' },
  { component: 'PgCat', image: named('pgcat'), plays: 'ambassador/connection-pool', ports: [6432, 9930], native: 'yes', alone: true, source: 'postgresml/pgcat' },
  { component: 'Pgpool-II', image: named('pgpool(?:[\\w-]*)'), plays: 'ambassador/connection-pool', ports: [5432, 9999, 9898], native: 'yes', alone: true, source: known },
  { component: 'PostgreSQL pooler', image: named('odyssey|supavisor|pgdog'), plays: 'ambassador/connection-pool', ports: [6432, 5432], native: 'yes', alone: true, source: known },
  { component: 'ProxySQL', image: named('proxysql[\\w-]*'), plays: 'ambassador/connection-pool', ports: [6033, 6032, 6070], native: 'yes', alone: true, source: 'sysown/proxysql' },
  { component: 'twemproxy', image: named('[\\w-]*(?:twemproxy|nutcracker)[\\w-]*'), plays: 'ambassador/connection-pool', ports: [22121, 22222], native: 'yes', alone: true, source: 'twitter/twemproxy' },
  { component: 'Redis proxy', image: named('predixy|redis-cluster-proxy|envoy-redis|mcrouter'), plays: 'ambassador/connection-pool', ports: [7617, 5000], native: 'yes', alone: true, source: known },
  { component: 'HAProxy', image: named('haproxy(?:-(?:alpine|debian|ubi))?'), when: [[/stick-table|http_req_rate/, 'ambassador/rate-limit'], [/server-template|\bresolvers\b/, 'ambassador/discovery'], [toLoopback, 'sidecar/network-proxy']], ports: [8404, 80], native: 'yes', alone: true, source: 'haproxy/haproxy' },
  { component: 'Consul agent', image: named('hashicorp/consul|consul'), needs: /(?:^|\s)agent(?:\s|$)/, unless: /(?:^|\s)-server(?:[\s=]|$)|CONSUL_LOCAL_CONFIG=\S*"?server"?\s*:\s*true/, plays: 'ambassador/discovery', ports: [8500, 8600, 8301], native: 'yes', alone: true, source: 'hashicorp/consul' },
  { component: 'forward proxy', image: named('squid|tinyproxy|mitmproxy'), plays: 'ambassador/external-api', ports: [3128, 8888, 8080], native: 'yes', alone: true, source: known },
  { component: 'AWS SigV4 proxy', image: named('aws-sigv4-proxy|aws-signing-proxy'), plays: 'ambassador/external-api', ports: [8080], native: 'yes', alone: true, source: known },
  // Adapters
  { component: 'gRPC-Web proxy', image: named('grpcwebproxy|grpc-gateway[\\w-]*'), plays: 'adapter/protocol', ports: [8080], native: 'yes', alone: true, source: known },
  { component: 'websockify', image: named('websockify|novnc[\\w-]*'), plays: 'adapter/protocol', ports: [6080, 8080], native: 'yes', alone: true, source: known },
  { component: 'Kafka REST proxy', image: named('(?:cp-)?kafka-rest|kafka-bridge'), plays: 'adapter/protocol', ports: [8082, 8080], native: 'yes', alone: true, source: 'confluentinc/kafka-rest' },
  { component: 'Mosquitto bridge', image: named('(?:eclipse-)?mosquitto'), needs: /(?:^|\s)(?:connection|bridge_\w+)\s/, plays: 'adapter/protocol', ports: [1883, 9001], native: 'yes', alone: true, source: 'eclipse/mosquitto' },
  { component: 'Redpanda Connect', image: named('redpandadata/connect|benthos|bento'), plays: 'adapter/data-format', ports: [4195], native: 'yes', alone: true, source: 'redpanda-data/connect' },
  { component: 'document converter', image: named('tika|gotenberg|imgproxy|libreoffice[\\w-]*'), plays: 'adapter/data-format', ports: [9998, 3000, 8080], native: 'yes', alone: true, source: known },
  { component: 'MiNiFi', image: named('nifi-minifi[\\w-]*'), plays: 'adapter/data-format', ports: [8443], native: 'optional', alone: true, source: known },
];

/** The rows that may speak of an image, the most special first. */
export function helpersFor({ repository }: ImageRef): readonly HelperImage[] {
  const path = repository.toLowerCase();
  return helperImages.filter(({ image }) => image.test(path));
}
