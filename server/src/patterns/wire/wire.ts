import { type DocumentEdit, edits as outcomeOf, type FixOutcome, refused } from '../../engine/core/finding.ts';
import { shift } from '../../engine/text/span.ts';
import { appendDocument } from '../../engine/yaml/append-document.ts';
import { set } from '../../engine/yaml/edit.ts';
import { type Excerpt, putItem } from '../../engine/yaml/excerpt.ts';
import type { Field } from '../../engine/yaml/field.ts';
import type { YamlValue } from '../../engine/yaml/render.ts';
import { splice } from '../../engine/yaml/splice.ts';
import { inSteps, keysOf, rootOf } from '../../engine/yaml/steps.ts';
import { supports } from '../../engine/kubernetes/versions.ts';
import type { Parts } from '../cut.ts';
import type { Source } from '../scenario.ts';
import { type Backend, backendsOf, ofOneHost } from './backend.ts';
import { fit } from './fit.ts';
import { meshOf } from './mesh.ts';
import { namingOf } from './names.ts';
import { accountOf, asItem, type NewObject, objectsFor } from './objects.ts';
import { because } from './reasons.ts';
import { type Routing, retarget } from './service.ts';
import { misfit, obstacle, type Target } from './target.ts';

export interface Choices {
  /** Ids of the settings that shall name the helper from now on; all that are found where nothing is said. */
  readonly backends?: readonly string[];
}

type Step = (root: Field) => FixOutcome;

/**
 * Adds a pattern to a workload: one edit with the containers, their volumes, what the app mounts and is told, and the
 * objects beside. Offsets are those of the file. Refused with a reason where it cannot be right.
 */
export function wire(target: Target, source: Source, choices: Choices = {}): FixOutcome {
  const { manifest, workload, base } = target;
  const { scenario } = source;
  const reason = obstacle(manifest, workload) ?? misfit(target, source);
  if (reason !== undefined) return refused(reason);
  const mesh = scenario.meshDoes === true ? meshOf(target) : undefined;
  const root = rootOf(manifest.root);
  if (mesh !== undefined) {
    const metadata = keysOf(workload.podMetadata);
    return shifted(inSteps(root, [(at) => set(at.at(...metadata, mesh.place, mesh.key), mesh.value, { before: ['spec'] })]), base);
  }
  const naming = namingOf(target);
  const found = scenario.takesOver === undefined ? [] : backendsOf(workload, scenario.takesOver);
  const chosen = choices.backends === undefined ? ofOneHost(found) : found.filter(({ id }) => choices.backends?.includes(id));
  const fitted = fit(target, source, naming, chosen);
  if ('refused' in fitted) return refused(fitted.refused);
  const { parts, moved, reused } = fitted;
  const clash = contradiction(target, parts) ?? severalHosts(parts, chosen) ?? withoutCommand(target, parts);
  if (clash !== undefined) return clash;
  const { objects, routing } = objectsFor(target, parts, naming, scenario.pattern === 'adapter');
  const at = scenario.takesOver === undefined ? 0 : (moved.get(scenario.takesOver.at) ?? scenario.takesOver.at);
  const repointed = scenario.takesOver === undefined || at === scenario.takesOver.at ? chosen : backendsOf(workload, { ...scenario.takesOver, at }).filter(({ id }) => chosen.some((each) => each.id === id));
  const here = routing?.retargeted.filter(({ field }) => rootOf(field) === root) ?? [];
  const list = manifest.root.parent?.kind === 'sequence' ? manifest.root.parent : undefined;
  const outcome = inSteps(root, [
    ...repointed.map((backend): Step => on(backend.field, (field) => splice(field, backend.changes))),
    ...here.map(({ field }) => on(field, (port) => retarget(port, routing?.port ?? ''))),
    ...appSteps(target, parts, reused, repointed),
    ...podSteps(target, parts),
    ...helperSteps(target, parts, scenario.pattern === 'ambassador' || scenario.pattern === 'config-helper'),
    ...volumeSteps(target, parts, reused),
    ...(list === undefined ? [] : objects.map((object): Step => on(list, (items) => putItem(items, items.items().length, asItem(object))))),
  ]);
  const [further] = objects;
  if (list === undefined && further !== undefined && root.style === 'flow') return refused(because('json', { object: placeOf(further) }));
  const whole = list === undefined ? appended(root, outcome, objects) : outcome;
  return restored(elsewhere(root, routing, shifted(whole, base)), naming.restored);
}

/** Settings of the Pod that the helper needs otherwise. */
function contradiction({ workload }: Target, parts: Parts): FixOutcome | undefined {
  const key = 'shareProcessNamespace';
  const wanted = parts.workload.podSpec.get(key).bool;
  const own = workload.podSpec.get(key);
  if (wanted !== true || !own.present || own.bool === true) return undefined;
  return refused(because('shared', { field: key, value: own.raw ?? '', helper: parts.helpers[0]?.container.name ?? '' }));
}

/** A helper knows one backend; a second one would be served by the first. */
function severalHosts({ helpers }: Parts, chosen: readonly Backend[]): FixOutcome | undefined {
  const hosts = [...new Set(chosen.flatMap(({ host }) => host ?? []))];
  return hosts.length < 2 ? undefined : refused(because('hosts', { helper: helpers[0]?.container.name ?? '', hosts: hosts.join(', ') }));
}

/** What starts the app has to know how. The command of the image is not to be seen here. */
function withoutCommand({ app }: Target, parts: Parts): FixOutcome | undefined {
  const [program] = parts.starter;
  if (program === undefined || !app.field.get('command').absent) return undefined;
  const helper = typeof program.value === 'string' ? program.value.replace(/^.*\//, '') : '';
  return refused(because('command', { helper, container: app.title }));
}

function appSteps({ app }: Target, parts: Parts, reused: ReadonlySet<string>, repointed: readonly Backend[]): readonly Step[] {
  const named = new Set(app.field.get('env').items().flatMap((item) => item.get('name').text ?? []));
  // Who points at the helper already needs no second setting for that.
  const env = parts.env.filter(({ value }) => repointed.length === 0 && !named.has(nameOf(value)));
  const mounts = parts.mounts.filter(({ value }) => !reused.has(nameOf(value)));
  return [
    ...parts.starter.map((item, index): Step => on(app.field.get('command'), (list) => putItem(list, index, item))),
    ...env.map((item) => append(app.field.get('env'), item, { after: ['image', 'imagePullPolicy', 'command', 'args', 'workingDir', 'envFrom'] })),
    ...mounts.map((item) => append(app.field.get('volumeMounts'), item)),
  ];
}

/** What helpers need of the Pod as a whole; what it has already stays. */
function podSteps(target: Target, parts: Parts): readonly Step[] {
  const { workload } = target;
  const mine = parts.workload.podSpec;
  const put = (path: readonly string[], value: YamlValue | undefined): readonly Step[] =>
    value === undefined || !workload.podSpec.at(...path).absent ? [] : [on(workload.podSpec, (at) => leniently(set(at.at(...path), value, { before: ['initContainers', 'containers'] })))];
  const needsAccount = parts.objects.some(({ manifest }) => manifest.kind === 'ServiceAccount') && accountOf(target) === undefined;
  const annotations = parts.workload.podMetadata.get('annotations');
  return [
    ...(needsAccount ? put(['serviceAccountName'], mine.at('serviceAccountName').text) : []),
    ...put(['shareProcessNamespace'], mine.get('shareProcessNamespace').bool),
    ...put(['terminationGracePeriodSeconds'], isLong(mine.get('terminationGracePeriodSeconds').int)),
    // Who mounts claims may have files there that the group would be changed of.
    ...(hasClaims(target) ? [] : put(['securityContext', 'fsGroup'], mine.at('securityContext', 'fsGroup').int)),
    ...annotations.keys().flatMap((key): Step[] => {
      const value = annotations.at(key).text;
      const place = workload.podMetadata.get('annotations').at(key);
      return value === undefined || !place.absent ? [] : [on(place, (at) => leniently(set(at, value, { before: ['spec'] })))];
    }),
  ];
}

/** The default is 30. */
function isLong(seconds: number | undefined): number | undefined {
  return seconds !== undefined && seconds > 30 ? seconds : undefined;
}

function hasClaims({ manifest, workload }: Target): boolean {
  const own = workload.podSpec.get('volumes');
  const isPlain = own.items().every((item) => ['emptyDir', 'configMap', 'secret', 'projected', 'downwardAPI'].some((key) => item.at(key).present));
  return !isPlain || own.state === 'unknown' || !manifest.root.at('spec', 'volumeClaimTemplates').absent;
}

/** In the order of the scenario. What others need at their own start goes before the other init containers. */
function helperSteps(target: Target, parts: Parts, isFirst: boolean): readonly Step[] {
  const { podSpec } = target.workload;
  const isNative = supports(target.version, 'nativeSidecar');
  let first = 0;
  return parts.helpers.map(({ container, excerpt }): Step => {
    const isInit = container.role === 'init' && container.field.get('restartPolicy').absent;
    const runsBeside = container.role === 'sidecar' || container.field.get('restartPolicy').text === 'Always';
    const isOrdinary = (!runsBeside && !isInit) || (isInit && wasSidecar(container.field)) || (runsBeside && !isNative);
    if (isOrdinary) return append(podSpec.get('containers'), excerpt);
    const index = first;
    first += 1;
    return on(podSpec.get('initContainers'), (list) => putItem(list, isFirst ? index : list.items().length, excerpt, { before: ['containers'] }));
  });
}

/** Probes are for what runs on: an init container with one was a native sidecar before it was made an ordinary container. */
function wasSidecar(field: Field): boolean {
  return field.at('startupProbe').present || field.at('livenessProbe').present || field.at('readinessProbe').present;
}

function volumeSteps({ workload }: Target, parts: Parts, reused: ReadonlySet<string>): readonly Step[] {
  const added = parts.volumes.filter(({ value }) => !reused.has(nameOf(value)));
  return added.map((item) => append(workload.podSpec.get('volumes'), item, { after: ['initContainers', 'containers'] }));
}

function append(list: Field, item: Excerpt, options = {}): Step {
  return on(list, (at) => putItem(at, at.items().length, item, options));
}

/** A step at the path of a field, in the document as the steps before left it. */
function on(field: Field, edit: (at: Field) => FixOutcome): Step {
  const path = keysOf(field);
  return (root) => edit(root.at(...path));
}

/** What is good to have, and no reason to refuse. */
function leniently(outcome: FixOutcome): FixOutcome {
  return outcome.kind === 'refused' ? outcomeOf([]) : outcome;
}

function nameOf(value: YamlValue): string {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' ? value.name : '';
}

function placeOf({ value }: NewObject): string {
  return typeof value['kind'] === 'string' ? value['kind'] : '';
}

function appended(root: Field, outcome: FixOutcome, objects: readonly NewObject[]): FixOutcome {
  return objects.reduce((before, { value, lines }) => appendDocument(root, before, value, lines), outcome);
}

/** Services in other documents of the file. */
function elsewhere(root: Field, routing: Routing | undefined, outcome: FixOutcome): FixOutcome {
  const others = routing?.retargeted.filter(({ field }) => rootOf(field) !== root) ?? [];
  return others.reduce<FixOutcome>((before, { field, base }) => {
    if (before.kind === 'refused') return before;
    const next = shifted(retarget(field, routing?.port ?? ''), base);
    return next.kind === 'refused' ? next : outcomeOf([...before.edits, ...next.edits].toSorted((a, b) => a.span.start - b.span.start));
  }, outcome);
}

function shifted(outcome: FixOutcome, by: number): FixOutcome {
  return outcome.kind === 'refused' ? outcome : outcomeOf(outcome.edits.map((edit) => ({ ...edit, span: shift(edit.span, by) })));
}

function restored(outcome: FixOutcome, text: (newText: string) => string): FixOutcome {
  return outcome.kind === 'refused' ? outcome : outcomeOf(outcome.edits.map((edit): DocumentEdit => ({ ...edit, newText: text(edit.newText) })));
}
