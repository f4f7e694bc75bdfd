import { linkageOf } from '../../engine/catalog/rust-crates.ts';
import { runtimeLibrary } from '../../engine/catalog/runtime-packages.ts';
import { resolvePath } from '../../engine/dockerfile/facts.ts';
import type { CargoLock } from '../../engine/workspace/build-files/cargo-lock.ts';
import type { CargoToml } from '../../engine/workspace/build-files/cargo.ts';
import type { Product, Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import type { Built } from './rust-builds.ts';
import { rustHabits } from './rust-habits.ts';
import type { Site } from './site.ts';

export function manifestOf(site: Site, { invocation }: Built): CargoToml | undefined {
  const file = site.context.file(resolvePath(invocation.directory, 'Cargo.toml') ?? '');
  return file?.ecosystem === 'rust' ? file : undefined;
}

/** The crates of the lock file; undefined where nobody has read it. */
export function cratesOf(site: Site, { invocation }: Built): CargoLock['crates'] | undefined {
  const file = site.context.file(resolvePath(invocation.directory, 'Cargo.lock') ?? '');
  return file?.ecosystem === 'rust-lock' ? file.crates : undefined;
}

/** Packages of the libraries that the crates find in a full image. */
export function librariesOf(crates: CargoLock['crates'] | undefined, release: string | undefined, isOld: boolean): readonly string[] | Refusal {
  const found: string[] = [];
  for (const [name, dependencies] of crates ?? []) {
    const linkage = linkageOf(name, dependencies);
    if (linkage.kind === 'none') continue;
    // CA certificates bring OpenSSL's library along, in the version of the release.
    if (isOld && linkage.kind === 'package' && linkage.name === 'libssl-dev') continue;
    const library = linkage.kind === 'unknown' ? undefined : runtimeLibrary(linkage.name, 'debian', release);
    if (library === undefined) return refuse('crate', { name });
    found.push(...library.split(' '));
  }
  return [...new Set(found)];
}

/** Is the program linked to musl, and so to no library at all? */
export function usesMusl({ triple }: Built): boolean {
  return triple?.includes('musl') === true;
}

/** Folders of the workspace are sources as well. */
export function sourcesOf(site: Site, built: Built): (path: string) => boolean {
  const members = new Set((manifestOf(site, built)?.members ?? []).map((each) => each.replace(/^\.\//, '').split('/')[0] ?? ''));
  return (path) => rustHabits.isSource(path) || members.has(path.replace(/\/$/, ''));
}

/** What frameworks look for in the working directory when the program starts (rocket.rs, configuration). */
export function readsBeside(site: Site, built: Built): readonly Product[] | Refusal {
  const path = resolvePath(site.workdir, 'Rocket.toml');
  if (path === undefined || manifestOf(site, built)?.dependencies.includes('rocket') !== true) return [];
  const presence = site.context.presence(path);
  if (presence === 'unknown') return refuse('unread', { path: 'Rocket.toml' });
  return presence === 'there' ? [{ path, destination: path }] : [];
}
