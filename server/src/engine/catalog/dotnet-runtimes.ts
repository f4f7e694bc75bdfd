import { alpineUsers, debianUsers, type RuntimeImage } from './runtimes.ts';

/**
 * The images that run what `mcr.microsoft.com/dotnet/sdk` builds. Source: dotnet/dotnet-docker, Dockerfiles of `sdk`, `aspnet` and
 * `runtime-deps`, 2026-08: the SDK image is made from the `aspnet` image of the same tag.
 */
export interface DotnetBase {
  /** `8.0`. */
  readonly version: string;
  /** What the tag says of the distribution: `alpine3.20`, `noble`; '' where it says nothing. */
  readonly suffix: string;
  /** Before .NET 5 the images lay in `dotnet/core/`. */
  readonly folder: string;
}

/** What a program needs: nothing but libraries, the runtime, or that of ASP.NET Core as well. */
export type DotnetKind = 'runtime-deps' | 'runtime' | 'aspnet';

/** Suffixes of Linux distributions with a package manager that is known here; the smaller images say `-slim`. */
const suffixes = /^(?:alpine[\d.]*|(?:stretch|buster|bullseye|bookworm|trixie)(?:-slim)?|bionic|focal|jammy|noble|resolute)$/;

/** Takes an SDK tag apart: `8.0.401-noble` is version `8.0`, suffix `noble`. Undefined for previews, Windows and what names no version. */
export function dotnetBase(tag: string, repository: string): DotnetBase | undefined {
  const match = /^(\d{1,2}\.\d)(?:\.\d+)?(?:-(.+?))?$/.exec(tag.replace(/-(?:amd64|arm64v8|arm32v7)$/, '').replace(/-aot$/, ''));
  const [, version, suffix = ''] = match ?? [];
  if (version === undefined || (suffix !== '' && !suffixes.test(suffix))) return undefined;
  return { version, suffix, folder: repository.replace(/sdk$/, '') };
}

/** `mcr.microsoft.com/dotnet/aspnet:<version>`. On Debian and Ubuntu it brings CA certificates, time zones and ICU along. */
export function dotnetRuntime(kind: DotnetKind, { version, suffix, folder }: DotnetBase, isInvariant: boolean): RuntimeImage {
  const major = Number.parseInt(version, 10);
  const isAlpine = suffix.startsWith('alpine');
  const tag = suffix === '' ? '' : `-${/^(?:stretch|buster|bullseye|bookworm|trixie)$/.test(suffix) ? `${suffix}-slim` : suffix}`;
  // The SDK image adds ICU and time zones on Alpine and turns globalization on; without them dates and collation change.
  const cultures = isAlpine && !isInvariant;
  return {
    image: `mcr.microsoft.com/${folder}${kind}:${version}${tag}`,
    family: isAlpine ? 'alpine' : 'debian',
    shells: isAlpine ? ['sh', 'ash', 'busybox'] : ['sh', 'dash', 'bash'],
    ...(kind === 'runtime-deps' ? {} : { programs: ['dotnet'], home: '/usr/bin' }),
    packages: cultures ? ['icu-libs', 'tzdata', ...(major >= 6 ? ['icu-data-full'] : [])] : [],
    ...(cultures ? { variables: [['DOTNET_SYSTEM_GLOBALIZATION_INVARIANT', 'false']] } : {}),
    users: [...(major >= 8 ? ['app'] : []), ...(isAlpine ? alpineUsers : debianUsers)],
    // Buster and stretch have left the mirrors.
    ...(!isAlpine && (/^(?:stretch|buster)/.test(suffix) || (suffix === '' && major < 6)) ? { archived: true } : {}),
  };
}

/** The image without a shell, with ICU and time zones; its user is `app`. Undefined where the builder is on another distribution. */
export function dotnetChiseled(kind: DotnetKind, { version, suffix, folder }: DotnetBase): RuntimeImage | undefined {
  const major = Number.parseInt(version, 10);
  const release = suffix === '' && major >= 10 ? 'noble' : suffix;
  if (major < 8 || (release !== 'noble' && !(release === 'jammy' && major === 8))) return undefined;
  return {
    image: `mcr.microsoft.com/${folder}${kind}:${version}-${release}-chiseled-extra`,
    family: 'distroless', shells: [], packages: [], users: ['app', 'root'],
    ...(kind === 'runtime-deps' ? {} : { programs: ['dotnet'], home: '/usr/bin' }),
  };
}
