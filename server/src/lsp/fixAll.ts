import { filesElsewhere, type Others, settledFinding } from '../engine/core/elsewhere.ts';
import type { DocumentEdit, Finding, FixOutcome } from '../engine/core/finding.ts';
import { fixAllSlices } from '../engine/core/fixes.ts';
import type { Wanted } from '../engine/core/fixes.ts';
import type { Context } from './context.ts';
import { difference } from './difference.ts';

/** Which fixes "fix all" means: every safe one, or those of one kind. */
export type Scope = { readonly of: 'safe' } | { readonly of: 'kind'; readonly rule: string; readonly key: string };

export function wantedBy(scope: Scope): Wanted {
  return scope.of === 'safe'
    ? (_finding, fix) => fix.safety === 'safe'
    : (finding, fix) => finding.rule === scope.rule && fix.key === scope.key;
}

/** Are there at least `count` findings that a wanted fix can repair? Looks no further than it must, and pauses after each. */
export function* canFix(findings: readonly Finding[], wanted: Wanted, count: number): Generator<void, boolean> {
  let left = count;
  for (const finding of findings) {
    for (const fix of finding.fixes) {
      if (!wanted(finding, fix)) continue;
      const outcome = fix.outcome();
      yield;
      if (outcome.kind === 'refused') continue;
      left -= 1;
      break;
    }
    if (left <= 0) return true;
  }
  return false;
}

/** What the wanted fixes come to that change other files. Pauses after each. */
export function* outcomesOf(findings: readonly Finding[], wanted: Wanted): Generator<void, readonly FixOutcome[]> {
  const outcomes: FixOutcome[] = [];
  for (const finding of findings) {
    for (const fix of finding.fixes.filter((each) => wanted(finding, each))) {
      const outcome = fix.outcome();
      yield;
      if (filesElsewhere(outcome).length > 0) outcomes.push(outcome);
    }
  }
  return outcomes;
}

/**
 * The edits of "fix all", computed anew on the current text until nothing wanted is left. Where one pass does it,
 * they are the fixes' own edits; otherwise the smallest regions in which the result differs. To be given up where the
 * document gets another text on the way.
 * @param others the texts of the files that {@link outcomesOf} names
 */
export function* fixAllEdits({ session, documents }: Context, uri: string, scope: Scope, others: Others): Generator<void, readonly DocumentEdit[]> {
  const text = session.text(uri)?.text;
  const { kind, languageId } = documents.get(uri) ?? {};
  if (text === undefined || kind === undefined) return [];
  const scratch = session.scratch();
  function* lint(content: string): Generator<void, readonly Finding[]> {
    // Of the text as it is, much of what its fixes come to is known already.
    // Of the text as it is, much of what its fixes come to is known already.
    if (content !== text && kind !== undefined) scratch.update(uri, kind, content, languageId);
    const findings = yield* (content === text ? session : scratch).lintSlices(uri);
    return findings.map((finding) => settledFinding(finding, others));
  }
  const result = yield* fixAllSlices(text, lint, wantedBy(scope));
  return [...(result.edits ?? difference(text, result.text)), ...result.elsewhere];
}
