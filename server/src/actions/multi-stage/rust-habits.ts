import { isBuildPackage } from '../../engine/catalog/runtime-packages.ts';
import type { Habits } from './recipe.ts';
import type { Invocation } from './site.ts';

/** Verbs of Cargo that keep to the project and Cargo's own directories. `cargo run` is none: what it runs may do anything. */
const verbs: ReadonlySet<string> = new Set([
  'add', 'audit', 'auditable', 'b', 'bench', 'build', 'c', 'check', 'chef', 'clean', 'clippy', 'component', 'config', 'deny', 'doc', 'fetch', 'fix', 'fmt', 'generate-lockfile',
  'help', 'init', 'login', 'machete', 'metadata', 'new', 'nextest', 'owner', 'pkgid', 'remove', 'rm', 'search', 't', 'test', 'tree', 'update', 'vendor', 'verify-project', 'version', 'zigbuild', '-V', '--version', '--list',
]);

/** Crates whose programs only a build calls. */
const tools: ReadonlySet<string> = new Set([
  'cargo-audit', 'cargo-auditable', 'cargo-binstall', 'cargo-build-deps', 'cargo-cache', 'cargo-chef', 'cargo-deny', 'cargo-edit', 'cargo-machete', 'cargo-make', 'cargo-nextest', 'cargo-strip',
  'cargo-udeps', 'cargo-watch', 'cargo-zigbuild', 'just', 'sccache', 'wasm-bindgen-cli', 'wasm-pack',
]);

function isCargoBuild({ args, environment }: Invocation, products: Parameters<Habits['isBuild']>[1]): boolean {
  const words = args[0]?.startsWith('+') === true ? args.slice(1) : args;
  const [verb] = words.filter((word) => word?.startsWith('-') !== true || word.length === 2);
  if (environment.get('CARGO_BUILD_TARGET')?.includes('windows') === true) return false;
  if (verb !== 'install') return verbs.has(verb ?? words[0] ?? '');
  const isLocal = words.some((word) => word === '--path' || word?.startsWith('--path=') === true || word === '--git' || word?.startsWith('--git=') === true);
  if (isLocal) return products.some(({ path }) => path.includes('/bin/')) || words.includes('--path');
  const crates = words.slice(words.indexOf('install') + 1).filter((word, index, all) => word?.startsWith('-') !== true && all[index - 1]?.startsWith('-') !== true);
  const known = words.slice(words.indexOf('install') + 1).flatMap((word) => word?.replace(/@.*$/, '') ?? []).filter((word) => tools.has(word) || products.some(({ path }) => path.endsWith(`/bin/${word}`)));
  return known.length > 0 && known.length >= crates.length;
}

/** Cargo installs itself by a script that leaves nothing outside the user's directories (rustup.rs). */
function isRustup({ name, args, command }: Invocation): boolean {
  if (name === '' || name === 'sh' || name === 'bash') return /^(?:sh|bash) -s --(?: -y| --?[\w-]+(?:[ =][\w.-]+)?)*$/.test(command?.text ?? '') && command?.text.includes(' -y') === true;
  return args.some((arg) => /^https:\/\/sh\.rustup\.rs\/?$/.test(arg ?? ''));
}

const folders: ReadonlySet<string> = new Set(['src', 'benches', 'examples', 'tests', 'crates', '.cargo', '.sqlx', 'proto', 'protos', 'vendor', 'scripts', '.git', '.github']);

/** What surrounds a Cargo build: the Cargo book (environment variables, package layout), the rust image. */
export const rustHabits: Habits = {
  readsFolders: true,
  programs: new Set(['cargo', 'rustc', 'rustup', 'rustup-init', 'rustfmt', 'cargo-chef', 'cargo-binstall', 'sccache', 'ldd', 'file', 'readelf', 'objcopy', 'curl', 'wget', 'sh', 'bash', '']),
  isBuild: (invocation, products) => {
    if (invocation.name === 'cargo') return isCargoBuild(invocation, products);
    return ['curl', 'wget', 'sh', 'bash', ''].includes(invocation.name) ? isRustup(invocation) : true;
  },
  isBuildPackage: (name) => isBuildPackage(name) || /^(?:cargo|rust|rustc|rustup|rust-all|rustfmt|musl-tools|musl|mold|lld|libclang-dev|clang-dev|llvm-dev|libclang-\d+-dev|llvm-\d+-dev|gcc-[\w-]*(?:linux-gnu\w*|mingw\w*)|crossbuild-essential-\w+|openssl-libs-static|zlib-static)$/.test(name),
  variables: (name) => /^(?:CARGO_\w+|RUSTUP_\w+|RUSTFLAGS|RUSTDOCFLAGS|RUSTC\w*|RUST_VERSION|SCCACHE_\w+|SQLX_OFFLINE\w*|PROTOC\w*|OPENSSL_(?:DIR|LIB_DIR|INCLUDE_DIR|STATIC|NO_VENDOR)|PKG_CONFIG\w*|LIBCLANG_PATH|CC|CXX|AR|C\w*FLAGS|LDFLAGS|CC_\w+|DEBIAN_FRONTEND)$/.test(name),
  directories: ['/usr/local/cargo', '/usr/local/rustup', '/root'],
  isSource: (path) => {
    const plain = path.replace(/^\.\//, '').replace(/\/$/, '');
    const name = plain.slice(plain.lastIndexOf('/') + 1);
    if (/^(?:Cargo\.(?:toml|lock|\*)|Cargo\*|\*\.(?:toml|lock|rs)|rust-toolchain(?:\.toml)?|\.?rustfmt\.toml|\.?clippy\.toml|build\.rs|[\w-]+\.(?:rs|proto)|sqlx-data\.json|Makefile|justfile|LICENSE[\w.-]*|README(?:\.md)?|\.git\w*|\.dockerignore|Dockerfile)$/.test(name)) return true;
    const [top = ''] = plain.split('/');
    // `COPY bot/src ./src`: of a crate in a folder of its own.
    return (folders.has(top) || name === 'src') && !/\.[a-z]+$/.test(name.replace(/^\./, ''));
  },
};
