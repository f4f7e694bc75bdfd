import type { FixOutcome } from '../../engine/core/finding.ts';
import type { Message } from '../../engine/core/message.ts';
import type { Field } from '../../engine/yaml/field.ts';

/** One edit of an object, made on the object as the steps before left it. */
export type Step = (root: Field) => FixOutcome;

/** What has to change beside the apiVersion; or why a person has to do it. */
export type Migration = { readonly kind: 'steps'; readonly steps: readonly Step[] } | { readonly kind: 'refused'; readonly reason: Message };

export function steps(...list: readonly Step[]): Migration {
  return { kind: 'steps', steps: list };
}

export function byHand(reason: Message): Migration {
  return { kind: 'refused', reason };
}

/** A step at one place of the object. */
export function at(path: readonly (string | number)[], edit: (field: Field) => FixOutcome): Step {
  return (root) => edit(root.at(...path));
}
