import { type FixOutcome, refused } from '../engine/core/finding.ts';
import { message } from '../engine/core/message.ts';
import type { Container } from '../engine/kubernetes/workload.ts';
import { append, insertItem, remove, rename } from '../engine/yaml/edit.ts';
import { Field } from '../engine/yaml/field.ts';
import { inSteps } from '../engine/yaml/steps.ts';
import { sourceOf } from '../engine/yaml/verify.ts';

const texts = {
  unread: { en: 'Not all words of command and args can be read here.', zh: '此处无法读取 command 和 args 的全部内容。' },
  comments: { en: 'Both command and args have comments, which would not know where to go.', zh: 'command 和 args 中都有注释，合并后无法确定其位置。' },
};

/**
 * Gives the words of `command` as `args`, in front of those that are there: the image's own ENTRYPOINT runs them. The shorter
 * way is to move the list without comments.
 */
export function asArguments({ field }: Container): FixOutcome {
  const [command, args] = [field.get('command'), field.get('args')];
  if (args.absent) return rename(command, 'args');
  const [first, second] = [wordsOf(command), wordsOf(args)];
  if (first === undefined || second === undefined) return refused(message(texts.unread));
  if (!hasComments(command)) return inSteps(field, [...first.toReversed().map((word) => inFront('args', word)), (at) => remove(at.at('command'))]);
  if (hasComments(args)) return refused(message(texts.comments));
  return inSteps(field, [(at) => remove(at.at('args')), ...second.map((word) => (at: Field) => append(at.at('command'), word)), (at) => rename(at.at('command'), 'args')]);
}

function wordsOf(list: Field): readonly string[] | undefined {
  const words = list.items().flatMap((item) => item.text ?? []);
  return list.kind === 'sequence' && words.length === list.items().length ? words : undefined;
}

/** Comments inside a list, and behind it on its lines, go where the list goes. */
function hasComments(list: Field): boolean {
  const { keySpan, valueSpan } = list;
  if (keySpan === undefined || valueSpan === undefined) return true;
  const text = sourceOf(Field.placeOf(list).tree);
  const end = text.indexOf('\n', valueSpan.end);
  return /[ \t]#|^[ \t]*#/m.test(text.slice(keySpan.start, end < 0 ? undefined : end));
}

/** Puts the words of an init in front of `command`. */
export function underInit({ field }: Container, init: readonly string[]): FixOutcome {
  return inSteps(field, init.toReversed().map((word) => inFront('command', word)));
}

function inFront(key: string, word: string): (at: Field) => FixOutcome {
  return (at) => insertItem(at.at(key), 0, word);
}
