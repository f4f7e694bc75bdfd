import { shift, type Span } from '../text/span.ts';
import { edits, type Finding, type Fix } from './finding.ts';
import type { IgnoreComment, IgnoredRule } from './ignore-comment.ts';
import { message, type MessageArguments, type Text } from './message.ts';
import { nearest } from './nearest.ts';

/** Why an ignore comment means nothing where it stands. */
export type Misplaced = 'behind' | 'nothing-below';

/** An ignore comment and what it is for. */
export interface Ignore extends IgnoreComment {
  /** What it covers: findings that begin inside. Undefined for those of the file, and for misplaced ones. */
  readonly scope: Span | undefined;
  readonly misplaced: Misplaced | undefined;
  /** What to take away to be rid of it: its whole line where it has one. */
  readonly removal: Span;
}

/** What must be known to tell a mistaken comment from a useful one. */
export interface IgnoreContext {
  /** Ids of everything that can be found. */
  readonly known: ReadonlySet<string>;
  /** Rules that looked at this file and would have spoken: an ignore of another one is not called unused. */
  readonly isOn: (rule: string) => boolean;
}

const texts = {
  unused: {
    en: '{rule} finds nothing here. Remove it from this ignore comment.',
    zh: '{rule} 在此处没有发现问题，请将其从忽略注释中删除。',
  },
  unknown: {
    en: 'There is no rule {rule} to ignore. "podwright rules" lists all of them.',
    zh: '没有名为 {rule} 的规则可忽略。可用 “podwright rules” 查看全部规则。',
  },
  unknownNearest: {
    en: 'There is no rule {rule} to ignore. Write {near} if that is what you mean.',
    zh: '没有名为 {rule} 的规则可忽略，是否想写 {near}？',
  },
  empty: {
    en: 'This comment ignores nothing. Name the rules that it is for.',
    zh: '此注释未忽略任何规则，请写明要忽略的规则。',
  },
  behind: {
    en: 'An ignore comment counts only on a line of its own, above what it is for. Move it up.',
    zh: '忽略注释必须独占一行，并写在目标上方才会生效，请将其上移。',
  },
  'nothing-below': {
    en: 'Nothing stands below this ignore comment that it could be for. Move it above what it is for, or remove it.',
    zh: '此忽略注释下方没有可忽略的内容，请将其移到目标上方或删除。',
  },
  remove: { en: 'Remove this ignore comment', zh: '删除此忽略注释' },
  removeRule: { en: 'Remove {rule} from this ignore comment', zh: '从此忽略注释中删除 {rule}' },
  replace: { en: 'Replace by {near}', zh: '替换为 {near}' },
} as const satisfies Readonly<Record<string, Text>>;

/** The comment moved by `delta`, with the document it stands in. */
export function shiftIgnore(ignore: Ignore, delta: number): Ignore {
  if (delta === 0) return ignore;
  const { rules, span, scope, removal, end } = ignore;
  return {
    ...ignore,
    rules: rules.map((rule) => ({ ...rule, span: shift(rule.span, delta) })),
    span: shift(span, delta),
    scope: scope === undefined ? undefined : shift(scope, delta),
    removal: shift(removal, delta),
    end: end + delta,
  };
}

/** Does the file ask not to be checked at all? Then there is no use in checking it. */
export function ignoresAll(ignores: readonly Ignore[]): boolean {
  return ignores.some(({ kind, rules }) => kind === 'file' && rules.length === 0);
}

/**
 * The findings of a file that no comment ignores, and what is wrong with the comments: `podwright/unused-ignore` (hint)
 * and `podwright/invalid-ignore` (information). Offsets of findings and comments are those of one text. The order of
 * the findings stays; what is said about comments comes last.
 */
export function suppress(findings: readonly Finding[], ignores: readonly Ignore[], context: IgnoreContext): readonly Finding[] {
  if (ignores.length === 0) return findings;
  if (ignoresAll(ignores)) return [];
  const byRule = new Map<string, { readonly rule: IgnoredRule; readonly ignore: Ignore }[]>();
  for (const ignore of ignores) {
    for (const rule of ignore.rules) {
      const same = byRule.get(rule.id);
      if (same === undefined) byRule.set(rule.id, [{ rule, ignore }]);
      else same.push({ rule, ignore });
    }
  }
  const used = new Set<IgnoredRule>();
  const covering = (finding: Finding): readonly IgnoredRule[] =>
    (byRule.get(finding.rule) ?? []).filter(({ ignore }) => covers(ignore, finding)).map(({ rule }) => rule);
  const keep = (finding: Finding): boolean => {
    const rules = covering(finding);
    for (const rule of rules) used.add(rule);
    return rules.length === 0;
  };
  const kept = findings.filter(keep);
  // What is said about comments can be ignored like everything else.
  const unused: Finding[] = [];
  for (const ignore of ignores) {
    if (unused.length >= mostReports) break;
    for (const report of reportsOn(ignore, used, context)) if (keep(report)) unused.push(report);
  }
  return unused.length === 0 && kept.length === findings.length ? findings : [...kept, ...unused];
}

/** Mistaken comments that are told of: a file with more of them was not written by hand, and people are shown no more. */
const mostReports = 500;

function covers({ kind, scope }: Ignore, { span }: Finding): boolean {
  if (kind === 'file') return true;
  return scope !== undefined && scope.start <= span.start && (span.start < scope.end || scope.start === scope.end);
}

function reportsOn(ignore: Ignore, used: ReadonlySet<IgnoredRule>, { known, isOn }: IgnoreContext): readonly Finding[] {
  if (ignore.misplaced !== undefined) return [invalid(ignore.span, texts[ignore.misplaced], {}, [removeAll(ignore)])];
  if (ignore.rules.length === 0) return [invalid(ignore.span, texts.empty, {}, [removeAll(ignore)])];
  return ignore.rules.slice(0, mostReports).flatMap((rule) => {
    const { id, span } = rule;
    if (known.has(id)) return used.has(rule) || !isOn(id) ? [] : [{ ...invalid(span, texts.unused, { rule: id }, [removeRule(ignore, rule)]), ...unusedKind }];
    const near = nearest(id, [...known]);
    if (near === undefined) return [invalid(span, texts.unknown, { rule: id }, [removeRule(ignore, rule)])];
    const fix: Fix = { key: 'replace', title: message(texts.replace, { near }), safety: 'suggestion', outcome: () => edits([{ span, newText: near }]) };
    return [invalid(span, texts.unknownNearest, { rule: id, near }, [fix, removeRule(ignore, rule)])];
  });
}

const unusedKind = { rule: 'podwright/unused-ignore', severity: 'hint' } as const;

function invalid(span: Span, text: Text, args: MessageArguments, fixes: readonly Fix[]): Finding {
  return { rule: 'podwright/invalid-ignore', severity: 'information', message: message(text, args), span, place: 'ignore', fixes, related: [] };
}

function removeAll({ removal }: Ignore): Fix {
  return { key: 'remove', title: message(texts.remove), safety: 'suggestion', outcome: () => edits([{ span: removal, newText: '' }]) };
}

function removeRule(ignore: Ignore, rule: IgnoredRule): Fix {
  const { rules } = ignore;
  const index = rules.indexOf(rule);
  const before = rules[index - 1];
  const next = rules[index + 1];
  if (before === undefined && next === undefined) return removeAll(ignore);
  const span = before === undefined ? { start: rule.span.start, end: next?.span.start ?? rule.span.end } : { start: before.span.end, end: rule.span.end };
  return { key: 'remove', title: message(texts.removeRule, { rule: rule.id }), safety: 'suggestion', outcome: () => edits([{ span, newText: '' }]) };
}
