import type { Finding, Severity } from './finding.ts';
import type { Text } from './message.ts';

/** What a rule may say at the most: nothing, or one severity in the place of its own. */
export type RuleLevel = 'off' | Severity;

export type EnvironmentSetting = 'auto' | 'production' | 'development';

/** How the Pods of a kind of custom resource live; `partial`: what stands there is merged into something else. */
export type WorkloadFlavour = 'service' | 'batch' | 'partial' | 'skip';

/** A kind of custom resource that holds Pod specs, as a user describes it. */
export interface WorkloadRow {
  /** API group without version; '' for the core group. */
  readonly group: string;
  readonly kind: string;
  /** Where its Pod spec stands: `spec.template.spec`, `spec.templates[].template.spec`, `spec.roles.*.template.spec`. */
  readonly path: string;
  readonly flavour: WorkloadFlavour;
}

/** An image that is built from files of the workspace. */
export interface BuiltImageRow {
  /** Name without tag and digest. */
  readonly image: string;
  /** Folder, relative to that of the configuration file. */
  readonly context: string;
  /** Relative to the same folder; undefined: `Dockerfile` in the context. */
  readonly dockerfile: string | undefined;
}

/** What `.podwright.yaml` says, complete: what it leaves out has its default. */
export interface Config {
  readonly environment: EnvironmentSetting;
  /** The minor version alone: 35 for 1.35. */
  readonly kubernetesVersion: number;
  /** Ask for CPU limits, which many leave out on purpose: a container at its limit is slowed down on an idle node too. */
  readonly cpuLimits: boolean;
  /** Only rules whose level the user sets. */
  readonly rules: ReadonlyMap<string, RuleLevel>;
  /** As in a .gitignore, relative to the configuration file's folder. */
  readonly ignore: readonly string[];
  readonly images: readonly BuiltImageRow[];
  readonly workloads: readonly WorkloadRow[];
}

export const defaultConfig: Config = {
  environment: 'auto',
  kubernetesVersion: 35,
  cpuLimits: false,
  rules: new Map(),
  ignore: [],
  images: [],
  workloads: [],
};

/** What the product says by itself, beside its rules. It can be ignored and switched off as rules can. */
export const ownRules: readonly { readonly id: string; readonly title: Text }[] = [
  { id: 'podwright/unreadable', title: { en: 'A document cannot be read, and was not checked.', zh: '文档无法解析，未进行检查。' } },
  { id: 'podwright/too-large', title: { en: 'A document is too large to check.', zh: '文档过大，未进行检查。' } },
  { id: 'podwright/unused-ignore', title: { en: 'An ignore comment ignores nothing.', zh: '忽略注释没有忽略任何问题。' } },
  { id: 'podwright/invalid-ignore', title: { en: 'An ignore comment is mistyped or stands in the wrong place.', zh: '忽略注释书写有误或位置不对。' } },
];

export function isOff({ rules }: Config, rule: string): boolean {
  return rules.get(rule) === 'off';
}

/** The findings as the user wants them: without those that are switched off, the others at the level that is set. */
export function leveled(findings: readonly Finding[], { rules }: Config): readonly Finding[] {
  if (rules.size === 0) return findings;
  return findings.flatMap((finding) => {
    const level = rules.get(finding.rule);
    if (level === undefined) return [finding];
    return level === 'off' ? [] : [{ ...finding, severity: level }];
  });
}

/** Equal for two configurations exactly when they say the same: the part of a cache key that a changed setting changes. */
export function configSignature({ rules, ...rest }: Config): string {
  return JSON.stringify([[...rules].sort(([a], [b]) => (a < b ? -1 : 1)), rest]);
}
