import { startsInit } from '../catalog/inits.ts';
import { initOf } from '../shell/argv.ts';
import { baseImage } from './base-image.ts';
import type { Start } from './start.ts';
import { rootBase } from './view.ts';

/** The init that a start command runs under: in the command, or in the base image where no ENTRYPOINT of this file hides it. */
export function initInFront({ argv, stage, entrypoint }: Start): string | undefined {
  const own = initOf(argv);
  if (own !== undefined || entrypoint !== undefined) return own;
  const base = rootBase(stage);
  return baseImage(stage)?.init ?? (base.kind === 'image' && startsInit(base.ref) ? base.text : undefined);
}
