import { message } from '../../../engine/core/message.ts';
import { parseSchedule } from '../../../engine/kubernetes/cron.ts';
import { amongLimits, deadlinePlace, isRunHere, type Job, jobsOf, lacksDeadline, shortestDeadline } from '../../../engine/kubernetes/job.ts';
import { manifestRule } from '../../../engine/rule-kinds.ts';
import { set } from '../../../engine/yaml/edit.ts';

const texts = {
  found: {
    en: '{kind} "{name}" has no activeDeadlineSeconds, so a run that hangs or whose Pod cannot start never ends: backoffLimit only counts failures. Set a deadline.',
    zh: '{kind}“{name}”没有设置 activeDeadlineSeconds。任务一旦卡住，或 Pod 无法启动，就永远不会结束，因为 backoffLimit 只统计失败次数。请设置期限。',
  },
  add: {
    en: 'Add activeDeadlineSeconds: {seconds} (a guess: it must exceed the longest healthy run)',
    zh: '添加 activeDeadlineSeconds: {seconds}（估计值，须大于最长的正常运行时间）',
  },
};

/** An hour: enough for most Jobs, and short enough that somebody notices (seconds). */
const usual = 3600;

/**
 * 154 of 155 Jobs in public manifests have no deadline, so it is a hint. A Pod that hangs, cannot be scheduled or
 * cannot pull its image neither fails nor is retried, and `backoffLimit` never counts it.
 * Source: kubernetes.io, concepts/workloads/controllers/job, "Job termination and cleanup".
 */
export default manifestRule(
  {
    id: 'kubernetes/no-job-deadline',
    guideline: 'job-deadline',
    title: { en: 'A Job has no activeDeadlineSeconds.', zh: 'Job 没有设置 activeDeadlineSeconds。' },
    severities: ['hint'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: ['kubernetes/deadline-at-pod-level', 'kubernetes/unbounded-retries', 'kubernetes/cronjob-pile-up'],
    mayReveal: [],
  },
  function* (manifest) {
    for (const job of jobsOf(manifest)) {
      if (!lacksDeadline(job) || !isRunHere(job)) continue;
      const deadline = job.spec.get('activeDeadlineSeconds');
      // A deadline of the Pod may do, or may come from elsewhere.
      if (!job.podSpec.get('activeDeadlineSeconds').absent) continue;
      const seconds = secondsFor(job);
      yield {
        span: deadline.span,
        place: deadlinePlace(manifest, job),
        severity: 'hint',
        message: message(texts.found, { kind: manifest.kind, name: job.title }),
        fixes: [
          {
            key: 'add-deadline',
            title: message(texts.add, { seconds }),
            safety: 'suggestion',
            outcome: () => set(deadline, seconds, amongLimits(job)),
          },
        ],
      };
    }
  },
);

/**
 * Where runs are started beside each other, one should be over when the next begins. `Forbid` and `Replace` let nothing
 * pile up, so a run may take its time there.
 */
function secondsFor({ cron }: Job): number {
  const policy = cron?.get('concurrencyPolicy').text;
  const schedule = parseSchedule(cron?.get('schedule').text ?? '');
  if (policy === 'Forbid' || policy === 'Replace' || schedule.kind !== 'valid') return usual;
  return Math.min(usual, Math.max(shortestDeadline, schedule.cadence.gap));
}
