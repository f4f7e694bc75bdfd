import type { Text } from '../../core/message.ts';
import type { Failure } from './failure.ts';
import type { Plan, Planned } from './plan.ts';
import { compose, fill, listed, seconds, span } from './words.ts';

const texts = {
  crash: { en: '"{name}" ends right after its start, again and again.', zh: '“{name}”每次启动后立即退出。' },
  hang: { en: '"{name}" runs, and answers nobody.', zh: '“{name}”在运行，但不响应任何请求。' },
  hangInit: { en: '"{name}" runs, and never ends.', zh: '“{name}”一直运行，不会结束。' },
  never: { en: '"{name}" never starts: its image or its configuration is missing.', zh: '“{name}”始终无法启动：镜像或配置缺失。' },
  restarts: { en: 'The kubelet starts it anew at once, then after 10, 20, 40 s and so on, 300 s at the most.', zh: 'kubelet 先立即重启它，之后依次等待 10、20、40 秒……最长 300 秒。' },
  pulls: { en: 'The kubelet tries again after 10, 20, 40 s and so on, 300 s at the most.', zh: 'kubelet 依次等待 10、20、40 秒……后重试，最长 300 秒。' },
  stays: { en: 'It is not started anew.', zh: '它不会被重启。' },
  depends: { en: 'Whether it is started anew depends on its exit code or on values the file does not show.', zh: '是否重启取决于退出码或文件中未给出的值。' },
  kills: { en: 'Its {probe} has it killed after {time}.', zh: '其 {probe} 会在 {time}后将它终止。' },
  unready: { en: 'Its readinessProbe only takes the Pod out of its Services; nothing starts it anew.', zh: '其 readinessProbe 只会将 Pod 移出 Service，不会重启它。' },
  unnoticed: { en: 'No probe notices it: the Pod stays as it is.', zh: '没有探针能发现这一情况：Pod 维持原状。' },
  nothingEnds: { en: 'Nothing ends it.', zh: '没有任何机制会终止它。' },
  blocked: { en: '{names} never start.', zh: '{names}不会启动。' },
  blockedOne: { en: '{names} never starts.', zh: '{names}不会启动。' },
  isReady: { en: 'The Pod is {phase} and ready: it gets traffic.', zh: 'Pod 处于 {phase} 状态且已就绪：会接收流量。' },
  notReady: { en: 'The Pod is {phase} and not ready.', zh: 'Pod 处于 {phase} 状态，未就绪。' },
  outage: { en: '{names} cannot reach it at localhost for {time} each time.', zh: '{names}每次有 {time}无法通过 localhost 访问它。' },
  outageEver: { en: '{names} cannot reach it at localhost, without a limit.', zh: '{names}无法通过 localhost 访问它，且没有时限。' },
  completes: { en: 'The Job does not mind: its Pod ends with its app containers.', zh: 'Job 不受影响：其 Pod 随应用容器一同结束。' },
  fails: { en: 'The Job fails after {time} of waiting and the runs themselves.', zh: 'Job 会在累计等待 {time}（另加各次运行的时间）后失败。' },
  failsUnknown: { en: 'The Job fails when its tries are used up.', zh: 'Job 在重试次数用尽后失败。' },
  deadline: { en: 'activeDeadlineSeconds ends the Job after {time}.', zh: 'activeDeadlineSeconds 会在 {time}后终止该 Job。' },
  hangs: { en: 'The Job never ends: it has no activeDeadlineSeconds.', zh: '该 Job 永远不会结束：未设置 activeDeadlineSeconds。' },
  hangsUnknown: { en: 'Only its activeDeadlineSeconds, where it has one, ends the Job.', zh: '只有 activeDeadlineSeconds（如已设置）才能终止该 Job。' },
} as const satisfies Readonly<Record<string, Text>>;

/** What comes of a failure, in short sentences. */
export function failureSentences(failure: Failure, { name, kind }: Planned, plan: Plan): readonly Text[] {
  const { how, phase, isReady, neverStart, localhost } = failure;
  const behind = neverStart.filter((each) => each !== name);
  return [
    fill(how === 'hang' && kind === 'init' ? texts.hangInit : texts[how], { name }),
    ...acted(failure, kind),
    ...(behind.length === 0 ? [] : [compose(behind.length === 1 ? texts.blockedOne : texts.blocked, { names: listed(behind) })]),
    ...(plan.workload.flavour === 'batch' ? [] : [fill(isReady ? texts.isReady : texts.notReady, { phase })]),
    ...(localhost === undefined ? [] : [lost(localhost)]),
    ...job(failure),
  ];
}

function acted({ how, noticedBy, noticedAfter, restarts }: Failure, kind: Planned['kind']): readonly Text[] {
  const anew = [restarts === undefined ? texts.depends : restarts ? texts.restarts : texts.stays].map((text) => fill(text));
  if (how === 'crash') return anew;
  if (how === 'never') return [fill(texts.pulls)];
  if (kind === 'init') return [fill(texts.nothingEnds)];
  if (noticedBy === undefined) return [fill(texts.unnoticed)];
  if (noticedBy === 'readinessProbe') return [fill(texts.unready)];
  return [compose(fill(texts.kills, { probe: noticedBy }), { time: span(noticedAfter) }), ...anew];
}

function lost({ users, outage }: NonNullable<Failure['localhost']>): Text {
  const isEver = outage.worst === Infinity;
  return compose(isEver ? texts.outageEver : texts.outage, { names: listed(users), time: span(outage) });
}

function job({ job: fate }: Failure): readonly Text[] {
  if (fate === undefined) return [];
  const { outcome, after, byDeadline } = fate;
  if (outcome === 'completes') return [fill(texts.completes)];
  if (outcome === 'hangs') return [fill(byDeadline ? texts.hangsUnknown : texts.hangs)];
  if (after === undefined) return [fill(texts.failsUnknown)];
  return [compose(byDeadline ? texts.deadline : texts.fails, { time: seconds(after) })];
}
