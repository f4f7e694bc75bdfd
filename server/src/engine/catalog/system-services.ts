/** What a service of the system runs, in the foreground: a shell text that becomes the program. */
interface Row {
  readonly name: RegExp;
  /** `$1`: what the name matched first. */
  readonly text: string;
  readonly source: string;
}

const packaged = 'its init script and unit in the package of Debian 12 and 13';

/** The init scripts also make the directories that the programs need; databases, which their scripts set up further, are not here. */
const rows: readonly Row[] = [
  { name: /^nginx$/, text: "nginx -g 'daemon off;'", source: packaged },
  // Without its variables apache2 does not read its own configuration; apache2ctl would stay in front of it.
  { name: /^apache2$/, text: '. /etc/apache2/envvars && mkdir -p "$APACHE_RUN_DIR" "$APACHE_LOCK_DIR" && exec apache2 -DFOREGROUND', source: `${packaged}, apache2ctl` },
  { name: /^httpd$/, text: 'httpd -DFOREGROUND', source: 'httpd.service of Fedora' },
  { name: /^sshd?$/, text: 'mkdir -p /run/sshd && exec /usr/sbin/sshd -D -e', source: packaged },
  { name: /^cron$/, text: 'cron -f', source: packaged },
  { name: /^crond$/, text: 'crond -n', source: 'crond.service of Fedora (cronie)' },
  { name: /^php([\d.]+)-fpm$/, text: 'mkdir -p /run/php && exec php-fpm$1 -F', source: packaged },
  { name: /^redis-server$/, text: 'redis-server /etc/redis/redis.conf --daemonize no', source: packaged },
  { name: /^rsyslog$/, text: 'rsyslogd -n', source: packaged },
  { name: /^supervisor$/, text: 'supervisord -n -c /etc/supervisor/supervisord.conf', source: packaged },
  { name: /^rabbitmq-server$/, text: 'rabbitmq-server', source: packaged },
];

/** A shell text that runs the program of a service in the foreground; undefined where that takes more, or nobody knows. */
export function serviceProgram(name: string): string | undefined {
  const row = rows.find((each) => each.name.test(name));
  return row === undefined ? undefined : name.replace(row.name, row.text);
}

/** The service that a label of `daemonising` names: `service nginx`, `systemctl start nginx`, `/etc/init.d/nginx`. */
export function serviceOf(label: string): string | undefined {
  const name = /^(?:service |systemctl start |\/etc\/(?:rc\.d\/)?init\.d\/)([\w.@-]+)$/.exec(label)?.[1];
  return name?.replace(/\.service$/, '');
}
