import type { Finding, Fix } from '../../engine/core/finding.ts';
import type { RefusedFix } from '../../engine/core/fixes.ts';

/** What can be done about a finding: the best fix that has edits, how many more there are, and those that refuse before it. */
export interface Offer {
  readonly fix: Fix | undefined;
  readonly others: number;
  readonly refused: readonly RefusedFix[];
}

/** Making edits is work, and both the counting and the printing ask for them. */
const known = new WeakMap<Finding, Offer>();

/** Asks the fixes in their order, best first, until one has edits. */
export function offerOf(finding: Finding): Offer {
  const offer = known.get(finding) ?? ask(finding);
  known.set(finding, offer);
  return offer;
}

function ask(finding: Finding): Offer {
  const refused: RefusedFix[] = [];
  for (const [index, fix] of finding.fixes.entries()) {
    const outcome = fix.outcome();
    if (outcome.kind === 'edits') return { fix, others: finding.fixes.length - index - 1, refused };
    refused.push({ finding, fix, reason: outcome.reason });
  }
  return { fix: undefined, others: 0, refused };
}
