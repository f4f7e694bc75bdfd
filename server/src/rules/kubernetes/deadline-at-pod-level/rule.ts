import { message } from '../../../engine/core/message.ts';
import { amongLimits, deadlinePlace, isRunHere, jobsOf, lacksDeadline } from '../../../engine/kubernetes/job.ts';
import { manifestRule } from '../../../engine/rule-kinds.ts';
import { move } from '../../../engine/yaml/move.ts';
import { keysOf } from '../../../engine/yaml/steps.ts';

const texts = {
  retried: {
    en: 'activeDeadlineSeconds in the Pod template ends a Pod of {kind} "{name}", but not the Job, which starts the next one. Move it to the spec of the Job.',
    zh: 'Pod 模板中的 activeDeadlineSeconds 只会终止{kind}“{name}”的单个 Pod，Job 会接着启动下一个。请将其移到 Job 的 spec 中。',
  },
  late: {
    en: 'activeDeadlineSeconds in the Pod template counts from the start of the Pod, so {kind} "{name}" waits for ever where no node takes it. Move it to the spec of the Job.',
    zh: 'Pod 模板中的 activeDeadlineSeconds 从 Pod 启动后才开始计时，如果 Pod 一直无法调度，{kind}“{name}”就会永远等待。请将其移到 Job 的 spec 中。',
  },
  move: { en: 'Move activeDeadlineSeconds to the spec of the Job', zh: '将 activeDeadlineSeconds 移到 Job 的 spec 中' },
};

/**
 * Both levels have a field of this name. A Job whose Pods may not fail once is hardly different, so that is a hint.
 * Source: kubernetes.io, concepts/workloads/controllers/job, "Job termination and cleanup": "Ensure that you set this
 * field at the proper level"; kubernetes/api, core/v1/types.go, PodSpec (relative to StartTime).
 */
export default manifestRule(
  {
    id: 'kubernetes/deadline-at-pod-level',
    guideline: 'job-deadline',
    title: { en: "A Job's deadline stands in its Pod template.", zh: 'Job 的运行期限写在了 Pod 模板中。' },
    severities: ['warning', 'hint'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* (manifest) {
    for (const job of jobsOf(manifest)) {
      const deadline = job.podSpec.get('activeDeadlineSeconds');
      if (!deadline.present || deadline.isNull || !lacksDeadline(job) || !isRunHere(job)) continue;
      const isOnce = job.spec.get('backoffLimit').int === 0;
      yield {
        span: deadline.keySpan ?? deadline.span,
        place: deadlinePlace(manifest, job),
        severity: isOnce ? 'hint' : 'warning',
        message: message(isOnce ? texts.late : texts.retried, { kind: manifest.kind, name: job.title }),
        fixes: [{ key: 'move', title: message(texts.move), safety: 'suggestion', outcome: () => move(deadline, keysOf(job.spec), amongLimits(job)) }],
      };
    }
  },
);
