import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clean, habit, initProbe, noProbe, program } from './program.ts';

const { run, folder } = program('check');

interface Json {
  readonly version: number;
  readonly files: readonly {
    readonly path: string;
    readonly findings: readonly {
      readonly rule: string;
      readonly severity: string;
      readonly message: string;
      readonly place: string;
      readonly start: { readonly line: number; readonly column: number; readonly offset: number };
      readonly end: { readonly line: number; readonly column: number; readonly offset: number };
      readonly fixes: readonly { readonly key: string; readonly title: string; readonly safety: string; readonly refused?: string }[];
    }[];
    readonly fixed: readonly { readonly rule: string }[];
  }[];
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  readonly notes: readonly { readonly path: string }[];
  readonly summary: Readonly<Record<string, unknown>>;
}

async function json(args: readonly string[], cwd: string): Promise<Json> {
  const { out } = await run(['check', '--format', 'json', ...args], { cwd });
  return JSON.parse(out) as Json;
}

const paths = ({ files }: Json): readonly string[] => files.map(({ path }) => path);

describe('exit codes', () => {
  it.each([
    ['0 when clean', { 'a.yaml': clean }, [], 0],
    ['0 when only hints are left', { 'a.yaml': habit }, [], 0],
    ['1 on findings', { 'a.yaml': noProbe }, [], 1],
    ['1 on errors', { 'a.yaml': initProbe }, [], 1],
    ['0 below the gate', { 'a.yaml': noProbe }, ['--fail-on', 'warning'], 0],
    ['1 on hints when asked', { 'a.yaml': habit }, ['--fail-on', 'hint'], 1],
    ['0 when nothing may fail', { 'a.yaml': initProbe }, ['--fail-on=never'], 0],
    ['0 when what is found is hidden', { 'a.yaml': noProbe }, ['--severity', 'warning'], 0],
    ['3 in an empty folder', {}, [], 3],
    ['3 where no file is ours', { 'a.yaml': 'a: 1\n', 'README.md': initProbe }, [], 3],
    ['3 for a named file that is not ours', { 'a.yaml': 'a: 1\n' }, ['a.yaml'], 3],
    ['2 for a path that is not there', { 'a.yaml': clean }, ['nowhere.yaml'], 2],
    ['2 although others are fine', { 'a.yaml': clean }, ['a.yaml', 'nowhere.yaml'], 2],
  ])('%s', async (_, files, args, code) => {
    expect(await run(['check', ...args], { cwd: folder(files) })).toMatchObject({ code });
  });
});

describe('which files', () => {
  it('searches folders for Dockerfiles and manifests, sorted, and passes over the rest', async () => {
    const cwd = folder({
      'k8s/web.yaml': clean,
      'k8s/values.yml': 'replicas: 2\n',
      'k8s/deep/er/pod.yml': clean,
      'compose.yaml': 'services: {}\n',
      'app/Dockerfile': 'FROM scratch\n',
      'app/dev.Dockerfile': 'FROM scratch\n',
      'app/Dockerfile.prod': 'FROM scratch\n',
      'app/Containerfile': 'FROM scratch\n',
      'app/Dockerfile.md': '# FROM scratch\n',
      'node_modules/pkg/pod.yaml': clean,
      '.git/pod.yaml': clean,
      '.devcontainer/Dockerfile': 'FROM scratch\n',
    });
    expect(paths(await json([], cwd))).toEqual([
      '.devcontainer/Dockerfile',
      'app/Containerfile',
      'app/Dockerfile',
      'app/Dockerfile.prod',
      'app/dev.Dockerfile',
      'k8s/deep/er/pod.yml',
      'k8s/web.yaml',
    ]);
    expect(paths(await json(['k8s/deep', 'k8s', join(cwd, 'k8s/web.yaml')], cwd))).toEqual(['k8s/deep/er/pod.yml', 'k8s/web.yaml']);
  });

  it('honours .gitignore inside a repository, nested and above, but takes what is named', async () => {
    const cwd = folder({
      '.git/info/exclude': 'local.yaml\n',
      '.gitignore': '/out/\n*.gen.yaml\n',
      'out/pod.yaml': clean,
      'a.gen.yaml': clean,
      'local.yaml': clean,
      'sub/.gitignore': '!keep.gen.yaml\nsecret/\n',
      'sub/keep.gen.yaml': clean,
      'sub/drop.gen.yaml': clean,
      'sub/secret/pod.yaml': clean,
      'sub/pod.yaml': clean,
    });
    expect(paths(await json([], cwd))).toEqual(['sub/keep.gen.yaml', 'sub/pod.yaml']);
    expect(paths(await json(['.'], join(cwd, 'sub')))).toEqual(['keep.gen.yaml', 'pod.yaml']);
    expect(paths(await json(['a.gen.yaml', 'out/pod.yaml'], cwd))).toEqual(['a.gen.yaml', 'out/pod.yaml']);
    expect(paths(await json(['--no-ignore'], cwd))).toHaveLength(7);
  });

  it('expands patterns that the shell did not', async () => {
    const cwd = folder({ 'k8s/a.yaml': clean, 'k8s/b.yml': clean, 'k8s/x/c.yaml': clean, 'k8s/d.txt': clean });
    expect(paths(await json(['k8s/*.yaml'], cwd))).toEqual(['k8s/a.yaml']);
    expect(paths(await json(['k8s/**/*.{yaml,yml}'], cwd))).toEqual(['k8s/a.yaml', 'k8s/b.yml', 'k8s/x/c.yaml']);
    const none = await run(['check', 'k8s/*.json'], { cwd });
    expect(none).toMatchObject({ code: 2, err: 'podwright: k8s/*.json: no file matches\n' });
  });

  it('takes a named file by what it holds, whatever it is called', async () => {
    const files = {
      'pod.yaml.tpl': noProbe,
      build: '# the build\nFROM scratch\n',
      'notes.txt': `# what runs today\n---\n${noProbe}`,
      'pod.md': noProbe,
      'pod.json.txt': '{\n  "apiVersion": "v1",\n  "kind": "Pod"\n}\n',
      'build.txt': 'FROM --platform=linux/amd64 node:22 AS build\n',
    };
    const named = Object.keys(files);
    expect(paths(await json(named, folder(files)))).toEqual(named);
  });

  it('takes a page that shows a manifest for no manifest', async () => {
    const cwd = folder({
      'readme.md': `# Deploying\n\n\`\`\`yaml\n${noProbe}\`\`\`\n`,
      'notes.txt': `Note: apply this\n${noProbe}`,
      'story.txt': '# Beginnings\n\nFrom here on all was well.\n',
      'empty.yaml': '',
    });
    const { code, err } = await run(['check', 'readme.md', 'notes.txt', 'story.txt', 'empty.yaml'], { cwd });
    expect(code).toBe(3);
    expect(err).toBe(
      ['readme.md', 'notes.txt', 'story.txt', 'empty.yaml'].map((name) => `podwright: ${name}: is neither a Dockerfile nor a Kubernetes manifest\n`).join('') +
        'podwright: Nothing to check: no Dockerfile and no Kubernetes manifest found.\n',
    );
  });

  it('ends on links that go in circles, and checks no file twice', async () => {
    const cwd = folder({ 'a/pod.yaml': clean });
    symlinkSync('..', join(cwd, 'a/up'));
    symlinkSync('pod.yaml', join(cwd, 'a/same.yaml'));
    symlinkSync('loop.yaml', join(cwd, 'loop.yaml'));
    symlinkSync('nowhere', join(cwd, 'gone.yaml'));
    const result = await json([], cwd);
    expect(paths(result)).toEqual(['a/pod.yaml']);
    expect(result.errors).toEqual([{ path: 'loop.yaml', message: 'symbolic links go in a circle' }]);
    expect(paths(await json(['a/up'], cwd))).toEqual(['a/up/a/pod.yaml']);
  });
});

describe('what cannot be read', () => {
  it('says so in one line, checks the rest, and exits with 2', async () => {
    const cwd = folder({ 'a.yaml': noProbe, 'bin.yaml': Buffer.from([0x61, 0, 0x62]), 'wide.yaml': Buffer.from('\ufeffkind: Pod', 'utf16le') });
    mkdirSync(join(cwd, 'dir.yaml'));
    const { code, err, out } = await run(['check', 'bin.yaml', 'wide.yaml', 'a.yaml', 'no/such.yaml'], { cwd });
    expect(err).toBe(
      'podwright: bin.yaml: is a binary file, which cannot be checked\n' +
        'podwright: wide.yaml: is UTF-16; save it as UTF-8 to have it checked\n' +
        'podwright: no/such.yaml: no such file or directory\n',
    );
    expect(out).toContain('kubernetes/no-readiness-probe');
    expect(code).toBe(2);
  });

  it('names files it may not open', async () => {
    const cwd = folder({ 'a.yaml': clean });
    chmodSync(join(cwd, 'a.yaml'), 0o000);
    expect(await run(['check'], { cwd, unprivileged: true })).toMatchObject({ code: 2, err: 'podwright: a.yaml: permission denied\n' });
  });

  it('checks invalid UTF-8 and broken YAML, and never fails on them', async () => {
    const cwd = folder({ 'latin.yaml': Buffer.from(noProbe.replace('web', 'caf\u00e9'), 'latin1'), 'broken.yaml': `${noProbe}  }} : [\n` });
    const { files } = await json([], cwd);
    expect(files.map(({ path, findings }) => [path, findings.map(({ rule }) => rule)])).toEqual([
      ['broken.yaml', ['podwright/unreadable']],
      ['latin.yaml', ['kubernetes/no-readiness-probe']],
    ]);
  });
});

describe('json', () => {
  it('has the documented shape', async () => {
    const cwd = folder({ 'k8s/init.yaml': initProbe, 'k8s/clean.yaml': clean });
    const result = await json(['k8s'], cwd);
    const offset = initProbe.indexOf('readinessProbe');
    expect(result).toEqual({
      version: 1,
      files: [
        { path: 'k8s/clean.yaml', findings: [], fixed: [], changed: [] },
        {
          path: 'k8s/init.yaml',
          fixed: [],
          changed: [],
          findings: [
            {
              rule: 'kubernetes/init-container-probe',
              severity: 'error',
              message: expect.stringContaining('Init container "wait"') as string,
              place: '0:Pod/web:spec.initContainers[0].readinessProbe',
              start: { line: 9, column: 7, offset },
              end: { line: 9, column: 21, offset: offset + 14 },
              related: [],
              fixes: expect.arrayContaining([{ key: 'remove-probe', title: 'Remove the probe', safety: 'safe' }]) as unknown,
              page: 'https://github.com/podwright/podwright/blob/main/server/src/rules/kubernetes/init-container-probe/rule.md',
            },
          ],
        },
      ],
      errors: [],
      notes: [],
      summary: { files: 2, error: 1, warning: 0, information: 0, hint: 0, hidden: 0, fixed: 0, fixable: { safe: 1, suggestion: 0 } },
    });
  });

  it('is one object even where there is nothing', async () => {
    const result = await json([], folder({}));
    expect(result).toMatchObject({ files: [], errors: [], summary: { files: 0 } });
  });

  it('counts what --severity hides, and gives the reason where a fix refuses', async () => {
    const anchored = initProbe.replace('readinessProbe:\n        exec', 'readinessProbe: &probe\n        exec');
    const cwd = folder({ 'a.yaml': anchored, 'b.yaml': noProbe, 'c.yaml': habit });
    const { summary, files } = await json(['--severity', 'error'], cwd);
    expect(summary).toMatchObject({ error: 1, information: 0, hint: 0, hidden: 2 });
    const [finding] = files[0]?.findings ?? [];
    expect(finding?.fixes.filter(({ refused }) => refused !== undefined && !refused.endsWith('.'))).toEqual([]);
  });
});

describe('standard input', () => {
  it('is checked by its name, or by what it holds', async () => {
    expect(await run(['check', '-'], { stdin: noProbe })).toMatchObject({ code: 1 });
    expect((await run(['check', '-'], { stdin: noProbe })).out).toMatch(/^<standard input>\n {2}7:13 information /);
    expect((await run(['check', '--stdin-filename', 'deploy/web.yaml'], { stdin: noProbe })).out).toMatch(/^deploy\/web\.yaml\n/);
    expect(await run(['check', '-', '--stdin-filename', 'Dockerfile'], { stdin: 'FROM scratch\n' })).toMatchObject({ code: 0 });
    expect(await run(['check', '-'], { stdin: 'hello\n' })).toMatchObject({ code: 3, out: '' });
    expect(await run(['check', '-'], { stdin: '' })).toMatchObject({ code: 3 });
    expect(await run(['check', '-'], { stdin: Buffer.from([0, 1, 2]) })).toMatchObject({ code: 2 });
  });

  it('cannot be mixed with files', async () => {
    expect(await run(['check', '-', 'a.yaml'])).toMatchObject({ code: 2 });
    expect(await run(['check', 'a.yaml', '--stdin-filename', 'b.yaml'])).toMatchObject({ code: 2 });
  });
});
