import type { Config } from '../core/config.ts';
import type { FactKind } from '../core/rule.ts';
import { environmentOf } from '../kubernetes/environment.ts';
import type { DockerfileContext, KubernetesContext } from '../rule-kinds.ts';
import { buildContext } from '../workspace/build-context.ts';
import { withOwn } from '../workspace/by-root.ts';
import type { Facts } from '../workspace/facts.ts';
import { fileKey, resolveIn } from '../workspace/paths.ts';
import type { WorkspaceIndex } from '../workspace/workspace-index.ts';

/** Where a document stands, and what counts for it. */
export interface Place {
  readonly uri: string;
  readonly config: Config;
  readonly index: WorkspaceIndex;
}

/** Own facts of a document and those of the other files of its root. Put together when somebody asks. */
export function factsAround(own: Facts, { uri, index }: Place): Facts {
  let services: Facts['services'] | undefined;
  let limitRanges: Facts['limitRanges'] | undefined;
  let claims: Facts['claims'] | undefined;
  return {
    get services() {
      return (services ??= withOwn(own.services, index.services(uri)));
    },
    get limitRanges() {
      return (limitRanges ??= joined(own.limitRanges, index.limitRanges(uri)));
    },
    get claims() {
      return (claims ??= joined(own.claims, index.claims(uri)));
    },
  };
}

/** The very list of the others where there is nothing to add, so that what was made of it counts again. */
function joined<T>(own: readonly T[], others: readonly T[]): readonly T[] {
  return own.length === 0 ? others : [...own, ...others];
}

/** What rules about manifests that read these facts may know. Asking for others throws: their findings would go stale. */
export function kubernetesContext(reads: readonly FactKind[], { uri, config, index }: Place, facts: Facts): KubernetesContext {
  const path = fileKey(uri);
  return {
    path: uri,
    config,
    version: config.kubernetesVersion,
    environmentOf: ({ namespace }) => environmentOf(config.environment, { path, namespace }),
    facts: {
      get services() {
        demand(reads, 'services');
        return facts.services;
      },
      get limitRanges() {
        demand(reads, 'limitRanges');
        return facts.limitRanges;
      },
      get claims() {
        demand(reads, 'claims');
        return facts.claims;
      },
    },
    builtImage: (image) => {
      demand(reads, 'images');
      return index.builtImage(uri, image);
    },
    entrypointScript: ({ context, stage }) => {
      demand(reads, 'build');
      for (const path of stage?.entrypoint?.scripts ?? []) {
        const facts = index.factsOf(resolveIn(context, path) ?? '')?.script;
        if (facts !== undefined) return { path, facts };
      }
      return undefined;
    },
    imageChanges: (image) => {
      demand(reads, 'overlays');
      return index.imageChanges(uri, image);
    },
  };
}

/** The same for rules about Dockerfiles. */
export function dockerfileContext(reads: readonly FactKind[], { uri, config, index }: Place): DockerfileContext {
  return {
    path: uri,
    config,
    environment: environmentOf(config.environment, { path: fileKey(uri) }),
    get build() {
      demand(reads, 'build');
      return buildContext(index, uri);
    },
    get imageUsers() {
      demand(reads, 'containers');
      return index.imageUsers(uri);
    },
  };
}

function demand(reads: readonly FactKind[], kind: FactKind): void {
  if (!reads.includes(kind)) throw new Error(`The rule asks for "${kind}", which it does not name in its "reads".`);
}
