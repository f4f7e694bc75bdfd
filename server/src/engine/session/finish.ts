import { isOff, leveled } from '../core/config.ts';
import type { Finding } from '../core/finding.ts';
import { render } from '../core/message.ts';
import { type Ignore, suppress } from '../core/suppress.ts';
import type { AnyRule } from '../rule-kinds.ts';
import { inOrder } from '../run-rules.ts';
import type { Place } from './contexts.ts';

/** Who looked at a file. */
export interface Lookers {
  /** Ids of everything that can be found anywhere. */
  readonly known: ReadonlySet<string>;
  readonly rules: readonly AnyRule[];
  /** Could all of the file be read? */
  readonly isWhole: boolean;
}

/** The findings of a file, each of them {@link once}, in its order: without what is ignored, the rest at the levels that the user wants. */
export function finish(findings: readonly Finding[], ignores: readonly Ignore[], lookers: Lookers, { uri, config, index }: Place): readonly Finding[] {
  // A rule that had not all of the text to see, or not all the facts it reads, may have something to say yet.
  const isOn = (id: string): boolean => {
    const facts = lookers.rules.find(({ meta }) => meta.id === id)?.meta.reads;
    const isAsked = facts === undefined ? id.startsWith('podwright/') : facts.length === 0 || index.isListed(uri);
    return lookers.isWhole && isAsked && !isOff(config, id);
  };
  return inOrder(leveled(suppress(findings, ignores, { known: lookers.known, isOn }), config));
}

/** What an alias brings to several places stands in the text once: nobody is told twice, in the same words, of the same span. */
export function once(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) return findings;
  const seen = new Map<string, Finding[]>();
  return findings.filter((finding) => {
    const key = `${finding.rule} ${String(finding.span.start)} ${String(finding.span.end)}`;
    const known = seen.get(key);
    if (known === undefined) seen.set(key, [finding]);
    else if (known.some(({ message }) => render(message, 'en') === render(finding.message, 'en'))) return false;
    else known.push(finding);
    return true;
  });
}
