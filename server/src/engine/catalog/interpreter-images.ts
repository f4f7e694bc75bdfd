/**
 * Small siblings of the official images of Python and Ruby, and what they lack of the full ones.
 * Source: docker-library/official-images `library/{python,ruby,buildpack-deps}` of 2026-08-21 (tags, releases).
 */
import { alpineUsers, debianUsers, type RuntimeImage } from './runtimes.ts';

/** A tag and its small sibling: the same version on the same release. */
export interface Sibling {
  /** Of the small image; the tag itself where it is small already. */
  readonly tag: string;
  readonly isFull: boolean;
  /** The full tag with its release, where it could come to stand for another release than the small one. */
  readonly pinned: string | undefined;
}

/** @param release of the tag, where it is known. Undefined for what has no small sibling. */
export function smallSibling(tag = 'latest', release: string | undefined): Sibling | undefined {
  if (/windows|nanoserver|onbuild|wheezy/.test(tag)) return undefined;
  if (/(?:^|-)(?:slim|alpine[\d.]*)(?:$|-)/.test(tag)) return { tag, isFull: false, pinned: undefined };
  const named = /^(?:(\d[\w.]*(?:-rc\w*)?)-)?(trixie|bookworm|bullseye|buster|stretch|jessie)$/.exec(tag);
  if (named !== null) return { tag: [named[1], 'slim', named[2]].filter((each) => each !== undefined).join('-'), isFull: true, pinned: undefined };
  const version = /^(?:latest|(\d[\w.]*(?:-rc\w*)?))$/.exec(tag);
  if (version === null) return undefined;
  // A tag with all three numbers stays as it was built, and so does its sibling.
  const moves = !/^\d+\.\d+\.\d/.test(tag) && release !== undefined;
  const join = (...parts: readonly (string | undefined)[]): string => parts.filter((each) => each !== undefined).join('-');
  return { tag: join(version[1], 'slim', moves ? release : undefined), isFull: true, pinned: moves ? join(version[1], release) : undefined };
}

/** `programs`: the interpreter and its tools, in `/usr/local/bin`. */
export function interpreterRuntime(image: string, programs: readonly string[]): RuntimeImage {
  const isAlpine = /-?alpine[\d.]*$/.test(image);
  return {
    image,
    family: isAlpine ? 'alpine' : 'debian',
    shells: isAlpine ? ['sh', 'ash', 'busybox'] : ['sh', 'dash', 'bash'],
    home: '/usr/local/bin',
    programs,
    packages: [],
    users: isAlpine ? alpineUsers : debianUsers,
    ...(/buster|stretch|jessie/.test(image) ? { archived: true } : {}),
  };
}

/** Programs that full images have from buildpack-deps and small ones lack. Source: docker-library/buildpack-deps. */
const ofFullImages: ReadonlySet<string> = new Set([
  'git', 'hg', 'svn', 'ssh', 'scp', 'sftp', 'ssh-keygen', 'ssh-add', 'ssh-agent', 'curl', 'wget', 'gpg', 'sq', 'convert', 'identify', 'mogrify', 'composite', 'montage', 'magick',
  'file', 'make', 'gcc', 'g++', 'cc', 'c++', 'cpp', 'ld', 'ar', 'strip', 'nm', 'objdump', 'autoconf', 'automake', 'libtool', 'patch', 'unzip', 'xz', 'pkg-config', 'ps', 'top', 'pgrep',
  'pkill', 'free', 'uptime', 'vmstat', 'watch', 'pg_config', 'mysql_config', 'mariadb_config', 'curl-config', 'xml2-config', 'icu-config',
]);

export function isOfFullImage(program: string): boolean {
  return ofFullImages.has(program);
}
