import { message } from '../../../engine/core/message.ts';
import type { Report } from '../../../engine/core/rule.ts';
import { isMissing } from '../../../engine/kubernetes/job.ts';
import { type Manifest, titleOf } from '../../../engine/kubernetes/manifest.ts';
import { preStopSeconds } from '../../../engine/kubernetes/pre-stop.ts';
import { defaultGrace } from '../../../engine/kubernetes/process-one.ts';
import type { Workload } from '../../../engine/kubernetes/workload.ts';
import { manifestRule } from '../../../engine/rule-kinds.ts';
import { set } from '../../../engine/yaml/edit.ts';

const texts = {
  outlasts: {
    en: 'The preStop hook of container "{name}" takes at least {seconds} s, and its Pod has {grace} s in all to stop, so the app is killed without time to shut down. Raise terminationGracePeriodSeconds.',
    zh: '容器“{name}”的 preStop 钩子至少需要 {seconds} 秒，而 Pod 的终止宽限期只有 {grace} 秒，应用来不及正常退出就会被强制终止。请调大 terminationGracePeriodSeconds。',
  },
  zero: {
    en: 'terminationGracePeriodSeconds: 0 deletes Pods of StatefulSet "{name}" before they have stopped, so two may run with one identity and the same data. Set a time.',
    zh: 'terminationGracePeriodSeconds: 0 会在 Pod 停止之前就将其删除，StatefulSet“{name}”可能有两个 Pod 以同一身份操作同一份数据。请设置宽限时间。',
  },
  raise: { en: 'Set terminationGracePeriodSeconds: {seconds}', zh: '设置 terminationGracePeriodSeconds: {seconds}' },
};

/**
 * The grace period runs from the start of the hook; SIGTERM comes behind it, and two seconds are all that is left then.
 * Source: kubernetes.io, concepts/containers/container-lifecycle-hooks, "Hook handler execution"; for the zero,
 * concepts/workloads/controllers/statefulset, "Deployment and Scaling Guarantees".
 */
export default manifestRule(
  {
    id: 'kubernetes/grace-period-too-short',
    guideline: 'lifecycle',
    title: { en: 'A Pod has less time to stop than it needs.', zh: 'Pod 的终止宽限期短于它停止所需的时间。' },
    severities: ['warning', 'information'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* (manifest) {
    if (manifest.partial) return;
    for (const workload of manifest.workloads) yield* check(manifest, workload);
  },
);

function* check(manifest: Manifest, { podSpec, containers, isPodSpec, probesItself }: Workload): Iterable<Report> {
  // Where somebody else completes the Pod (Knative), the grace period is not the manifest's to say.
  if (!isPodSpec || probesItself) return;
  const period = podSpec.get('terminationGracePeriodSeconds');
  const grace = isMissing(period) ? defaultGrace : period.int;
  if (grace === undefined || grace < 0) return;
  const hooks = containers.filter(({ role }) => role === 'app' || role === 'sidecar').map((container) => ({ container, seconds: preStopSeconds(container) }));
  // Behind its hook the app gets as long as it would have without one.
  const needed = Math.max(0, ...hooks.map(({ seconds }) => seconds)) + defaultGrace;
  const fixes: Report['fixes'] = [
    {
      key: 'raise',
      title: message(texts.raise, { seconds: needed }),
      safety: 'suggestion',
      outcome: () => set(period, needed, { after: ['restartPolicy', 'serviceAccountName', 'containers'] }),
    },
  ];
  if (grace === 0 && manifest.kind === 'StatefulSet') {
    const place = `${manifest.place}:${period.path}`;
    yield { span: period.span, place, severity: 'warning', message: message(texts.zero, { name: titleOf(manifest) }), fixes };
    return;
  }
  for (const { container, seconds } of hooks) {
    if (seconds === 0 || seconds < grace) continue;
    const hook = container.field.at('lifecycle', 'preStop');
    yield {
      span: hook.span,
      place: `${manifest.place}:${hook.path}`,
      severity: 'warning',
      message: message(texts.outlasts, { name: container.title, seconds, grace }),
      fixes,
    };
  }
}
