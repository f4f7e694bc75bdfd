/**
 * Libraries by the names that linkers and CMake have for them. From knowledge, not verified: neither file lists of packages nor CMake's modules were read. That
 * the `-dev` packages are in Debian 12 and 13 was verified against their indexes of 2026-11-24.
 */

/** In every Debian, Ubuntu and Alpine, or linked in from an archive. */
const always: ReadonlySet<string> = new Set(['c', 'm', 'dl', 'rt', 'pthread', 'util', 'resolv', 'anl', 'stdc++', 'stdc++fs', 'supc++', 'gcc', 'gcc_s', 'z', 'crypt', 'lzma', 'bz2', 'gtest', 'gtest_main', 'gmock']);

/** The package with the headers of a library. */
const byLinker: ReadonlyMap<string, string> = new Map([
  ['ssl', 'libssl-dev'], ['crypto', 'libssl-dev'], ['curl', 'libcurl4-openssl-dev'], ['pq', 'libpq-dev'], ['sqlite3', 'libsqlite3-dev'], ['xml2', 'libxml2-dev'], ['xslt', 'libxslt1-dev'],
  ['ncurses', 'libncurses-dev'], ['ncursesw', 'libncurses-dev'], ['readline', 'libreadline-dev'], ['mysqlclient', 'libmariadb-dev'], ['mariadb', 'libmariadb-dev'], ['event', 'libevent-dev'],
  ['ffi', 'libffi-dev'], ['yaml', 'libyaml-dev'], ['png', 'libpng-dev'], ['png16', 'libpng-dev'], ['jpeg', 'libjpeg-dev'], ['freetype', 'libfreetype-dev'], ['webp', 'libwebp-dev'], ['gmp', 'libgmp-dev'],
]);
const byCmake: ReadonlyMap<string, string> = new Map([
  ['OpenSSL', 'libssl-dev'], ['CURL', 'libcurl4-openssl-dev'], ['PostgreSQL', 'libpq-dev'], ['SQLite3', 'libsqlite3-dev'], ['LibXml2', 'libxml2-dev'], ['Curses', 'libncurses-dev'], ['PNG', 'libpng-dev'], ['JPEG', 'libjpeg-dev'],
]);
const withoutLibrary: ReadonlySet<string> = new Set(['Threads', 'ZLIB', 'BZip2', 'LibLZMA', 'GTest', 'Catch2', 'Git', 'PkgConfig', 'Doxygen', 'Python3', 'Python', 'FetchContent', 'nlohmann_json', 'Eigen3', 'RapidJSON']);

/** Parts of the compiler that programs load, by the linker's names for them. */
const ofCompiler: ReadonlyMap<string, readonly [debian: string, alpine: string]> = new Map([
  ['gomp', ['libgomp1', 'libgomp']], ['atomic', ['libatomic1', 'libatomic']], ['quadmath', ['libquadmath0', 'libquadmath']], ['gfortran', ['libgfortran5', 'libgfortran']],
]);

/** The package of a part of the compiler; undefined for other libraries. */
export function compilerLibrary(name: string, family: 'debian' | 'alpine'): string | undefined {
  return ofCompiler.get(name)?.[family === 'debian' ? 0 : 1];
}

/** The Debian package with the headers that `-l<name>` needs; '' where no program needs more, undefined where it is not known. */
export function headersOfLibrary(name: string): string | undefined {
  return always.has(name) || ofCompiler.has(name) ? '' : byLinker.get(name);
}

/** The same for `find_package(<name>)`. */
export function headersOfCmakePackage(name: string): string | undefined {
  return withoutLibrary.has(name) || name === 'OpenMP' ? '' : byCmake.get(name);
}
