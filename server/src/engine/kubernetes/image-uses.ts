import { type ImageRef, isPlaceholder, parseImageRef } from '../catalog/image-ref.ts';
import type { Field } from '../yaml/field.ts';
import { isHook, type Manifest } from './manifest.ts';
import type { Workload } from './workload.ts';

/** A place of a Pod that names an image. */
export interface ImageUse {
  readonly by: 'container' | 'volume';
  /** The container's or volume's name as messages call it. */
  readonly title: string;
  readonly image: Field<string>;
  readonly ref: ImageRef;
  /** When the kubelet pulls it. */
  readonly policy: Field<string>;
}

/** The images of the containers of every role, and of image volumes; computed and malformed ones are left out. */
export function imageUses({ containers, isPodSpec, podSpec }: Workload): readonly ImageUse[] {
  const uses = containers.flatMap(({ field, title, image: ref }): readonly ImageUse[] =>
    ref === undefined ? [] : [{ by: 'container', title, ref, image: field.get('image'), policy: field.get('imagePullPolicy') }]);
  if (!isPodSpec) return uses;
  const volumes = podSpec.get('volumes').items().flatMap((volume): readonly ImageUse[] => {
    const image = volume.get('image').get('reference');
    const ref = image.text === undefined ? undefined : parseImageRef(image.text);
    if (ref === undefined) return [];
    return [{ by: 'volume', title: volume.get('name').text ?? ref.name, ref, image, policy: volume.get('image').get('pullPolicy') }];
  });
  return [...uses, ...volumes];
}

/** What the workspace knows of images. */
export interface KnownImages {
  readonly builtImage: (image: string) => object | undefined;
  readonly imageChanges: (image: string) => readonly object[];
}

/**
 * Does something else write the tag before the image is pulled? Kustomize by its `images`, Skaffold by its artifacts, ko
 * by its scheme, Flux by the comment that marks the line, a person in the place of a name that no registry takes.
 * Sources: kustomize `images`; skaffold.dev, "Image repository handling"; ko.build, "Kubernetes integration"; fluxcd.io,
 * "Configure image update for custom resources".
 */
export function isTaggedElsewhere({ image, ref }: ImageUse, { builtImage, imageChanges }: KnownImages): boolean {
  if (ref.text.startsWith('ko://') || isPlaceholder(ref)) return true;
  if (image.comment?.includes('$imagepolicy') === true) return true;
  return imageChanges(ref.text).length > 0 || builtImage(ref.text) !== undefined;
}

/** A Pod that a chart or `helm test` runs once to see whether the rest works: what it is of hardly matters. */
export function isTestPod(manifest: Manifest): boolean {
  const hook = manifest.metadata.get('annotations').at('helm.sh/hook').text ?? '';
  return manifest.isTest || (isHook(manifest) && /^\s*test(?:-success|-failure)?\s*$/.test(hook));
}
