import { type Config, configSignature, isOff } from '../core/config.ts';
import type { Finding } from '../core/finding.ts';
import type { FactKind, RuleMeta } from '../core/rule.ts';
import { type Facts, signature } from '../workspace/facts.ts';
import type { WorkspaceIndex } from '../workspace/workspace-index.ts';

/** Rules that read the same facts. Their findings are kept together, so that a changed fact re-runs only its readers. */
export interface RuleGroup<R> {
  readonly key: string;
  readonly reads: readonly FactKind[];
  readonly rules: readonly R[];
}

/** Findings by group, each with the signature of everything they depend on beside the text. */
export type FindingCache = Map<string, { readonly signature: string; readonly findings: readonly Finding[] }>;

export function groupByFacts<R extends { readonly meta: RuleMeta }>(rules: readonly R[]): readonly RuleGroup<R>[] {
  const groups = new Map<string, { key: string; reads: readonly FactKind[]; rules: R[] }>();
  for (const rule of rules) {
    const key = rule.meta.reads.join();
    const group = groups.get(key) ?? { key, reads: rule.meta.reads, rules: [] };
    group.rules.push(rule);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** A text that changes when something changes that rules which read these facts may ask for. */
export function signatureOf(reads: readonly FactKind[], index: WorkspaceIndex, config: Config, own?: Facts): string {
  const versions = reads.map((kind) => index.version(kind));
  // An image that is built here is known by the names that overlays give it, too.
  if (reads.includes('images')) versions.push(index.version('overlays'));
  if (reads.includes('containers')) versions.push(index.version('overlays'), index.version('images'), index.version('config'));
  return [configText(config), ...versions, own === undefined || reads.length === 0 ? '' : signature(own, reads)].join('\n');
}

/** What the group's rules find, those apart that are switched off: as it is known, or found out now. */
export function findingsOf<R extends { readonly meta: RuleMeta }>(
  cache: FindingCache,
  { key, rules }: RuleGroup<R>,
  signed: string,
  config: Config,
  run: (rules: readonly R[]) => readonly Finding[],
): readonly Finding[] {
  const known = cache.get(key);
  if (known?.signature === signed) return known.findings;
  const findings = run(config.rules.size === 0 ? rules : rules.filter(({ meta }) => !isOff(config, meta.id)));
  cache.set(key, { signature: signed, findings });
  return findings;
}

const texts = new WeakMap<Config, string>();

function configText(config: Config): string {
  const known = texts.get(config) ?? configSignature(config);
  texts.set(config, known);
  return known;
}
