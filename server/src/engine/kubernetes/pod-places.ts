import type { Field } from '../yaml/field.ts';
import type { CustomKind, CustomRole } from './custom-kinds.ts';
import { parsePodPath, type PathStep } from './pod-path.ts';
import type { ContainerSpec, ObjectMeta, ObjectRoot, PodSpec } from './types.ts';

/** One Pod spec of a custom resource, or what stands for one. */
export interface PodPlace {
  readonly podSpec: Field<PodSpec>;
  /** The metadata of its Pods; absent where the kind has none. */
  readonly podMetadata: Field<ObjectMeta>;
  /** Where the kind names its containers in its own way: all of them. Undefined where they stand as in every Pod spec. */
  readonly containers: readonly { readonly field: Field<ContainerSpec>; readonly role: CustomRole }[] | undefined;
}

/** An object with more Pod specs than these was not written by a person, and is not worth the time. */
const mostPlaces = 200;

/** The Pod specs of an object of this kind that are written out, in the order of the text. */
export function podPlaces(root: Field<ObjectRoot>, row: CustomKind): readonly PodPlace[] {
  const fields = row.podSpecs.flatMap((path) => fieldsAt(root, parsePodPath(path) ?? []));
  return fields
    .filter(({ kind }) => kind === 'map')
    .sort((a, b) => (a.valueSpan?.start ?? 0) - (b.valueSpan?.start ?? 0))
    .slice(0, mostPlaces)
    .map((field) => placeAt(field, row));
}

function placeAt(field: Field, { containers }: CustomKind): PodPlace {
  const podMetadata = containers === undefined && field.parent !== undefined ? field.parent.at('metadata') : field.at('metadata');
  return {
    podSpec: field.as<PodSpec>(),
    podMetadata: podMetadata.as<ObjectMeta>(),
    containers: containers?.flatMap(({ path, role }) => {
      const at = field.at(...path);
      const found = at.kind === 'map' ? [at] : at.items();
      return found.filter(({ kind }) => kind === 'map').map((each) => ({ field: each.as<ContainerSpec>(), role }));
    }),
  };
}

function fieldsAt(root: Field, steps: readonly PathStep[]): readonly Field[] {
  return steps.reduce<readonly Field[]>((fields, step) => {
    const next = fields.flatMap((field): readonly Field[] => {
      if (step.kind === 'key') return [field.at(step.key)];
      return step.kind === 'items' ? field.items() : field.keys().map((key) => field.at(key));
    });
    return next.slice(0, mostPlaces);
  }, steps.length === 0 ? [] : [root]);
}
