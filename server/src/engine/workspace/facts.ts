import type { FactKind } from '../core/rule.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { type ServiceFact, serviceFact } from '../kubernetes/service.ts';

/** What documents tell each other. */
export interface Facts {
  readonly services: readonly ServiceFact[];
}

/** What most documents tell the others. One object, so that "nothing new" is seen without a look inside. */
export const noFacts: Facts = { services: [] };

/** What one document tells the others. */
export function factsOf(manifests: readonly Manifest[]): Facts {
  const services = manifests.map(serviceFact).filter((fact) => fact !== undefined);
  return services.length === 0 ? noFacts : { services };
}

/** All facts of several documents together. */
export function joinFacts(all: readonly Facts[]): Facts {
  return { services: all.flatMap(({ services }) => services) };
}

/**
 * A text that changes exactly when one of the named facts changes: the part of a cache key that makes a rule run again.
 */
export function signature(facts: Facts, kinds: readonly FactKind[]): string {
  return kinds.length === 0 ? '' : JSON.stringify(kinds.map((kind) => facts[kind]));
}
