import { imageNames, type ImageRef } from './image-ref.ts';

/**
 * Names of images in the catalogs. `postgres`: a Docker official image; `grafana/grafana`: an organisation's, on whatever
 * registry or mirror; `registry.k8s.io/etcd`: of this registry. A pattern is matched against the last segment of the path.
 */
export type ImageNames = readonly (string | RegExp)[];

/** Is the image one of these? */
export function isOneOf(ref: ImageRef, images: ImageNames): boolean {
  const names = imageNames(ref);
  return images.some((image) => (typeof image === 'string' ? names.includes(image) : image.test(ref.name)));
}
