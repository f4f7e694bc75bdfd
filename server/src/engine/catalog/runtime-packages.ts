/**
 * Which packages only a build needs, and what a program that was built with a `-dev` package needs where it runs.
 * Source: apt-cache of Debian 12 and 13, package indexes of Alpine 3.22 to 3.24, 2026-08-21.
 */

/**
 * Compilers, build systems and what package managers need themselves: nothing a finished program calls. Whatever a program may
 * call (git, ssh, tar, an interpreter) is not here: in doubt a package goes along.
 */
const buildOnly: ReadonlySet<string> = new Set([
  'apt-transport-https', 'apt-utils', 'autoconf', 'automake', 'binutils', 'bison', 'build-base', 'build-essential', 'ccache', 'clang', 'cmake', 'cpp', 'dpkg-dev',
  'flex', 'g++', 'gcc', 'go', 'golang', 'golang-go', 'libc-dev', 'libc6-dev', 'libstdc++-dev', 'libtool', 'linux-headers', 'linux-libc-dev', 'lld', 'llvm', 'm4',
  'make', 'musl-dev', 'nasm', 'ninja', 'ninja-build', 'pkg-config', 'pkgconf', 'pkgconfig', 'protobuf-compiler', 'protobuf-dev', 'protoc',
  'software-properties-common', 'upx', 'upx-ucl',
]);

export function isBuildPackage(name: string): boolean {
  return buildOnly.has(name);
}

/** Python is what node-gyp runs on; in an image of Node.js that is what it is installed for. */
const gyp: ReadonlySet<string> = new Set(['gyp', 'node-gyp', 'py3-pip', 'py3-setuptools', 'python', 'python-is-python3', 'python2', 'python3', 'python3-pip', 'python3-setuptools']);

export function isGypPackage(name: string): boolean {
  return gyp.has(name);
}

/** Headers of one library: `libpq-dev`, `vips-dev`. */
export function isDevelopmentPackage(name: string): boolean {
  return /-dev(?:el)?$/.test(name);
}

/** Debian: the same name in 12 and 13, or the name in each. */
const debianLibraries: Readonly<Record<string, string | readonly [bookworm: string, trixie: string]>> = {
  'libpq-dev': 'libpq5',
  'libssl-dev': ['libssl3', 'libssl3t64'],
  'libcurl4-openssl-dev': ['libcurl4', 'libcurl4t64'],
  'libpng-dev': ['libpng16-16', 'libpng16-16t64'],
  'libicu-dev': ['libicu72', 'libicu76'],
  'libzip-dev': ['libzip4', 'libzip5'],
  'libreadline-dev': ['libreadline8', 'libreadline8t64'],
  'libgdbm-dev': ['libgdbm6', 'libgdbm6t64'],
  'libvips-dev': ['libvips42', 'libvips42t64'],
  'libuv1-dev': ['libuv1', 'libuv1t64'],
  'libevent-dev': ['libevent-2.1-7', 'libevent-2.1-7t64'],
  'libhiredis-dev': ['libhiredis0.14', 'libhiredis1.1.0'],
  'libgdal-dev': ['libgdal32', 'libgdal36'],
  'zlib1g-dev': 'zlib1g',
  'libxml2-dev': 'libxml2',
  'libxslt1-dev': 'libxslt1.1',
  'libffi-dev': 'libffi8',
  'libmariadb-dev': 'libmariadb3',
  'libjpeg62-turbo-dev': 'libjpeg62-turbo',
  'libjpeg-dev': 'libjpeg62-turbo',
  'libfreetype-dev': 'libfreetype6',
  'libfreetype6-dev': 'libfreetype6',
  'libsqlite3-dev': 'libsqlite3-0',
  'libyaml-dev': 'libyaml-0-2',
  'libonig-dev': 'libonig5',
  'libsasl2-dev': 'libsasl2-2',
  'libbz2-dev': 'libbz2-1.0',
  'liblzma-dev': 'liblzma5',
  'librdkafka-dev': 'librdkafka1',
  'libsodium-dev': 'libsodium23',
};

const alpineLibraries: Readonly<Record<string, string>> = {
  'sqlite-dev': 'sqlite-libs',
  'vips-dev': 'vips',
  'librdkafka-dev': 'librdkafka',
  'libsodium-dev': 'libsodium',
  'cairo-dev': 'cairo',
  'pango-dev': 'pango',
  'giflib-dev': 'giflib',
  'libpng-dev': 'libpng',
  'jpeg-dev': 'libjpeg-turbo',
  'libjpeg-turbo-dev': 'libjpeg-turbo',
  'libxml2-dev': 'libxml2',
  'libxslt-dev': 'libxslt',
  'zlib-dev': 'zlib',
  'openssl-dev': 'openssl',
  'libffi-dev': 'libffi',
  'libpq-dev': 'libpq',
  'postgresql-dev': 'libpq',
  'libpcap-dev': 'libpcap',
};

/** The package a program needs at run time that was built with `name`; undefined where the table does not know. */
export function runtimeLibrary(name: string, family: 'debian' | 'alpine', release: string | undefined): string | undefined {
  if (family === 'alpine') return Object.hasOwn(alpineLibraries, name) ? alpineLibraries[name] : undefined;
  const found = Object.hasOwn(debianLibraries, name) ? debianLibraries[name] : undefined;
  if (found === undefined || typeof found === 'string') return found;
  return release === 'bookworm' ? found[0] : release === 'trixie' ? found[1] : undefined;
}

/** The package that holds a program which full images have and small ones lack. */
export function packageOfProgram(name: string, family: 'debian' | 'alpine'): string | undefined {
  const same = ['curl', 'bash', 'openssl', 'jq', 'tini', 'dumb-init'];
  if (same.includes(name)) return name;
  if (name === 'adduser' || name === 'addgroup') return 'adduser';
  if (name === 'setcap') return family === 'debian' ? 'libcap2-bin' : 'libcap';
  if (name === 'wget' && family === 'debian') return 'wget';
  if (name === 'nc' && family === 'debian') return 'netcat-openbsd';
  if ((name === 'pgrep' || name === 'ps') && family === 'debian') return 'procps';
  return undefined;
}

const busybox: ReadonlySet<string> = new Set(['wget', 'nc', 'pgrep', 'ps', 'pidof']);
const coreutils: ReadonlySet<string> = new Set([
  'sh', 'test', '[', 'cat', 'ls', 'grep', 'sed', 'true', 'false', 'echo', 'kill', 'exit', 'env', 'sleep', 'stat', 'find', 'head', 'tail', 'cut', 'date',
]);

/** Is the program in the plain base image of that family, without any package? */
export function isInBase(name: string, family: 'debian' | 'alpine'): boolean {
  return coreutils.has(name) || (family === 'alpine' && busybox.has(name)) || (family === 'debian' && name === 'bash');
}
