import type { Report, Rule, RuleMeta } from './core/rule.ts';
import type { Dockerfile } from './dockerfile/view.ts';
import type { Manifest } from './kubernetes/manifest.ts';
import type { KubernetesVersion } from './kubernetes/versions.ts';
import type { Container, Workload } from './kubernetes/workload.ts';
import type { Facts } from './workspace/facts.ts';

/** What a rule about manifests knows beside the object it looks at. */
export interface KubernetesContext {
  readonly facts: Facts;
  /** The cluster's version the manifest is written for. */
  readonly version: KubernetesVersion;
}

/** What a rule about Dockerfiles knows beside the file. */
export interface DockerfileContext {
  /** File name or URI: tells `Dockerfile.dev` from `Dockerfile`. */
  readonly path: string;
}

export type KubernetesRule = Rule<Manifest, KubernetesContext>;
export type DockerfileRule = Rule<Dockerfile, DockerfileContext>;
export type AnyRule = KubernetesRule | DockerfileRule;

export interface RuleSet {
  readonly kubernetes: readonly KubernetesRule[];
  readonly dockerfile: readonly DockerfileRule[];
}

/** A rule that looks at one object of any kind at a time. */
export function manifestRule(
  meta: RuleMeta,
  check: (manifest: Manifest, context: KubernetesContext) => Iterable<Report>,
): KubernetesRule {
  return { language: 'kubernetes', meta, check };
}

/** What a container rule sees: the container and all it is part of. */
export interface ContainerView {
  readonly manifest: Manifest;
  readonly workload: Workload;
  readonly container: Container;
}

/** A rule that looks at one container of a workload at a time. Objects that are only patches are passed over. */
export function containerRule(
  meta: RuleMeta,
  check: (view: ContainerView, context: KubernetesContext) => Iterable<Report>,
): KubernetesRule {
  return manifestRule(meta, function* (manifest, context) {
    const { workload } = manifest;
    if (workload === undefined || manifest.partial) return;
    for (const container of workload.containers) yield* check({ manifest, workload, container }, context);
  });
}

/** A rule that looks at a Dockerfile as a whole. */
export function dockerfileRule(
  meta: RuleMeta,
  check: (file: Dockerfile, context: DockerfileContext) => Iterable<Report>,
): DockerfileRule {
  return { language: 'dockerfile', meta, check };
}
