import { baseImages, type BaseImage } from '../catalog/base-images.ts';
import { officialName, type ImageRef } from '../catalog/image-ref.ts';
import { memo } from './memo.ts';
import type { Stage } from './model.ts';
import { rootBase } from './view.ts';

/** What is known of the image a stage is built on in the end, `FROM <stage>` followed; undefined for an unknown one. */
export const baseImage = memo((stage: Stage): BaseImage | undefined => {
  const base = rootBase(stage);
  return base.kind === 'image' ? imageInfo(base.ref) : undefined;
});

/** Registries that hold the Docker official images under a folder of their own. */
const mirrors: readonly (readonly [string, string])[] = [
  ['public.ecr.aws', 'docker/library/'],
  ['mirror.gcr.io', 'library/'],
];

/** The row of the catalog that speaks of an image. */
export function imageInfo(ref: ImageRef): BaseImage | undefined {
  const mirrored = mirrors.find(([host, folder]) => ref.registry === host && ref.repository === `${folder}${ref.name}`) !== undefined;
  const name = mirrored ? ref.name : officialName(ref);
  const registry = ref.registry === undefined || ref.registry === 'index.docker.io' ? 'docker.io' : ref.registry;
  const full = `${registry}/${ref.repository}`;
  const tag = ref.tag ?? '';
  const speaksOf = ({ tags }: BaseImage): boolean => tags === undefined || tags.test(tag);
  const exact = (name === undefined ? undefined : byName.get(name)) ?? byName.get(full) ?? [];
  return exact.find(speaksOf) ?? byPattern.find((row) => (row.image.test(name ?? full) || row.image.test(full)) && speaksOf(row));
}

type PatternRow = BaseImage & { readonly image: RegExp };

const byPattern = baseImages.filter((row): row is PatternRow => row.image instanceof RegExp);

const byName: ReadonlyMap<string, readonly BaseImage[]> = new Map(
  baseImages.flatMap(({ image }) => (typeof image === 'string' ? [[image, baseImages.filter((row) => row.image === image)]] : [])),
);
