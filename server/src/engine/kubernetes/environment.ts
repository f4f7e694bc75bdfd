import type { EnvironmentSetting } from '../core/config.ts';

export type Environment = 'production' | 'development';

const words = 'dev|develop|development|local|test|tests|testing|sandbox|playground|minikube|kind|k3d';

/** The folder of one environment, below a folder that holds one for each. */
const folder = new RegExp(`(?:^|/)(?:overlays?|environments?|envs?|clusters?)/(?:${words})(?:[-_.][^/]*)?(?:/|$)`, 'i');

/** A folder of a development environment by its own name; `dev-tools` and the like hold what developers use. */
const named = /(?:^|\/)dev(?:elopment)?-(?!(?:tools?|tooling|ops|docs?|guides?|kit|portal|journey|server|containers?|env|setup)(?:[-_.\/]|$))[^/]+\//i;

/** Values and Dockerfiles for one environment by their names: `values-dev.yaml`, `values.local.yml`, `Dockerfile.dev`. */
const file = new RegExp(`(?:^|/)(?:values[-_.](?:${words})(?![a-z])[^/]*\\.ya?ml|(?:docker|container)file[-_.](?:${words})(?![a-z])[^/]*|(?:${words})\\.(?:docker|container)file)$`, 'i');

const namespaceName = new RegExp(`^(?:dev|develop|development|local|test|testing|sandbox.*)$|-(?:dev|local|test|sandbox)$`);

/** What tells where a document is used. */
export interface EnvironmentEvidence {
  /** Path or URI of the file. */
  readonly path: string;
  /** The object's namespace, where it names one. */
  readonly namespace?: string | undefined;
}

/**
 * Where a document is used: as the configuration says, else `development` where path, file name or namespace name such
 * an environment, else `production`. Names are evidence only where they speak of an environment: a folder `test` alone
 * may hold anything.
 */
export function environmentOf(setting: EnvironmentSetting, { path, namespace }: EnvironmentEvidence): Environment {
  if (setting !== 'auto') return setting;
  const plain = path.replaceAll('\\', '/');
  const speaks = folder.test(plain) || named.test(plain) || file.test(plain) || plain.includes('/.devcontainer/') || (namespace !== undefined && namespaceName.test(namespace));
  return speaks ? 'development' : 'production';
}
