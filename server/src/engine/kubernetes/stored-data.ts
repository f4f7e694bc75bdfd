import { type DataDirs, dataDirsOf, isDataPath } from '../catalog/data-dirs.ts';
import { type ImageRef, parseImageRef } from '../catalog/image-ref.ts';
import { resolveArgv } from '../shell/argv.ts';
import { flagValue } from '../shell/flag-value.ts';
import { cleanPath, isWithin } from '../text/posix-path.ts';
import { commandLine, commandWords, mayHaveVariable } from './command-line.ts';
import { type Listed, type Mount, mountsOf, type Volume } from './volumes.ts';
import type { Container } from './workload.ts';

/** What a container that keeps data does with it. */
export interface StoredData {
  readonly row: DataDirs;
  /** Where the data goes; the row's own places where the container names none. */
  readonly paths: readonly string[];
  /** Only the row says so: a configuration that the file does not show may name another place. */
  readonly isByDefault: boolean;
}

/**
 * What the known image of a container keeps, and where; undefined where the image is not known, runs another program
 * (a client, a shell), or keeps nothing in this set-up, and where the file does not show the directory.
 */
export function storedData(container: Container, image: ImageRef): StoredData | undefined {
  const row = dataDirsOf(image);
  if (row === undefined || !runsServer(container, row)) return undefined;
  const said = commandLine(container);
  if (row.needs?.test(said) === false || row.unless?.test(said) === true) return undefined;
  if (row.paths === 'operand') return stated(row, operands(container));
  if (row.flags !== undefined) {
    const value = flagValue(wordsOf(container), row.flags);
    if (value !== undefined) return stated(row, [value]);
  }
  const variable = container.field.get('env').items().find((item) => item.get('name').text === row.variable);
  if (variable !== undefined) return stated(row, [variable.get('value').text ?? '']);
  const isByDefault = row.variable !== undefined && mayHaveVariable(container, row.variable);
  return row.paths.length === 0 ? undefined : { row, paths: row.paths, isByDefault };
}

/** Directories that are written out. */
function stated(row: DataDirs, values: readonly string[]): StoredData | undefined {
  return values.length > 0 && values.every(isDataPath) ? { row, paths: values.map(cleanPath), isByDefault: false } : undefined;
}

/** Does the container run what writes the data? A psql in the image of the server writes none. */
function runsServer(container: Container, { server }: DataDirs): boolean {
  const { field } = container;
  const [command, args] = [field.get('command'), field.get('args')];
  if (command.state === 'unknown' || args.state === 'unknown' || command.opaque || args.opaque) return false;
  const first = args.items()[0]?.text;
  if (command.absent || command.isEmpty) return first === undefined ? args.items().length === 0 : first.startsWith('-') || isServer(first, server);
  const argv = resolveArgv(commandWords(container).map((word) => (word === '' ? undefined : word)));
  return isServer(argv.program, server) || isServer(argv.name, server);
}

function isServer(word: string | undefined, server: RegExp | undefined): boolean {
  return word !== undefined && server?.test(word) === true;
}

/** The words of what is run: those of the script's last command where a shell runs it. */
function wordsOf(container: Container): readonly string[] {
  const words = commandWords(container);
  const argv = resolveArgv(words.map((word) => (word === '' ? undefined : word)));
  return argv.script === undefined ? words : argv.args.map((word) => word ?? '');
}

/** The directories that `server` is given: MinIO's drives. */
function operands(container: Container): readonly string[] {
  const words = wordsOf(container);
  const at = words.indexOf('server');
  return at < 0 ? [] : words.slice(at + 1).filter((word, index, all) => !word.startsWith('-') && (all[index - 1]?.startsWith('--') !== true || all[index - 1]?.includes('=') === true));
}

/** Data of an image that is not known, in these directories. */
export function unknownData(paths: readonly string[]): StoredData {
  return { row: { images: [], keeps: 'store', paths, level: 'knowledge', source: '' }, paths: paths.map(cleanPath), isByDefault: false };
}

/** What a container runs once overlays have changed its image; undefined where they make different things of it. */
export interface EffectiveImage {
  readonly image: ImageRef;
  readonly isCatalogued: boolean;
}

/** What an overlay makes of an image. */
interface Renaming {
  readonly newName: string | undefined;
  readonly newTag: string | undefined;
}

/** @param changes what overlays do to the image's name and tag */
export function effectiveImage(image: ImageRef, changes: readonly Renaming[]): EffectiveImage | undefined {
  const after = changes.map(({ newName, newTag }) => {
    const named = newName === undefined ? image : parseImageRef(newName);
    return named === undefined ? undefined : { ...named, tag: newTag ?? image.tag };
  });
  const rows = new Set(after.map((each) => (each === undefined ? undefined : dataDirsOf(each))));
  const [first = image] = after;
  return rows.size > 1 || after.includes(undefined) ? undefined : { image: first, isCatalogued: dataDirsOf(first) !== undefined };
}

/** Sources that hold no data: what is in them comes from elsewhere, and goes nowhere. */
const given = new Set(['configMap', 'secret', 'projected', 'downwardAPI', 'image']);

/**
 * Where data of a container goes. `layer`: on no volume; `volume`: on this one; `shadowed`: the volume is mounted, but
 * the data goes elsewhere, because the image's own volume lies over it or its version keeps data in another place;
 * `unknown`: the file does not show it.
 */
export type Resting =
  | { readonly kind: 'layer' | 'unknown' }
  | { readonly kind: 'volume' | 'shadowed'; readonly mount: Mount; readonly volume: Volume | undefined };

const unknown: Resting = { kind: 'unknown' };

/** Where what a container keeps comes to rest. */
export function restingPlace(container: Container, { row, paths, isByDefault }: StoredData, volumes: Listed<Volume>): Resting {
  const { items, isOpen } = mountsOf(container);
  if (isOpen || items.some(({ path, isDevice }) => path === undefined || isDevice)) return unknown;
  const kept = items.flatMap((mount) => {
    const volume = volumes.items.find(({ name }) => name === mount.name);
    return mount.isReadOnly || given.has(volume?.source ?? '') ? [] : [{ mount, path: mount.path ?? '/', volume }];
  });
  // What is given may fill the very directory.
  if (items.some(({ path = '' }) => paths.includes(path)) && !kept.some(({ path }) => paths.includes(path))) return unknown;
  const isSure = !isByDefault && (paths !== row.paths || !items.some(({ path = '' }) => row.configuration?.test(path) === true));
  const accepted = [...paths, ...(row.accepts ?? [])];
  const isStale = (path: string): boolean => isSure && paths === row.paths && path === row.stale;
  // The deepest mount is the one that is written to.
  const near = kept
    .filter(({ path }) => isStale(path) || accepted.some((each) => isWithin(each, path) || isWithin(path, each)))
    .sort((a, b) => Number(isAbove(b.path, accepted)) - Number(isAbove(a.path, accepted)) || b.path.length - a.path.length);
  const mounted = kept.map(({ path }) => path);
  const right = near.find(({ path }) => !isStale(path) && !isShadowed(path, paths, row, mounted));
  if (right !== undefined) return { kind: 'volume', mount: right.mount, volume: right.volume };
  const lasting = ({ volume }: { readonly volume: Volume | undefined }): boolean => volume?.source !== 'emptyDir';
  const wrong = isSure ? near.find(lasting) : undefined;
  if (wrong !== undefined) return { kind: 'shadowed', mount: wrong.mount, volume: wrong.volume };
  // Who mounts a lasting volume elsewhere has told the server to use it in a way that is not seen here.
  return near.length > 0 || kept.some(lasting) ? unknown : { kind: 'layer' };
}

function isAbove(path: string, directories: readonly string[]): boolean {
  return directories.some((directory) => isWithin(directory, path));
}

/**
 * Does a volume that the image declares lie over this mount where the data goes? Container runtimes leave out such a
 * volume only where something is mounted at exactly its place. Source: containerd, internal/cri/server, volumeMounts.
 */
function isShadowed(path: string, paths: readonly string[], { volumes = [] }: DataDirs, mounted: readonly string[]): boolean {
  return paths.every((data) => volumes.some((own) => isWithin(data, own) && own !== path && isWithin(own, path) && !mounted.includes(own)));
}
