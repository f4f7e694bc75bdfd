import { edits as outcomeOf, type FixOutcome } from '../../engine/core/finding.ts';
import { applyEdits } from '../../engine/text/span.ts';
import { parseDocument } from '../../engine/yaml/document.ts';
import { remove, set } from '../../engine/yaml/edit.ts';
import type { Excerpt } from '../../engine/yaml/excerpt.ts';
import type { Field } from '../../engine/yaml/field.ts';
import type { YamlMap } from '../../engine/yaml/render.ts';
import { inSteps } from '../../engine/yaml/steps.ts';
import type { FurtherObject, Parts } from '../cut.ts';
import { free, type Naming, takenIn } from './names.ts';
import { routingOf, type Routing } from './service.ts';
import type { Target } from './target.ts';

/** An object as it is to be written beside the workload. */
export interface NewObject {
  readonly value: YamlMap;
  readonly lines: readonly string[];
}

/** The objects of a scenario for their new place, and what is done about Services that are there. */
export function objectsFor(target: Target, parts: Parts, naming: Naming, isAdapter: boolean): { readonly objects: readonly NewObject[]; readonly routing: Routing | undefined } {
  const account = accountOf(target);
  const service = parts.objects.find(({ manifest }) => manifest.kind === 'Service');
  const routing = service === undefined ? undefined : routingOf(target, parts, service, isAdapter);
  const objects = parts.objects.flatMap((object): NewObject[] => {
    const { kind } = object.manifest;
    if (kind === 'ServiceAccount' && account !== undefined) return [];
    if (kind === 'Service' && routing?.selector === undefined) return [];
    const steps = [
      ...(naming.namespace === undefined ? [] : [(root: Field) => set(root.at('metadata', 'namespace'), naming.namespace ?? '', { after: ['name'] })]),
      ...(kind === 'Service' && routing?.selector !== undefined ? serviceSteps(object, target, routing) : []),
      ...(kind === 'RoleBinding' && account !== undefined ? subjectSteps(object, account) : []),
    ];
    const read = changed(object, steps);
    return read === undefined ? [] : [read];
  });
  return { objects, routing };
}

/** The account that the Pods run as where the file names one. */
export function accountOf({ workload }: Target): string | undefined {
  const account = workload.podSpec.at('serviceAccountName');
  return account.present && !account.isEmpty ? (account.text ?? '') : undefined;
}

function serviceSteps(object: FurtherObject, target: Target, { selector, port }: Routing): readonly ((root: Field) => FixOutcome)[] {
  const ports = object.manifest.root.at('spec', 'ports').items();
  const taken = new Set([...takenIn(target).objects, ...target.services.map(({ name }) => `Service/${name}`)]);
  const name = object.manifest.name ?? '';
  const others = ports.flatMap((item, index) => (item.at('targetPort').text === port ? [] : [index])).toReversed();
  const next = taken.has(`Service/${name}`) ? free(`Service/${name}-${port}`, taken, 80).slice('Service/'.length) : name;
  return [
    (root) => set(root.at('metadata', 'name'), next),
    (root) => set(root.at('spec', 'selector'), { ...selector }),
    ...others.map((index) => (root: Field) => remove(root.at('spec', 'ports', index))),
  ];
}

function subjectSteps({ manifest }: FurtherObject, account: string): readonly ((root: Field) => FixOutcome)[] {
  return manifest.root.at('subjects').items().flatMap((item, index) =>
    item.at('kind').text === 'ServiceAccount' ? [(root: Field) => set(root.at('subjects', index, 'name'), account)] : []);
}

function changed({ lines, value }: FurtherObject, steps: readonly ((root: Field) => FixOutcome)[]): NewObject | undefined {
  if (steps.length === 0) return { lines, value };
  const text = `${lines.join('\n')}\n`;
  const outcome = inSteps(parseDocument(text).root, steps);
  if (outcome.kind === 'refused') return undefined;
  const after = applyEdits(text, outcome.edits);
  const plain = parseDocument(after).root.plain();
  return typeof plain !== 'object' || plain === null || Array.isArray(plain) ? undefined : { lines: after.replace(/\n$/, '').split('\n'), value: Object.fromEntries(Object.entries(plain)) };
}

/** The object as an item of a list kind. Comments above it stay above its dash. */
export function asItem({ value, lines }: NewObject): Excerpt {
  const first = lines.findIndex((line) => !line.startsWith('#'));
  return { value, lines: lines.map((line, index) => (index < first ? line : index === first ? `- ${line}` : line === '' ? line : `  ${line}`)) };
}

export const nothing: FixOutcome = outcomeOf([]);
