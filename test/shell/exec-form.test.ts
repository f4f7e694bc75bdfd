import { describe, expect, it } from 'vitest';
import { toExecForm } from '../../server/src/engine/shell/exec-form.ts';
import { isShellInvocation } from '../../server/src/engine/shell/invocation.ts';
import { parseScript } from '../../server/src/engine/shell/script.ts';

const form = (text: string): unknown => toExecForm(parseScript(text));

describe('exec form of a simple command', () => {
  it.each([
    ['node server.js', ['node', 'server.js']],
    ["nginx -g 'daemon off;'", ['nginx', '-g', 'daemon off;']],
    ['./app --config "/etc/my app.conf"', ['./app', '--config', '/etc/my app.conf']],
    ['exec node server.js', ['node', 'server.js']],
    ['java -jar   app.jar', ['java', '-jar', 'app.jar']],
    ['app > /dev/stdout', ['app']],
    ['app >> /proc/1/fd/1 2> /dev/stderr', ['app']],
    ['NODE_ENV=production node a.js', ['env', 'NODE_ENV=production', 'node', 'a.js']],
    ["A='b c' app", ['env', 'A=b c', 'app']],
    ['echo hi', ['echo', 'hi']],
    ["python -c 'print(\"$x\")'", ['python', '-c', 'print("$x")']],
    ['app a#b c=d', ['app', 'a#b', 'c=d']],
  ])('%s', (text, words) => {
    expect(form(text)).toEqual({ kind: 'exec', words });
  });
});

describe('exec in place, where a shell is still needed', () => {
  it.each([
    ['node server.js --port=$PORT', 'exec node server.js --port=$PORT'],
    ['exec java $JAVA_OPTS -jar app.jar', 'exec java $JAVA_OPTS -jar app.jar'],
    ['npm run migrate && node server.js', 'npm run migrate && exec node server.js'],
    ['cat a | tee b && exec app', 'cat a | tee b && exec app'],
    ['set -e; ./setup; ./app', 'set -e; ./setup; exec ./app'],
    ['ls *.js', 'exec ls *.js'],
    ['app 2>&1', 'exec app 2>&1'],
    ['app < input', 'exec app < input'],
    ['app > /dev/null', 'exec app > /dev/null'],
    ['A="$B" app', 'exec env A="$B" app'],
    ['URL=mongodb://$HOST:$PORT   node main.js', 'exec env URL="mongodb://$HOST:$PORT" node main.js'],
    ['cd /a && A=*.x B=1 app', 'cd /a && exec env A="*.x" B=1 app'],
    ['./wait     db   &&     ./app   "a  b"', './wait db && exec ./app "a  b"'],
    ['mkdir -p /a || true; ./app', 'mkdir -p /a || true; exec ./app'],
  ])('%s', (text, script) => {
    expect(form(text)).toMatchObject({ kind: 'shell-exec', script });
  });

  it('names the directory that a WORKDIR could set instead', () => {
    expect(form('cd /app && node a.js')).toEqual({
      kind: 'shell-exec',
      script: 'cd /app && exec node a.js',
      workdir: { path: '/app', words: ['node', 'a.js'] },
    });
    expect(form('cd $DIR && node a.js')).not.toHaveProperty('workdir');
    expect(form('cd /app && node $X')).not.toHaveProperty('workdir');
  });

  it('keeps the text of here-documents', () => {
    expect(form('cat <<E >f\na  b\nE\n./app')).toMatchObject({ script: 'cat <<E >f\na  b\nE\nexec ./app' });
  });
});

describe('no exec form', () => {
  it.each([
    ['', 'empty'],
    ['A=1', 'empty'],
    ['exec', 'empty'],
    ['echo "a', 'syntax-error'],
    ['a | tee log', 'pipe'],
    ['exec a | b', 'pipe'],
    ['a &', 'background'],
    ['a & b', 'background'],
    ['a || b', 'alternative'],
    ['app; echo done', 'not-last'],
    ['service x start && tail -f /dev/null', 'not-last'],
    ['app > app.log', 'redirect'],
    ['app 2>> /var/log/app.err', 'redirect'],
    ['app &> log', 'redirect'],
    ['app <<E\nx\nE', 'heredoc'],
    ['(app)', 'compound'],
    ['while true; do app; done', 'compound'],
    ['if true; then exec app; fi', 'compound'],
    ['! app', 'compound'],
    ['cd /app', 'builtin'],
    ['. ./env.sh', 'builtin'],
    ['[ -f x ]', 'builtin'],
    ['exec -a name app', 'builtin'],
    ['trap stop TERM; app', 'trap'],
    ['A=$(x) app', 'assignment'],
    ['A=~/x:$B app', 'assignment'],
    ["A=$B'c' app", 'assignment'],
    ['A=$B exec app', 'assignment'],
  ])('%j: %s', (text, reason) => {
    expect(form(text)).toEqual({ kind: 'refused', reason });
  });
});

describe('sh -c', () => {
  it.each([
    [['sh', '-c', 'a'], 'sh', 'a', []],
    [['/bin/bash', '-euxo', 'pipefail', '-c', 'a'], 'bash', 'a', []],
    [['bash', '-ec', 'a', '--', 'x'], 'bash', 'a', ['--', 'x']],
    [['bash', '-o', 'pipefail', '-c', 'a'], 'bash', 'a', []],
    [['bash', '-eco', 'pipefail', 'a'], 'bash', 'a', []],
    [['bash', '--login', '-c', 'a'], 'bash', 'a', []],
    [['busybox', 'sh', '-c', 'a'], 'busybox sh', 'a', []],
    [['sh', '-c', undefined], 'sh', undefined, []],
  ])('%j', (words, shell, body, args) => {
    expect(isShellInvocation(words)).toMatchObject({ shell, body, args });
  });

  it.each([[['node', '-c', 'a']], [['sh', 'script.sh']], [['sh']], [['sh', '-c']], [[]], [['busybox', 'httpd']]])('%j runs no text', (words) => {
    expect(isShellInvocation(words)).toBeUndefined();
  });
});
