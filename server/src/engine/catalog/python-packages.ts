/**
 * Python packages that need more of their image than the interpreter. From knowledge of the projects, whose pages were not read, not verified: what rests on
 * these rows alone is no more than information. The names of Debian's packages were verified against the indexes of Debian 12 and 13 of 2026-11-24.
 */
import { runtimeLibrary } from './runtime-packages.ts';

/** Compiled where they are installed, and linked to the library of a `-dev` package that the full image has. */
const linked: Readonly<Record<string, readonly string[]>> = {
  psycopg2: ['libpq-dev'],
  mysqlclient: ['libmariadb-dev'],
  pycurl: ['libcurl4-openssl-dev'],
  m2crypto: ['libssl-dev'],
  pyicu: ['libicu-dev'],
};

/** They load a library or call a program when they run, which the full image has. */
const loaded: Readonly<Record<string, { readonly bookworm: string; readonly trixie: string }>> = {
  psycopg: { bookworm: 'libpq5', trixie: 'libpq5' },
  'python-magic': { bookworm: 'libmagic1', trixie: 'libmagic1t64' },
  gitpython: { bookworm: 'git', trixie: 'git' },
};

/** What they find in the full image is more than can be named: picture and window libraries, whatever a build has found. */
const unknownLibraries: ReadonlySet<string> = new Set([
  'uwsgi', 'wand', 'opencv-python', 'opencv-contrib-python', 'cairosvg', 'cairocffi', 'pycairo', 'weasyprint', 'pygobject', 'dbus-python', 'python-ldap', 'django-auth-ldap', 'gssapi',
  'kerberos', 'pykerberos', 'requests-kerberos', 'pyheif', 'tables', 'moviepy', 'pygraphviz', 'pypandoc', 'mercurial', 'xmlsec', 'python3-saml', 'gdal',
]);

/** They compile when they run. */
const compiling: ReadonlySet<string> = new Set(['triton', 'vllm', 'deepspeed', 'pythran', 'pystan', 'cmdstanpy', 'pytensor', 'theano', 'pymc']);

/** Does pip compile it, because there is no wheel? */
export function isCompiled(name: string): boolean {
  return Object.hasOwn(linked, name) || name === 'uwsgi';
}

/** What the small image lacks of a package: Debian packages; `unknown` where it cannot be named. */
export function librariesOf(name: string, extras: readonly string[], release: string | undefined): readonly string[] | 'unknown' {
  if (unknownLibraries.has(name)) return 'unknown';
  // These extras bring the library in the wheel.
  if (extras.includes(`${name}[binary]`)) return [];
  const headers = Object.hasOwn(linked, name) ? linked[name] : undefined;
  if (headers !== undefined) {
    const found = headers.map((each) => runtimeLibrary(each, 'debian', release));
    return found.every((each) => each !== undefined) ? found : 'unknown';
  }
  const own = Object.hasOwn(loaded, name) ? loaded[name] : undefined;
  if (own === undefined) return [];
  if (own.bookworm === own.trixie) return [own.trixie];
  return release === 'bookworm' ? [own.bookworm] : release === 'trixie' ? [own.trixie] : 'unknown';
}

/** Does it compile when it runs, so that the compiler has to stay? */
export function compilesAtRunTime(name: string): boolean {
  return compiling.has(name);
}

/** The library of OpenMP comes with the compiler, and their wheels count on it: from knowledge, not verified. */
export function needsOpenMp(name: string): boolean {
  return name === 'lightgbm' || name === 'implicit' || name === 'fasttext';
}
