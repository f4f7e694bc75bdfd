import type { Fix } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import type { Report } from '../../../engine/core/rule.ts';
import { parseSchedule } from '../../../engine/kubernetes/cron.ts';
import { amongLimits, deadlinePlace, isMissing, isRunHere, type Job, jobsOf, lacksDeadline, shortestDeadline } from '../../../engine/kubernetes/job.ts';
import type { Manifest } from '../../../engine/kubernetes/manifest.ts';
import type { CronJobSpec } from '../../../engine/kubernetes/types.ts';
import { manifestRule } from '../../../engine/rule-kinds.ts';
import { set } from '../../../engine/yaml/edit.ts';
import type { Field } from '../../../engine/yaml/field.ts';

const texts = {
  pile: {
    en: 'CronJob "{name}" starts up to {runs} runs a day, and nothing stops one that hangs: the next are started beside it. Set concurrencyPolicy: Forbid, or a deadline.',
    zh: 'CronJob“{name}”每天最多启动 {runs} 次，某次运行卡住时没有任何机制使其停止，后续任务会不断叠加。请设置 concurrencyPolicy: Forbid 或运行期限。',
  },
  missed: {
    en: 'The controller looks for runs to start every 10 s, so with startingDeadlineSeconds: {seconds} CronJob "{name}" may miss them. Set 10 or more.',
    zh: '控制器每 10 秒检查一次，startingDeadlineSeconds: {seconds} 可能会让 CronJob“{name}”错过调度。请设置为 10 以上。',
  },
  forbid: { en: 'Set concurrencyPolicy: Forbid (skip a run while one goes on)', zh: '设置 concurrencyPolicy: Forbid（上次未结束则跳过本次）' },
  deadline: {
    en: 'Add activeDeadlineSeconds: {seconds} (a guess: it must exceed the longest healthy run)',
    zh: '添加 activeDeadlineSeconds: {seconds}（估计值，须大于最长的正常运行时间）',
  },
  start: { en: 'Set startingDeadlineSeconds: {seconds}', zh: '设置 startingDeadlineSeconds: {seconds}' },
};

/** More runs than one an hour: those of one night are too many to clear away by hand. */
const many = 24;
/** The controller's rhythm, and a sensible value (seconds). Source: kubernetes.io, concepts/workloads/controllers/cron-jobs, "Deadline for delayed Job start". */
const rhythm = 10;
const sensible = 60;

/** `concurrencyPolicy` is `Allow` by default. Source: kubernetes/api, batch/v1/types.go, CronJobSpec. */
export default manifestRule(
  {
    id: 'kubernetes/cronjob-pile-up',
    guideline: 'job-deadline',
    title: { en: "A CronJob's runs pile up, or are missed.", zh: 'CronJob 的任务会堆积或被错过。' },
    severities: ['warning', 'information'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: ['kubernetes/deadline-at-pod-level', 'kubernetes/unbounded-retries'],
    mayReveal: ['kubernetes/no-job-deadline'],
  },
  function* (manifest) {
    for (const job of jobsOf(manifest)) {
      if (job.cron === undefined || !isRunHere(job)) continue;
      yield* checkStart(manifest, job, job.cron);
      yield* checkPile(manifest, job, job.cron);
    }
  },
);

function* checkPile(manifest: Manifest, job: Job, cron: Field<CronJobSpec>): Iterable<Report> {
  const policy = cron.get('concurrencyPolicy');
  const isAllowed = isMissing(policy) || policy.text === 'Allow';
  if (!isAllowed || !lacksDeadline(job) || !job.podSpec.get('activeDeadlineSeconds').absent) return;
  const schedule = parseSchedule(cron.get('schedule').text ?? '');
  if (schedule.kind !== 'valid' || schedule.cadence.runs <= many) return;
  const { runs, gap } = schedule.cadence;
  const seconds = Math.max(shortestDeadline, gap);
  const fixes: readonly Fix[] = [
    { key: 'forbid', title: message(texts.forbid), safety: 'suggestion', outcome: () => set(policy, 'Forbid', { after: ['schedule', 'timeZone'] }) },
    {
      key: 'add-deadline',
      title: message(texts.deadline, { seconds }),
      safety: 'suggestion',
      outcome: () => set(job.spec.get('activeDeadlineSeconds'), seconds, amongLimits(job)),
    },
  ];
  const place = deadlinePlace(manifest, job);
  yield { span: cron.get('schedule').span, place, severity: 'information', message: message(texts.pile, { name: job.title, runs }), fixes };
}

function* checkStart(manifest: Manifest, { title: name }: Job, cron: Field<CronJobSpec>): Iterable<Report> {
  const start = cron.get('startingDeadlineSeconds');
  const seconds = start.int;
  if (seconds === undefined || seconds < 0 || seconds >= rhythm) return;
  yield {
    span: start.span,
    place: `${manifest.place}:${start.path}`,
    severity: 'warning',
    message: message(texts.missed, { name, seconds }),
    fixes: [{ key: 'start', title: message(texts.start, { seconds: sensible }), safety: 'suggestion', outcome: () => set(start, sensible) }],
  };
}
