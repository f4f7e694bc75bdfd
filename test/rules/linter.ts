import type { RuleMeta } from '../../server/src/engine/core/rule.ts';
import type { RuleSet } from '../../server/src/engine/rule-kinds.ts';
import { Session } from '../../server/src/engine/session.ts';
import type { Linter } from './runner.ts';

/** Lints each text from scratch, as if it were a file of its own. */
export function linterOf(rules: RuleSet): Linter {
  return (file, kind, text) => {
    const session = new Session(rules);
    const uri = `file:///fixture/${file}`;
    session.update(uri, kind, text);
    return session.lint(uri);
  };
}

export function metasOf(rules: RuleSet): ReadonlyMap<string, RuleMeta> {
  return new Map([...rules.kubernetes, ...rules.dockerfile].map(({ meta }) => [meta.id, meta]));
}
