import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clean, initProbe, initProbeFixed, noProbe, program, read } from './program.ts';

const { run, folder, path } = program('fix');

describe('--fix', () => {
  it('applies safe fixes only, says so, and is done the second time', async () => {
    const cwd = folder({ 'init.yaml': initProbe, 'pod.yaml': noProbe });
    const first = await run(['check', '--fix'], { cwd });
    expect(first.code).toBe(1);
    expect(first.out).toMatch(/Fixed 1 finding in 1 file\. 1 information in 1 of 2 files\. 1 can be fixed with --fix --unsafe\.\n$/);
    expect(read(cwd, 'init.yaml')).toBe(initProbeFixed);
    expect(read(cwd, 'pod.yaml')).toBe(noProbe);
    expect((await run(['check', '--fix'], { cwd })).out).not.toContain('Fixed');
    expect(readdirSync(cwd).sort()).toEqual(['init.yaml', 'pod.yaml']);
  });

  it('applies suggestions with --unsafe, until nothing is left', async () => {
    const cwd = folder({ 'pod.yaml': `${noProbe}---\n${noProbe.replace('name: web', 'name: two')}` });
    expect(await run(['check', '--fix', '--unsafe'], { cwd })).toMatchObject({ code: 0, err: '' });
    expect(read(cwd, 'pod.yaml').match(/readinessProbe:/g)).toHaveLength(2);
    expect((await run(['check'], { cwd })).out).toBe('No findings in 1 file.\n');
  });

  it('keeps CRLF, byte order mark, missing final newline, mode and links', async () => {
    const odd = `\ufeff${initProbe.replaceAll('\n', '\r\n').trimEnd()}`;
    const cwd = folder({ 'real/init.yaml': odd });
    chmodSync(join(cwd, 'real/init.yaml'), 0o640);
    symlinkSync('real/init.yaml', join(cwd, 'link.yaml'));
    expect(await run(['check', '--fix', 'link.yaml'], { cwd })).toMatchObject({ code: 0 });
    expect(read(cwd, 'real/init.yaml')).toBe(`\ufeff${initProbeFixed.replaceAll('\n', '\r\n').trimEnd()}`);
    expect(statSync(join(cwd, 'real/init.yaml')).mode & 0o777).toBe(0o640);
    expect(lstatSync(join(cwd, 'link.yaml')).isSymbolicLink()).toBe(true);
    expect(readdirSync(join(cwd, 'real'))).toEqual(['init.yaml']);
  });

  it('never rewrites a file that is not valid UTF-8', async () => {
    const bytes = Buffer.from(initProbe.replace('# first', '# caf\u00e9'), 'latin1');
    const cwd = folder({ 'init.yaml': bytes });
    const { code, err } = await run(['check', '--fix'], { cwd });
    expect(err).toBe('podwright: init.yaml: is not valid UTF-8 and was not rewritten\n');
    expect(code).toBe(1);
    expect(readFileSync(join(cwd, 'init.yaml')).equals(bytes)).toBe(true);
  });

  it('says when it may not write', async () => {
    const cwd = folder({ 'init.yaml': initProbe });
    chmodSync(join(cwd, 'init.yaml'), 0o444);
    expect(await run(['check', '--fix'], { cwd, unprivileged: true })).toMatchObject({ code: 2, err: 'podwright: init.yaml: cannot be written (EACCES)\n' });
    expect(read(cwd, 'init.yaml')).toBe(initProbe);
  });

  it('does not touch what --severity hides', async () => {
    const cwd = folder({ 'pod.yaml': noProbe });
    await run(['check', '--fix', '--unsafe', '--severity', 'warning'], { cwd });
    expect(read(cwd, 'pod.yaml')).toBe(noProbe);
  });

  it('lists in JSON what it fixed', async () => {
    const cwd = folder({ 'init.yaml': initProbe });
    const { out } = await run(['check', '--fix', '-f', 'json'], { cwd });
    expect(JSON.parse(out)).toMatchObject({
      files: [{ path: 'init.yaml', findings: [], fixed: [{ rule: 'kubernetes/init-container-probe', key: 'remove-probe', title: 'Remove the probe' }] }],
      summary: { fixed: 1 },
    });
  });
});

describe('--fix of standard input', () => {
  it('prints the fixed text and nothing else; findings go to standard error', async () => {
    const { code, out, err } = await run(['check', '--fix', '--stdin-filename', 'a.yaml'], { stdin: initProbe });
    expect({ code, out }).toEqual({ code: 0, out: initProbeFixed });
    expect(err).toBe('Fixed 1 finding in 1 file. No findings in 1 file.\n');
    const left = await run(['check', '--fix', '-'], { stdin: noProbe });
    expect(left).toMatchObject({ code: 1, out: noProbe });
    expect(left.err).toContain('kubernetes/no-readiness-probe');
  });

  it('gives back what it cannot check', async () => {
    expect(await run(['check', '--fix', '-'], { stdin: 'a: 1\n' })).toMatchObject({ code: 3, out: 'a: 1\n' });
    expect(await run(['check', '--fix', '-'], { stdin: clean })).toMatchObject({ code: 0, out: clean });
  });
});

describe('Ctrl-C', () => {
  it('ends the run between two files: each is as it was or as it should be', async () => {
    const [before, after] = [initProbe, initProbeFixed].map((text) => `${text}---\n${noProbe}`);
    const names = Array.from({ length: 400 }, (_, index) => `pod-${String(index)}.yaml`);
    const cwd = folder(Object.fromEntries(names.map((name) => [name, before ?? ''])));
    const child = spawn(process.execPath, [path, 'check', '--fix'], { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.once('data', () => child.kill('SIGINT'));
    child.stdout.resume();
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(130);
    const texts = names.map((name) => read(cwd, name));
    expect(texts.filter((text) => text !== before && text !== after)).toEqual([]);
    expect(texts.filter((text) => text === before).length).toBeGreaterThan(0);
    expect(readdirSync(cwd)).toHaveLength(names.length);
  });
});
