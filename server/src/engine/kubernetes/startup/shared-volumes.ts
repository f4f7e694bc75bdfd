import { mountsOf, type Volume } from '../volumes.ts';
import type { Plan } from './plan.ts';

/** A volume that several containers of the Pod mount, so that what one writes, another reads. */
export interface SharedVolume {
  readonly name: string;
  /** The key of its source (`emptyDir`, `configMap`, …); undefined where the file does not show it. */
  readonly source: string | undefined;
  readonly mounts: readonly { readonly container: string; readonly path: string | undefined; readonly isReadOnly: boolean }[];
}

/** In the order of the mounts. Each container counts once. */
export function sharedVolumes({ containers }: Plan, volumes: readonly Volume[]): readonly SharedVolume[] {
  const all = containers.flatMap(({ name, container }) =>
    mountsOf(container).items.flatMap(({ name: volume, path, isReadOnly }) => (volume === undefined ? [] : [{ volume, container: name, path, isReadOnly }])));
  return [...new Set(all.map(({ volume }) => volume))].flatMap((name): readonly SharedVolume[] => {
    const mine = all.filter(({ volume }) => volume === name);
    const mounts = mine.filter(({ container }, at) => mine.findIndex((other) => other.container === container) === at).map(({ container, path, isReadOnly }) => ({ container, path, isReadOnly }));
    return mounts.length < 2 ? [] : [{ name, source: volumes.find((volume) => volume.name === name)?.source, mounts }];
  });
}
