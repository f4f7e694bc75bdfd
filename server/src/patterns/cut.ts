import { type Manifest, manifestsOf } from '../engine/kubernetes/manifest.ts';
import type { ObjectRoot } from '../engine/kubernetes/types.ts';
import type { Container, Workload } from '../engine/kubernetes/workload.ts';
import { parseDocument } from '../engine/yaml/document.ts';
import { type Excerpt, excerptOf, linesOfItem } from '../engine/yaml/excerpt.ts';
import type { Field } from '../engine/yaml/field.ts';
import type { YamlMap } from '../engine/yaml/render.ts';
import { splitStream } from '../engine/yaml/stream.ts';
import { asSnippet, expand } from './stops.ts';

/** A container that a scenario adds. */
export interface Helper {
  readonly container: Container;
  readonly list: 'initContainers' | 'containers';
  readonly excerpt: Excerpt;
}

/** An object that stands beside the workload. */
export interface FurtherObject {
  readonly manifest: Manifest;
  readonly value: YamlMap;
  /** Of its document, without the marker. */
  readonly lines: readonly string[];
}

/** What a scenario gives a workload, cut from its expanded text with the comments that belong to each part. */
export interface Parts {
  readonly manifest: Manifest;
  readonly workload: Workload;
  readonly app: Container;
  readonly helpers: readonly Helper[];
  /** Those that helpers mount. */
  readonly volumes: readonly Excerpt[];
  /** Where the app mounts them. */
  readonly mounts: readonly Excerpt[];
  readonly env: readonly Excerpt[];
  /** What starts the app in its place: the words before those of the app's own command. */
  readonly starter: readonly Excerpt[];
  readonly objects: readonly FurtherObject[];
}

/** Reads the expanded text of a scenario. Undefined for a text that is none: a test holds that there is no such. */
export function cut(text: string): Parts | undefined {
  const [first, ...others] = splitStream(text).map((chunk) => ({ text: chunk.text, root: parseDocument(chunk.text).root }));
  const [manifest] = first === undefined ? [] : manifestsOf(first.root.as<ObjectRoot>());
  const workload = manifest?.workload;
  const app = workload?.containers.find(({ role }) => role === 'app');
  if (manifest === undefined || workload === undefined || app === undefined) return undefined;
  const helpers = workload.containers.filter((container) => container !== app).flatMap((container): Helper[] => {
    const excerpt = excerptOf(container.field);
    return excerpt === undefined ? [] : [{ container, list: container.role === 'app' ? 'containers' : 'initContainers', excerpt }];
  });
  const mounted = new Set(helpers.flatMap(({ container }) => namesIn(container.field.get('volumeMounts'))));
  const cutFrom = (list: Field, isWanted: (name: string) => boolean): readonly Excerpt[] =>
    list.items().filter((item) => isWanted(item.at('name').text ?? '')).flatMap((item) => excerptOf(item) ?? []);
  return {
    manifest,
    workload,
    app,
    helpers,
    volumes: cutFrom(workload.podSpec.get('volumes'), (name) => mounted.has(name)),
    mounts: cutFrom(app.field.get('volumeMounts'), (name) => mounted.has(name)),
    env: cutFrom(app.field.get('env'), () => true),
    starter: app.field.get('command').items().flatMap((item) => excerptOf(item) ?? []),
    objects: others.flatMap((other): FurtherObject[] => {
      const [object] = manifestsOf(other.root.as<ObjectRoot>());
      const value = other.root.plain();
      const lines = other.text.replace(/^---\n/, '').replace(/\n$/, '').split('\n');
      return object === undefined || !isMap(value) ? [] : [{ manifest: object, value, lines }];
    }),
  };
}

/**
 * The containers that a scenario adds to one of the lists, as a snippet with stops of its own; undefined where it adds none
 * there.
 */
export function helpersAsSnippet(text: string, list: Helper['list']): string | undefined {
  const lines = text.split('\n');
  const items = (cut(expand(text))?.helpers ?? []).filter((helper) => helper.list === list).flatMap(({ container }) => {
    const range = linesOfItem(container.field);
    if (range === undefined) return [];
    const first = lines[range[0]] ?? '';
    return lines.slice(...range).map((line) => line.slice(first.length - first.trimStart().length));
  });
  return items.length === 0 ? undefined : asSnippet(items.join('\n'), text);
}

/** The names of the items of a list. */
export function namesIn(list: Field): readonly string[] {
  return list.items().flatMap((item) => item.at('name').text ?? []);
}

function isMap(value: unknown): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
