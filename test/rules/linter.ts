import { otherFile, settledFinding } from '../../server/src/engine/core/elsewhere.ts';
import type { RuleMeta } from '../../server/src/engine/core/rule.ts';
import type { RuleSet } from '../../server/src/engine/rule-kinds.ts';
import { Session } from '../../server/src/engine/session.ts';
import { fileKey } from '../../server/src/engine/workspace/paths.ts';
import type { Linter } from './runner.ts';

const root = '/fixture';

/** Lints each text from scratch, as if it were alone in its workspace with the files beside it. What fixes change in those is made. */
export function linterOf(rules: RuleSet): Linter {
  return (file, kind, text, beside = {}) => {
    const session = new Session(rules);
    const uri = `file://${root}/${file}`;
    if (Object.keys(beside).length > 0) {
      session.index.setRoots([root]);
      for (const [path, other] of Object.entries(beside)) session.index.update(`${root}/${path}`, other, 'disk');
      for (const wanted of session.index.wanted()) session.index.update(wanted, beside[pathOf(wanted)] ?? '', 'disk');
      session.index.setListed(root);
    }
    session.update(uri, kind, text);
    return session.lint(uri).map((finding) => settledFinding(finding, (other) => otherFile(beside[pathOf(other)])));
  };
}

/** The path below the root by which the files of a case are known. */
export function pathOf(uri: string): string {
  return fileKey(uri).slice(root.length + 1);
}

export function metasOf(rules: RuleSet): ReadonlyMap<string, RuleMeta> {
  return new Map([...rules.kubernetes, ...rules.dockerfile].map(({ meta }) => [meta.id, meta]));
}
