import { describe, expect, it } from 'vitest';
import { initOf, resolveArgv } from '../../server/src/engine/shell/argv.ts';

describe('what an argument vector runs', () => {
  it.each([
    [['node', 'a.js'], 'node', ['a.js'], []],
    [['/usr/local/bin/node'], 'node', [], []],
    [['env', '-u', 'X', 'A=1', 'app', '-x'], 'app', ['-x'], ['env']],
    [['/usr/bin/env', 'app'], 'app', [], ['env']],
    [['exec', 'app'], 'app', [], ['exec']],
    [['tini', '-g', '--', 'npm', 'start'], 'npm', ['start'], ['init']],
    [['/usr/bin/dumb-init', '--rewrite', '15:3', '--', 'nginx'], 'nginx', [], ['init']],
    [['dumb-init', 'node', 'a.js'], 'node', ['a.js'], ['init']],
    [['gosu', 'postgres', 'postgres', '-D', '/data'], 'postgres', ['-D', '/data'], ['user']],
    [['su-exec', 'redis:redis', 'redis-server'], 'redis-server', [], ['user']],
    [['timeout', '-k', '5', '30', 'app'], 'app', [], ['runner']],
    [['tini', '--', 'sh', '-c', 'exec node a.js'], 'node', ['a.js'], ['init', 'shell', 'exec']],
    [['sh', '-c', 'a && b -x'], 'b', ['-x'], ['shell']],
    [['sh', '-c', 'exec "$@"', '--', 'app', '-v'], 'app', ['-v'], ['shell']],
    [['/init', 'app'], 'app', [], ['init']],
    [['newrelic-admin', 'run-program', 'gunicorn'], 'gunicorn', [], ['runner']],
  ])('%j', (words, name, args, kinds) => {
    const argv = resolveArgv(words);
    expect([argv.name, argv.args, argv.wrappers.map((wrapper) => wrapper.kind)]).toEqual([name, args, kinds]);
  });

  it('says what it does not know', () => {
    expect(resolveArgv([undefined, 'a'])).toMatchObject({ program: undefined, name: undefined, args: ['a'] });
    expect(resolveArgv([])).toMatchObject({ program: undefined, args: [] });
    expect(resolveArgv(['sh', '-c', undefined])).toMatchObject({ program: undefined, script: undefined });
    expect(resolveArgv(['gosu', 'app'])).toMatchObject({ name: 'gosu' });
  });

  it('hands out the text a shell runs', () => {
    expect(resolveArgv(['sh', '-c', 'a; b']).script?.commands().map((command) => command.text)).toEqual(['a', 'b']);
  });

  it('ends', () => {
    expect(resolveArgv(Array.from({ length: 500 }, () => 'env')).wrappers.length).toBeLessThan(50);
  });
});

describe('init', () => {
  it.each([
    [['tini', '--', 'a'], 'tini'],
    [['sh', '-c', 'exec dumb-init a'], 'dumb-init'],
    [['/init'], '/init'],
    [['/sbin/my_init'], 'my_init'],
    [['node', 'a.js'], undefined],
    [['init'], undefined],
  ])('%j has %s', (words, init) => {
    expect(initOf(resolveArgv(words))).toBe(init);
  });
});
