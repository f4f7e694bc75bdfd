import type { FixOutcome } from '../../engine/core/finding.ts';
import type { Message } from '../../engine/core/message.ts';
import { applyEdits } from '../../engine/text/span.ts';
import { supports } from '../../engine/kubernetes/versions.ts';
import type { Container } from '../../engine/kubernetes/workload.ts';
import { parseDocument } from '../../engine/yaml/document.ts';
import { remove, set } from '../../engine/yaml/edit.ts';
import type { YamlMap } from '../../engine/yaml/render.ts';
import type { Field } from '../../engine/yaml/field.ts';
import { inSteps, keysOf } from '../../engine/yaml/steps.ts';
import { splitStream } from '../../engine/yaml/stream.ts';
import { cut, namesIn, type Parts } from '../cut.ts';
import type { BackendStops, Source } from '../scenario.ts';
import { expand, stopsOf } from '../stops.ts';
import type { Backend } from './backend.ts';
import { appPort, free, type Naming, takenIn } from './names.ts';
import { movePorts, moves, openedBy, portsOf, servedBy } from './ports.ts';
import { because } from './reasons.ts';
import { isBatch, type Target } from './target.ts';
import { sharedVolumes } from './volumes.ts';

/** A scenario in the names and numbers of its target: its parts can be put there as they are. */
export interface Fitted {
  readonly parts: Parts;
  readonly moved: ReadonlyMap<number, number>;
  /** Volumes of the target that the helpers mount, in the place of the scenario's own. */
  readonly reused: ReadonlySet<string>;
}

type Step = (root: Field) => FixOutcome;

export function fit(target: Target, { scenario, text }: Source, naming: Naming, chosen: readonly Backend[]): Fitted | { readonly refused: Message } {
  const stop = portStop(text);
  const plain = cut(expand(text));
  const helper = plain?.helpers[0]?.container.name ?? scenario.id;
  if (plain === undefined) return { refused: because('unknown') };
  const served = servedBy(target);
  const values = new Map([[1, naming.name], ...(stop === undefined ? [] : [[stop, appPort] as const]), ...backendValues(scenario.takesOver?.stops, chosen, naming)]);
  const own = openedBy(plain, scenario.alsoListens);
  // A port that is computed is one that many use, more often than not.
  const taken = new Set([...portsOf(target.workload), ...(naming.isPortComputed ? [80, 8080] : [])]);
  const moved = moves(own, taken);
  if (moved === undefined) return { refused: because('port', { helper }) };
  const initial = naming.isPortComputed ? appPort : stop === undefined ? '' : (stopsOf(text).get(stop)?.initial ?? '');
  const ready = movePorts(naming.guarded(expand(text, values)), moved).replaceAll(appPort, served === undefined ? initial : String(served));
  const first = cut(ready);
  if (first === undefined) return { refused: because('unknown') };
  const shared = sharedVolumes(target, first);
  if ('refused' in shared) return shared;
  const fitted = cut(renamed(ready, first, target, shared.names));
  return fitted === undefined ? { refused: because('unknown') } : { parts: fitted, moved, reused: new Set(shared.names.values()) };
}

/** The tab stop of the app's port: what its first `containerPort` holds. */
function portStop(text: string): number | undefined {
  const app = text.slice(Math.max(0, text.search(/\bimage: \$\{2:/)));
  const number = /containerPort: \$\{?(\d+)/.exec(app)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** The helper goes where the app went before. */
function backendValues(stops: BackendStops | undefined, chosen: readonly Backend[], { namespace }: Naming): readonly (readonly [number, string])[] {
  if (stops === undefined) return [];
  const named = chosen.find((backend) => backend.host !== undefined)?.host;
  const host = named !== undefined && stops.isQualified === true ? qualified(named, namespace ?? 'default') : named;
  const port = chosen.find((backend) => backend.port !== undefined)?.port;
  return [
    ...(host === undefined ? [] : [[stops.host, host] as const]),
    ...(port === undefined || stops.port === undefined ? [] : [[stops.port, String(port)] as const]),
  ];
}

/** The whole name of a Service. Source: kubernetes.io, concepts/services-networking/dns-pod-service. */
function qualified(host: string, namespace: string): string {
  const labels = host.split('.');
  if (labels.length === 1) return `${host}.${namespace}.svc.cluster.local`;
  if (labels.length === 2) return `${host}.svc.cluster.local`;
  return labels.length === 3 && labels[2] === 'svc' ? `${host}.cluster.local` : host;
}

/** The text with names that clash with nothing, and containers that start as the target's version and kind want it. */
function renamed(text: string, parts: Parts, target: Target, reused: ReadonlyMap<string, string>): string {
  const taken = takenIn(target);
  const volumes = new Map(namesIn(parts.workload.podSpec.get('volumes')).map((name) => [name, reused.get(name) ?? free(name, taken.volumes)]));
  const portNames = new Map(parts.helpers.flatMap(({ container }) => container.ports.flatMap(({ name }) => (name === undefined ? [] : [[name, free(name, taken.ports, 15)] as const]))));
  const steps: Step[] = parts.helpers.flatMap(({ container }) => [
    to(container.field.get('name'), free(container.name, taken.containers)),
    ...container.ports.map(({ field }) => to(field.at('name'), portNames.get(field.at('name').text ?? ''))),
    ...['startupProbe', 'readinessProbe', 'livenessProbe'].flatMap((probe) => ['httpGet', 'tcpSocket'].map((handler) => {
      const port = container.field.at(probe, handler, 'port');
      return to(port, portNames.get(port.text ?? ''));
    })),
    ...lifeOf(container, target),
  ]);
  const mounts = [...parts.helpers.map(({ container }) => container), parts.app].flatMap(({ field }) => field.get('volumeMounts').items());
  const named = [...mounts, ...parts.workload.podSpec.get('volumes').items()].map((item) => to(item.at('name'), volumes.get(item.at('name').text ?? '')));
  const [workload = '', ...others] = documentsIn(text, [...steps, ...named]);
  return others.reduce((all, document, index) => {
    const object = parts.objects[index];
    return object === undefined ? all : all + withPortNames(document, portNames, object.manifest.kind);
  }, workload).replace(objectNames(parts, taken.objects), (name) => freeObject(name, parts, taken.objects));
}

function documentsIn(text: string, steps: readonly Step[]): readonly string[] {
  const [first, ...others] = splitStream(text).map((chunk) => chunk.text);
  if (first === undefined) return [];
  const outcome = inSteps(parseDocument(first).root, steps);
  return [outcome.kind === 'edits' ? applyEdits(first, outcome.edits) : first, ...others];
}

function withPortNames(text: string, names: ReadonlyMap<string, string>, kind: string): string {
  return kind === 'Service' ? text.replace(/(targetPort: )([\w-]+)/g, (_, key: string, name: string) => key + (names.get(name) ?? name)) : text;
}

/** Native where it can be, ordinary where it cannot. In a Job every helper must be native, for only those end with it. */
function lifeOf({ field, role }: Container, target: Target): readonly Step[] {
  if (role === 'sidecar' && !supports(target.version, 'nativeSidecar')) return [on(field.get('restartPolicy'), remove)];
  if (role !== 'app' || !isBatch(target)) return [];
  const probe = field.get('startupProbe').absent && field.get('livenessProbe').kind === 'map' ? field.get('livenessProbe').plain() : undefined;
  const gate = probe === undefined ? undefined : { ...(probe as YamlMap), periodSeconds: 1, failureThreshold: 30 };
  return [
    on(field.get('restartPolicy'), (at) => set(at, 'Always', { after: ['image'] })),
    ...(gate === undefined ? [] : [on(field.get('startupProbe'), (at) => set(at, gate, { before: ['livenessProbe'] }))]),
  ];
}

function to(field: Field, value: string | undefined): Step {
  return value === undefined || field.text === undefined || value === field.text ? () => ({ kind: 'edits', edits: [] }) : on(field, (at) => set(at, value));
}

function on(field: Field, edit: (at: Field) => FixOutcome): Step {
  const path = keysOf(field);
  return (root) => edit(root.at(...path));
}

/** Matches the names of further objects wherever they stand whole, longest first; those of the workload itself stay. */
function objectNames({ objects, manifest }: Parts, taken: ReadonlySet<string>): RegExp {
  const clashing = objects.filter(({ manifest: { kind, name } }) => name !== manifest.name && taken.has(`${kind}/${name ?? ''}`));
  const names = clashing.flatMap((object) => object.manifest.name ?? []).toSorted((a, b) => b.length - a.length);
  return names.length === 0 ? /(?!)/ : new RegExp(`(?<![\\w.-])(?:${names.map((name) => name.replaceAll('.', '\\.')).join('|')})(?![\\w.-])`, 'g');
}

function freeObject(name: string, { objects }: Parts, taken: ReadonlySet<string>): string {
  const kinds = objects.filter((object) => object.manifest.name === name).map(({ manifest }) => manifest.kind);
  for (let number = 2; ; number += 1) {
    const next = `${name}-${String(number)}`;
    if (kinds.every((kind) => !taken.has(`${kind}/${next}`))) return next;
  }
}
