import type { DocumentEdit, Finding } from '../engine/core/finding.ts';
import { choosePass, fixAll } from '../engine/core/fixes.ts';
import type { Wanted } from '../engine/core/fixes.ts';
import { applyEdits } from '../engine/text/span.ts';
import type { Context } from './context.ts';
import { difference } from './difference.ts';

/** Which fixes "fix all" means: every safe one, or those of one kind. */
export type Scope = { readonly of: 'safe' } | { readonly of: 'kind'; readonly rule: string; readonly key: string };

export function wantedBy(scope: Scope): Wanted {
  return scope.of === 'safe'
    ? (_finding, fix) => fix.safety === 'safe'
    : (finding, fix) => finding.rule === scope.rule && fix.key === scope.key;
}

/** Are there at least `count` findings that a wanted fix can repair? Looks no further than it must. */
export function canFix(findings: readonly Finding[], wanted: Wanted, count: number): boolean {
  let left = count;
  for (const finding of findings) {
    const able = finding.fixes.some((fix) => wanted(finding, fix) && fix.outcome().kind === 'edits');
    if (able) left -= 1;
    if (left <= 0) return true;
  }
  return false;
}

/**
 * The edits of "fix all", computed anew on the current text until nothing wanted is left. Where one pass does it,
 * they are the fixes' own edits; otherwise the smallest regions in which the result differs.
 */
export function fixAllEdits({ session, documents }: Context, uri: string, scope: Scope): readonly DocumentEdit[] {
  const text = session.text(uri)?.text;
  const { kind, languageId } = documents.get(uri) ?? {};
  if (text === undefined || kind === undefined) return [];
  const wanted = wantedBy(scope);
  const scratch = session.scratch();
  const lint = (content: string): readonly Finding[] => {
    scratch.update(uri, kind, content, languageId);
    return scratch.lint(uri);
  };
  // In this order the scratch session still knows the text when the passes begin.
  const first = choosePass(lint(text), wanted).edits.filter((edit) => edit.uri === undefined);
  const result = fixAll(text, lint, wanted).text;
  return applyEdits(text, first) === result ? first : difference(text, result);
}
