/**
 * What crates link to in an image that has the library's headers, as `rust` without `-slim` does. Sources: the build scripts of
 * the crates on crates.io, the package list of `buildpack-deps`, 2026-08.
 */

/** Crates that link to a library of the system, with the Debian package whose headers they find. */
const linked: ReadonlyMap<string, string> = new Map([
  ['openssl-sys', 'libssl-dev'],
  ['pq-sys', 'libpq-dev'],
  ['mysqlclient-sys', 'libmariadb-dev'],
  ['libsqlite3-sys', 'libsqlite3-dev'],
  ['curl-sys', 'libcurl4-openssl-dev'],
  ['libz-sys', 'zlib1g-dev'],
  ['lzma-sys', 'liblzma-dev'],
  ['liblzma-sys', 'liblzma-dev'],
  ['bzip2-sys', 'libbz2-dev'],
  ['libxml', 'libxml2-dev'],
  ['freetype-sys', 'libfreetype-dev'],
]);

/** Crates without the suffix that link to more than is known here. */
const others: ReadonlySet<string> = new Set(['magick_rust', 'opencv', 'pyo3-ffi']);

/** Crates that compile their library themselves, that only describe an interface, or that belong to other systems. */
const selfContained: ReadonlySet<string> = new Set([
  'android_system_properties', 'aws-lc-fips-sys', 'aws-lc-sys', 'blake3-sys', 'block-sys', 'brotli-sys', 'clang-sys', 'core-foundation-sys', 'core-graphics-sys',
  'coreaudio-sys', 'cudarc-sys', 'fsevent-sys', 'inotify-sys', 'io-kit-sys', 'ittapi-sys', 'jemalloc-sys', 'jni-sys', 'js-sys', 'khronos-egl-sys', 'kqueue-sys',
  'libbz2-rs-sys', 'libfuzzer-sys', 'libgit2-sys', 'libmimalloc-sys', 'librocksdb-sys', 'libsodium-sys', 'libssh2-sys', 'libwebp-sys', 'libz-ng-sys', 'libz-rs-sys', 'linux-raw-sys',
  'lmdb-rkv-sys', 'lmdb-master-sys', 'lz4-sys', 'minimp3-sys', 'mozjpeg-sys', 'ndk-sys', 'objc-sys', 'objc2-sys', 'onig_sys', 'openssl-macros', 'rdkafka-sys', 'redox_syscall', 'renderdoc-sys',
  'rustls-native-certs', 'secp256k1-sys', 'secp256kfun-sys', 'security-framework-sys', 'snappy-sys', 'snmalloc-sys', 'system-configuration-sys', 'tikv-jemalloc-sys',
  'tracy-client-sys', 'wasi-sys', 'web-sys', 'winapi-sys', 'windows-sys', 'zstd-sys',
]);

/** How a crate of the lock file gets at a library of the system. */
export type Linkage = { readonly kind: 'package'; readonly name: string } | { readonly kind: 'unknown' } | { readonly kind: 'none' };

/** @param dependencies of the crate, by the lock file: they tell whether it compiles the library itself */
export function linkageOf(name: string, dependencies: readonly string[]): Linkage {
  const found = linked.get(name);
  const own = dependencies.includes('openssl-src') || (name === 'libsqlite3-sys' && dependencies.includes('cc'));
  if (found !== undefined) return own ? { kind: 'none' } : { kind: 'package', name: found };
  if (others.has(name)) return { kind: 'unknown' };
  return /[-_]sys(?:-next|\d)?$/.test(name) && !selfContained.has(name) ? { kind: 'unknown' } : { kind: 'none' };
}
