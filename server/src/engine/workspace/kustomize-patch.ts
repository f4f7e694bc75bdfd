import { parseDocument } from '../yaml/document.ts';
import type { Field } from '../yaml/field.ts';
import { splitStream } from '../yaml/stream.ts';
import type { SuppliedPath, SuppliedStep } from '../yaml/supplied.ts';

/** Who a strategic merge patch is for: the object of this kind and name. */
export interface PatchedObject {
  readonly apiVersion: string | undefined;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

/** One patch: what it may add to an object or set in it. */
export interface Patch {
  /** Undefined for a JSON patch, which only its entry's target leads to an object. */
  readonly object: PatchedObject | undefined;
  /** Takes the whole object away. */
  readonly deletes: boolean;
  readonly paths: readonly SuppliedPath[];
}

/** Lists that are merged by the name of their items; of other lists only the list itself is known to change. */
const mergedByName: ReadonlySet<string> = new Set(['containers', 'initContainers', 'ephemeralContainers']);

/** A patch of more paths, or deeper ones, is a whole object in disguise; what is cut off ends as its parent. */
const mostPaths = 2_000;
const deepest = 20;

/**
 * The patches of a text: strategic merge patches, one a document, or a JSON patch (RFC 6902) in YAML or JSON. What is
 * neither gives none. Whatever is written is taken as a patch: that it is one is for others to say.
 */
export function readPatches(text: string): readonly Patch[] {
  return splitStream(text).flatMap((chunk) => {
    const { root } = parseDocument(chunk.text);
    const items = root.items();
    if (root.kind === 'sequence') return items.every((item) => item.at('op').present && item.at('path').present) ? [jsonPatch(items)] : [];
    return root.kind === 'map' ? strategicPatch(root) : [];
  });
}

function jsonPatch(items: readonly Field[]): Patch {
  const paths = items.slice(0, mostPaths).flatMap((item): readonly SuppliedPath[] => {
    const path = item.at('path').text;
    const op = item.at('op').text;
    if (path === undefined || op === 'remove' || op === 'test') return [];
    return [path.split('/').slice(1, deepest).map(pointerStep)];
  });
  return { object: undefined, deletes: false, paths };
}

/** One step of a JSON pointer. `-` is the place behind the last item: an item no list has yet. */
function pointerStep(part: string): SuppliedStep {
  const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
  if (/^\d{1,6}$/.test(key)) return Number(key);
  return key === '-' ? Number.MAX_SAFE_INTEGER : key;
}

function strategicPatch(root: Field): readonly Patch[] {
  const kind = root.at('kind').text;
  const name = root.at('metadata', 'name').text;
  if (kind === undefined) return [];
  const object = { apiVersion: root.at('apiVersion').text, kind, name: name ?? '', namespace: root.at('metadata', 'namespace').text };
  if (root.at('$patch').text === 'delete') return [{ object, deletes: true, paths: [] }];
  const paths: SuppliedPath[] = [];
  collect(root, [], paths);
  return [{ object, deletes: false, paths: paths.filter((path) => !isIdentity(path)) }];
}

/** What a patch says to be led to its object: it changes nothing. */
function isIdentity([first, second]: SuppliedPath): boolean {
  return first === 'apiVersion' || first === 'kind' || (first === 'metadata' && (second === 'name' || second === 'namespace'));
}

function collect(field: Field, path: SuppliedPath, paths: SuppliedPath[], mergeKey?: string): void {
  if (paths.length >= mostPaths) return;
  const keys = field.keys().filter((key) => key !== mergeKey);
  if (field.kind !== 'map' || keys.length === 0 || path.length >= deepest) {
    // A null takes the key away, which supplies nothing.
    if (!field.isNull && path.length > 0) paths.push(path);
    return;
  }
  if (field.at('$patch').text === 'delete') return;
  for (const key of keys) {
    const value = field.at(key);
    if (key.startsWith('$')) continue;
    const byName = mergedByName.has(key) && value.kind === 'sequence';
    if (!byName) collect(value, [...path, key], paths);
    else for (const item of value.items()) collect(item, [...path, key, { name: item.at('name').text ?? '' }], paths, 'name');
  }
}
