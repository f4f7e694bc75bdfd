import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Estimate } from '../../../server/src/engine/kubernetes/startup/estimate.ts';
import { failuresOf, simulate } from '../../../server/src/engine/kubernetes/startup/simulate.ts';
import { summarise } from '../../../server/src/engine/kubernetes/startup/summary.ts';
import { manifest, workloadIn } from './support.ts';

const number = fc.oneof(fc.integer({ min: -5, max: 400 }), fc.constantFrom('"{{ .x }}"', '1e300', '0x1F', 'null', '[]', '99999999999999999999', '"5"'));
const words = fc.constantFrom('[sleep, "5"]', '[sh, -c, "sleep 20; exec a"]', '[timeout, "7", x]', '[x, localhost:80]', '[]', '{{}: 1}', 'x', '[[a]]');
const hook = fc.oneof(words.map((each) => `{exec: {command: ${each}}}`), number.map((each) => `{sleep: {seconds: ${String(each)}}}`), fc.constantFrom('{}', 'null', '{httpGet: {port: 80}}', 'x'));
const probe = fc.oneof(
  fc.record({ a: number, b: number, c: number, d: number, e: number }).map(({ a, b, c, d, e }) => `{tcpSocket: {port: 80}, initialDelaySeconds: ${String(a)}, periodSeconds: ${String(b)}, timeoutSeconds: ${String(c)}, failureThreshold: ${String(d)}, successThreshold: ${String(e)}}`),
  fc.constantFrom('{}', 'null', 'x', '[]'),
);
const container = fc
  .record({ policy: fc.constantFrom('', ', restartPolicy: Always', ', restartPolicy: Never', ', restartPolicy: "{{ .x }}"'), startup: fc.option(probe), ready: fc.option(probe), live: fc.option(probe), post: fc.option(hook), pre: fc.option(hook), command: fc.option(words), name: fc.constantFrom('a', 'b', '', '"\\u001b[31m<b>"') })
  .map(({ policy, startup, ready, live, post, pre, command, name }) => {
    const key = (title: string, value: string | null): string => (value === null ? '' : `, ${title}: ${value}`);
    const lifecycle = post === null && pre === null ? '' : `, lifecycle: {x: 1${key('postStart', post)}${key('preStop', pre)}}`;
    return `{name: ${name}, image: a:1, ports: [{containerPort: 80}]${policy}${key('startupProbe', startup)}${key('readinessProbe', ready)}${key('livenessProbe', live)}${lifecycle}${key('command', command)}}`;
  });
const pod = fc.record({ kind: fc.constantFrom('Pod', 'Deployment', 'Job', 'CronJob'), init: fc.array(container, { maxLength: 4 }), apps: fc.array(container, { minLength: 1, maxLength: 3 }), grace: number, policy: fc.constantFrom('Always', 'OnFailure', 'Never', 'x', 'null') })
  .map(({ kind, init, apps, grace, policy }) => manifest(kind as 'Pod', `restartPolicy: ${policy}\nterminationGracePeriodSeconds: ${String(grace)}\ninitContainers: [${init.join(', ')}]\ncontainers: [${apps.join(', ')}]`));

const isOrdered = ({ earliest, likely, worst }: Estimate): boolean => earliest >= 0 && earliest <= likely && likely <= worst;

it('holds for any Pod: nothing throws, estimates are in order, nobody starts before whom they wait for', () => {
  fc.assert(fc.property(pod, fc.constantFrom(17, 27, 28, 29, 33, 34, 35, 36), (text, version) => {
    const { workload, manifest: object } = workloadIn(text);
    const failures = failuresOf(workload, version);
    for (const failing of [undefined, ...failures]) {
      const timeline = simulate({ workload, version, failing, ...(object === undefined ? {} : { manifest: object }) });
      if (timeline === undefined) throw new Error('no timeline');
      const { containers, termination, ready, initialized } = timeline;
      const estimates = [ready, initialized, termination.end, termination.grace, ...containers.flatMap((each) => [each.start, each.started, each.opens, ...(each.ready === undefined ? [] : [each.ready])]), ...termination.stops.flatMap((each) => [each.sigterm, each.sigkill, each.end])];
      expect(estimates.filter((each) => !isOrdered(each))).toEqual([]);
      for (const [at, each] of containers.entries()) {
        const before = containers[at - 1];
        if (before !== undefined) expect([each.start.earliest >= before.start.earliest, each.start.worst >= before.start.worst]).toEqual([true, true]);
        if (before !== undefined && before.kind !== 'app' && each.start.earliest < Infinity) expect(each.start.earliest).toBeGreaterThanOrEqual(before.opens.earliest);
      }
      expect(summarise(timeline).zh).not.toContain('NaN');
    }
    for (const { noticedAfter, localhost } of failures) expect([noticedAfter, localhost?.outage ?? noticedAfter].every(isOrdered)).toBe(true);
  }), { numRuns: 300 });
});
