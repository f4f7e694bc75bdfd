/**
 * Gems that need more of their image than the interpreter. From knowledge of the projects, whose pages were not read, not verified: what rests on these rows
 * alone is no more than information. The names of Debian's packages were verified against the indexes of Debian 12 and 13 of 2026-11-24.
 */
import { runtimeLibrary } from './runtime-packages.ts';

/** Linked to the library of a `-dev` package when they are compiled. */
const linked: Readonly<Record<string, string>> = {
  pg: 'libpq-dev',
  mysql2: 'libmariadb-dev',
  sqlite3: 'libsqlite3-dev',
  curb: 'libcurl4-openssl-dev',
  'charlock_holmes': 'libicu-dev',
  'libxml-ruby': 'libxml2-dev',
  gdbm: 'libgdbm-dev',
};

/** Programs of the full image that they call. */
const calling: Readonly<Record<string, string>> = { 'mini_magick': 'imagemagick', git: 'git' };

/** What they find in the full image is more than can be named. */
const unknownLibraries: ReadonlySet<string> = new Set(['rmagick', 'gobject-introspection', 'cairo', 'gtk3', 'ruby-ldap', 'krb5', 'gpgme', 'tiny_tds', 'ruby-oci8']);

/** Gems with an extension in C that is compiled where no ready-made build is locked. */
const compiled: ReadonlySet<string> = new Set(['pg', 'mysql2', 'curb', 'charlock_holmes', 'libxml-ruby', 'rmagick', 'gdbm', 'unf_ext', 'therubyracer', 'hiredis']);

export function isCompiledGem(name: string): boolean {
  return compiled.has(name);
}

/** What the small image lacks of a gem that is compiled there: Debian packages; `unknown` where it cannot be named. */
export function librariesOfGem(name: string, release: string | undefined): readonly string[] | 'unknown' {
  if (unknownLibraries.has(name)) return 'unknown';
  if (Object.hasOwn(calling, name)) return [calling[name] ?? ''];
  const headers = Object.hasOwn(linked, name) ? linked[name] : undefined;
  if (headers === undefined) return [];
  const library = runtimeLibrary(headers, 'debian', release);
  return library === undefined ? 'unknown' : [library];
}
