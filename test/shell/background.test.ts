/** What a script leaves in the background. */
import { describe, expect, it } from 'vitest';
import { backgroundOf } from '../../server/src/engine/shell/background.ts';
import { sleepSeconds } from '../../server/src/engine/shell/idle.ts';
import { parseScript } from '../../server/src/engine/shell/script.ts';

function left(text: string): readonly [readonly string[], string] | undefined {
  const found = backgroundOf(parseScript(text));
  return found === undefined ? undefined : [found.departures.map(({ command }) => command.text), found.then];
}

describe('a script', () => {
  it.each<[string, string, string]>([
    ['server --port 80 &', 'server --port 80', 'nothing'],
    ['cd /srv && nohup ./server > log 2>&1 &\ntail -f log', 'nohup ./server > log 2>&1', 'waiting'],
    ['server & sleep infinity', 'server', 'waiting'],
    ['server &\nwhile true; do sleep 60; done', 'server', 'waiting'],
    ['crond && exec nginx -g "daemon off;"', 'crond', 'program'],
    ['crond; exec nginx -g "daemon off;"', 'crond', 'program'],
    ['helper & exec server', 'helper', 'program'],
    ['service mysql start && tail -F /var/log/mysql.log', 'service mysql start', 'waiting'],
    ['redis-server --daemonize yes', 'redis-server --daemonize yes', 'nothing'],
    ['set -e\nif true; then service nginx start; fi\ntail -f /dev/null', 'service nginx start', 'waiting'],
  ])('%j leaves %j', (text, command, then) => {
    expect(left(text)).toEqual([[command], then]);
  });

  it.each([
    'server & wait',
    'server & pid=$!; trap "kill $pid" TERM; wait $pid',
    'set -m; server & migrate; fg %1',
    'server & server2 & wait -n',
    'db & migrate; kill %1',
    'redis-server --daemonize yes && sleep 1; redis-cli < seed; redis-cli shutdown; exec redis-server',
    'server > log 2>&1',
    'server &> log',
    'curl "http://x/?a=1&b=2"',
    'a && b || c',
    'longhorn-manager -d daemon',
    'ipfs daemon --migrate=true',
    '(sleep 10; init) & exec server',
    'gunicorn -D || true & x="',
    'redis-server --daemonize no',
    'nginx -g "daemon off;"',
    'nginx -t',
    'sshd -D -e',
    'crond -f -l 8',
    'pm2 start app.js --no-daemon',
    'php-fpm -F',
    'while true; do helper & sleep 5; done',
    'if [ -f x ]; then service nginx start; tail -f /dev/null; else exec ./server; fi',
  ])('%j leaves nothing', (text) => {
    expect(left(text)).toBeUndefined();
  });
});

it.each<[string, number | undefined]>([
  ['3600', 3600], ['1h', 3600], ['1d 2h', 93_600], ['infinity', Number.POSITIVE_INFINITY], ['.5', 0.5], ['1w', undefined], ['', undefined],
])('sleep %s', (args, seconds) => {
  expect(sleepSeconds(args === '' ? [] : args.split(' '))).toBe(seconds);
});
