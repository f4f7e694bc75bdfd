import { severities, type Finding } from './finding.ts';
import { message } from './message.ts';

/** How many findings of one file an editor is shown. */
export const findingLimit = 500;

const more = {
  en: '{count} further findings in this file are not shown; repair some of these to see them.',
  zh: '此文件还有 {count} 条问题未显示；请先修复其中一部分。',
};

/** The `limit` most severe findings, in document order; where some are left out, the last one says how many. */
export function mostSevere(findings: readonly Finding[], limit = findingLimit): readonly Finding[] {
  if (findings.length <= limit) return findings;
  const kept = new Set(severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity)).slice(0, limit - 1));
  const shown = findings.filter((finding) => kept.has(finding));
  const last = shown.at(-1);
  const end = last === undefined ? { start: 0, end: 0 } : last.span;
  return [
    ...shown,
    {
      rule: 'podwright/more-findings',
      severity: 'information',
      message: message(more, { count: findings.length - shown.length }),
      span: end,
      place: 'file',
      fixes: [],
      related: [],
    },
  ];
}
