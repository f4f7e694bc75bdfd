/** What a container runs, and the way back into the text. */
import { describe, expect, it } from 'vitest';
import { daemonising } from '../../server/src/engine/catalog/daemons.ts';
import { type Invocation, invocationOf } from '../../server/src/engine/kubernetes/invocation.ts';
import { manifestsOf } from '../../server/src/engine/kubernetes/manifest.ts';
import type { ObjectRoot } from '../../server/src/engine/kubernetes/types.ts';
import type { Container } from '../../server/src/engine/kubernetes/workload.ts';
import { parseTemplate } from '../../server/src/engine/yaml/template.ts';

function podWith(fields: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: a\n      image: b\n${fields}`;
}

function containerWith(fields: string): Container {
  const text = podWith(fields);
  const [container] = manifestsOf(parseTemplate(text).root.as<ObjectRoot>())[0]?.workload?.containers ?? [];
  if (container === undefined) throw new Error('no container');
  return container;
}

function read(fields: string): Invocation | undefined {
  return invocationOf(containerWith(fields));
}

describe('the words of a container', () => {
  it('are those of command, then those of args', () => {
    expect(read('      command: [env, A=1, server]\n      args: [--port, 80]\n')).toMatchObject({
      words: ['env', 'A=1', 'server', '--port', '80'], argv: { name: 'server' }, replacesEntrypoint: true, isComplete: true, shell: undefined,
    });
    expect(read('      args: [--port]\n')).toMatchObject({ words: ['--port'], replacesEntrypoint: false });
    expect(read('      ports: []\n')).toBeUndefined();
  });

  it('are read once', () => {
    const container = containerWith('      command: [server]\n');
    expect(invocationOf(container)).toBe(invocationOf(container));
  });

  it('may be unknown, all or some', () => {
    expect(read('      command: {{ .Values.command }}\n')).toBeUndefined();
    expect(read('      command: [server, {{ .Values.flag }}]\n')).toMatchObject({ words: ['server', undefined], isComplete: false });
    expect(read('      command: [server]\n      args: {{ .Values.args }}\n')).toMatchObject({ words: ['server'], isComplete: false });
    expect(read('      command: [sh, -c, "{{ .Values.script }}"]\n')?.shell).toBeUndefined();
  });

  it('hold a script whose words lead back to the text', () => {
    const fields = "      command: ['/bin/sh', '-ec']\n      args:\n        - |\n          cd /srv\n          ./server\n";
    const shell = read(fields)?.shell;
    expect(shell).toMatchObject({ name: 'sh' });
    const [, server] = shell?.script.commands() ?? [];
    expect(server?.text).toBe('./server');
    expect(podWith(fields).slice(server?.span.start, server?.span.end)).toBe('./server');
  });
});

describe('programs that leave for the background', () => {
  it.each<[string, string | undefined]>([
    ['php-fpm8.2 -D', '-F'],
    ['/usr/sbin/apache2', '-DFOREGROUND'],
    ['uwsgi --daemonize /var/log/uwsgi.log --http :80', ''],
    ['zkServer.sh start', 'start-foreground'],
    ['pm2 -s start app.js', 'pm2-runtime'],
    ['/etc/init.d/ssh start', undefined],
    ['systemctl start docker', undefined],
  ])('%s', (line, instead) => {
    const found = daemonising(line.split(' '));
    expect(found).toBeDefined();
    expect(found?.foreground?.flatMap(({ insert }) => insert).join(' ')).toBe(instead);
  });

  it.each(['uwsgi --http :80', 'memcached -m 64', 'mongod --port 1', 'squid -N', 'service', 'service nginx status', 'httpd -v', 'pm2 list', 'named -g', '-d daemon'])(
    'not %s',
    (line) => {
      expect(daemonising(line.split(' '))).toBeUndefined();
    },
  );
});
