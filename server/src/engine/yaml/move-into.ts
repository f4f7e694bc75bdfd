import { type FixOutcome, refused } from '../core/finding.ts';
import { remove, set } from './edit.ts';
import type { Field } from './field.ts';
import { because } from './refusals.ts';
import type { YamlValue } from './render.ts';
import { inSteps, keysOf, rootOf } from './steps.ts';

/** Moves fields into the map at `target`, under their own names. Refuses where a value is not known whole, or holds comments. */
export function moveInto(fields: readonly Field[], target: Field): FixOutcome {
  const moved: Record<string, YamlValue> = {};
  for (const field of fields) {
    const value = field.plain();
    if (value === undefined) return refused(because('template', field.path));
    if (field.comment !== undefined || /(?:^|\s)#/.test(field.raw ?? '')) return refused(because('commented', field.path));
    moved[String(field.key)] = value;
  }
  return inSteps(rootOf(target), [
    ...fields.map((field) => (root: Field) => remove(root.at(...keysOf(field)))),
    (root) => set(root.at(...keysOf(target)), moved),
  ]);
}
