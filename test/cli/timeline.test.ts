import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { program } from './program.ts';

const { run, folder } = program('timeline');

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      initContainers:
        - name: proxy
          image: proxy:1
          restartPolicy: Always
          startupProbe: {tcpSocket: {port: 1}, periodSeconds: 1, failureThreshold: 60}
      containers:
        - {name: app, image: app:1}
`;
const job = 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: once}\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      containers: [{name: work, image: a:1}]\n';
const both = `${deployment}---\n${job}`;

describe('podwright timeline', () => {
  it('shows the Pods of a file as text, in the letters and the language of whoever asks', async () => {
    const cwd = folder({ 'web.yaml': both });
    const { code, out, err } = await run(['timeline', 'web.yaml'], { cwd });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Deployment/shop  Kubernetes 1.35\nproxy (<= 61 s) -> app - ready in 0 to 61 s\n');
    expect(out).toContain('\nJob/once  Kubernetes 1.35\nwork - starts at once\n');
    // eslint-disable-next-line no-control-regex -- what is no ASCII is what is looked for
    expect(out).not.toMatch(/[^\u0000-\u007f]/);
    expect((await run(['timeline', 'web.yaml', '--lang', 'zh'], { cwd, env: { LANG: 'zh_CN.UTF-8' } })).out).toContain('proxy（≤ 61 秒） → app · 0 至 61 秒后就绪');
  });

  it('gives JSON with the lines of the whole file', async () => {
    const cwd = folder({ 'web.yaml': both });
    const { out } = await run(['timeline', 'web.yaml', '-f', 'json'], { cwd });
    const { version, workloads } = JSON.parse(out) as { version: number; workloads: readonly { workload: string; containers: readonly { name: string; line: number; started: readonly number[] }[] }[] };
    expect(version).toBe(1);
    expect(workloads.map(({ workload, containers }) => [workload, ...containers.map(({ name, line }) => `${name}:${String(line)}`)])).toEqual([
      ['Deployment/shop', 'proxy:10', 'app:15'],
      ['Job/once', 'work:24'],
    ]);
    expect(workloads[0]?.containers[0]?.started).toEqual([0, 2, 61]);
  });

  it('draws one workload, and asks for its name where there are several', async () => {
    const cwd = folder({ 'web.yaml': both });
    expect(await run(['timeline', 'web.yaml', '--format', 'svg'], { cwd })).toEqual({
      code: 2, signal: null, out: '', err: 'podwright: web.yaml: holds several workloads; choose one with --name: Deployment/shop, Job/once\n',
    });
    expect((await run(['timeline', 'web.yaml', '--format', 'svg', '--name', 'shop'], { cwd })).out).toMatch(/^<svg [^>]*>.*<\/svg>\n$/s);
    expect((await run(['timeline', 'web.yaml', '--format', 'mermaid', '--name', 'Job/once'], { cwd })).out).toMatch(/^gantt\n {4}title Job\/once/);
  });

  it('reads standard input', async () => {
    expect((await run(['timeline', '-'], { stdin: job })).out).toContain('Job/once');
    expect((await run(['timeline', '--stdin-filename', 'x/job.yaml'], { stdin: job })).out).toContain('Job/once');
  });

  it('counts for the version of the configuration, and leaves out what it ignores', async () => {
    const cwd = folder({ 'web.yaml': deployment, '.podwright.yaml': 'kubernetesVersion: "1.27"\nignore: [old.yaml]\n', 'old.yaml': job, '.git/': '' });
    expect((await run(['timeline', 'web.yaml'], { cwd })).out).toContain('Kubernetes 1.27 refuses the Pod');
    expect(await run(['timeline', 'old.yaml'], { cwd })).toMatchObject({ code: 2, err: 'podwright: old.yaml: is ignored by the configuration\n' });
  });

  it('plays a failure', async () => {
    const cwd = folder({ 'web.yaml': deployment });
    expect((await run(['timeline', 'web.yaml', '--fail', 'proxy=hang'], { cwd })).out).toContain('What if\n  - "proxy" runs, and answers nobody.\n  - Its startupProbe has it killed after 59 to 61 s.\n');
    expect((await run(['timeline', 'web.yaml', '--fail', 'proxy'], { cwd })).out).toContain('"proxy" ends right after its start');
    expect(await run(['timeline', 'web.yaml', '--fail', 'prxy'], { cwd })).toMatchObject({ code: 2, err: 'podwright: No container is called "prxy"; there are: proxy, app.\n' });
    expect((await run(['timeline', 'web.yaml', '--fail', 'proxy=slow'], { cwd })).err).toContain('not "proxy=slow"');
  });

  it('says why there is nothing to show', async () => {
    const cwd = folder({ 'web.yaml': deployment, 'map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n', Dockerfile: 'FROM a\n', 'notes.txt': 'hello\n', 'patch.yaml': deployment.replace(/selector:.*\n/, '').replace('image: app:1', 'x: 1') });
    for (const file of ['map.yaml', 'Dockerfile', 'notes.txt', 'patch.yaml']) expect(await run(['timeline', file], { cwd })).toMatchObject({ code: 3, out: '', err: `podwright: ${file}: holds no workload\n` });
    expect(await run(['timeline', 'web.yaml', '--name', 'web'], { cwd })).toMatchObject({ code: 3, err: 'podwright: web.yaml: holds no workload "web"; it holds: Deployment/shop\n' });
    expect(await run(['timeline', 'none.yaml'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('none.yaml: no such file') as string });
    expect(await run(['timeline', '.'], { cwd })).toMatchObject({ code: 2, err: expect.stringMatching(/^podwright: .*neither a file nor a directory|is a directory|cannot be read/) as string });
    expect((await run(['timeline'], { cwd })).err).toContain('Of which file?');
    expect((await run(['timeline', 'a', 'b'], { cwd })).err).toContain('Unexpected argument "b"');
  });

  it('reads a file that names a Helm chart as a template of it', async () => {
    const cwd = folder({ 'chart/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n', 'chart/templates/web.yaml': deployment.replace('periodSeconds: 1', 'periodSeconds: {{ .Values.period }}'), '.git/': '' });
    expect((await run(['timeline', join('chart', 'templates', 'web.yaml')], { cwd })).out).toContain('proxy -> app - ready in 0 s or more, likely 11 s');
  });
});
