import type { Field } from '../../engine/yaml/field.ts';
import { namesIn } from '../cut.ts';
import type { Target } from './target.ts';

/** The app's port, as long as the helper's are moved, and to the end where a template computes it. */
export const appPort = '59999';

/** What a name or template text is called while edits are made: they must not hold template actions. */
const tokens = { name: 'podwright-name', namespace: 'podwright-namespace', open: 'podwright-open', close: 'podwright-close' } as const;

/** The names that new objects get, with tokens for what a template computes, and the way back from the tokens. */
export interface Naming {
  readonly name: string;
  readonly namespace: string | undefined;
  /** A template computes the port of the app. */
  readonly isPortComputed: boolean;
  /** For text of the scenario that goes into the file. */
  readonly guarded: (text: string) => string;
  /** For text of the finished edits. */
  readonly restored: (text: string) => string;
}

export function namingOf({ manifest, app }: Target): Naming {
  const { metadata } = manifest;
  const name = computed(metadata.get('name'));
  const namespace = computed(metadata.get('namespace'));
  const port = computed(app.field.at('ports', 0, 'containerPort'));
  const isTemplate = port !== undefined || name !== undefined || namespace !== undefined || manifest.root.raw?.includes('{{') === true;
  const literal = manifest.name ?? metadata.get('generateName').text?.replace(/-+$/, '') ?? (app.name === '' ? 'app' : app.name);
  return {
    name: name === undefined ? literal : tokens.name,
    namespace: namespace === undefined ? manifest.namespace : tokens.namespace,
    isPortComputed: port !== undefined,
    // What looks like an action there is meant for the helper.
    guarded: (text) => (isTemplate ? text.replaceAll('{{', tokens.open).replaceAll('}}', tokens.close) : text),
    restored: (text) => isTemplate
      ? text.replaceAll(appPort, port ?? appPort).replaceAll(tokens.namespace, namespace ?? '').replaceAll(tokens.name, name ?? '').replaceAll(tokens.open, '{{ "{{" }}').replaceAll(tokens.close, '{{ "}}" }}')
      : text,
  };
}

/** The text of a value that a template computes on one line, without quotes around it. */
function computed(field: Field): string | undefined {
  const raw = field.text === undefined ? field.raw : undefined;
  return raw?.includes('{{') === true && !raw.includes('\n') ? raw.replace(/^(["'])(.*)\1$/, '$2') : undefined;
}

/** The name itself, or the first with a number behind it that nobody has. */
export function free(name: string, taken: ReadonlySet<string>, longest = 63): string {
  const base = name.slice(0, longest - 3);
  if (!taken.has(name)) return name;
  for (let number = 2; ; number += 1) if (!taken.has(`${base}-${String(number)}`)) return `${base}-${String(number)}`;
}

/** The names that things of each kind must not have. */
export function takenIn({ manifest, workload, beside }: Target): Readonly<Record<'containers' | 'volumes' | 'ports', ReadonlySet<string>>> & { readonly objects: ReadonlySet<string> } {
  const claims = manifest.root.at('spec', 'volumeClaimTemplates').items().flatMap((item) => item.at('metadata', 'name').text ?? []);
  return {
    containers: new Set(workload.containers.map(({ name }) => name)),
    volumes: new Set([...namesIn(workload.podSpec.get('volumes')), ...claims]),
    ports: new Set(workload.containers.flatMap(({ ports }) => ports.flatMap(({ name }) => name ?? []))),
    objects: new Set(beside.map((object) => `${object.manifest.kind}/${object.manifest.name ?? ''}`)),
  };
}
