import { parseDocument } from '../yaml/document.ts';
import type { Field } from '../yaml/field.ts';
import { type Patch, readPatches } from './kustomize-patch.ts';

/** Which objects a patch is for. Names and kinds are regular expressions to Kustomize, and kept as they are written. */
export interface PatchTarget {
  readonly group?: string | undefined;
  readonly kind?: string | undefined;
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  /** Annotations are not looked at: a target that asks for them may mean any object. */
  readonly annotationSelector?: string | undefined;
}

/** One entry of `patches`, `patchesStrategicMerge` or `patchesJson6902`. */
export interface PatchEntry {
  /** The file the patch stands in, as written; undefined where it stands in the kustomization. */
  readonly path: string | undefined;
  readonly target: PatchTarget | undefined;
  /** What the kustomization itself holds; empty where a file does. */
  readonly inline: readonly Patch[];
}

/** An entry of `images`: what becomes of an image's name. */
export interface ImageChange {
  readonly name: string;
  readonly newName: string | undefined;
  readonly newTag: string | undefined;
  readonly digest: string | undefined;
}

/** What a kustomization says that matters to the files it names. Paths are as written. */
export interface Kustomization {
  readonly kind: 'Kustomization' | 'Component';
  /** Whole objects: files, folders, and addresses that nobody fetches. */
  readonly resources: readonly string[];
  readonly components: readonly string[];
  readonly patches: readonly PatchEntry[];
  /** Files that are neither objects nor patches: generators' inputs, replacements, schemas, values. */
  readonly others: readonly string[];
  readonly images: readonly ImageChange[];
  /** Names of objects whose replicas it sets. */
  readonly replicas: readonly string[];
  readonly namespace: string | undefined;
  readonly namePrefix: string;
  readonly nameSuffix: string;
}

/** More entries than these of one kind say nothing that matters here. */
const mostEntries = 2_000;

/**
 * Reads a kustomization file (kustomize, api/types/kustomization.go). Undefined for what is none: Flux has another kind
 * of the same name. A file without kind and apiVersion is one, as it is to Kustomize.
 */
export function readKustomization(text: string): Kustomization | undefined {
  const { root } = parseDocument(text);
  const kind = root.at('kind').text ?? 'Kustomization';
  const apiVersion = root.at('apiVersion').text;
  if (root.kind !== 'map' || (kind !== 'Kustomization' && kind !== 'Component')) return undefined;
  if (apiVersion !== undefined && !apiVersion.startsWith('kustomize.config.k8s.io/')) return undefined;
  const list = (key: string): readonly string[] => texts(root.at(key));
  return {
    kind,
    resources: [...list('resources'), ...list('bases')],
    components: list('components'),
    patches: [
      ...root.at('patches').items().map(patchEntry),
      ...root.at('patchesStrategicMerge').items().map(patchEntry),
      ...root.at('patchesJson6902').items().map(patchEntry),
    ].slice(0, mostEntries),
    others: [...['crds', 'configurations', 'generators', 'transformers', 'validators'].flatMap(list), ...otherFiles(root)].slice(0, mostEntries),
    images: root.at('images').items().slice(0, mostEntries).flatMap(imageChange),
    replicas: root.at('replicas').items().flatMap((item) => item.at('name').text ?? []),
    namespace: root.at('namespace').text,
    namePrefix: root.at('namePrefix').text ?? '',
    nameSuffix: root.at('nameSuffix').text ?? '',
  };
}

function texts(field: Field): readonly string[] {
  return field.items().slice(0, mostEntries).flatMap((item) => item.text ?? []);
}

/** A path alone, a patch alone (both strings), or a map that holds either. */
function patchEntry(item: Field): PatchEntry {
  const alone = item.text;
  const inline = alone?.includes('\n') === true ? alone : item.at('patch').text;
  const path = alone !== undefined && !alone.includes('\n') ? alone : item.at('path').text;
  return { path: inline === undefined ? path : undefined, target: targetOf(item.at('target')), inline: inline === undefined ? [] : readPatches(inline) };
}

function targetOf(field: Field): PatchTarget | undefined {
  if (field.kind !== 'map') return undefined;
  return {
    group: field.at('group').text,
    kind: field.at('kind').text,
    name: field.at('name').text,
    namespace: field.at('namespace').text,
    labelSelector: field.at('labelSelector').text,
    annotationSelector: field.at('annotationSelector').text,
  };
}

function imageChange(item: Field): readonly ImageChange[] {
  const name = item.at('name').text;
  if (name === undefined) return [];
  // A tag such as 1.27 is a number to YAML.
  const written = (key: string): string | undefined => item.at(key).text ?? (item.at(key).int === undefined ? undefined : item.at(key).raw);
  const tag = item.at('newTag');
  return [{ name, newName: item.at('newName').text, newTag: tag.kind === 'scalar' && !tag.isNull ? (tag.text ?? tag.raw) : undefined, digest: written('digest') }];
}

function otherFiles(root: Field): readonly string[] {
  const replacements = root.at('replacements').items().flatMap((item) => item.at('path').text ?? []);
  const generators = [...root.at('configMapGenerator').items(), ...root.at('secretGenerator').items()].flatMap((item) => [
    ...texts(item.at('files')).map((file) => file.slice(file.indexOf('=') + 1)),
    ...texts(item.at('envs')),
    ...(item.at('env').text === undefined ? [] : [item.at('env').text ?? '']),
  ]);
  const charts = root.at('helmCharts').items().flatMap((item) => [...(item.at('valuesFile').text === undefined ? [] : [item.at('valuesFile').text ?? '']), ...texts(item.at('additionalValuesFiles'))]);
  const openapi = root.at('openapi', 'path').text;
  return [...replacements, ...generators, ...charts, ...(openapi === undefined ? [] : [openapi])];
}
