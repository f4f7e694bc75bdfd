import type { RuleSet } from '../server/src/engine/rule-kinds.ts';
import { rules } from '../server/src/rules/index.ts';

/**
 * The rules about probes, and those about Dockerfiles: for tests of everything around rules, whose small manifests leave
 * out what the other rules ask for.
 */
export const fewRules: RuleSet = {
  ...rules,
  kubernetes: rules.kubernetes.filter(({ meta }) => ['kubernetes/no-readiness-probe', 'kubernetes/init-container-probe'].includes(meta.id)),
};
