/** Files that a packaged server logs into, and what each is to be linked to. */
export interface LogPlaces {
  /** Programs that write them. */
  readonly programs: readonly string[];
  readonly packages: RegExp;
  /** Package managers that install them so. */
  readonly managers: readonly string[];
  /** Folder of the configuration that says so. */
  readonly configuredIn: string;
  /** Arguments that bring a configuration of their own. */
  readonly unless: RegExp;
  readonly files: readonly (readonly [path: string, target: '/dev/stdout' | '/dev/stderr'])[];
  readonly source: string;
}

const nginx = {
  programs: ['nginx'], packages: /^nginx(?:$|-(?:light|full|core|extras))/, configuredIn: '/etc/nginx', unless: /^-[ce]|_log\b/,
  files: [['/var/log/nginx/access.log', '/dev/stdout'], ['/var/log/nginx/error.log', '/dev/stderr']],
} as const;
const apacheUnless = /^-(?:[CcEf]|DNO_LOG)|Log\b/;

/** These open their logs as root, before they leave it. Programs that leave root first (databases) may not open root's /dev/stdout. */
const rows: readonly LogPlaces[] = [
  { ...nginx, managers: ['apt'], source: 'Debian 12: the files were regular ones after a start, 2026-11' },
  { ...nginx, managers: ['apk'], source: 'Alpine aports, main/nginx/nginx.conf' },
  {
    programs: ['apache2', 'apache2ctl', 'apachectl'], packages: /^apache2$/, managers: ['apt'], configuredIn: '/etc/apache2', unless: apacheUnless,
    files: [['/var/log/apache2/access.log', '/dev/stdout'], ['/var/log/apache2/other_vhosts_access.log', '/dev/stdout'], ['/var/log/apache2/error.log', '/dev/stderr']],
    source: 'Debian apache2: apache2.conf, conf-available/other-vhosts-access-log.conf; docker-library/php, apache',
  },
  {
    programs: ['httpd'], packages: /^httpd$/, managers: ['dnf', 'yum', 'microdnf'], configuredIn: '/etc/httpd', unless: apacheUnless,
    files: [['/var/log/httpd/access_log', '/dev/stdout'], ['/var/log/httpd/error_log', '/dev/stderr']], source: 'Fedora httpd: httpd.conf',
  },
];

/** Where a program of these packages logs by default; undefined where nobody knows. */
export function logPlaces(program: string, isInstalled: (packages: RegExp, managers: readonly string[]) => boolean): LogPlaces | undefined {
  return rows.find(({ programs, packages, managers }) => programs.includes(program) && isInstalled(packages, managers));
}
