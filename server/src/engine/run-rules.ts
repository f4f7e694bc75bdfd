import { type Finding, type Fix, type FixOutcome, refused, type Severity } from './core/finding.ts';
import { message, type Text } from './core/message.ts';
import type { Report, Rule } from './core/rule.ts';
import { shift, type Span } from './text/span.ts';

const failed: Text = {
  en: 'The rule {rule} failed on this document; please report it as a bug.',
  zh: '规则 {rule} 在此文档上运行失败；请反馈此缺陷。',
};

/** Runs rules on one view. A rule that throws becomes one finding; the others go on. */
export function runRules<View, Context>(
  rules: readonly Rule<View, Context>[],
  view: View,
  context: Context,
  place: string,
): readonly Finding[] {
  const found: Finding[] = [];
  for (const rule of rules) {
    const before = found.length;
    try {
      for (const report of rule.check(view, context)) found.push(findingOf(rule.meta.id, report));
    } catch {
      found.length = before;
      found.push(notice('internal-error', { start: 0, end: 0 }, failed, { rule: rule.meta.id }, place));
    }
  }
  return found;
}

function findingOf(rule: string, report: Report): Finding {
  return { ...report, rule, fixes: (report.fixes ?? []).map((fix) => guarded(rule, fix)), related: report.related ?? [] };
}

/**
 * A fix that throws refuses: nobody's text is changed by a half-made edit. What a fix comes to is kept with its finding,
 * because an editor asks again after every keystroke elsewhere in the file.
 */
function guarded(rule: string, fix: Fix): Fix {
  let known: FixOutcome | undefined;
  return {
    ...fix,
    outcome: () => {
      if (known !== undefined) return known;
      const outcome = attempt(rule, fix);
      // Another file may change without a word to this one.
      if (outcome.kind === 'refused' || outcome.elsewhere === undefined) known = outcome;
      return outcome;
    },
  };
}

function attempt(rule: string, fix: Fix): FixOutcome {
  return orRefuse(rule, () => {
    const outcome = fix.outcome();
    if (outcome.kind === 'refused' || outcome.elsewhere === undefined) return outcome;
    const elsewhere = outcome.elsewhere.map(({ uri, change }) => ({ uri, change: (text: string) => orRefuse(rule, () => change(text)) }));
    return { ...outcome, elsewhere };
  });
}

function orRefuse(rule: string, make: () => FixOutcome): FixOutcome {
  try {
    return make();
  } catch {
    return refused(message(failed, { rule }));
  }
}

/** A finding of the product itself, which no rule makes: it has no page and no fix. */
export function notice(
  id: string,
  span: Span,
  text: Text,
  args: Readonly<Record<string, string>>,
  place = 'document',
  severity: Severity = 'information',
): Finding {
  return { rule: `podwright/${id}`, severity, message: message(text, args), span, place, fixes: [], related: [] };
}

/** The rules that each rule yields to, by id. */
export type Yields = ReadonlyMap<string, readonly string[]>;

export function yieldsOf(rules: readonly { readonly meta: { readonly id: string; readonly yieldsTo: readonly string[] } }[]): Yields {
  return new Map(rules.map(({ meta }) => [meta.id, meta.yieldsTo]));
}

/** One cause, one finding: drops what yields to another finding about the same place. */
export function settle(findings: readonly Finding[], yields: Yields): readonly Finding[] {
  if (findings.length < 2) return findings;
  return findings.filter(
    (finding) =>
      !findings.some(
        (other) => other.place === finding.place && yields.get(finding.rule)?.includes(other.rule) === true,
      ),
  );
}

/** A chunk's finding as a finding of the whole text: offsets from its start, the document's index before its place. */
export function placed(finding: Finding, base: number, index: number): Finding {
  // Written out: a stream has a thousand of them to move at every keystroke, and spreads cost twice as much.
  const { rule, severity, message, span, place, fixes, related } = finding;
  return {
    rule,
    severity,
    message,
    span: shift(span, base),
    place: `${String(index)}:${place}`,
    fixes: base === 0 ? fixes : fixes.map((fix) => placedFix(fix, base)),
    related: base === 0 ? related : related.map((each) => ({ message: each.message, span: shift(each.span, base) })),
  };
}

function placedFix({ key, title, safety, outcome }: Fix, base: number): Fix {
  return {
    key,
    title,
    safety,
    outcome: () => {
      const known = outcome();
      return known.kind === 'refused' ? known : { ...known, edits: known.edits.map((edit) => ({ ...edit, span: shift(edit.span, base) })) };
    },
  };
}

/** Findings by where they stand. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
