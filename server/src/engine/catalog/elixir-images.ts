import type { ImageRef } from './image-ref.ts';
import type { Distribution } from './runtimes.ts';

/**
 * What the images with Elixir are built on, as far as a release runs elsewhere: it carries Erlang along, which is linked to the C
 * library, OpenSSL and ncurses. Sources: erlef/docker-elixir, erlang/docker-erlang-otp of 2026-08 (OTP 27 on bookworm, 28 and 29 on
 * trixie; Elixir 1.17 on OTP 27, 1.19 and later on OTP 28 and later; Alpine images since OTP 25 have OpenSSL 3), hexpm/bob (tags of `hexpm/elixir`).
 */
export interface ElixirBase extends Distribution {
  /** `ubuntu:<release>` instead of Debian. */
  readonly isUbuntu: boolean;
}

/** Is it an image with Elixir and Erlang: the official one, or that of the package manager's makers? */
export function isElixirImage(official: string | undefined, ref: ImageRef | undefined): boolean {
  return official === 'elixir' || (ref?.repository === 'hexpm/elixir' && (ref.registry === undefined || ref.registry === 'docker.io'));
}

/** Undefined where the tag does not say enough, or where Erlang needs an OpenSSL that no supported release has. */
export function elixirBase({ repository, tag = 'latest' }: ImageRef): ElixirBase | undefined {
  return repository === 'hexpm/elixir' ? hexpmBase(tag) : officialBase(tag);
}

function hexpmBase(tag: string): ElixirBase | undefined {
  const [, family, release = ''] = /-erlang-[\w.]+-(debian|alpine|ubuntu)-([a-z]+|\d+\.\d+)/.exec(tag) ?? [];
  if (family === 'alpine') return isAtLeast(release, 3, 17) ? { family, release, isUbuntu: false } : undefined;
  if (family === 'debian') return release === 'bookworm' || release === 'trixie' ? { family, release, isUbuntu: false } : undefined;
  return family === 'ubuntu' && ['jammy', 'noble', 'resolute'].includes(release) ? { family: 'debian', release, isUbuntu: true } : undefined;
}

function officialBase(tag: string): ElixirBase | undefined {
  const elixir = /^1\.\d+/.exec(tag)?.[0];
  const otp = Number(/-otp-(\d+)/.exec(tag)?.[1] ?? NaN);
  if (elixir === undefined) return undefined;
  if (/-alpine(?:[\d.]*)$/.test(tag)) return otp >= 25 || (Number.isNaN(otp) && isAtLeast(elixir, 1, 15)) ? { family: 'alpine', release: /alpine(\d[\d.]*)$/.exec(tag)?.[1], isUbuntu: false } : undefined;
  const release = otp >= 28 || (Number.isNaN(otp) && isAtLeast(elixir, 1, 19)) ? 'trixie' : otp === 27 || (Number.isNaN(otp) && elixir === '1.17') ? 'bookworm' : undefined;
  // Elixir 1.18 began on OTP 27; what is built on bookworm runs on the next release as well.
  return release !== undefined || (Number.isNaN(otp) && elixir === '1.18') ? { family: 'debian', release, isUbuntu: false } : undefined;
}

function isAtLeast(version: string, major: number, minor: number): boolean {
  const [first = 0, second = 0] = version.split('.').map(Number);
  return first > major || (first === major && second >= minor);
}
