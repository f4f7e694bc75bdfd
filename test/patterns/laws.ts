import type { Finding } from '../../server/src/engine/core/finding.ts';
import { message } from '../../server/src/engine/core/message.ts';
import type { Source } from '../../server/src/patterns/scenario.ts';
import { brokenFixLaws } from '../rules/laws.ts';
import { lint, outcomeOf, type Setting } from './support.ts';

const title = message({ en: 'Add the pattern', zh: '添加模式' });

/** The laws of fixes for the wiring of a scenario: it is a finding with a fix wherever it can be added. */
export function brokenWiringLaws(text: string, source: Source, setting: Setting = {}): readonly string[] {
  const withOffer = (other: string): readonly Finding[] => {
    const outcome = outcomeOf(other, source, setting);
    const found = lint(other, setting);
    return outcome.kind === 'refused' ? found : [...found, offer(() => outcomeOf(other, source, setting))];
  };
  const finding = offer(() => outcomeOf(text, source, setting));
  const [fix] = finding.fixes;
  return fix === undefined ? [] : brokenFixLaws({ kind: 'yaml', text, lint: withOffer, metas: new Map() }, finding, fix);
}

function offer(outcome: Finding['fixes'][number]['outcome']): Finding {
  return {
    rule: 'patterns/add', severity: 'hint', message: title, span: { start: 0, end: 1 }, place: 'here', related: [],
    fixes: [{ key: 'add', title, safety: 'suggestion', outcome }],
  };
}
