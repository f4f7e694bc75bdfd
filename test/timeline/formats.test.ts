import { describe, expect, it } from 'vitest';
import { timelineData } from '../../server/src/timeline/json.ts';
import { timelineMermaid } from '../../server/src/timeline/mermaid.ts';
import { scaleFor } from '../../server/src/timeline/scale.ts';
import { type Terminal, timelineText } from '../../server/src/timeline/text.ts';
import { manifest } from '../kubernetes/startup/support.ts';
import { pictured } from './support.ts';

const text = manifest('Deployment', `
initContainers:
- {name: migrate, image: a:1}
- name: proxy
  image: a:1
  restartPolicy: Always
  ports: [{containerPort: 5432}]
  startupProbe: {tcpSocket: {port: 5432}, periodSeconds: 2, failureThreshold: 10}
- name: agent
  image: a:1
  restartPolicy: Always
  readinessProbe: {tcpSocket: {port: 1}}
containers: [{name: app, image: a:1, resources: {requests: {cpu: 100m}}}]`);
const plain: Terminal = { locale: 'en', columns: 100, isAscii: false, bold: (each) => each, dim: (each) => each, width: (each) => each.length };

describe('text', () => {
  it('shows a bar for each container, under each other, with its times in words', () => {
    const lines = timelineText(pictured(text), plain).split('\n');
    expect(lines.slice(0, 2)).toEqual(['Deployment/it  Kubernetes 1.35', 'migrate → proxy (≤ 21 s) → agent → app · ready in 0 s or more, likely 14 s']);
    const bar = (name: string): string => lines.find((line) => line.startsWith(`  ${name} `)) ?? '';
    expect(bar('proxy')).toMatch(/^ {2}proxy {4}sidecar {2}·+▒+◆░+█+$/);
    expect(bar('agent')).toMatch(/^ {2}agent {4}sidecar {2}·+░+◆░+█+$/);
    expect(bar('app')).toMatch(/^ {2}app {6}app {6}·+◆░+█+$/);
    expect(new Set(['proxy', 'agent', 'app'].map((name) => bar(name).length)).size).toBe(1);
    expect(lines).toContain('    starts at 0 to 1 s, likely 1 s, up at 0 to 22 s, likely 4 s; waits for the end of "migrate"');
    expect(lines).toContain('    starts at 0 to 23 s, likely 5 s; waits for nothing but the process of "agent"');
    expect(lines).toContain('Requests: 100m CPU');
    expect(lines).toContain('  • The time that "migrate" works is not counted: nothing in the file limits it.');
    expect(lines.filter((line) => line.length > 200)).toEqual([]);
  });

  it('does without letters that a terminal may lack', () => {
    // eslint-disable-next-line no-control-regex -- what is no ASCII is what is looked for
    expect(timelineText(pictured(text), { ...plain, isAscii: true })).not.toMatch(/[^\u0000-\u007f]/);
  });

  it('speaks Chinese', () => {
    expect(timelineText(pictured(text), { ...plain, locale: 'zh' })).toContain('停止\n  app    app      0 秒后收到 SIGTERM，30 秒后收到 SIGKILL');
  });

  it('shows the runs of a container that fails, and what comes of it', () => {
    const shown = timelineText(pictured(text, { failing: { container: 'proxy', how: 'hang' } }), plain);
    expect(shown).toMatch(/\n {2}proxy {4}sidecar {2}·*╳+·+╳+·+╳+·*\n/);
    expect(shown).toContain('\nWhat if\n  • "proxy" runs, and answers nobody.\n');
  });

  it('cannot steer the terminal', () => {
    const nasty = timelineText(pictured(manifest('Pod', 'containers: [{name: "\\e[31mred", image: a:1}]')), plain);
    expect(nasty).not.toContain('\u001b');
  });
});

describe('json', () => {
  const data = timelineData(pictured(text, { above: '# one\n# two\n' }), 'en');

  it('has three numbers for every moment, null where nothing bounds it, and the lines of the file', () => {
    expect(data).toMatchObject({
      workload: 'Deployment/it', line: 9, kubernetes: '1.35', ready: [0, 14, null], uncounted: ['migrate'],
      termination: { grace: [30, 30, 30], ordered: true, limit: 32 },
      resources: { requests: { cpu: 0.1, memory: 0 }, limits: { cpu: null, memory: null } },
    });
    expect((data['containers'] as readonly unknown[])[1]).toEqual({
      name: 'proxy', kind: 'sidecar', line: 12, endLine: 16, start: [0, 1, 1], started: [0, 4, 22], ready: [0, 4, 22], opens: [0, 4, 22], gate: 'startupProbe', falseGates: [], blockedBy: 'migrate',
    });
    expect((data['containers'] as readonly unknown[])[2]).toMatchObject({ falseGates: [{ probe: 'readinessProbe', line: 20 }] });
    expect(JSON.parse(JSON.stringify(data))).toEqual(JSON.parse(JSON.stringify(data, (_, value: unknown) => value)));
    expect(JSON.stringify(data)).not.toMatch(/Infinity|NaN/);
  });

  it('tells what comes of each failure', () => {
    const failures = data['failures'] as readonly Readonly<Record<string, unknown>>[];
    expect(failures).toHaveLength(12);
    expect(failures.find(({ container, how }) => container === 'proxy' && how === 'hang')).toMatchObject({ noticedBy: 'startupProbe', noticedAfter: [18, 21, 21], restarts: true, neverStart: ['agent', 'app'], phase: 'Pending', ready: false });
  });

  it('tells of a Job', () => {
    const job = timelineData(pictured(manifest('Job', 'restartPolicy: Never\ncontainers: [{name: app, image: a:1}]', '  backoffLimit: 2\n')), 'zh');
    expect(job).toMatchObject({ job: { backoffLimit: 2, deadline: null, newPods: true, waits: 30, endsWith: ['app'] }, summary: 'app · 立即启动' });
  });
});

describe('mermaid', () => {
  it('is a chart with a section for each container', () => {
    expect(timelineMermaid(pictured(text), 'en')).toBe(`gantt
    title Deployment/it - migrate → proxy (≤ 21 s) → agent → app · ready in 0 s or more likely 14 s
    dateFormat X
    axisFormat %M:%S
    todayMarker off
    section migrate (init)
    works then ends :active, 0, 1
    section proxy (sidecar)
    waiting :done, 0, 1
    starting :active, 1, 4
    at the worst not yet :crit, 4, 22
    running :22, 26
    section agent (sidecar)
    waiting :done, 0, 4
    at the worst not yet :crit, 4, 22
    running :22, 26
    section app (app)
    waiting :done, 0, 5
    at the worst not yet :crit, 5, 23
    running :23, 26
`);
  });

  it('keeps what would end a name or a line out of names', () => {
    const chart = timelineMermaid(pictured(manifest('Pod', 'containers: [{name: "a:b;c#d,e\\nsection x", image: a:1}]')), 'en');
    expect(chart.match(/^ {4}section .*$/gm)).toEqual(['    section a b c d e section x (app)']);
  });
});

describe('the scale', () => {
  it('is even where all can be seen, and denser to the right where the likely course would vanish', () => {
    expect(scaleFor([10], [5])).toMatchObject({ isCompressed: false, ticks: [0, 2, 4, 6, 8, 10] });
    const dense = scaleFor([301], [6]);
    expect(dense.isCompressed).toBe(true);
    expect(dense.at(6)).toBeGreaterThan(0.1);
    expect(dense.ticks.every((tick, at) => at === 0 || tick > (dense.ticks[at - 1] ?? 0))).toBe(true);
    expect([dense.at(Infinity), dense.at(-1), scaleFor([], []).at(0)]).toEqual([1, 0, 0]);
    for (const last of [1, 7, 33, 122, 5000, 1e6, 1e12]) expect(scaleFor([last], [last]).ticks.length).toBeLessThan(12);
  });
});
