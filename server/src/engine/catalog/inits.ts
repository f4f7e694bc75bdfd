import { imageInfo } from './image-family.ts';
import { officialName, type ImageRef } from './image-ref.ts';

export type InitName = 'dumb-init' | 'tini';

/** Package managers an init can come from. */
export type InitManager = 'apt' | 'apk';

/** A program made to be process 1 of a container: it passes signals on and reaps orphans. */
export interface Init {
  readonly name: InitName;
  /** The options it needs to signal the whole process group, as dumb-init does by itself. */
  readonly options: readonly string[];
  /** Where the package of each distribution puts it. The package has the same name everywhere. */
  readonly paths: Readonly<Record<InitManager, string>>;
  /** The first Ubuntu release that has the package, as a number; every Debian and Alpine release still served has it. */
  readonly sinceUbuntu: number;
  /** A released binary that needs no library, for images that no package manager serves. */
  readonly release?: Readonly<Record<Architecture, Download>>;
}

/** As BuildKit names them in TARGETARCH. */
export type Architecture = 'amd64' | 'arm64';

export interface Download {
  readonly url: string;
  /** SHA-256 of the file, in hexadecimal digits. */
  readonly sha256: string;
}

const dumbInitRelease = 'https://github.com/Yelp/dumb-init/releases/download/v1.2.5/dumb-init_1.2.5_';
const dumbInit: Init['release'] = {
  amd64: { url: `${dumbInitRelease}x86_64`, sha256: 'e874b55f3279ca41415d290c512a7ba9d08f98041b28ae7c2acb19a545f1c4df' },
  arm64: { url: `${dumbInitRelease}aarch64`, sha256: 'b7d648f97154a99c539b63c55979cd29f005f88430fb383007fe3458340b795e' },
};

/**
 * Paths: `dpkg -c` of the packages of Debian 12 and 13; alpinelinux/aports community/{dumb-init,tini}/APKBUILD. Ubuntu: the README of dumb-init
 * ("since bionic"); tini by packages.ubuntu.com. `tini -g`: without it only its direct child gets the signal. Release 1.2.5
 * of dumb-init: both sums stand in the Dockerfile of apache/ozone-docker-runner, among others. 2026-11.
 */
export const inits: Readonly<Record<InitName, Init>> = {
  'dumb-init': { name: 'dumb-init', options: [], paths: { apt: '/usr/bin/dumb-init', apk: '/usr/bin/dumb-init' }, sinceUbuntu: 18.04, release: dumbInit },
  tini: { name: 'tini', options: ['-g'], paths: { apt: '/usr/bin/tini', apk: '/sbin/tini' }, sinceUbuntu: 20.04 },
};

/**
 * Releases whose packages have left the mirrors that their images name, so that `apt-get update` fails in them.
 * Source: debuerreotype/docker-debian-artifacts issue 245 (buster, July 2025) and the list of archive.debian.org.
 */
const archived: ReadonlySet<string> = new Set(['wheezy', 'jessie', 'stretch', 'buster', '7', '8', '9', '10']);

/** `apt-get update` fails in an untouched image of this Debian release. */
export function isArchived(release: string | undefined): boolean {
  return release !== undefined && archived.has(release);
}

const ubuntuReleases: ReadonlyMap<string, number> = new Map([
  ['trusty', 14.04], ['xenial', 16.04], ['bionic', 18.04], ['focal', 20.04], ['jammy', 22.04], ['noble', 24.04],
]);

/** Does this Ubuntu release (`xenial`, `16.04`) lack the package? Unknown releases are taken for newer ones. */
export function lacksInit(init: Init, release: string | undefined): boolean {
  const number = release === undefined ? undefined : (ubuntuReleases.get(release) ?? Number(release));
  return number !== undefined && number < init.sinceUbuntu;
}

/** Tags of official images that name no release and were last built on one of those. Source: docker-library/official-images, history of `library/`. */
const oldImages: Readonly<Record<string, RegExp>> = {
  node: /^(?:\d|1[0-6])(?:\D|$)/,
  python: /^(?:2|3\.[0-5])(?:\D|$)/,
  ruby: /^(?:1|2\.[0-5])(?:\D|$)/,
  php: /^(?:5|7\.[0-2])(?:\D|$)/,
};

/** A Debian image so old that its release is one of the archived ones, though its tag does not say so. */
export function isOldImage(ref: ImageRef): boolean {
  const name = officialName(ref);
  return name !== undefined && ref.tag !== undefined && (oldImages[name]?.test(ref.tag) ?? false);
}

/**
 * Images beside those of the catalog of base images whose own ENTRYPOINT is an init; whose CMD it is, lose it as soon
 * as somebody writes a CMD. By `organisation/name` or `organisation/*`. Read in the Dockerfile of each, 2026-08 and 2026-11.
 */
const starters: ReadonlySet<string> = new Set([
  'influxdb', 'elasticsearch', 'kibana', 'elasticsearch/elasticsearch', 'kibana/kibana', 'hashicorp/*', 'consul', 'vault', 'ingress-nginx/*',
  'argoproj/argocd', 'apache/airflow', 'zabbix/*', 'jitsi/*', 'paperless-ngx/*', 'rocker/*', 'gitea/gitea',
]);

/** Does this image start an init in its own ENTRYPOINT? The registry does not matter: mirrors keep the names. */
export function startsInit({ repository }: ImageRef): boolean {
  const [name = '', organisation] = repository.replace(/^library\//, '').split('/').reverse();
  return organisation === undefined ? starters.has(name) : starters.has(`${organisation}/${name}`) || starters.has(`${organisation}/*`);
}

/**
 * Words that start the init of images which the catalog of base images does not hold, as their ENTRYPOINT has them.
 * Source: ENTRYPOINT of rootfs/Dockerfile of kubernetes/ingress-nginx, of Dockerfile of argoproj/argo-cd and of
 * apache/airflow (since 2.0), 2026-11.
 */
const initWords: ReadonlyMap<string, readonly string[]> = new Map([
  ['ingress-nginx/controller', ['/usr/bin/dumb-init', '--']],
  ['argoproj/argocd', ['/usr/bin/tini', '--']],
  ['apache/airflow', ['/usr/bin/dumb-init', '--']],
]);

/** The words with which an image starts its own init: they stand in front of any other command as well. */
export function initWordsOf(ref: ImageRef): readonly string[] | undefined {
  const entrypoint = imageInfo(ref)?.entrypoint ?? [];
  const end = entrypoint.indexOf('--');
  const isInit = /(?:^|\/)(?:tini|dumb-init)$/.test(entrypoint[0] ?? '');
  return isInit && end > 0 ? entrypoint.slice(0, end + 1) : initWords.get(ref.repository);
}
