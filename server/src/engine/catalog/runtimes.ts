/**
 * Builder images and the images their products run on, on the same distribution release.
 * Sources: docker-library/official-images `library/{golang,node,debian,alpine}` of 2026-08-21 (tags, releases), release pages of
 * Debian and Alpine of the same day (support), GoogleContainerTools/distroless README of 2026-08-21.
 */

/** A final base and what it brings along. */
export interface RuntimeImage {
  /** Name and tag. */
  readonly image: string;
  readonly family: 'debian' | 'alpine' | 'distroless';
  /** Shells by program name; empty where the image has none. */
  readonly shells: readonly string[];
  /** Programs beside those of its distribution: the interpreter it is made for. */
  readonly programs?: readonly string[];
  /** The directory that holds them. */
  readonly home?: string;
  /** What a program expects of a full image and this one lacks: CA certificates, time zones. */
  readonly packages: readonly string[];
  /** ENV that the builder's image has, this one lacks, and programs rely on. */
  readonly variables?: readonly (readonly [name: string, value: string])[];
  /** Its packages have left the mirrors, so that nothing can be installed. */
  readonly archived?: true;
  /** Names that USER and `--chown` may use without creating them. */
  readonly users: readonly string[];
}

/** Where a builder's binaries come from. */
export interface Distribution {
  readonly family: 'debian' | 'alpine';
  /** Undefined where the tag does not say, or is older than everything that is still supported. */
  readonly release: string | undefined;
}

/** Debian releases that get updates, oldest first. A binary of an older one runs on a newer one, never the other way round. */
const debianReleases = ['bookworm', 'trixie'] as const;
/** Alpine releases that get updates, oldest first. */
const alpineReleases = ['3.22', '3.23', '3.24'] as const;

/** Users of Debian and Ubuntu. */
export const debianUsers: readonly string[] = ['root', 'daemon', 'bin', 'sys', 'games', 'man', 'mail', 'proxy', 'www-data', 'backup', 'nobody'];
export const alpineUsers: readonly string[] = ['root', 'bin', 'daemon', 'mail', 'ftp', 'games', 'guest', 'nobody'];

/** `debian:<release>-slim`. It has time zones but no CA certificates. Releases without updates give way to the newest. */
export function debianSlim(release: string | undefined): RuntimeImage {
  const chosen = debianReleases.find((each) => each === release) ?? 'trixie';
  return { image: `debian:${chosen}-slim`, family: 'debian', shells: ['sh', 'dash', 'bash'], packages: ['ca-certificates'], users: debianUsers };
}

/** Ubuntu has no smaller sibling; it comes without CA certificates and time zones. */
export function ubuntu(image: string): RuntimeImage {
  return { image, family: 'debian', shells: ['sh', 'dash', 'bash'], packages: ['ca-certificates', 'tzdata'], users: debianUsers };
}

/** `alpine:<release>`. Its binaries run on newer releases, so that releases without updates give way to the newest. */
export function alpine(release: string | undefined): RuntimeImage {
  const chosen = alpineReleases.find((each) => each === release) ?? '3.24';
  return { image: `alpine:${chosen}`, family: 'alpine', shells: ['sh', 'ash', 'busybox'], packages: ['ca-certificates', 'tzdata'], users: alpineUsers };
}

/**
 * Distroless: CA certificates, time zones and a passwd file, no shell and no package manager. `static` holds no C library;
 * `base` holds glibc, `cc` also the C++ library. The images have no version tags: the Debian release is part of the name.
 */
export function distroless(kind: 'static' | 'base' | 'cc', release: string | undefined): RuntimeImage {
  const number = release === 'bookworm' && kind !== 'static' ? 12 : 13;
  return {
    image: `gcr.io/distroless/${kind}-debian${String(number)}`,
    family: 'distroless',
    shells: [],
    packages: [],
    users: ['root', 'nobody', 'nonroot'],
  };
}

/**
 * Has the image `adduser` and `addgroup`? Debian 13 and Ubuntu 24.04 left them out (adoptium/containers#606). Node.js images
 * without a release in their tags are built on Debian 12 up to 24. Alpine has them in BusyBox.
 */
export function hasAdduser({ image, family }: RuntimeImage): boolean {
  if (family === 'alpine' || /bookworm|bullseye|buster|stretch|jammy|focal|ubuntu:(?:1\d|2[0-3]|focal|jammy)|dotnet\/[\w/-]+:[6-9]\.0$/.test(image)) return true;
  const node = /(?:^|\/)node:(\d+)/.exec(image)?.[1];
  return node !== undefined && Number(node) <= 24 && !image.includes('trixie');
}

/** What a tag of the official `golang` image is built on. Tags without suffix are Debian's release of their time. */
export function golangDistribution(tag = 'latest'): Distribution {
  const suffix = /(?:^|-)(alpine|trixie|bookworm|bullseye|buster|stretch|jessie|wheezy)([\d.]*)$/.exec(tag);
  if (suffix?.[1] === 'alpine') return { family: 'alpine', release: suffix[2] === '' ? undefined : suffix[2] };
  if (suffix !== null) return { family: 'debian', release: suffix[1] };
  const minor = Number(/^1\.(\d+)/.exec(tag)?.[1] ?? NaN);
  // 1.20 to 1.23 ended on bookworm; 1.24 moved to trixie within its life; what is older has a release without updates.
  if (minor >= 20 && minor <= 23) return { family: 'debian', release: 'bookworm' };
  return { family: 'debian', release: minor < 20 ? undefined : 'trixie' };
}

/**
 * A floating `golang` tag with the release it stands for today, so that builder and runtime cannot drift apart: `1.27`
 * becomes `1.27-trixie`. Undefined for tags that already say it, or that no longer move.
 */
export function pinnedGolangTag(tag = 'latest'): string | undefined {
  if (tag === 'latest') return 'trixie';
  const minor = /^1(?:\.(\d+))?$/.exec(tag);
  if (minor === null) return undefined;
  return minor[1] === undefined || Number(minor[1]) >= 24 ? `${tag}-trixie` : undefined;
}

/**
 * The small sibling of an official `node` tag: same version, same release. Debian tags have a `-slim` one, Alpine's are
 * small already. `latest` is `slim`. Undefined for what has no Linux sibling.
 */
export function nodeRuntimeTag(tag = 'latest'): string | undefined {
  if (/onbuild|windows|nanoserver|servercore|wheezy/.test(tag)) return undefined;
  if (/(?:^|-)(?:slim|alpine[\d.]*)$/.test(tag)) return tag;
  return tag === 'latest' ? 'slim' : `${tag}-slim`;
}

/** What `node:*-slim` and `node:*-alpine` bring along. Node.js has its own CA certificates and time zones. */
export function nodeRuntime(image: string): RuntimeImage {
  const small = /alpine[\d.]*$/.test(image);
  const major = Number(/:(\d+)/.exec(image)?.[1] ?? NaN);
  // Without a release in their tags, versions up to 16 are built on Debian buster or older.
  const old = /buster|stretch|jessie/.test(image) || (major <= 16 && !/bullseye|bookworm/.test(image));
  return {
    image,
    family: small ? 'alpine' : 'debian',
    shells: small ? ['sh', 'ash', 'busybox'] : ['sh', 'dash', 'bash'],
    // Yarn 1 is part of the images up to Node.js 25, Corepack up to 24: nodejs/docker-node, README and CHANGELOG.
    home: '/usr/local/bin',
    programs: ['node', 'npm', 'npx', ...(major <= 25 ? ['yarn', 'yarnpkg'] : [])],
    packages: [],
    users: ['node', ...(small ? alpineUsers : debianUsers)],
    ...(old && !small ? { archived: true } : {}),
  };
}
