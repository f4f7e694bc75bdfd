import { describe, expect, it } from 'vitest';
import type { Failing } from '../../../server/src/engine/kubernetes/startup/order.ts';
import { failuresOf, type ToldFailure } from '../../../server/src/engine/kubernetes/startup/simulate.ts';
import { manifest, startsOf, timelineOf, told, workloadIn } from './support.ts';

const gated = '{name: proxy, image: proxy:1, restartPolicy: Always, ports: [{containerPort: 5432}], startupProbe: {tcpSocket: {port: 5432}, periodSeconds: 1, failureThreshold: 60}, livenessProbe: {tcpSocket: {port: 5432}}}';
const bare = '{name: agent, image: agent:1, restartPolicy: Always}';
const app = 'containers: [{name: app, image: app:1, env: [{name: DB, value: "postgres://localhost:5432/x"}]}]';

function failureIn(text: string, container: string, how: Failing, version = 35): ToldFailure {
  const { failure } = timelineOf(text, version, { container, how });
  if (failure === undefined) throw new Error('no failure');
  return failure;
}

function gist({ noticedBy, restarts, neverStart, phase, isReady }: ToldFailure): readonly unknown[] {
  return [noticedBy, restarts, neverStart, phase, isReady];
}

describe('a sidecar that is a gate', () => {
  const text = manifest('Deployment', `initContainers: [${gated}]\n${app}`);

  it('keeps the app from starting, whichever way it fails', () => {
    expect(gist(failureIn(text, 'proxy', 'crash'))).toEqual(['exit', true, ['app'], 'Pending', false]);
    expect(gist(failureIn(text, 'proxy', 'hang'))).toEqual(['startupProbe', true, ['app'], 'Pending', false]);
    expect(gist(failureIn(text, 'proxy', 'never'))).toEqual(['pull', true, ['app'], 'Pending', false]);
    expect(startsOf(timelineOf(text, 35, { container: 'proxy', how: 'crash' }))).toEqual(['proxy sidecar startupProbe 0 ∞ ∞', 'app app none ∞ ∞ ∞']);
  });

  it('is killed by its probe between 59 and 61 s: D + (F - 1) · P, and P + (F - 1) · P + T', () => {
    expect(told(failureIn(text, 'proxy', 'hang').noticedAfter)).toBe('59/61/61');
  });

  it('takes localhost from the app once it ran: for a back-off and its own start, or until its livenessProbe and the grace period are through', () => {
    // Back-off 0 to 300; up again after 0 to 61.
    expect(failureIn(text, 'proxy', 'crash').localhost).toEqual({ users: ['app'], outage: { earliest: 0, likely: 12, worst: 361 } });
    // Three failures, 10 s apart: 20 to 10 + 2 · 10 + 1; 0 to 30 s to end; up again after 0 to 61.
    expect(told(failureIn(text, 'proxy', 'hang').localhost?.outage ?? { earliest: 0, likely: 0, worst: 0 })).toBe('20/33/122');
    // Until 1.34, retries came with the sync grid of up to 15 s.
    expect(failureIn(text, 'proxy', 'crash', 34).localhost?.outage.worst).toBe(376);
  });

  it('says so in both languages', () => {
    const { sentences } = failureIn(text, 'proxy', 'hang');
    expect(sentences.map(({ en }) => en)).toEqual([
      '"proxy" runs, and answers nobody.',
      'Its startupProbe has it killed after 59 to 61 s.',
      'The kubelet starts it anew at once, then after 10, 20, 40 s and so on, 300 s at the most.',
      '"app" never starts.',
      'The Pod is Pending and not ready.',
      '"app" cannot reach it at localhost for 20 to 122 s each time.',
    ]);
    expect(sentences[3]?.zh).toBe('“app”不会启动。');
  });
});

describe('a sidecar without a gate', () => {
  const text = manifest('Deployment', `initContainers: [${bare}]\n${app}`);

  it('lets the app start; the Pod is not ready while it crashes, and nothing notices that it hangs', () => {
    expect(gist(failureIn(text, 'agent', 'crash'))).toEqual(['exit', true, [], 'Running', false]);
    expect(gist(failureIn(text, 'agent', 'hang'))).toEqual([undefined, false, [], 'Running', true]);
    expect(gist(failureIn(text, 'agent', 'never'))).toEqual(['pull', true, ['app'], 'Pending', false]);
  });

  it('is missed at localhost by nobody who does not name its port', () => {
    expect(failureIn(text, 'agent', 'crash').localhost).toBeUndefined();
  });
});

describe('an init container', () => {
  const pod = (policy: string): string => manifest('Pod', `restartPolicy: ${policy}\ninitContainers: [{name: init, image: a:1}]\n${app}`);

  it('fails its Pod with Never, and is tried again otherwise', () => {
    expect(gist(failureIn(pod('Never'), 'init', 'crash'))).toEqual(['exit', false, ['app'], 'Failed', false]);
    expect(gist(failureIn(pod('Always'), 'init', 'crash'))).toEqual(['exit', true, ['app'], 'Pending', false]);
    expect(gist(failureIn(pod('Always'), 'init', 'hang'))).toEqual([undefined, false, ['app'], 'Pending', false]);
  });

  it('goes by a policy of its own since 1.35', () => {
    const own = manifest('Pod', `initContainers: [{name: init, image: a:1, restartPolicy: Never}]\n${app}`);
    expect(failureIn(own, 'init', 'crash').phase).toBe('Failed');
    const rules = manifest('Pod', `initContainers: [{name: init, image: a:1, restartPolicy: Never, restartPolicyRules: [{action: Restart, exitCodes: {operator: In, values: [42]}}]}]\n${app}`);
    expect(failureIn(rules, 'init', 'crash').restarts).toBeUndefined();
  });
});

describe('an app container', () => {
  it('is killed by its livenessProbe, or only taken out of Services by its readinessProbe', () => {
    const probe = '{tcpSocket: {port: 1}}';
    expect(gist(failureIn(manifest('Pod', `containers: [{name: app, image: a:1, livenessProbe: ${probe}}]`), 'app', 'hang'))).toEqual(['livenessProbe', true, [], 'Running', true]);
    expect(gist(failureIn(manifest('Pod', `containers: [{name: app, image: a:1, readinessProbe: ${probe}}]`), 'app', 'hang'))).toEqual(['readinessProbe', false, [], 'Running', false]);
  });

  it('fails the Pod alone with Never, and not while another one runs', () => {
    expect(failureIn(manifest('Pod', 'restartPolicy: Never\ncontainers: [{name: app, image: a:1}]'), 'app', 'crash').phase).toBe('Failed');
    expect(failureIn(manifest('Pod', 'restartPolicy: Never\ncontainers: [{name: app, image: a:1}, {name: other, image: a:1}]'), 'app', 'crash').phase).toBe('Running');
  });

  it('keeps those behind it waiting where its hook asks it in vain, and not where it never started', () => {
    const text = manifest('Pod', 'containers: [{name: proxy, image: a:1, lifecycle: {postStart: {exec: {command: [wait-for-me]}}}}, {name: app, image: a:1}]');
    expect(failureIn(text, 'proxy', 'hang').neverStart).toEqual(['app']);
    expect(failureIn(text, 'proxy', 'never').neverStart).toEqual([]);
    expect(failureIn(text, 'proxy', 'crash').neverStart).toEqual([]);
  });
});

describe('a Job', () => {
  const job = (policy: string, limits: string, init = gated): string => manifest('Job', `restartPolicy: ${policy}\ninitContainers: [${init}]\n${app}`, limits);
  const fate = (text: string, container: string, how: Failing): readonly unknown[] => {
    const { job: found } = failureIn(text, container, how);
    return [found?.outcome, found?.after];
  };

  it('fails when its tries are used up: 10 + 20 + … + 320 s for seven Pods, 0 + 10 + … + 160 s for six restarts', () => {
    expect(fate(job('Never', ''), 'app', 'crash')).toEqual(['fails', 630]);
    expect(fate(job('OnFailure', ''), 'app', 'crash')).toEqual(['fails', 310]);
    expect(fate(job('Never', '  backoffLimit: 3\n'), 'app', 'crash')).toEqual(['fails', 70]);
    expect(fate(job('Never', '  backoffLimit: 0\n'), 'app', 'crash')).toEqual(['fails', 0]);
    expect(fate(job('Never', '  backoffLimit: 8\n'), 'app', 'crash')).toEqual(['fails', 1830]);
    expect(fate(job('OnFailure', '  backoffLimit: 8\n'), 'app', 'crash')).toEqual(['fails', 910]);
  });

  it('is ended by its deadline where that comes first, and by nothing else where nothing fails', () => {
    expect(fate(job('Never', '  activeDeadlineSeconds: 100\n'), 'app', 'crash')).toEqual(['fails', 100]);
    expect(fate(job('Never', '  activeDeadlineSeconds: 100\n'), 'app', 'hang')).toEqual(['fails', 100]);
    expect(fate(job('Never', ''), 'app', 'hang')).toEqual(['hangs', undefined]);
    expect(fate(job('Never', ''), 'app', 'never')).toEqual(['hangs', undefined]);
  });

  it('counts the restarts of a sidecar with OnFailure alone, and does not mind one that keeps nobody waiting', () => {
    expect(fate(job('OnFailure', '', bare), 'agent', 'crash')).toEqual(['fails', 310]);
    expect(fate(job('Never', '', bare), 'agent', 'crash')).toEqual(['completes', undefined]);
    expect(fate(job('Never', '', bare), 'agent', 'hang')).toEqual(['completes', undefined]);
    expect(fate(job('Never', ''), 'proxy', 'crash')).toEqual(['hangs', undefined]);
    expect(fate(job('Never', ''), 'proxy', 'never')).toEqual(['hangs', undefined]);
  });

  it('ends with its app containers', () => {
    expect(timelineOf(job('Never', '')).job).toMatchObject({ backoffLimit: 6, newPods: true, waits: 630, endsWith: ['app'], deadline: Infinity });
  });
});

it('tells every failure of every container, each as if it were asked for alone', () => {
  const text = manifest('Deployment', `initContainers: [${gated}, ${bare}]\n${app}`);
  const all = failuresOf(workloadIn(text).workload, 35);
  expect(all).toHaveLength(9);
  for (const failure of all) expect(failureIn(text, failure.container, failure.how)).toEqual(failure);
});
