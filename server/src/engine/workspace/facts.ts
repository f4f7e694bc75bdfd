import type { FactKind } from '../core/rule.ts';
import { type ClaimFact, claimFact } from '../kubernetes/claim.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { type ServiceFact, serviceFact } from '../kubernetes/service.ts';
import { type LimitRangeFact, limitRangeFact } from './limit-range.ts';

/** What manifests tell each other. */
export interface Facts {
  readonly services: readonly ServiceFact[];
  readonly limitRanges: readonly LimitRangeFact[];
  readonly claims: readonly ClaimFact[];
}

/** What most documents tell the others. One object, so that "nothing new" is seen without a look inside. */
export const noFacts: Facts = { services: [], limitRanges: [], claims: [] };

/** What one document tells the others. */
export function factsOf(manifests: readonly Manifest[]): Facts {
  const services = manifests.map(serviceFact).filter((fact) => fact !== undefined);
  const limitRanges = manifests.map(limitRangeFact).filter((fact) => fact !== undefined);
  const claims = manifests.map(claimFact).filter((fact) => fact !== undefined);
  return services.length + limitRanges.length + claims.length === 0 ? noFacts : { services, limitRanges, claims };
}

/** All facts of several documents together; the very facts of the only one that tells any. */
export function joinFacts(all: readonly Facts[]): Facts {
  const telling = all.filter((facts) => facts !== noFacts);
  const [first, second] = telling;
  if (first === undefined || second === undefined) return first ?? noFacts;
  return {
    services: telling.flatMap(({ services }) => services),
    limitRanges: telling.flatMap(({ limitRanges }) => limitRanges),
    claims: telling.flatMap(({ claims }) => claims),
  };
}

/**
 * A text that changes exactly when one of the named facts changes: the part of a cache key that makes a rule run again.
 */
export function signature(facts: Facts, kinds: readonly FactKind[]): string {
  return (['services', 'limitRanges', 'claims'] as const).map((kind) => (kinds.includes(kind) ? signatureOf(facts[kind]) : '')).join('\n');
}

/** Facts never change, they are replaced: a stream of a thousand documents asks for the signature of the same ones at every keystroke. */
const signatures = new WeakMap<readonly unknown[], string>();

function signatureOf(facts: readonly unknown[]): string {
  const known = signatures.get(facts) ?? JSON.stringify(facts);
  signatures.set(facts, known);
  return known;
}
