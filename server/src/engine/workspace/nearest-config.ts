import { type Config, defaultConfig } from '../core/config.ts';
import { configNames } from '../core/config-keys.ts';
import { globFilter, type PathFilter } from '../core/glob.ts';
import { folderOf, foldersAbove, pathFrom } from './paths.ts';

/**
 * Where the configuration of a file may stand, in the order in which it is looked for: its own folder first, then each
 * folder above. The first that is there counts, whole: configurations are not merged, so that a reader of one file
 * knows what holds. Editors and the command line look in the same places, also above a folder that is opened.
 * @param key of the file, as `fileKey` spells it
 */
export function configPlaces(key: string): readonly string[] {
  return foldersAbove(key).flatMap((folder) => configNames.map((name) => `${folder}/${name}`));
}

/** The configuration that counts for a file. */
export interface FileConfig {
  readonly config: Config;
  /** Key of the configuration file; undefined where none is there and the defaults count. */
  readonly file: string | undefined;
  readonly isIgnored: boolean;
}

/** The first of {@link configPlaces} that is there: one for all files of a folder, so that it is looked for once. */
export class NearestConfigs {
  readonly #known = new Map<string, string | undefined>();

  find(key: string, exists: (place: string) => boolean): string | undefined {
    const folder = folderOf(key);
    if (!this.#known.has(folder)) this.#known.set(folder, configPlaces(key).find(exists));
    return this.#known.get(folder);
  }

  /** What counts for a file, where `configAt` says what the configurations say. */
  of(key: string, configAt: (place: string) => Config | undefined): FileConfig {
    const file = this.find(key, (place) => configAt(place) !== undefined);
    const config = file === undefined ? undefined : configAt(file);
    if (file === undefined || config === undefined) return { config: defaultConfig, file: undefined, isIgnored: false };
    return { config, file, isIgnored: isIgnoredBy(folderOf(file), ignoredBy(config), key) };
  }

  /** To be called when any configuration came, went or changed. */
  clear(): void {
    this.#known.clear();
  }
}

const filters = new WeakMap<Config, PathFilter>();

/** The paths that a configuration takes out of the checks. */
export function ignoredBy(config: Config): PathFilter {
  const known = filters.get(config) ?? globFilter(config.ignore);
  filters.set(config, known);
  return known;
}

/** Does the configuration in `folder` take the file out of the checks? */
export function isIgnoredBy(folder: string, ignores: PathFilter, key: string): boolean {
  const path = pathFrom(folder, key);
  return path !== undefined && path !== '' && ignores(path);
}
