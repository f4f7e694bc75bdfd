import type { BaseImage } from '../catalog/base-images.ts';
import { imageInfo } from '../catalog/image-family.ts';
import { memo } from './memo.ts';
import type { Stage } from './model.ts';
import { rootBase } from './view.ts';

/** What is known of the image a stage is built on in the end, `FROM <stage>` followed; undefined for an unknown one. */
export const baseImage = memo((stage: Stage): BaseImage | undefined => {
  const base = rootBase(stage);
  return base.kind === 'image' ? imageInfo(base.ref) : undefined;
});
