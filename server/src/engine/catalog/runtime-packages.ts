/**
 * Which packages only a build needs, and what a program that was built with a `-dev` package needs where it runs.
 * Libraries of Debian 12 and 13: verified against their indexes (main, amd64) of 2026-11-24, each is there and the `-dev` package depends on it. Those of
 * Ubuntu and Alpine, and what only a build needs: from knowledge, not verified against an index.
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

/** Compilers by version: `gcc-12`, `clang-17`, and the headers of the C++ library. */
const versioned = /^(?:gcc|g\+\+|cpp|clang|clang-tools|llvm|lld)-\d+(?:-dev)?$|^libstdc\+\+-\d+-dev$/;

export function isBuildPackage(name: string): boolean {
  return buildOnly.has(name) || versioned.test(name);
}

/** Python is what node-gyp runs on; in an image of Node.js that is what it is installed for. */
const gyp: ReadonlySet<string> = new Set(['gyp', 'node-gyp', 'py3-pip', 'py3-setuptools', 'python', 'python-is-python3', 'python2', 'python3', 'python3-pip', 'python3-setuptools']);

export function isGypPackage(name: string): boolean {
  return gyp.has(name);
}

/** Headers of one library: `libpq-dev`, `vips-dev`. */
export function isDevelopmentPackage(name: string): boolean {
  return /-dev(?:el|-compat)?$/.test(name);
}

/**
 * Debian and Ubuntu: the same names everywhere; or in Debian 12 and 13, and in Ubuntu 22.04 and 24.04 where they are known.
 * Several names stand in one text; '' is a library of headers only, undefined one that the release does not have.
 */
type Names = string | readonly [bookworm: string | undefined, trixie: string | undefined, jammy?: string, noble?: string];

const debianReleases: readonly string[] = ['bookworm', 'trixie', 'jammy', 'noble'];

const debianLibraries: Readonly<Record<string, Names>> = {
  'libpq-dev': 'libpq5',
  'libssl-dev': ['libssl3', 'libssl3t64', 'libssl3', 'libssl3t64'],
  'libcurl4-openssl-dev': ['libcurl4', 'libcurl4t64', 'libcurl4', 'libcurl4t64'],
  'libcurl4-gnutls-dev': ['libcurl3-gnutls', 'libcurl3t64-gnutls', 'libcurl3-gnutls', 'libcurl3t64-gnutls'],
  'libpng-dev': ['libpng16-16', 'libpng16-16t64', 'libpng16-16', 'libpng16-16t64'],
  'libicu-dev': ['libicu72', 'libicu76', 'libicu70', 'libicu74'],
  'libzip-dev': ['libzip4', 'libzip5'],
  'libreadline-dev': ['libreadline8', 'libreadline8t64', 'libreadline8', 'libreadline8t64'],
  'libgdbm-dev': ['libgdbm6', 'libgdbm6t64'],
  'libvips-dev': ['libvips42', 'libvips42t64'],
  'libuv1-dev': ['libuv1', 'libuv1t64', 'libuv1', 'libuv1t64'],
  'libev-dev': ['libev4', 'libev4t64', 'libev4', 'libev4t64'],
  'libevent-dev': ['libevent-2.1-7 libevent-pthreads-2.1-7 libevent-openssl-2.1-7', 'libevent-2.1-7t64 libevent-pthreads-2.1-7t64 libevent-openssl-2.1-7t64', 'libevent-2.1-7 libevent-pthreads-2.1-7 libevent-openssl-2.1-7', 'libevent-2.1-7t64 libevent-pthreads-2.1-7t64 libevent-openssl-2.1-7t64'],
  'libhiredis-dev': ['libhiredis0.14', 'libhiredis1.1.0', 'libhiredis0.14', 'libhiredis1.1.0'],
  'libgdal-dev': ['libgdal32', 'libgdal36'],
  'zlib1g-dev': 'zlib1g',
  'libxml2-dev': 'libxml2',
  'libxslt1-dev': 'libxslt1.1',
  'libffi-dev': 'libffi8',
  'libmariadb-dev': 'libmariadb3',
  'libmariadb-dev-compat': 'libmariadb3',
  'default-libmysqlclient-dev': ['libmariadb3', 'libmariadb3', 'libmysqlclient21', 'libmysqlclient21'],
  'libmagic-dev': ['libmagic1', 'libmagic1t64'],
  'libopenjp2-7-dev': 'libopenjp2-7',
  'liblcms2-dev': 'liblcms2-2',
  'libjemalloc-dev': 'libjemalloc2',
  'libproj-dev': 'libproj25',
  'libjpeg62-turbo-dev': 'libjpeg62-turbo',
  'libjpeg-dev': ['libjpeg62-turbo', 'libjpeg62-turbo', 'libjpeg8', 'libjpeg8'],
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
  'libldap2-dev': ['libldap-2.5-0', 'libldap2'],
  'libldap-dev': ['libldap-2.5-0', 'libldap2'],
  'libgmp-dev': 'libgmp10 libgmpxx4ldbl',
  'libmemcached-dev': ['libmemcached11 libmemcachedutil2', 'libmemcached11t64 libmemcachedutil2t64'],
  'libtidy-dev': ['libtidy5deb1', 'libtidy58'],
  'libpspell-dev': 'libaspell15',
  'librabbitmq-dev': 'librabbitmq4',
  'libssh2-1-dev': ['libssh2-1', 'libssh2-1t64', 'libssh2-1', 'libssh2-1t64'],
  'libxpm-dev': 'libxpm4',
  'libavif-dev': ['libavif15', 'libavif16'],
  'libwebp-dev': 'libwebp7 libwebpmux3 libwebpdemux2',
  'uuid-dev': 'libuuid1',
  'unixodbc-dev': ['libodbc2 libodbcinst2', 'libodbc2 libodbcinst2'],
  'libenchant-2-dev': 'libenchant-2-2',
  'freetds-dev': 'libct4 libsybdb5',
  'libmcrypt-dev': 'libmcrypt4',
  'libargon2-dev': 'libargon2-1',
  'libpcre2-dev': ['libpcre2-8-0 libpcre2-posix3', 'libpcre2-8-0 libpcre2-posix3'],
  'libgd-dev': 'libgd3',
  'libmaxminddb-dev': 'libmaxminddb0',
  'libfontconfig-dev': 'libfontconfig1',
  'libfontconfig1-dev': 'libfontconfig1',
  'libglib2.0-dev': ['libglib2.0-0', 'libglib2.0-0t64', 'libglib2.0-0', 'libglib2.0-0t64'],
  'libcpprest-dev': ['libcpprest2.10', 'libcpprest2.10'],
  'libprotobuf-dev': ['libprotobuf32', 'libprotobuf32t64', 'libprotobuf23', 'libprotobuf32t64'],
  'libgrpc++-dev': ['libgrpc++1.51', 'libgrpc++1.51t64'],
  'libspdlog-dev': ['libspdlog1.10', 'libspdlog1.15'],
  'libfmt-dev': ['libfmt9', 'libfmt10', 'libfmt8', 'libfmt9'],
  'libjsoncpp-dev': ['libjsoncpp25', 'libjsoncpp26', 'libjsoncpp25', 'libjsoncpp25'],
  'libyaml-cpp-dev': ['libyaml-cpp0.7', 'libyaml-cpp0.8', 'libyaml-cpp0.7', 'libyaml-cpp0.8'],
  'libcrypto++-dev': ['libcrypto++8', 'libcrypto++8t64', 'libcrypto++8', 'libcrypto++8t64'],
  'libjansson-dev': 'libjansson4',
  'libmicrohttpd-dev': ['libmicrohttpd12', 'libmicrohttpd12t64', 'libmicrohttpd12', 'libmicrohttpd12t64'],
  'libmosquitto-dev': 'libmosquitto1',
  'libpaho-mqtt-dev': 'libpaho-mqtt1.3',
  'libzmq3-dev': 'libzmq5',
  'libczmq-dev': 'libczmq4',
  'libpqxx-dev': ['libpqxx-6.4', 'libpqxx-7.10', 'libpqxx-6.4', 'libpqxx-7.8t64'],
  'libmysqlclient-dev': [undefined, undefined, 'libmysqlclient21', 'libmysqlclient21'],
  'libncurses-dev': 'libncurses6 libncursesw6',
  'libncurses5-dev': 'libncurses6 libncursesw6',
  'libncursesw5-dev': 'libncursesw6',
  'libelf-dev': ['libelf1', 'libelf1t64', 'libelf1', 'libelf1t64'],
  'libpcap-dev': ['libpcap0.8', 'libpcap0.8t64', 'libpcap0.8', 'libpcap0.8t64'],
  'libseccomp-dev': 'libseccomp2',
  'libcap-dev': 'libcap2',
  'libtbb-dev': 'libtbb12',
  'libopenblas-dev': 'libopenblas0',
  'libasound2-dev': ['libasound2', 'libasound2t64', 'libasound2', 'libasound2t64'],
  'libusb-1.0-0-dev': 'libusb-1.0-0',
  'libudev-dev': 'libudev1',
  'libdbus-1-dev': 'libdbus-1-3',
  'libbsd-dev': 'libbsd0',
  'liblz4-dev': 'liblz4-1',
  'libzstd-dev': 'libzstd1',
  'libsnappy-dev': 'libsnappy1v5',
  'libleveldb-dev': 'libleveldb1d',
  'libgoogle-glog-dev': ['libgoogle-glog0v6', 'libgoogle-glog0v6t64'],
  'libgflags-dev': 'libgflags2.2',
  'libunwind-dev': 'libunwind8',
  'libexpat1-dev': 'libexpat1',
  'libedit-dev': 'libedit2',
  'libgnutls28-dev': ['libgnutls30', 'libgnutls30t64', 'libgnutls30', 'libgnutls30t64'],
  'libgcrypt20-dev': 'libgcrypt20',
  'libre2-dev': ['libre2-9', 'libre2-11', 'libre2-9', 'libre2-10'],
  'libc-ares-dev': ['libc-ares2', 'libcares2', 'libc-ares2', 'libcares2'],
  'libnghttp2-dev': 'libnghttp2-14',
  'libtiff-dev': ['libtiff6', 'libtiff6', 'libtiff5', 'libtiff6'],
  'libgc-dev': 'libgc1',
  'liblua5.4-dev': 'liblua5.4-0',
  'libsystemd-dev': 'libsystemd0',
  'libmagickwand-dev': ['libmagickwand-6.q16-6', 'libmagickwand-7.q16-10'],
  'libkrb5-dev': 'libgssapi-krb5-2 libkrb5-3',
  'libmodbus-dev': 'libmodbus5',
  'nlohmann-json3-dev': '',
  'rapidjson-dev': '',
  'libeigen3-dev': '',
  'libasio-dev': '',
  'libgtest-dev': '',
  'libgmock-dev': '',
  'libcrypt-dev': 'libcrypt1',
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
  'icu-dev': 'icu-libs',
  'libzip-dev': 'libzip',
  'freetype-dev': 'freetype',
  'oniguruma-dev': 'oniguruma',
  'gmp-dev': 'gmp',
  'libwebp-dev': 'libwebp',
  'libavif-dev': 'libavif',
  'bzip2-dev': 'libbz2',
  'curl-dev': 'libcurl',
  'gettext-dev': 'libintl',
  'tidyhtml-dev': 'tidyhtml-libs',
  'openldap-dev': 'libldap',
  'rabbitmq-c-dev': 'rabbitmq-c',
  'yaml-dev': 'yaml',
  'libmemcached-dev': 'libmemcached-libs',
  'libssh2-dev': 'libssh2',
  'mariadb-dev': 'mariadb-connector-c',
  'mariadb-connector-c-dev': 'mariadb-connector-c',
  'imagemagick-dev': 'imagemagick imagemagick-libs',
  'libxpm-dev': 'libxpm',
  'ncurses-dev': 'ncurses-libs',
  'readline-dev': 'readline',
  'libuv-dev': 'libuv',
  'libevent-dev': 'libevent',
  'zstd-dev': 'zstd-libs',
  'lz4-dev': 'lz4-libs',
  'hiredis-dev': 'hiredis',
  'jansson-dev': 'jansson',
  'zeromq-dev': 'libzmq',
};

/**
 * The packages a program needs at run time that was built with `name`, several in one text, '' for none; undefined where the
 * table does not know.
 */
export function runtimeLibrary(name: string, family: 'debian' | 'alpine', release: string | undefined): string | undefined {
  if (family === 'alpine') return Object.hasOwn(alpineLibraries, name) ? alpineLibraries[name] : undefined;
  const found = Object.hasOwn(debianLibraries, name) ? debianLibraries[name] : undefined;
  return found === undefined || typeof found === 'string' ? found : found[debianReleases.indexOf(release ?? '')];
}

/** The package that holds a program which full images have and small ones lack. */
export function packageOfProgram(name: string, family: 'debian' | 'alpine'): string | undefined {
  const same = ['curl', 'bash', 'openssl', 'jq', 'tini', 'dumb-init'];
  if (same.includes(name)) return name;
  if (name === 'adduser' || name === 'addgroup') return 'adduser';
  if (name === 'setcap') return family === 'debian' ? 'libcap2-bin' : 'libcap';
  if (name === 'supervisord') return 'supervisor';
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
