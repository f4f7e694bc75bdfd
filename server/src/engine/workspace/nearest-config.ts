import { configNames } from '../core/config-keys.ts';
import type { Config } from '../core/config.ts';
import { globFilter, type PathFilter } from '../core/glob.ts';
import { foldersAbove, pathFrom } from './paths.ts';

/**
 * Where the configuration of a file may stand, in the order in which it is looked for: its own folder first, then each
 * folder above. The first that is there counts, whole: configurations are not merged, so that a reader of one file
 * knows what holds. Editors and the command line look in the same places, also above a folder that is opened.
 * @param key of the file, as `fileKey` spells it
 */
export function configPlaces(key: string): readonly string[] {
  return foldersAbove(key).flatMap((folder) => configNames.map((name) => `${folder}/${name}`));
}

/** The first of {@link configPlaces} that is there. */
export function nearestConfig(key: string, exists: (place: string) => boolean): string | undefined {
  return configPlaces(key).find(exists);
}

/** Does the configuration in `folder` take the file out of the checks? */
export function isIgnoredBy(folder: string, ignores: PathFilter, key: string): boolean {
  const path = pathFrom(folder, key);
  return path !== undefined && path !== '' && ignores(path);
}

const filters = new WeakMap<Config, PathFilter>();

/** What a configuration ignores, made once for each. */
export function ignoresOf(config: Config): PathFilter {
  const known = filters.get(config) ?? globFilter(config.ignore);
  filters.set(config, known);
  return known;
}
