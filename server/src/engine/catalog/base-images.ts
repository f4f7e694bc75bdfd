/** Distribution families as far as they differ for us: which init can be installed how, and which shell is `/bin/sh`. */
export type Family = 'debian' | 'ubuntu' | 'alpine' | 'wolfi' | 'rhel' | 'distroless' | 'scratch' | 'busybox' | 'windows';

/** What an image brings along. Only what is known is here: an absent entrypoint, command or user is unknown, not empty. */
export interface BaseImage {
  /** Name of a Docker official image (`golang`), or registry and repository (`docker.io/…` for Docker Hub). */
  readonly image: string | RegExp;
  /** Which tags this row speaks of ('' stands for none); all where absent. The first row that matches counts. */
  readonly tags?: RegExp;
  /** Where the tag itself names no distribution. */
  readonly family?: Family;
  /** Release behind tags that name none: pattern over the tag without `-slim`, and the release. */
  readonly releases?: readonly (readonly [RegExp, string])[];
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  /** Name or number; `root` where it is known to be that. */
  readonly user?: string;
  readonly workdir?: string;
  /** The init its entrypoint starts. */
  readonly init?: string;
  /** No shell inside. */
  readonly shellless?: true;
  /** Where the row comes from, and as of when. */
  readonly source: string;
  readonly date: string;
}

const none: readonly string[] = [];
const script: readonly string[] = ['docker-entrypoint.sh'];
const library = 'Dockerfiles of docker-library and docker-library/official-images';
const date = '2026-08-21';

/**
 * Defaults of widely used images. A tag that names a patch release is only in `releases` where every image of that tag
 * was built on that distribution release; `1.24` moves with time, `1.24.1` does not.
 */
export const baseImages: readonly BaseImage[] = [
  { image: 'debian', family: 'debian', releases: [[/^(?:|latest|stable|13(?:\.\d+)?)$/, 'trixie'], [/^12(?:\.\d+)?$/, 'bookworm'], [/^11(?:\.\d+)?$/, 'bullseye'], [/^10(?:\.\d+)?$/, 'buster']], entrypoint: none, cmd: ['bash'], user: 'root', workdir: '/', source: library, date },
  { image: 'ubuntu', family: 'ubuntu', releases: [[/^26\.04$/, 'resolute'], [/^24\.04$/, 'noble'], [/^22\.04$/, 'jammy'], [/^20\.04$/, 'focal'], [/^18\.04$/, 'bionic'], [/^16\.04$/, 'xenial']], entrypoint: none, cmd: ['/bin/bash'], user: 'root', workdir: '/', source: library, date },
  { image: 'alpine', family: 'alpine', entrypoint: none, cmd: ['/bin/sh'], user: 'root', workdir: '/', source: library, date },
  { image: 'busybox', family: 'busybox', entrypoint: none, cmd: ['sh'], user: 'root', workdir: '/', source: library, date },
  { image: 'buildpack-deps', family: 'debian', entrypoint: none, cmd: ['bash'], user: 'root', workdir: '/', source: library, date },
  { image: 'golang', family: 'debian', releases: [[/^(?:|latest|1|1\.2[4-7]|1\.2[67]\.\d+)$/, 'trixie']], entrypoint: none, cmd: ['bash'], user: 'root', workdir: '/go', source: library, date },
  { image: 'node', family: 'debian', releases: [[/^(?:|latest|current|26(?:\.\d+){0,2})$/, 'trixie'], [/^(?:lts|lts-krypton|krypton|jod|2[24](?:\.\d+){0,2})$/, 'bookworm']], entrypoint: script, cmd: ['node'], user: 'root', workdir: '/', source: 'nodejs/docker-node and docker-library/official-images', date },
  { image: 'python', family: 'debian', releases: [[/^(?:|latest|3|3\.1[0-4]|3\.14\.\d+)$/, 'trixie']], entrypoint: none, cmd: ['python3'], user: 'root', workdir: '/', source: library, date },
  { image: 'ruby', family: 'debian', releases: [[/^(?:|latest|3|3\.4|4|4\.0(?:\.\d+)?)$/, 'trixie']], entrypoint: none, cmd: ['irb'], user: 'root', workdir: '/', source: library, date },
  { image: 'rust', family: 'debian', releases: [[/^(?:|latest|1|1\.98(?:\.\d+)?)$/, 'trixie']], entrypoint: none, cmd: ['bash'], user: 'root', workdir: '/', source: library, date },
  { image: 'php', tags: /apache/, family: 'debian', releases: [[/^(?:8|8\.[45])-apache$|^apache$/, 'trixie']], entrypoint: ['docker-php-entrypoint'], cmd: ['apache2-foreground'], user: 'root', workdir: '/var/www/html', source: library, date },
  { image: 'php', tags: /fpm/, family: 'debian', releases: [[/^(?:8|8\.[45])-fpm$|^fpm$/, 'trixie']], entrypoint: ['docker-php-entrypoint'], cmd: ['php-fpm'], user: 'root', workdir: '/var/www/html', source: library, date },
  { image: 'php', family: 'debian', releases: [[/^(?:|latest|(?:8|8\.[45])(?:-(?:cli|zts))?)$/, 'trixie']], entrypoint: ['docker-php-entrypoint'], cmd: ['php', '-a'], user: 'root', workdir: '/', source: library, date },
  { image: 'elixir', family: 'debian', releases: [[/otp-2[89]/, 'trixie'], [/otp-27/, 'bookworm']], entrypoint: none, cmd: ['iex'], user: 'root', workdir: '/', source: library, date },
  { image: 'erlang', family: 'debian', releases: [[/^2[89](?:\.\d+)*$/, 'trixie'], [/^27(?:\.\d+)*$/, 'bookworm']], entrypoint: none, cmd: ['erl'], user: 'root', workdir: '/', source: library, date },
  { image: 'gcc', family: 'debian', entrypoint: none, cmd: ['bash'], user: 'root', workdir: '/', source: library, date },
  { image: 'perl', family: 'debian', entrypoint: none, user: 'root', source: library, date },
  { image: 'haskell', family: 'debian', entrypoint: none, cmd: ['ghci'], user: 'root', source: library, date },
  { image: 'swift', family: 'ubuntu', entrypoint: none, user: 'root', source: 'swiftlang/swift-docker', date },
  { image: 'maven', tags: /amazoncorretto|oraclelinux|ibm-semeru/, entrypoint: ['/usr/local/bin/mvn-entrypoint.sh'], cmd: ['mvn'], user: 'root', workdir: '/', source: 'carlossg/docker-maven', date },
  { image: 'maven', tags: /temurin|sapmachine/, family: 'ubuntu', entrypoint: ['/usr/local/bin/mvn-entrypoint.sh'], cmd: ['mvn'], user: 'root', workdir: '/', source: 'carlossg/docker-maven', date },
  { image: 'maven', entrypoint: ['/usr/local/bin/mvn-entrypoint.sh'], cmd: ['mvn'], user: 'root', workdir: '/', source: 'carlossg/docker-maven', date },
  { image: 'gradle', tags: /corretto|ubi|graal/, family: 'rhel', entrypoint: none, cmd: ['gradle'], workdir: '/home/gradle', source: 'gradle/docker-gradle', date },
  { image: 'gradle', family: 'ubuntu', entrypoint: none, cmd: ['gradle'], workdir: '/home/gradle', source: 'gradle/docker-gradle', date },
  { image: 'eclipse-temurin', tags: /jre/, family: 'ubuntu', entrypoint: ['/__cacert_entrypoint.sh'], user: 'root', workdir: '/', source: 'adoptium/containers', date },
  { image: 'eclipse-temurin', family: 'ubuntu', entrypoint: ['/__cacert_entrypoint.sh'], cmd: ['jshell'], user: 'root', workdir: '/', source: 'adoptium/containers', date },
  { image: 'openjdk', tags: /slim|^(?:[789]|1[01])(?:\D|$)/, family: 'debian', entrypoint: none, user: 'root', workdir: '/', source: library, date },
  { image: 'openjdk', family: 'rhel', entrypoint: none, user: 'root', workdir: '/', source: library, date },
  { image: 'amazoncorretto', family: 'rhel', entrypoint: none, user: 'root', workdir: '/', source: 'corretto/corretto-docker', date },
  { image: 'tomcat', tags: /corretto/, family: 'rhel', entrypoint: none, cmd: ['catalina.sh', 'run'], user: 'root', workdir: '/usr/local/tomcat', source: library, date },
  { image: 'tomcat', family: 'ubuntu', entrypoint: none, cmd: ['catalina.sh', 'run'], user: 'root', workdir: '/usr/local/tomcat', source: library, date },
  { image: 'nginx', family: 'debian', entrypoint: ['/docker-entrypoint.sh'], cmd: ['nginx', '-g', 'daemon off;'], user: 'root', workdir: '/', source: 'nginx/docker-nginx', date },
  { image: 'docker.io/nginxinc/nginx-unprivileged', family: 'debian', entrypoint: ['/docker-entrypoint.sh'], cmd: ['nginx', '-g', 'daemon off;'], user: '101', workdir: '/', source: 'nginx/docker-nginx-unprivileged', date },
  { image: 'httpd', family: 'debian', entrypoint: none, cmd: ['httpd-foreground'], user: 'root', workdir: '/usr/local/apache2', source: library, date },
  { image: 'haproxy', family: 'debian', entrypoint: script, cmd: ['haproxy', '-f', '/usr/local/etc/haproxy/haproxy.cfg'], user: 'haproxy', source: library, date },
  { image: 'redis', family: 'debian', entrypoint: script, cmd: ['redis-server'], user: 'root', workdir: '/data', source: library, date },
  { image: 'memcached', family: 'debian', entrypoint: script, cmd: ['memcached'], user: 'memcache', source: library, date },
  { image: 'postgres', family: 'debian', entrypoint: script, cmd: ['postgres'], user: 'root', workdir: '/', source: library, date },
  { image: 'mysql', family: 'rhel', entrypoint: script, cmd: ['mysqld'], user: 'root', workdir: '/', source: library, date },
  { image: 'mariadb', family: 'ubuntu', entrypoint: script, cmd: ['mariadbd'], user: 'root', workdir: '/', source: 'MariaDB/mariadb-docker', date },
  { image: 'mongo', family: 'ubuntu', entrypoint: script, cmd: ['mongod'], user: 'root', workdir: '/', source: library, date },
  { image: 'rabbitmq', family: 'ubuntu', entrypoint: script, cmd: ['rabbitmq-server'], user: 'root', source: library, date },
  { image: 'wordpress', tags: /fpm/, family: 'debian', entrypoint: script, cmd: ['php-fpm'], user: 'root', workdir: '/var/www/html', source: library, date },
  { image: 'wordpress', family: 'debian', entrypoint: script, cmd: ['apache2-foreground'], user: 'root', workdir: '/var/www/html', source: library, date },
  { image: 'couchdb', family: 'debian', entrypoint: ['tini', '--', '/docker-entrypoint.sh'], cmd: ['/opt/couchdb/bin/couchdb'], init: 'tini', source: 'apache/couchdb-docker', date },
  { image: 'neo4j', family: 'debian', entrypoint: ['tini', '-g', '--', '/startup/docker-entrypoint.sh'], cmd: ['neo4j'], init: 'tini', source: 'neo4j/docker-neo4j', date },
  { image: 'composer', family: 'alpine', entrypoint: ['/docker-entrypoint.sh'], cmd: ['composer'], init: 'tini', workdir: '/app', source: 'composer/docker', date },
  { image: 'docker.io/jenkins/jenkins', family: 'debian', entrypoint: ['/usr/bin/tini', '--', '/usr/local/bin/jenkins.sh'], user: 'jenkins', init: 'tini', source: 'jenkinsci/docker', date },
  { image: 'docker.io/getmeili/meilisearch', family: 'alpine', init: 'tini', source: 'meilisearch/meilisearch', date },
  { image: 'docker.io/clamav/clamav', init: 'tini', source: 'Cisco-Talos/clamav-docker', date },
  { image: /^(?:docker\.io\/jupyter\/[^/]+|quay\.io\/jupyter\/[^/]+)$/, family: 'ubuntu', entrypoint: ['tini', '-g', '--', 'start.sh'], init: 'tini', source: 'jupyter/docker-stacks', date },
  { image: /^(?:docker\.io\/phusion\/(?:baseimage|passenger-[^/]+))$/, family: 'ubuntu', cmd: ['/sbin/my_init'], init: 'my_init', source: 'phusion/baseimage-docker', date },
  { image: /^(?:(?:docker\.io\/|lscr\.io\/|ghcr\.io\/)linuxserver\/[^/]+)$/, entrypoint: ['/init'], init: 's6-overlay', source: 'linuxserver/docker-baseimage-*', date },
  { image: /^(?:(?:docker\.io|ghcr\.io)\/(?:home-assistant|homeassistant)\/[^/]+)$/, entrypoint: ['/init'], init: 's6-overlay', source: 'home-assistant/docker-base', date },
  { image: /^(?:gcr\.io\/distroless\/[^/]+)$/, tags: /nonroot/, family: 'distroless', user: '65532', workdir: '/home/nonroot', source: 'GoogleContainerTools/distroless', date },
  { image: /^(?:gcr\.io\/distroless\/[^/]+)$/, family: 'distroless', user: 'root', workdir: '/', source: 'GoogleContainerTools/distroless', date },
  { image: 'cgr.dev/chainguard/wolfi-base', family: 'wolfi', entrypoint: none, cmd: ['/bin/sh', '-l'], user: 'root', source: 'chainguard-images/images', date },
  { image: /^(?:cgr\.dev\/[^/]+\/[^/]+)$/, tags: /-dev$/, family: 'wolfi', source: 'chainguard-images/images', date },
  { image: /^(?:cgr\.dev\/[^/]+\/[^/]+)$/, family: 'distroless', source: 'chainguard-images/images', date },
  { image: /^(?:mcr\.microsoft\.com\/dotnet\/(?:core\/)?(?:sdk|aspnet|runtime|runtime-deps))$/, tags: /chiseled|distroless/, family: 'distroless', user: '1654', workdir: '/', source: 'dotnet/dotnet-docker', date },
  { image: /^(?:mcr\.microsoft\.com\/dotnet\/(?:core\/)?(?:sdk|aspnet|runtime|runtime-deps))$/, tags: /azurelinux|mariner/, entrypoint: none, user: 'root', workdir: '/', source: 'dotnet/dotnet-docker', date },
  { image: /^(?:mcr\.microsoft\.com\/dotnet\/(?:core\/)?(?:sdk|aspnet|runtime|runtime-deps))$/, tags: /^10\.0/, family: 'ubuntu', releases: [[/^10\.0(?:\.\d+)?$/, 'noble']], entrypoint: none, user: 'root', workdir: '/', source: 'dotnet/dotnet-docker', date },
  { image: /^(?:mcr\.microsoft\.com\/dotnet\/(?:core\/)?(?:sdk|aspnet|runtime|runtime-deps))$/, family: 'debian', releases: [[/^[89]\.0(?:\.\d+)?$/, 'bookworm']], entrypoint: none, user: 'root', workdir: '/', source: 'dotnet/dotnet-docker', date },
  { image: /^(?:mcr\.microsoft\.com\/(?:windows(?:\/[^/]+)?|powershell|dotnet\/framework\/[^/]+))$/, family: 'windows', source: 'Windows container base images', date },
  { image: /^(?:(?:registry\.access\.redhat\.com|registry\.redhat\.io)\/.+)$/, family: 'rhel', source: 'Red Hat Universal Base Image', date },
  { image: /^(?:(?:docker\.io\/redhat|docker\.io\/library)\/ubi\d+(?:-[a-z]+)?|redhat\/ubi\d+(?:-[a-z]+)?)$/, family: 'rhel', source: 'Red Hat Universal Base Image', date },
  { image: /^(?:(?:quay\.io\/|docker\.io\/)?(?:centos|rockylinux|almalinux|oraclelinux|fedora|amazonlinux)(?:\/[^/]+)?)$/, family: 'rhel', entrypoint: none, user: 'root', workdir: '/', source: library, date },
  { image: /^(?:registry\.fedoraproject\.org\/.+|public\.ecr\.aws\/(?:amazonlinux|lambda)\/.+)$/, family: 'rhel', source: 'Fedora and Amazon registries', date },
  { image: /^(?:docker\.io\/bitnami(?:legacy|secure)?\/[^/]+)$/, family: 'debian', user: '1001', source: 'bitnami/containers', date },
];
