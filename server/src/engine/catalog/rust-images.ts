import type { Distribution } from './runtimes.ts';

/**
 * The official `rust` images. Source: docker-library/official-images `library/rust` of 2024-10 and 2026-08-21; each release is
 * built on the Debian that was stable in its time.
 */
export interface RustImage extends Distribution {
  /** On `buildpack-deps`, with the headers of many libraries; the slim ones and Alpine hold a compiler only. */
  readonly isFull: boolean;
}

/** What a tag of `rust` is built on. */
export function rustImage(tag = 'latest'): RustImage {
  const suffix = /(?:^|-)(alpine|forky|trixie|bookworm|bullseye|buster|stretch|jessie)([\d.]*)$/.exec(tag);
  if (suffix?.[1] === 'alpine') return { family: 'alpine', release: suffix[2] === '' ? undefined : suffix[2], isFull: false };
  return { family: 'debian', release: suffix?.[1] ?? defaultRelease(tag), isFull: !/(?:^|-)slim(?:-|$)/.test(tag) };
}

/** Undefined for releases that moved to the next Debian within their life, and for channels. */
function defaultRelease(tag: string): string | undefined {
  if (/^(?:latest|slim|1(?:-slim)?)$/.test(tag)) return 'trixie';
  const minor = Number(/^1\.(\d+)/.exec(tag)?.[1] ?? NaN);
  if (minor >= 90) return 'trixie';
  if (minor >= 71 && minor <= 88) return 'bookworm';
  if (minor >= 55 && minor <= 69) return 'bullseye';
  return minor <= 52 ? 'buster' : undefined;
}

/**
 * A floating tag with the release it stands for today, so that builder and runtime cannot drift apart: `1.98` becomes
 * `1.98-trixie`. Undefined for tags that say it already, or that no longer move.
 */
export function pinnedRustTag(tag = 'latest'): string | undefined {
  if (tag === 'latest') return 'trixie';
  const minor = /^(?:1(?:\.(\d+))?(?:-slim)?|slim)$/.exec(tag);
  if (minor === null) return undefined;
  return minor[1] === undefined || Number(minor[1]) >= 90 ? `${tag}-trixie` : undefined;
}
