/** Configuration, ignored files and the files around the ones that are checked. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clean, initProbe, initProbeFixed, noProbe, program } from './program.ts';

const { run, folder } = program('workspace');

const rule = 'kubernetes/no-readiness-probe';
const off = `rules:\n  ${rule}: off\n`;
const labelled = noProbe.replace('{ name: web,', '{ name: web, labels: { app: web },');
const service = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  selector: {app: web}\n  ports:\n    - port: 80\n';

/** A repository, as far as anybody looks. */
function repository(files: Readonly<Record<string, string>>): string {
  const at = folder(files);
  mkdirSync(join(at, '.git'));
  return at;
}

describe('the nearest .podwright.yaml', () => {
  it('sets levels and switches off, above and below the working directory', async () => {
    const cwd = folder({ '.podwright.yaml': `rules:\n  ${rule}: error\n`, 'web.yaml': noProbe, 'sub/web.yaml': noProbe, 'off/.podwright.yml': off, 'off/web.yaml': noProbe });
    const { out, code } = await run(['check', '--fail-on', 'error'], { cwd });
    expect(out).toContain('2 errors in 2 of 3 files.');
    expect(code).toBe(1);
    const inside = await run(['check', 'web.yaml'], { cwd: join(cwd, 'sub') });
    expect(inside.out).toContain('error');
    expect((await run(['check', 'web.yaml'], { cwd: join(cwd, 'off') })).code).toBe(0);
  });

  it('leaves files out; one that was named is said to be', async () => {
    const cwd = folder({ '.podwright.yaml': 'ignore: [vendor/]\n', 'vendor/web.yaml': noProbe, 'clean.yaml': clean });
    const all = await run(['check'], { cwd });
    expect([all.code, all.err]).toEqual([0, '']);
    const named = await run(['check', 'vendor/web.yaml', 'clean.yaml'], { cwd });
    expect([named.code, named.err]).toEqual([0, 'podwright: vendor/web.yaml: is ignored by the configuration\n']);
    expect((await run(['check', 'vendor'], { cwd })).code).toBe(3);
  });

  it('counts for standard input by its name, and leaves its text alone where it is ignored', async () => {
    const cwd = folder({ '.podwright.yaml': `${off}ignore: [vendor/]\n` });
    expect((await run(['check', '-'], { cwd, stdin: noProbe })).code).toBe(0);
    const fixed = await run(['check', '--fix', '--stdin-filename', 'a.yaml'], { cwd, stdin: initProbe });
    expect(fixed.out).toBe(initProbeFixed);
    const ignored = await run(['check', '--fix', '--stdin-filename', 'vendor/a.yaml'], { cwd, stdin: initProbe });
    expect([ignored.out, ignored.code]).toEqual([initProbe, 3]);
  });

  it('is told what is wrong in it, once, wherever it stands, and counts as far as it can be read', async () => {
    const cwd = folder({ '.podwright.yaml': `${off}  kubernetes/no-readyness-probe: off\n`, 'sub/a.yaml': noProbe, 'sub/b.yaml': noProbe });
    const { out, code } = await run(['check', 'sub', '.', '--format', 'json'], { cwd });
    const { files, summary } = JSON.parse(out) as { files: { path: string; findings: { rule: string; start: unknown }[] }[]; summary: unknown };
    expect(files.map(({ path, findings }) => [path, findings.map((each) => each.rule)])).toEqual([
      ['.podwright.yaml', ['podwright/invalid-config']],
      ['sub/a.yaml', []],
      ['sub/b.yaml', []],
    ]);
    expect(files[0]?.findings[0]?.start).toMatchObject({ line: 3, column: 3 });
    expect(summary).toMatchObject({ files: 3, warning: 1 });
    expect(code).toBe(1);
  });

  it('is nothing to check by itself', async () => {
    expect((await run(['check'], { cwd: folder({ '.podwright.yaml': off }) })).code).toBe(3);
  });
});

describe('--config', () => {
  it('takes the place of every .podwright.yaml', async () => {
    const cwd = folder({ '.podwright.yaml': 'nonsense: 1\n', 'ci/strict.yaml': `rules:\n  ${rule}: error\n`, 'web.yaml': noProbe });
    const { out, code } = await run(['check', 'web.yaml', '--config', 'ci/strict.yaml'], { cwd });
    expect(code).toBe(1);
    expect(out).toMatch(/1 error in 1 file/);
    expect(out).not.toContain('nonsense');
  });

  it('is told what is wrong in it; one that cannot be read is an error', async () => {
    const cwd = folder({ 'c.yaml': 'rulez: {}\n', 'web.yaml': clean });
    const wrong = await run(['check', 'web.yaml', '-c', 'c.yaml'], { cwd });
    expect([wrong.code, wrong.out]).toEqual([1, expect.stringContaining('c.yaml')]);
    const missing = await run(['check', 'web.yaml', '-c', 'none.yaml'], { cwd });
    expect([missing.code, missing.err]).toEqual([2, 'podwright: none.yaml: no such file or directory\n']);
  });

  it('has patterns that count from its own folder', async () => {
    const cwd = folder({ 'c.yaml': 'ignore: [/vendor]\n', 'vendor/web.yaml': noProbe, 'web.yaml': clean });
    expect((await run(['check', '-c', 'c.yaml'], { cwd })).code).toBe(0);
  });
});

describe('comments', () => {
  const ignored = noProbe.replace('    - name: app', `    # podwright-ignore ${rule} -- nobody calls it\n    - name: app`);

  it('ignore findings, unless --no-inline-ignore wants to see them all', async () => {
    const cwd = folder({ 'web.yaml': ignored });
    expect((await run(['check'], { cwd })).code).toBe(0);
    const all = await run(['check', '--no-inline-ignore'], { cwd });
    expect([all.code, all.out]).toEqual([1, expect.stringContaining(rule)]);
  });

  it('are obeyed by --fix, too', async () => {
    const text = initProbe.replace('    - name: wait', '    # podwright-ignore kubernetes/init-container-probe\n    - name: wait');
    const cwd = folder({ 'web.yaml': text });
    await run(['check', '--fix', '--unsafe'], { cwd });
    expect(readFileSync(join(cwd, 'web.yaml'), 'utf8')).toBe(text);
  });
});

describe('the files around', () => {
  it('count from the whole repository, whichever of them are checked', async () => {
    const cwd = repository({ 'app/web.yaml': labelled, 'net/service.yaml': service });
    for (const args of [['check'], ['check', 'app'], ['check', 'app/web.yaml'], ['check', '*/*.yaml'], ['check', 'a*/**']]) {
      expect((await run(args, { cwd })).out, args.join(' ')).toContain('warning');
    }
    expect((await run(['check', 'web.yaml'], { cwd: join(cwd, 'app') })).out).toContain('warning');
    expect((await run(['check', '-', '--stdin-filename', 'app/web.yaml'], { cwd, stdin: labelled })).out).toContain('warning');
  });

  it('outside of a repository are those of the folder, or those that are named', async () => {
    const cwd = folder({ 'app/web.yaml': labelled, 'net/service.yaml': service });
    expect((await run(['check'], { cwd })).out).toContain('warning');
    expect((await run(['check', 'app/web.yaml', 'net/service.yaml'], { cwd })).out).toContain('warning');
    expect((await run(['check', 'app/web.yaml'], { cwd })).out).not.toContain('warning');
  });

  it('of another repository do not count', async () => {
    const one = repository({ 'web.yaml': labelled });
    const two = repository({ 'service.yaml': service });
    expect((await run(['check', one, two])).out).not.toContain('warning');
  });
});
