// Fixes that change another file than the one their finding is in.
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { program, read } from './program.ts';

const { run, folder } = program('elsewhere');

const dockerfile = 'FROM python:3.14-slim\nWORKDIR /srv\nCOPY . .\nEXPOSE 8000\nENTRYPOINT ["./entrypoint.sh"]\n';
const script = '#!/bin/sh\r\nset -e\r\npython manage.py migrate\r\ngunicorn shop.wsgi\r\n';
const fixed = script.replace('gunicorn', 'exec gunicorn');
const project = (more: Readonly<Record<string, string | Buffer>> = {}): string => folder({ '.git/HEAD': 'ref: refs/heads/main\n', Dockerfile: dockerfile, 'entrypoint.sh': script, ...more });

describe('a suggestion that changes another file', () => {
  it('is offered, and not made by --fix alone', async () => {
    const cwd = project();
    const { code, out } = await run(['check', '--fix'], { cwd });
    expect(out).toContain('fix: Put exec in front of "gunicorn" in entrypoint.sh (with --fix --unsafe)');
    expect(code).toBe(1);
    expect(read(cwd, 'entrypoint.sh')).toBe(script);
  });

  it('is made by --fix --unsafe: the file is written and the change shown, its finding is gone', async () => {
    const cwd = project();
    chmodSync(join(cwd, 'entrypoint.sh'), 0o755);
    const { code, out, err } = await run(['check', '--fix', '--unsafe', 'Dockerfile'], { cwd });
    expect(err).toBe('');
    expect(out).toContain([
      '  changed entrypoint.sh:',
      '    --- entrypoint.sh',
      '    +++ entrypoint.sh',
      '    @@ -1,4 +1,4 @@',
      '     #!/bin/sh',
      '     set -e',
      '     python manage.py migrate',
      '    -gunicorn shop.wsgi',
      '    +exec gunicorn shop.wsgi',
      '',
    ].join('\n'));
    expect(out).toContain('Fixed 1 finding in 1 file. No findings in 1 file.');
    expect(code).toBe(0);
    expect(read(cwd, 'entrypoint.sh')).toBe(fixed);
    expect(statSync(join(cwd, 'entrypoint.sh')).mode & 0o777).toBe(0o755);
    expect(read(cwd, 'Dockerfile')).toBe(dockerfile);
  });

  it('is made once where two files ask for it', async () => {
    const cwd = project({ 'Dockerfile.alpine': dockerfile.replace('-slim', '-alpine') });
    const { out } = await run(['check', '--fix', '--unsafe'], { cwd });
    expect(out.match(/changed entrypoint\.sh/g)).toHaveLength(1);
    expect(read(cwd, 'entrypoint.sh')).toBe(fixed);
  });

  it('is told of in JSON', async () => {
    const { out } = await run(['check', '--fix', '--unsafe', '--format', 'json'], { cwd: project() });
    const [file] = (JSON.parse(out) as { files: readonly { findings: unknown; fixed: unknown; changed: readonly { path: string; diff: string }[] }[] }).files;
    expect(file).toMatchObject({ findings: [], fixed: [{ rule: 'dockerfile/entrypoint-without-exec', key: 'exec' }], changed: [{ path: 'entrypoint.sh' }] });
    expect(file?.changed[0]?.diff).toContain('\n-gunicorn shop.wsgi\n+exec gunicorn shop.wsgi\n');
  });

  it('is refused, with the reason, where the other file is no UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('# caf'), Buffer.from([0xe9, 0x0a]), Buffer.from(script)]);
    const cwd = project({ 'entrypoint.sh': bytes });
    const { out } = await run(['check', '--fix', '--unsafe'], { cwd });
    expect(out).toContain('The file entrypoint.sh, which has to be changed, is not valid UTF-8.');
    expect(readFileSync(join(cwd, 'entrypoint.sh')).equals(bytes)).toBe(true);
  });

  it('leaves all files as they were where one of them cannot be written', async () => {
    const cwd = project({ 'deploy/': '', 'deploy/entrypoint.sh': script, Dockerfile: dockerfile.replace('COPY . .', 'COPY deploy/entrypoint.sh .') });
    chmodSync(join(cwd, 'deploy/entrypoint.sh'), 0o444);
    const { code, out, err } = await run(['check', '--fix', '--unsafe'], { cwd, unprivileged: true });
    expect(err).toContain('deploy/entrypoint.sh: cannot be written (EACCES)');
    expect(out).toContain('[dockerfile/entrypoint-without-exec]');
    expect(code).toBe(2);
    expect(read(cwd, 'deploy/entrypoint.sh')).toBe(script);
  });

  it('is not made for a text from standard input', async () => {
    const cwd = project();
    writeFileSync(join(cwd, 'Dockerfile'), '');
    const { out, err } = await run(['check', '--fix', '--unsafe', '--stdin-filename', 'Dockerfile'], { cwd, stdin: dockerfile });
    expect(out).toBe(dockerfile);
    expect(err).toContain('entrypoint-without-exec');
    expect(read(cwd, 'entrypoint.sh')).toBe(script);
  });
});
