import { parseDocument } from '../yaml/document.ts';
import type { Field } from '../yaml/field.ts';
import { splitStream } from '../yaml/stream.ts';
import { bareImage } from './image-name.ts';
import { trimmed } from './paths.ts';

/** A file says that it builds this image. Paths are as written, relative to its folder. */
export interface Build {
  /** Without tag and digest. */
  readonly image: string;
  readonly context: string;
  /** Undefined: `Dockerfile` in the context; for builders that need none, `byDockerfile` is false. */
  readonly dockerfile: string | undefined;
  /** The stage that is built; undefined: the last. */
  readonly target: string | undefined;
  readonly byDockerfile: boolean;
}

const mostBuilds = 1_000;

/** Builders of Skaffold that know how to build without a Dockerfile. Source: skaffold, docs/references/yaml, `artifacts`. */
const otherBuilders = ['ko', 'jib', 'bazel', 'buildpacks', 'custom', 'jibMaven', 'jibGradle', 'buildpack'] as const;

/** The artifacts of a `skaffold.yaml`, profiles included. Dockerfiles are relative to the context there. */
export function skaffoldBuilds(text: string): readonly Build[] {
  const documents = splitStream(text).map((chunk) => parseDocument(chunk.text).root);
  const builds = documents
    .filter((root) => root.at('apiVersion').text?.startsWith('skaffold/') === true)
    .flatMap((root) => [root, ...root.at('profiles').items()])
    .flatMap((part) => part.at('build', 'artifacts').items())
    .flatMap(skaffoldBuild);
  return builds.slice(0, mostBuilds);
}

function skaffoldBuild(artifact: Field): readonly Build[] {
  const image = artifact.at('image').text ?? artifact.at('imageName').text;
  if (image === undefined) return [];
  const context = artifact.at('context').text ?? artifact.at('workspace').text ?? '.';
  const docker = artifact.at('docker').kind === 'map' ? artifact.at('docker') : artifact.at('kaniko');
  const dockerfile = docker.at('dockerfile').text ?? docker.at('dockerfilePath').text;
  return [{
    image: bareImage(image),
    context,
    dockerfile: dockerfile === undefined ? undefined : joined(context, dockerfile),
    target: docker.at('target').text,
    byDockerfile: !otherBuilders.some((key) => artifact.has(key)),
  }];
}

/** The services of a Compose file that are built and named. Dockerfiles are relative to the context there. */
export function composeBuilds(text: string): readonly Build[] {
  const services = parseDocument(text).root.at('services');
  const builds = services.keys().flatMap((name): readonly Build[] => {
    const service = services.at(name);
    const image = service.at('image').text;
    const build = service.at('build');
    if (image === undefined || !build.present || build.isNull || image.includes('$')) return [];
    const context = build.text ?? build.at('context').text ?? '.';
    const dockerfile = build.at('dockerfile').text;
    return [{
      image: bareImage(image),
      context,
      dockerfile: dockerfile === undefined ? undefined : joined(context, dockerfile),
      target: build.at('target').text,
      byDockerfile: !build.has('dockerfile_inline'),
    }];
  });
  return builds.slice(0, mostBuilds);
}

function joined(folder: string, path: string): string {
  return folder === '.' || folder === '' ? path : `${trimmed(folder)}/${path}`;
}
