import type { Config } from './core/config.ts';
import type { Severity } from './core/finding.ts';
import type { Report, Rule, RuleMeta } from './core/rule.ts';
import type { Dockerfile } from './dockerfile/view.ts';
import type { Environment } from './kubernetes/environment.ts';
import { isOwned, isRecord, type Manifest } from './kubernetes/manifest.ts';
import type { KubernetesVersion } from './kubernetes/versions.ts';
import type { Container, Workload } from './kubernetes/workload.ts';
import type { BuildContext } from './workspace/build-context.ts';
import type { Facts } from './workspace/facts.ts';
import type { BuiltImage } from './workspace/image-table.ts';
import type { ImageUser } from './workspace/image-users.ts';
import type { ImageChange } from './workspace/kustomization.ts';
import type { ScriptFacts } from './workspace/script-facts.ts';

/**
 * What a rule about manifests knows beside the object it looks at. What names a fact kind may be asked only by rules
 * whose `reads` names it.
 */
export interface KubernetesContext {
  /** URI or path of the file. */
  readonly path: string;
  readonly config: Config;
  /** The cluster's version the manifest is written for. */
  readonly version: KubernetesVersion;
  /** Where the object is used: as the configuration says, else as path and namespace tell. */
  readonly environmentOf: (manifest: Manifest) => Environment;
  /** Services (`services`), LimitRanges (`limitRanges`) and PersistentVolumeClaims (`claims`) of this file and of all files of its root. */
  readonly facts: Facts;
  /** Fact `images`: the image, if a file says that it is built here; under the name that overlays give it, too. */
  readonly builtImage: (image: string) => BuiltImage | undefined;
  /** Fact `build`: the script that the ENTRYPOINT of an image runs, by its path in the image's build context. */
  readonly entrypointScript: (image: BuiltImage) => { readonly path: string; readonly facts: ScriptFacts } | undefined;
  /** Fact `overlays`: what becomes of the image's name, tag and digest in overlays. */
  readonly imageChanges: (image: string) => readonly ImageChange[];
}

/** What a rule about Dockerfiles knows beside the file. */
export interface DockerfileContext {
  /** File name or URI: tells `Dockerfile.dev` from `Dockerfile`. */
  readonly path: string;
  readonly config: Config;
  readonly environment: Environment;
  /** Fact `build`: the files of the folder that the image is built in. */
  readonly build: BuildContext;
  /** Fact `containers`: those of manifests that serve from the image of this file and have no probe. */
  readonly imageUsers: readonly ImageUser[];
}

export type KubernetesRule = Rule<Manifest, KubernetesContext>;
export type DockerfileRule = Rule<Dockerfile, DockerfileContext>;
export type AnyRule = KubernetesRule | DockerfileRule;

export interface RuleSet {
  readonly kubernetes: readonly KubernetesRule[];
  readonly dockerfile: readonly DockerfileRule[];
}

/** A rule that looks at one object of any kind at a time. Of objects that were taken from a cluster it warns in a lower voice. */
export function manifestRule(
  meta: RuleMeta,
  check: (manifest: Manifest, context: KubernetesContext) => Iterable<Report>,
): KubernetesRule {
  return {
    language: 'kubernetes',
    meta,
    *check(manifest, context) {
      for (const report of check(manifest, context)) yield inVoice(report, manifest, meta);
    },
  };
}

function inVoice(report: Report, manifest: Manifest, { severities }: RuleMeta): Report {
  return report.severity === 'warning' && isRecord(manifest) ? { ...report, severity: belowWarning(severities) } : report;
}

/** The strongest severity of a rule below a warning. */
function belowWarning(severities: readonly Severity[]): Severity {
  return severities.find((severity) => severity === 'information' || severity === 'hint') ?? 'information';
}

/** What a container rule sees: the container and all it is part of. */
export interface ContainerView {
  readonly manifest: Manifest;
  readonly workload: Workload;
  readonly container: Container;
}

/** A rule that looks at one container of a workload at a time. Objects that are only patches are passed over, and those that a controller made. */
export function containerRule(
  meta: RuleMeta,
  check: (view: ContainerView, context: KubernetesContext) => Iterable<Report>,
): KubernetesRule {
  function* reports(views: readonly ContainerView[], context: KubernetesContext): Iterable<Report> {
    for (const view of views) {
      for (const report of check(view, context)) yield inVoice(report, view.manifest, meta);
    }
  }
  return {
    language: 'kubernetes',
    meta,
    check: (manifest, context) => {
      // Most objects have no containers, and most rules are about them.
      const views = containersIn(manifest);
      return views.length === 0 ? [] : reports(views, context);
    },
  };
}

/** Some thirty rules look at the same ones. */
const viewsOf = new WeakMap<Manifest, readonly ContainerView[]>();

function containersIn(manifest: Manifest): readonly ContainerView[] {
  const known = viewsOf.get(manifest);
  if (known !== undefined) return known;
  const isWhole = !manifest.partial && !isOwned(manifest);
  const views = isWhole ? manifest.workloads.flatMap((workload) => workload.containers.map((container) => ({ manifest, workload, container }))) : [];
  viewsOf.set(manifest, views);
  return views;
}

/** A rule that looks at a Dockerfile as a whole. */
export function dockerfileRule(
  meta: RuleMeta,
  check: (file: Dockerfile, context: DockerfileContext) => Iterable<Report>,
): DockerfileRule {
  return { language: 'dockerfile', meta, check };
}
