import { alpineUsers, debianUsers, type RuntimeImage } from './runtimes.ts';

/**
 * An official `php` image as final base: there is no smaller one, and a clean one of the same tag lacks what a build added.
 * Source: Dockerfiles of docker-library/php of 2026-08.
 */
export function phpRuntime(image: string, family: 'debian' | 'alpine'): RuntimeImage {
  const isDebian = family === 'debian';
  return {
    image,
    family,
    shells: isDebian ? ['sh', 'dash', 'bash'] : ['sh', 'ash', 'busybox'],
    home: '/usr/local/bin',
    // curl is installed for `docker-php-source` and stays; Apache is Debian's.
    programs: ['php', 'docker-php-entrypoint', 'curl', ...(image.includes('fpm') ? ['php-fpm'] : []), ...(image.includes('apache') ? ['apache2-foreground', 'apachectl', 'apache2ctl', 'a2enmod'] : [])],
    packages: [],
    users: isDebian ? debianUsers : [...alpineUsers, 'www-data'],
  };
}

/** A floating tag with the release it stands for today; undefined for tags that say it, or whose release is not known. */
export function pinnedPhpTag(tag: string | undefined, release: string | undefined): string | undefined {
  if (release === undefined || tag?.includes(release) === true) return undefined;
  if (tag === undefined || tag === 'latest') return release;
  return /^(?:\d+(?:\.\d+)?(?:-(?:fpm|apache|cli|zts))?|fpm|apache|cli|zts)$/.test(tag) ? `${tag}-${release}` : undefined;
}
