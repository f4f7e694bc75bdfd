import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { clean, initProbe, noProbe, program } from './program.ts';

const { run, folder, path } = program('output');
const escape = '\u001b[';

describe('pretty', () => {
  it('shows the code, the finding and the fix, and counts them', async () => {
    const cwd = folder({ 'k8s/init.yaml': initProbe, 'k8s/clean.yaml': clean });
    expect((await run(['check'], { cwd })).out).toBe(`k8s/init.yaml
  9:7 error Init container "wait" has a readinessProbe, which the API server refuses. Remove it, or make the container a sidecar with restartPolicy: Always. [kubernetes/init-container-probe]
     8 |       image: busybox:1.37
     9 |       readinessProbe:
       |       ^^^^^^^^^^^^^^
    10 |         exec: { command: [ls] }
    fix: Remove the probe (with --fix)
    and 1 more way, to choose from in an editor

1 error in 1 of 2 files. 1 can be fixed with --fix.
`);
  });

  it('puts carets under wide characters and tabs', async () => {
    const wide = noProbe.replace('  name: web\n', '  {name: web, namespace: dev}\n').replace(/ {4}- name: app[^]*$/, '    - {image: "世界😀", ports: [{containerPort: 80}], name: app} #\t\u202e!\n');
    const lines = (await run(['check', '-'], { stdin: wide })).out.split('\n');
    const code = lines.findIndex((line) => line.includes('世界'));
    expect(lines[code]).toMatch(/# +\ufffd!$/);
    const before = (lines[code] ?? '').slice(0, (lines[code] ?? '').indexOf('app}'));
    const columns = Array.from(before).reduce((sum, character) => sum + (/[世界😀]/u.test(character) ? 2 : 1), 0);
    expect(lines[code + 1]?.indexOf('^')).toBe(columns);
    expect(lines[code + 1]?.match(/\^+/)?.[0]).toBe('^^^');
  });

  it('disarms control characters of files, in code and in names', async () => {
    const cwd = folder({ 'a\u001b[31m.yaml': noProbe.replace('nginx', '\u001b[31mred\u0007') });
    const { out } = await run(['check'], { cwd });
    expect(out).toContain('␛[31mred␇');
    expect(out).toMatch(/^a␛\[31m\.yaml\n/);
    expect(out).not.toContain(escape);
    expect((await run(['check', 'no\u001bsuch'], { cwd })).err).toBe('podwright: no␛such: no such file or directory\n');
  });

  it('says why a fix refuses', async () => {
    const shared = noProbe
      .replace('    - name: app', '    - &app\n      name: app')
      .replace('containers:', 'containers:\n    # shared');
    const { out } = await run(['check', '-'], { stdin: shared });
    expect(out).toMatch(/no fix here: Add readinessProbe: .*: .+\.\n|fix: Add readinessProbe/);
  });

  it('is quiet when asked', async () => {
    const cwd = folder({ 'a.yaml': clean });
    expect(await run(['check', '--quiet'], { cwd })).toMatchObject({ code: 0, out: '', err: '' });
    expect(await run(['check', '-q'], { cwd: folder({}) })).toMatchObject({ code: 3, out: '', err: '' });
    expect((await run(['check'], { cwd })).out).toBe('No findings in 1 file.\n');
  });

  it('counts what is hidden', async () => {
    const cwd = folder({ 'a.yaml': noProbe });
    expect((await run(['check', '--severity', 'error'], { cwd })).out).toBe('No findings in 1 file. 1 below --severity error not shown.\n');
  });
});

describe('colours', () => {
  it.each<[string, readonly string[], Record<string, string>, boolean]>([
    ['none into a pipe', [], {}, false],
    ['always when asked', ['--color', 'always'], { NO_COLOR: '1' }, true],
    ['FORCE_COLOR', [], { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0', [], { FORCE_COLOR: '0' }, false],
    ['never wins over FORCE_COLOR', ['--color=never'], { FORCE_COLOR: '1' }, false],
  ])('%s', async (_, args, env, colored) => {
    const { out } = await run(['check', '-', ...args], { stdin: noProbe, env });
    expect(out.includes(escape)).toBe(colored);
  });
});

describe('language', () => {
  it.each<[string, readonly string[], Record<string, string>, RegExp]>([
    ['English by default', [], {}, / information Container/],
    ['Chinese by LANG', [], { LANG: 'zh_CN.UTF-8' }, /信息 .*。/],
    ['LC_ALL before LANG', [], { LC_ALL: 'en_US.UTF-8', LANG: 'zh_CN.UTF-8' }, /information/],
    ['LC_MESSAGES before LANG', [], { LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'C' }, /信息/],
    ['--lang before all', ['--lang', 'zh'], { LC_ALL: 'C' }, /1 个文件，共 1 条信息。/],
  ])('%s', async (_, args, env, words) => {
    expect((await run(['check', '-', ...args], { stdin: noProbe, env })).out).toMatch(words);
  });

  it('speaks it in help, errors and explanations too', async () => {
    expect((await run(['--help', '--lang', 'zh'])).out).toContain('检查并修复');
    expect((await run(['chekc', '--lang', 'zh'])).err).toContain('未知命令');
    expect((await run(['explain', 'no-readiness-probe', '--lang', 'zh'])).out).toContain('示例');
  });
});

describe('a reader that leaves', () => {
  it('ends the program without a word', async () => {
    const child = spawn(process.execPath, [path, 'check', '-'], { stdio: 'pipe' });
    let err = '';
    child.stderr.on('data', (text: Buffer) => (err += text.toString()));
    child.stdout.destroy();
    child.stdin.end(noProbe);
    const [code] = (await once(child, 'close')) as [number];
    expect(err).toBe('');
    expect(code).toBe(141);
  });
});
