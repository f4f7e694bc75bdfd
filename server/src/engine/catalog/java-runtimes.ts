import { alpineUsers, debianUsers, type RuntimeImage } from './runtimes.ts';

/**
 * Images that run Java programs and cannot compile them. Source: docker-library/official-images `library/eclipse-temurin` and
 * adoptium/containers of 2026-08: JRE images of the long-term releases, on Ubuntu and on Alpine.
 */
export interface JavaBase {
  readonly version: number;
  /** Code name of Ubuntu, where the tag says it. */
  readonly release: string | undefined;
  readonly isAlpine: boolean;
  /** The builder is Temurin as well, so that both are on the same distribution. */
  readonly isTemurin: boolean;
}

/** Releases of Java that have a JRE image. */
export const jreVersions: readonly number[] = [8, 11, 17, 21, 25];

/** `eclipse-temurin:<version>-jre`. It brings CA certificates and time zones along. */
export function javaRuntime({ version, release, isAlpine, isTemurin }: JavaBase): RuntimeImage {
  // The openjdk images are on Debian. Of Ubuntu's releases, jammy has no user with id 1000 that a RUN useradd could collide with.
  const wanted = isTemurin ? (release === 'focal' ? 'jammy' : release) : 'jammy';
  const suffix = isAlpine ? '-alpine' : wanted === undefined ? '' : `-${wanted}`;
  return {
    image: `eclipse-temurin:${String(version)}-jre${suffix}`,
    family: isAlpine ? 'alpine' : 'debian',
    shells: isAlpine ? ['sh', 'ash', 'busybox'] : ['sh', 'dash', 'bash'],
    home: '/opt/java/openjdk/bin',
    programs: ['java', 'keytool'],
    packages: [],
    users: isAlpine ? alpineUsers : debianUsers,
  };
}
