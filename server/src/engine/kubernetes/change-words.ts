import type { WordChange } from '../catalog/daemons.ts';
import type { FixOutcome } from '../core/finding.ts';
import type { Argv } from '../shell/argv.ts';
import { wrapperWords } from '../shell/foreground.ts';
import { insertItem, remove, set } from '../yaml/edit.ts';
import type { Field } from '../yaml/field.ts';
import { inSteps } from '../yaml/steps.ts';

/** Takes words out of `command` and `args` and puts others in, in the place of those where it can. `argv`: whose words the changes count. */
export function changeWords(items: readonly Field[], argv: Argv, changes: readonly WordChange[]): FixOutcome {
  const offset = wrapperWords(argv);
  const root = rootOf(items);
  const steps = changes.flatMap(({ at, remove: count, insert }) => {
    const gone = items.slice(offset + at, offset + at + count);
    const kept = gone.slice(0, insert.length);
    const before = kept.at(-1) ?? items[offset + at - 1];
    return [
      ...kept.map((item, index) => on(item, (field) => set(field, insert[index] ?? ''))),
      ...gone.slice(kept.length).toReversed().map((item) => on(item, remove)),
      ...(before === undefined ? [] : insert.slice(kept.length).toReversed().map((word) => on(before, behind(word)))),
    ];
  });
  return root === undefined ? { kind: 'edits', edits: [] } : inSteps(root, steps);
}

function behind(word: string): (field: Field) => FixOutcome {
  return (field) => (field.parent === undefined ? set(field, word) : insertItem(field.parent, Number(field.key) + 1, word));
}

function on(field: Field, edit: (field: Field) => FixOutcome): (root: Field) => FixOutcome {
  const path: (string | number)[] = [];
  for (let at: Field | undefined = field; at?.key !== undefined; at = at.parent) path.unshift(at.key);
  return (root) => edit(root.at(...path));
}

function rootOf([first]: readonly Field[]): Field | undefined {
  let at = first;
  while (at?.parent !== undefined) at = at.parent;
  return at;
}
