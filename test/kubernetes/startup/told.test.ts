import { describe, expect, it } from 'vitest';
import { summarise } from '../../../server/src/engine/kubernetes/startup/summary.ts';
import { simulate } from '../../../server/src/engine/kubernetes/startup/simulate.ts';
import { manifest, timelineOf, workloadIn } from './support.ts';

const app = 'containers: [{name: app, image: app:1}]';
const side = (rest: string): string => `initContainers: [{name: side, image: a:1, restartPolicy: Always, ${rest}}]`;
const probe = '{tcpSocket: {port: 1}, periodSeconds: 5, failureThreshold: 6}';

describe('the summary', () => {
  it.each([
    [`initContainers: [{name: migrate, image: a:1}, {name: log-agent, image: a:1, restartPolicy: Always, startupProbe: ${probe}}]\n${app}`, 'migrate → log-agent (≤ 31 s) → app · ready in 0 to 32 s', 'migrate → log-agent（≤ 31 秒） → app · 0 至 32 秒后就绪'],
    [app, 'app · ready at once', 'app · 立即就绪'],
    ['containers: [{name: one, image: a:1}, {name: two, image: a:1, readinessProbe: {tcpSocket: {port: 1}}}]', 'one + two · ready in 0 s or more, likely 10 s', 'one + two · 0 秒或更久后就绪，通常约 10 秒'],
    [`${side('lifecycle: {postStart: {exec: {command: [wait]}}}')}\n${app}`, 'side (postStart) → app · ready in 0 s or more, likely 1 s', 'side（postStart） → app · 0 秒或更久后就绪，通常约 1 秒'],
    [`${side(`startupProbe: ${probe}, command: [sh, -c, sleep 90; exec x]`)}\n${app}`, 'side → app · never ready', 'side → app · 永远不会就绪'],
  ])('%s', (spec, en, zh) => {
    expect(summarise(timelineOf(manifest('Deployment', spec)))).toEqual({ en, zh });
  });

  it('speaks of the start of what ends by itself', () => {
    expect(summarise(timelineOf(manifest('Job', `restartPolicy: Never\n${side(`startupProbe: ${probe}`)}\n${app}`))).en).toBe('side (≤ 31 s) → app · app starts in 0 to 31 s');
    expect(summarise(timelineOf(manifest('Job', `restartPolicy: Never\n${app}`))).en).toBe('app · starts at once');
  });
});

describe('a false gate', () => {
  const keys = (spec: string, version = 35): readonly string[] => timelineOf(manifest('Deployment', spec), version).containers.flatMap(({ falseGates }) => falseGates.map(({ key }) => key));

  it('is a readiness or liveness probe of a sidecar that has no gate, with somebody behind it', () => {
    expect(keys(`${side(`readinessProbe: ${probe}, livenessProbe: ${probe}`)}\n${app}`)).toEqual(['readinessProbe', 'livenessProbe']);
    expect(keys(`${side(`readinessProbe: ${probe}, startupProbe: ${probe}`)}\n${app}`)).toEqual([]);
    expect(keys(`${side(`readinessProbe: ${probe}, lifecycle: {postStart: {sleep: {seconds: 1}}}`)}\n${app}`)).toEqual([]);
    expect(keys(`containers: [{name: app, image: a:1, readinessProbe: ${probe}}, {name: other, image: a:1}]`)).toEqual([]);
  });

  it('has the span of its key', () => {
    const text = manifest('Deployment', `${side(`readinessProbe: ${probe}`)}\n${app}`);
    const [gate] = timelineOf(text).containers[0]?.falseGates ?? [];
    expect(text.slice(gate?.span.start, gate?.span.end)).toBe('readinessProbe');
  });
});

it('names what each container waits for, and where it stands', () => {
  const text = manifest('Deployment', `initContainers: [{name: one, image: a:1}, {name: two, image: a:1, restartPolicy: Always, startupProbe: ${probe}}]\ncontainers: [{name: three, image: a:1, lifecycle: {postStart: {sleep: {seconds: 1}}}}, {name: four, image: a:1}]`);
  const { containers } = timelineOf(text);
  expect(containers.map(({ name, blockedBy }) => [name, blockedBy])).toEqual([['one', undefined], ['two', 'one'], ['three', 'two'], ['four', 'three']]);
  expect(containers.map(({ span }) => text.slice(span.start, span.end))).toEqual(['one', 'two', 'three', 'four']);
  expect(containers.map(({ probeSpan }) => (probeSpan === undefined ? undefined : text.slice(probeSpan.start, probeSpan.end)))).toEqual([undefined, 'startupProbe', 'postStart', undefined]);
});

describe('a note', () => {
  const kinds = (text: string, version = 35): readonly string[] => timelineOf(text, version).notes.map(({ kind, container }) => `${kind} ${container ?? '-'}`);

  it.each<[string, string, number, readonly string[]]>([
    ['init container whose work has no limit', `initContainers: [{name: init, image: a:1}]\n${app}`, 35, ['uncounted init']],
    ['sidecar on an old cluster', `${side('args: [x]')}\n${app}`, 27, ['never-ends side', 'unordered-stop -']],
    ['sidecar with a probe on an old cluster', `${side(`startupProbe: ${probe}`)}\n${app}`, 27, ['refused side', 'never-ends side', 'unordered-stop -']],
    ['probe of a plain init container', `initContainers: [{name: init, image: a:1, readinessProbe: ${probe}}]\n${app}`, 35, ['refused init', 'uncounted init']],
    ['hook that runs too early', `${side('lifecycle: {preStop: {sleep: {seconds: 1}}}')}\n${app}`, 35, ['pre-stop-first side']],
    ['time-out above the period', `${side('startupProbe: {tcpSocket: {port: 1}, periodSeconds: 1, timeoutSeconds: 5}')}\n${app}`, 35, ['slow-probe side']],
    ['sleep longer than the probe allows', `${side(`startupProbe: ${probe}, command: [sh, -c, sleep 90; exec x]`)}\n${app}`, 35, ['never-starts side']],
    ['probe that orders nothing', `${side(`livenessProbe: ${probe}`)}\n${app}`, 35, ['false-gate side']],
    ['readiness gate', `readinessGates: [{conditionType: x}]\n${app}`, 35, ['readiness-gates -']],
    ['number that is computed', `${app.slice(0, -2)}, startupProbe: {tcpSocket: {port: 1}, periodSeconds: "{{ .p }}"}}]`, 35, ['unknown-number app']],
  ])('tells of a %s', (_, spec, version, expected) => {
    expect(kinds(manifest('Deployment', spec), version)).toEqual(expected);
  });
});

it('counts on nobody outside to call a Pod ready in time', () => {
  expect(timelineOf(manifest('Pod', `readinessGates: [{conditionType: x}]\n${app}`)).ready).toEqual({ earliest: 0, likely: 0, worst: Infinity });
});

it('tells which volumes are shared, and by whom', () => {
  const text = manifest('Deployment', 'initContainers: [{name: side, image: a:1, restartPolicy: Always, volumeMounts: [{name: logs, mountPath: /in, readOnly: true}, {name: own, mountPath: /own}]}]\ncontainers: [{name: app, image: app:1, volumeMounts: [{name: logs, mountPath: /var/log/app/}]}]\nvolumes: [{name: logs, emptyDir: {}}, {name: own, emptyDir: {}}]');
  expect(timelineOf(text).volumes).toEqual([
    { name: 'logs', source: 'emptyDir', mounts: [{ container: 'side', path: '/in', isReadOnly: true }, { container: 'app', path: '/var/log/app', isReadOnly: false }] },
  ]);
});

it('has no timeline for steps of other systems, and for what holds no container', () => {
  expect(simulate({ ...workloadIn('apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: a}\nspec:\n  steps: [{name: a, image: a:1}]\n'), version: 35 })).toBeUndefined();
  expect(simulate({ ...workloadIn(manifest('Pod', 'containers: []')), version: 35 })).toBeUndefined();
});
