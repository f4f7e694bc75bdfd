import type { Fix } from '../../../engine/core/finding.ts';
import { type Message, message } from '../../../engine/core/message.ts';
import { parseSchedule, type Schedule, type Zone } from '../../../engine/kubernetes/cron.ts';
import { isMissing, jobsOf } from '../../../engine/kubernetes/job.ts';
import type { CronJobSpec } from '../../../engine/kubernetes/types.ts';
import { supports } from '../../../engine/kubernetes/versions.ts';
import { manifestRule } from '../../../engine/rule-kinds.ts';
import { set } from '../../../engine/yaml/edit.ts';
import type { Field } from '../../../engine/yaml/field.ts';
import { inRoot, inSteps, rootOf } from '../../../engine/yaml/steps.ts';

const texts = {
  count: {
    en: 'The schedule of CronJob "{name}" has {count} fields; Kubernetes reads five: minute, hour, day of month, month, day of week.',
    zh: 'CronJob“{name}”的 schedule 有 {count} 个字段，而 Kubernetes 只接受五个：分钟、小时、日、月、星期。',
  },
  value: {
    en: 'The API server refuses "{part}" in field {field} of the schedule of CronJob "{name}" (minute 0-59, hour 0-23, day 1-31, month 1-12, weekday 0-6).',
    zh: 'API 服务器会拒绝 CronJob“{name}”的 schedule 中第 {field} 个字段的“{part}”（分钟 0-59、小时 0-23、日 1-31、月 1-12、星期 0-6）。',
  },
  macro: {
    en: 'The API server does not know the schedule "{part}" of CronJob "{name}". Use five fields, @hourly, @daily, @weekly, @monthly, @yearly or @every.',
    zh: 'API 服务器无法识别 CronJob“{name}”的 schedule“{part}”。请使用五个字段，或 @hourly、@daily、@weekly、@monthly、@yearly、@every。',
  },
  zone: {
    en: 'The API server refuses a time zone in the schedule of CronJob "{name}". Put it into timeZone.',
    zh: 'API 服务器不接受 CronJob“{name}”的 schedule 中的时区。请使用 timeZone 字段。',
  },
  set: { en: 'Set schedule: {schedule}', zh: '设置 schedule: {schedule}' },
  move: { en: 'Move {zone} to timeZone', zh: '将 {zone} 移到 timeZone' },
  drop: { en: 'Remove the time zone from the schedule', zh: '从 schedule 中删除时区' },
  keep: { en: 'Keep timeZone: {zone}, and remove the zone from the schedule', zh: '保留 timeZone: {zone}，并从 schedule 中删除时区' },
  take: { en: 'Set timeZone: {zone} (as in the schedule)', zh: '设置 timeZone: {zone}（与 schedule 中的一致）' },
};

/**
 * Source: kubernetes/kubernetes, pkg/apis/batch/validation/validation.go, validateScheduleFormat; the time zone is
 * refused since 1.29 (kubernetes.io, concepts/workloads/controllers/cron-jobs, "Unsupported TimeZone specification").
 */
export default manifestRule(
  {
    id: 'kubernetes/invalid-schedule',
    guideline: 'validity',
    title: { en: 'A CronJob has a schedule that the API server refuses.', zh: 'CronJob 的 schedule 会被 API 服务器拒绝。' },
    severities: ['error'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: ['kubernetes/cronjob-pile-up'],
  },
  function* (manifest, { version }) {
    for (const { cron, title: name } of jobsOf(manifest)) {
      const field = cron?.get('schedule');
      const text = field?.text;
      if (cron === undefined || field === undefined || text === undefined || text.trim() === '') continue;
      const schedule = parseSchedule(text);
      const found = problemOf(schedule, name, version);
      if (found === undefined) continue;
      const fixes = schedule.kind === 'valid' && schedule.zone !== undefined ? zoneFixes(cron, schedule.zone) : scheduleFixes(field, schedule);
      yield { span: field.span, place: `${manifest.place}:${field.path}`, severity: 'error', message: found, fixes };
    }
  },
);

function problemOf(schedule: Schedule, name: string, version: number): Message | undefined {
  if (schedule.kind === 'count') return message(texts.count, { name, count: schedule.fields.length });
  if (schedule.kind === 'value') return message(texts.value, { name, part: schedule.part, field: schedule.field });
  if (schedule.kind === 'macro') return message(texts.macro, { name, part: schedule.part });
  return schedule.zone === undefined || !supports(version, 'scheduleWithoutZone') ? undefined : message(texts.zone, { name });
}

function zoneFixes(cron: Field<CronJobSpec>, { name, rest }: Zone): readonly Fix[] {
  const schedule = cron.get('schedule');
  const zone = cron.get('timeZone');
  // `Local` is refused in timeZone: without one, the controller's own zone counts anyway.
  const isNamed = name !== '' && name.toLowerCase() !== 'local';
  const given = isMissing(zone) ? undefined : zone.text;
  const fix = (key: string, title: Message, to?: string): Fix => ({
    key, title, safety: 'suggestion',
    outcome: () => inSteps(rootOf(schedule), [
      (at) => set(inRoot(schedule, at), rest),
      ...(to === undefined ? [] : [(at: Field) => set(inRoot(zone, at), to, { after: ['schedule'] })]),
    ]),
  });
  if (isNamed && isMissing(zone)) return [fix('time-zone', message(texts.move, { zone: name }), name)];
  // Which of two different zones is meant only the user knows.
  const keep = fix('time-zone', given === undefined ? message(texts.drop) : message(texts.keep, { zone: given }));
  return isNamed && given !== undefined && given !== name ? [keep, fix('schedule-zone', message(texts.take, { zone: name }), name)] : [keep];
}

/** What is meant where it is plain: Quartz writes the second first, other crons take 7 for Sunday. */
function scheduleFixes(field: Field, schedule: Schedule): readonly Fix[] {
  const meant = meantBy(field.text ?? '', schedule);
  if (meant === undefined || parseSchedule(meant).kind !== 'valid') return [];
  return [{ key: 'schedule', title: message(texts.set, { schedule: meant }), safety: 'suggestion', outcome: () => set(field, meant) }];
}

function meantBy(text: string, schedule: Schedule): string | undefined {
  if (schedule.kind === 'count') return schedule.fields.length === 6 && schedule.fields[0] === '0' ? schedule.fields.slice(1).join(' ') : undefined;
  if (schedule.kind !== 'value' || schedule.field !== 5 || schedule.part !== '7') return undefined;
  const fields = text.trim().split(/\s+/);
  const days = (fields[4] ?? '').split(',').map((each) => (each === '7' ? '0' : each));
  return [...fields.slice(0, 4), days.join(',')].join(' ');
}
