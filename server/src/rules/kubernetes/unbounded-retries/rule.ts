import type { Fix } from '../../../engine/core/finding.ts';
import { type Message, message } from '../../../engine/core/message.ts';
import { amongLimits, deadlinePlace, isMissing, isRunHere, type Job, jobsOf, lacksDeadline } from '../../../engine/kubernetes/job.ts';
import { manifestRule } from '../../../engine/rule-kinds.ts';
import { set } from '../../../engine/yaml/edit.ts';
import type { Field } from '../../../engine/yaml/field.ts';

const texts = {
  limit: {
    en: 'backoffLimit: {limit} lets a failing {kind} "{name}" retry for {days} days or longer, and no activeDeadlineSeconds stops it. Set a deadline.',
    zh: 'backoffLimit: {limit} 会让失败的{kind}“{name}”重试至少 {days} 天，且没有 activeDeadlineSeconds 使其停止。请设置期限。',
  },
  endless: {
    en: 'backoffLimit: {limit} lets a failing {kind} "{name}" retry for ever, and no activeDeadlineSeconds stops it. Set a deadline.',
    zh: 'backoffLimit: {limit} 会让失败的{kind}“{name}”无限重试，且没有 activeDeadlineSeconds 使其停止。请设置期限。',
  },
  ignored: {
    en: 'Failures with these exit codes do not count against backoffLimit, so {kind} "{name}" may start new Pods for ever. Set activeDeadlineSeconds.',
    zh: '以这些退出码失败的 Pod 不计入 backoffLimit，{kind}“{name}”可能会不断新建 Pod。请设置 activeDeadlineSeconds。',
  },
  deadline: { en: 'Add activeDeadlineSeconds: 3600', zh: '添加 activeDeadlineSeconds: 3600' },
  fewer: { en: 'Set backoffLimit: 6, the default', zh: '设置 backoffLimit: 6（默认值）' },
};

/** After the first few, one retry in five minutes (kubelet) or six (Job controller): days. */
const daysOfRetry = 300 / 86_400;

/**
 * Retries that nothing ends: more than a day of them, or failures that are not counted at all.
 * Source: kubernetes.io, concepts/workloads/controllers/job: "Pod backoff failure policy" (the delay is capped at six
 * minutes; the kubelet's for containers at five) and "Pod failure policy" (`Ignore` does not count).
 */
export default manifestRule(
  {
    id: 'kubernetes/unbounded-retries',
    guideline: 'job-deadline',
    title: { en: 'A Job that fails is retried without an end.', zh: '失败的 Job 会被无休止地重试。' },
    severities: ['information'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: ['kubernetes/deadline-at-pod-level'],
    mayReveal: ['kubernetes/no-job-deadline', 'kubernetes/cronjob-pile-up'],
  },
  function* (manifest) {
    for (const job of jobsOf(manifest)) {
      if (!lacksDeadline(job) || !isRunHere(job)) continue;
      const cause = causeOf(job, manifest.kind);
      if (cause === undefined) continue;
      const deadline = job.spec.get('activeDeadlineSeconds');
      const limit = job.spec.get('backoffLimit');
      const fixes: Fix[] = [
        { key: 'add-deadline', title: message(texts.deadline), safety: 'suggestion', outcome: () => set(deadline, 3600, amongLimits(job)) },
      ];
      if (cause.field === limit) {
        fixes.push({ key: 'fewer-retries', title: message(texts.fewer), safety: 'suggestion', outcome: () => set(limit, 6) });
      }
      yield { span: cause.field.span, place: deadlinePlace(manifest, job), severity: 'information', message: cause.message, fixes };
    }
  },
);

function causeOf({ spec, title: name }: Job, kind: string): { readonly field: Field; readonly message: Message } | undefined {
  const rules = spec.at('podFailurePolicy', 'rules').items();
  const ignored = rules.find((rule) => rule.at('action').text === 'Ignore' && rule.at('onExitCodes').kind === 'map');
  if (ignored !== undefined) return { field: ignored.at('action'), message: message(texts.ignored, { kind, name }) };
  // Indexed Jobs count for each index by themselves; a failure policy may end the Job long before.
  if (!isMissing(spec.get('backoffLimitPerIndex')) || !isMissing(spec.get('podFailurePolicy'))) return undefined;
  const field = spec.get('backoffLimit');
  const limit = field.int;
  if (limit === undefined) return undefined;
  const days = Math.floor((limit / atOnce(spec)) * daysOfRetry);
  if (days < 1) return undefined;
  return { field, message: days > 3650 ? message(texts.endless, { kind, name, limit }) : message(texts.limit, { kind, name, limit, days }) };
}

/** The limit is one for all Pods of a Job: many Pods may need many retries. */
function atOnce(spec: Job['spec']): number {
  const counts = [spec.get('completions'), spec.get('parallelism')].map((field) => (isMissing(field) ? 1 : (field.int ?? Number.POSITIVE_INFINITY)));
  return Math.max(1, ...counts);
}
