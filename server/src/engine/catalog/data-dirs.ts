import { imageNames, type ImageRef } from './image-ref.ts';

/** Where a known image keeps what it writes, and what that is worth. */
export interface DataDirs {
  /** `postgres`: a Docker official image; `grafana/grafana`: an organisation's, on whatever registry or mirror. */
  readonly images: readonly string[];
  /** Which tags the row speaks of ('' stands for none); all where absent. The first row that matches counts. */
  readonly tags?: RegExp;
  /** `store`: what nobody else has; `cache`: what can be made anew, or is kept only in some set-ups. */
  readonly keeps: 'store' | 'cache';
  /** The directories that hold it where nothing else is said. `operand`: none by default, the words of the command line name them. */
  readonly paths: readonly string[] | 'operand';
  /** Volumes that the image declares: a runtime puts an empty one of its own there, over a mount further up. */
  readonly volumes?: readonly string[];
  /** Other directories that are as good. */
  readonly accepts?: readonly string[];
  /** Where data was in older versions, or where other images have it: what is mounted there stays empty. */
  readonly stale?: string;
  /** The variable that names the directory. */
  readonly variable?: string;
  /** The flags that do, without value. */
  readonly flags?: RegExp;
  /** A configuration mounted here may name another directory. */
  readonly configuration?: RegExp;
  /** The program that writes the data, or the subcommand; the image's own start where it is not named. */
  readonly server?: RegExp;
  /** The command line and, on lines below it, the variables (`NAME=value`) must say this. */
  readonly needs?: RegExp;
  /** They must not say this. */
  readonly unless?: RegExp;
  /** A new file system has `lost+found` at its top, which the server takes for somebody else's data: it gets a directory of its own. */
  readonly subPath?: string;
  /** The group that must own the volume, where the image does not start as root. */
  readonly fsGroup?: number;
  /** `source`: read in the image's or its chart's source; `knowledge`: from documentation, not checked again. */
  readonly level: 'source' | 'knowledge';
  readonly source: string;
}

/** As of when all rows are. */
export const dataDirsDate = '2026-08';

const postgres = {
  keeps: 'store', variable: 'PGDATA', flags: /^(?:-D|data_directory)$/, configuration: /^\/etc\/postgresql/, server: /^(?:postgres|docker-entrypoint\.sh)$/, level: 'source',
} as const;
const older = { ...postgres, paths: ['/var/lib/postgresql/data'], volumes: ['/var/lib/postgresql/data'], subPath: 'pgdata', source: 'docker-library/postgres 17/bookworm/Dockerfile' } as const;
const newer = { ...postgres, paths: ['/var/lib/postgresql'], stale: '/var/lib/postgresql/data', source: 'docker-library/postgres 18/trixie/Dockerfile, docker-entrypoint.sh' } as const;
const postgresImages = ['postgres', 'postgis/postgis', 'pgvector/pgvector'];

const mysql = { keeps: 'store', paths: ['/var/lib/mysql'], volumes: ['/var/lib/mysql'], flags: /^--datadir$/, server: /^(?:mysqld(?:_safe)?|mariadbd(?:-safe)?|docker-entrypoint\.sh)$/, subPath: 'mysql', level: 'source' } as const;
const redis = { keeps: 'cache', paths: ['/data'], volumes: ['/data'], flags: /^--dir$/, configuration: /redis|valkey|^\/(?:etc|conf)/, server: /^(?:redis-server|valkey-server|docker-entrypoint\.sh)$/, level: 'source' } as const;

/** Persistence switched off, or what does not fit thrown away: nobody misses such data. A file may say either. */
const redisCache = /\.conf\b|maxmemory-policy[ =](?:allkeys|volatile)|^(?![^]*appendonly[ =]yes)[^]*--save[ =](?:""|'')?(?:\s|$)/;

function store(images: readonly string[], paths: readonly string[], source: string, rest: Partial<DataDirs> = {}): DataDirs {
  return { images, keeps: 'store', paths, level: 'source', source, ...rest };
}

function cache(images: readonly string[], paths: readonly string[], source: string, rest: Partial<DataDirs> = {}): DataDirs {
  return { images, keeps: 'cache', paths, level: 'source', source, ...rest };
}

/** Images of Bitnami (`bitnamilegacy` and `bitnamisecure` too): everything below /bitnami, as user 1001. */
function bitnami(name: string, rest: Partial<DataDirs> = {}): DataDirs {
  return store([`bitnami/${name}`], [`/bitnami/${name}`], `bitnami/charts ${name}`, { server: /^\/opt\/bitnami\/scripts\/[\w-]+\/(?:entrypoint|run)\.sh$/, fsGroup: 1001, ...rest });
}

/** Kafka's own image declares a volume that its default configuration does not use. */
const kafka = store(['apache/kafka', 'apache/kafka-native'], ['/tmp/kraft-combined-logs'], 'apache/kafka docker/jvm/Dockerfile, config/kraft/server.properties', {
  variable: 'KAFKA_LOG_DIRS', stale: '/var/lib/kafka/data', configuration: /^\/(?:mnt\/shared\/config|opt\/kafka\/config|etc\/kafka)/, fsGroup: 1000,
});

/** Databases, queues, registries, and what people keep their work in. */
export const dataDirs: readonly DataDirs[] = [
  { ...older, images: postgresImages, tags: /^(?:pg)?(?:[89]\.\d|1[0-7](?:\D|$))/ },
  { ...newer, images: postgresImages, tags: /^(?:pg)?(?:1[89]|[2-9]\d)(?:\D|$)/ },
  { ...older, images: ['timescale/timescaledb'], tags: /pg(?:9|1[0-7])(?:\D|$)/ },
  // Without a version it may be either: a mount at or below the place of both is right.
  store([...postgresImages, 'timescale/timescaledb'], ['/var/lib/postgresql'], newer.source, postgres),
  { ...mysql, images: ['mysql', 'mysql/mysql-server'], source: 'docker-library/mysql 8.4/Dockerfile.oracle' },
  { ...mysql, images: ['mariadb'], source: 'MariaDB/mariadb-docker 11.8/Dockerfile' },
  { ...mysql, images: ['percona', 'percona/percona-server'], source: 'percona/percona-docker' },
  store(['mongo', 'percona/percona-server-mongodb'], ['/data/db'], 'docker-library/mongo 8.0/Dockerfile', { volumes: ['/data/db'], flags: /^--dbpath$/, configuration: /mongo.*\.(?:conf|ya?ml)$/, server: /^mongod$/ }),
  { ...redis, images: ['redis', 'redis/redis-stack', 'redis/redis-stack-server'], unless: redisCache, source: 'redis/docker-library-redis 8.0 Dockerfile' },
  { ...redis, images: ['valkey/valkey'], unless: redisCache, source: 'valkey-io/valkey-container 8.0 Dockerfile' },
  store(['elasticsearch', 'elasticsearch/elasticsearch'], ['/usr/share/elasticsearch/data'], 'elastic/helm-charts elasticsearch values.yaml', { variable: 'path.data', configuration: /elasticsearch\.ya?ml$/, fsGroup: 1000 }),
  store(['opensearchproject/opensearch'], ['/usr/share/opensearch/data'], 'opensearch-project/opensearch-build docker/release', { variable: 'path.data', configuration: /opensearch\.ya?ml$/, fsGroup: 1000 }),
  kafka,
  store(['confluentinc/cp-kafka', 'confluentinc/cp-server'], ['/var/lib/kafka/data'], 'confluentinc/kafka-images kafka/Dockerfile.ubi9', { variable: 'KAFKA_LOG_DIRS', fsGroup: 1000 }),
  store(['redpandadata/redpanda', 'vectorized/redpanda'], ['/var/lib/redpanda/data'], 'redpanda-data/redpanda-operator charts/redpanda', { fsGroup: 101 }),
  store(['zookeeper'], ['/data', '/datalog'], '31z4/zookeeper-docker 3.9.4/Dockerfile', { variable: 'ZOO_DATA_DIR' }),
  store(['rabbitmq'], ['/var/lib/rabbitmq'], 'docker-library/rabbitmq Dockerfile', { variable: 'RABBITMQ_MNESIA_DIR', server: /^rabbitmq-server$/ }),
  store(['apache/activemq-artemis'], ['/var/lib/artemis-instance'], 'apache/activemq-artemis artemis-docker', { fsGroup: 1001 }),
  store(['nats'], ['/tmp/nats/jetstream'], 'docs.nats.io, JetStream configuration', { flags: /^(?:-sd|--store_dir)$/, needs: /(?:^| )(?:-js|--jetstream)\b/, server: /^nats-server$/ }),
  store(['cassandra'], ['/var/lib/cassandra'], 'docker-library/cassandra 5.0/Dockerfile', { server: /^cassandra$/ }),
  store(['scylladb/scylla'], ['/var/lib/scylla'], 'scylladb/scylla-operator pkg/naming/constants.go'),
  // Its default is a directory below wherever it starts: only a directory that is named can be looked at.
  store(['etcd-io/etcd', 'coreos/etcd', 'registry.k8s.io/etcd', 'k8s.gcr.io/etcd'], [], 'etcd-io/etcd Dockerfile', { variable: 'ETCD_DATA_DIR', flags: /^--?data-dir$/, server: /^etcd$/ }),
  { images: ['minio/minio'], keeps: 'store', paths: 'operand', server: /^(?:minio|server)$/, level: 'source', source: 'minio/minio Dockerfile.release' },
  store(['chrislusf/seaweedfs'], ['/data'], 'seaweedfs/seaweedfs docker/Dockerfile.go_build', { flags: /^-dir$/, server: /^(?:server|volume|master|weed)$/ }),
  store(['influxdb'], ['/var/lib/influxdb'], 'influxdata/influxdata-docker influxdb/1.12', { tags: /^1\.\d/, server: /^influxd$/ }),
  store(['influxdb'], ['/var/lib/influxdb2'], 'influxdata/influxdata-docker influxdb/2.9', { tags: /^2(?:\D|$)/, server: /^influxd$/ }),
  store(['clickhouse', 'clickhouse/clickhouse-server', 'yandex/clickhouse-server'], ['/var/lib/clickhouse'], 'ClickHouse/docker-library server/Dockerfile.ubuntu'),
  store(['neo4j'], ['/data'], 'neo4j/docker-neo4j-publish'),
  store(['couchdb'], ['/opt/couchdb/data'], 'apache/couchdb-docker 3.5.1/Dockerfile'),
  store(['couchbase'], ['/opt/couchbase/var'], 'couchbase/docker'),
  store(['arangodb'], ['/var/lib/arangodb3'], 'arangodb/arangodb-docker'),
  store(['crate'], ['/data'], 'crate/docker-crate'),
  store(['cockroachdb/cockroach'], ['/cockroach/cockroach-data'], 'CockroachDB documentation', { flags: /^--store$/, server: /^(?:cockroach|start|start-single-node)$/, level: 'knowledge' }),
  store(['solr'], ['/var/solr'], 'apache/solr-docker', { tags: /^(?:[89]|1\d)(?:\D|$)/, fsGroup: 8983 }),
  store(['getmeili/meilisearch'], ['/meili_data'], 'meilisearch/meilisearch Dockerfile', { variable: 'MEILI_DB_PATH' }),
  store(['typesense/typesense'], ['/data'], 'Typesense documentation', { flags: /^--data-dir$/, level: 'knowledge' }),
  store(['qdrant/qdrant'], ['/qdrant/storage'], 'qdrant/qdrant-helm statefulset.yaml', { variable: 'QDRANT__STORAGE__STORAGE_PATH' }),
  store(['semitechnologies/weaviate', 'weaviate/weaviate'], ['/var/lib/weaviate'], 'weaviate/weaviate-helm weaviateStatefulset.yaml', { variable: 'PERSISTENCE_DATA_PATH' }),
  store(['questdb/questdb'], ['/var/lib/questdb'], 'QuestDB documentation', { level: 'knowledge' }),
  store(['mssql/server'], ['/var/opt/mssql'], 'microsoft/mssql-docker linux/rancher', { fsGroup: 10001 }),
  store(['gitea/gitea'], ['/data'], 'go-gitea/gitea Dockerfile', { accepts: ['/var/lib/gitea'] }),
  store(['jenkins/jenkins'], ['/var/jenkins_home'], 'jenkinsci/docker debian/Dockerfile', { variable: 'JENKINS_HOME', fsGroup: 1000 }),
  store(['sonatype/nexus3'], ['/nexus-data'], 'sonatype/docker-nexus3 Dockerfile', { variable: 'NEXUS_DATA', fsGroup: 200 }),
  store(['registry'], ['/var/lib/registry'], 'distribution/distribution-library-image', { variable: 'REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY', configuration: /^\/etc\/(?:docker\/registry|distribution)/, unless: /REGISTRY_(?:STORAGE(?:_(?:S3|GCS|AZURE|SWIFT|OSS|INMEMORY)|=)|PROXY_REMOTEURL)/ }),
  store(['wordpress', 'nextcloud', 'matomo'], ['/var/www/html'], 'docker-library/wordpress, nextcloud/docker, matomo-org/docker'),
  store(['ghost'], ['/var/lib/ghost/content'], 'docker-library/ghost 5/debian/Dockerfile'),
  store(['odoo'], ['/var/lib/odoo'], 'odoo/docker', { fsGroup: 101 }),
  store(['redmine'], ['/usr/src/redmine/files'], 'docker-library/redmine'),
  store(['vaultwarden/server'], ['/data'], 'dani-garcia/vaultwarden docker/Dockerfile.debian', { variable: 'DATA_FOLDER' }),
  store(['prom/prometheus', 'prometheus/prometheus'], ['/prometheus'], 'prometheus/prometheus Dockerfile', { flags: /^--storage\.tsdb\.path$/, server: /^prometheus$/, unless: /--agent\b|enable-feature=\S*agent|--web\.enable-remote-write-receiver/, fsGroup: 65534 }),
  cache(['prom/alertmanager', 'prometheus/alertmanager'], ['/alertmanager'], 'prometheus/alertmanager Dockerfile', { flags: /^--storage\.path$/, server: /^alertmanager$/, fsGroup: 65534 }),
  cache(['grafana/grafana', 'grafana/grafana-oss', 'grafana/grafana-enterprise'], ['/var/lib/grafana'], 'grafana/grafana Dockerfile', { variable: 'GF_PATHS_DATA', configuration: /grafana\.ini$|^\/etc\/grafana$/, unless: /GF_DATABASE_(?:TYPE|URL)=/, fsGroup: 472 }),
  cache(['grafana/loki'], ['/loki'], 'grafana/loki cmd/loki/loki-docker-config.yaml', { configuration: /^\/etc\/loki|loki.*\.ya?ml$/, unless: /-config\.file/, fsGroup: 10001 }),
  cache(['grafana/tempo'], ['/var/tempo'], 'grafana/tempo cmd/tempo/Dockerfile', { fsGroup: 10001 }),
  cache(['sonarqube'], ['/opt/sonarqube/data'], 'SonarSource/docker-sonarqube community-build/Dockerfile', { fsGroup: 1000 }),
  cache(['dpage/pgadmin4'], ['/var/lib/pgadmin'], 'pgadmin-org/pgadmin4 Dockerfile', { fsGroup: 5050 }),
  cache(['docker'], ['/var/lib/docker'], 'docker-library/docker dind/Dockerfile', { tags: /dind(?!-rootless)/ }),
  store(['nodered/node-red'], ['/data'], 'Node-RED documentation', { level: 'knowledge', fsGroup: 1000 }),
  store(['n8nio/n8n'], ['/home/node/.n8n'], 'n8n documentation', { level: 'knowledge', unless: /DB_TYPE=/, fsGroup: 1000 }),
  store(['louislam/uptime-kuma'], ['/app/data'], 'Uptime Kuma documentation', { level: 'knowledge' }),
  bitnami('postgresql', { variable: 'PGDATA' }),
  ...['mysql', 'mariadb', 'mongodb', 'kafka', 'zookeeper', 'cassandra', 'etcd', 'clickhouse', 'influxdb', 'neo4j', 'minio', 'wordpress', 'jenkins', 'solr', 'scylladb', 'ghost', 'odoo', 'redmine', 'gitea', 'consul'].map((name) => bitnami(name)),
  bitnami('rabbitmq', { paths: ['/bitnami/rabbitmq/mnesia'], accepts: ['/opt/bitnami/rabbitmq'] }),
  ...['elasticsearch', 'opensearch', 'prometheus'].map((name) => bitnami(name, { paths: [`/bitnami/${name}/data`], accepts: [`/opt/bitnami/${name}/data`] })),
  ...['redis', 'valkey'].map((name) => bitnami(name, { keeps: 'cache', paths: [`/bitnami/${name}/data`], accepts: ['/data'], unless: /maxmemory-policy|AOF_ENABLED=no/ })),
];

/** The row of an image, the first that fits name and tag. */
export function dataDirsOf(ref: ImageRef): DataDirs | undefined {
  const names = imageNames(ref);
  return dataDirs.find(({ images, tags }) => images.some((image) => names.includes(image)) && (tags?.test(ref.tag ?? '') ?? true));
}

/** Is this a directory to keep data in, written out? Who keeps data in a place for passing things means to lose it. */
export function isDataPath(value: string): boolean {
  return /^\/(?!(?:tmp|dev|run|var\/run|var\/tmp)\/)[\w./@+-]+$/.test(value);
}
