import { edits, type FixOutcome, refused } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { deadlinePlace, isRunHere, type Job, jobLimits, jobsOf, lacksDeadline } from '../../../engine/kubernetes/job.ts';
import { manifestRule } from '../../../engine/rule-kinds.ts';
import { remove, set } from '../../../engine/yaml/edit.ts';
import { because } from '../../../engine/yaml/refusals.ts';
import { inRoot, rootOf } from '../../../engine/yaml/same-place.ts';
import { inSteps } from '../../../engine/yaml/steps.ts';

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
        fixes: [{ key: 'move', title: message(texts.move), safety: 'suggestion', outcome: () => moved(job) }],
      };
    }
  },
);

/** The comment behind the value goes with it. */
function moved({ spec, podSpec }: Job): FixOutcome {
  const [from, to] = [podSpec.get('activeDeadlineSeconds'), spec.get('activeDeadlineSeconds')];
  const { int: seconds, comment } = from;
  if (seconds === undefined) return refused(because('unknown', from.path));
  return inSteps(rootOf(from), [
    (root) => {
      const outcome = set(inRoot(to, root), seconds, { after: jobLimits });
      return comment === undefined ? outcome : commented(outcome, `# ${comment}`) ?? refused(because('commented', from.path));
    },
    (root) => remove(inRoot(from, root)),
  ]);
}

/** Undefined where the new key has no line of its own. */
function commented(outcome: FixOutcome, comment: string): FixOutcome | undefined {
  if (outcome.kind === 'refused') return outcome;
  const line = /activeDeadlineSeconds["']?: \d+$/m;
  if (!outcome.edits.some(({ newText }) => line.test(newText))) return undefined;
  return edits(outcome.edits.map((edit) => ({ ...edit, newText: edit.newText.replace(line, (entry) => `${entry} ${comment}`) })));
}
