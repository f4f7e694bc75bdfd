import { applyEdits } from '../../server/src/engine/text/span.ts';
import type { Finding, FixOutcome } from '../../server/src/engine/core/finding.ts';
import { message, render } from '../../server/src/engine/core/message.ts';
import type { IgnoreContext } from '../../server/src/engine/core/suppress.ts';

export const known: IgnoreContext = { known: new Set(['kubernetes/foo', 'kubernetes/bar', 'dockerfile/foo']), isOn: () => true };

/** A finding at each place where the word stands. */
export function at(text: string, word: string, rule = 'kubernetes/foo'): readonly Finding[] {
  const findings: Finding[] = [];
  for (let start = text.indexOf(word); start >= 0; start = text.indexOf(word, start + 1)) {
    findings.push({ rule, severity: 'warning', message: message({ en: 'A.', zh: '一。' }), span: { start, end: start + word.length }, place: 'p', fixes: [], related: [] });
  }
  return findings;
}

/** Rule, place and sentence of each finding. */
export function told(text: string, findings: readonly Finding[]): readonly string[] {
  return findings.map(({ rule, span, message: said }) => `${rule} @ ${text.slice(span.start, span.end)}: ${render(said, 'en')}`);
}

/** The text after the outcome, or why there is none. */
export function after(text: string, outcome: FixOutcome | undefined): string {
  if (outcome === undefined) return 'no outcome';
  return outcome.kind === 'refused' ? `refused: ${render(outcome.reason, 'en')}` : applyEdits(text, outcome.edits);
}
