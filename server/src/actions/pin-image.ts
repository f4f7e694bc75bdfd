import { imageTagsDate } from '../engine/catalog/image-tags.ts';
import { type Message, message } from '../engine/core/message.ts';
import type { FixOutcome } from '../engine/core/finding.ts';
import { edits, refused } from '../engine/core/finding.ts';
import type { Stage } from '../engine/dockerfile/model.ts';
import { replaceSpan } from '../engine/dockerfile/edit.ts';
import { pairsOf } from '../engine/dockerfile/pairs.ts';
import type { Reference } from '../engine/dockerfile/references.ts';

const texts = {
  pin: { en: 'Pin to {image} (as of {date})', zh: '固定为 {image}（截至 {date}）' },
  variable: {
    en: '"{written}" is put together from variables, so there is no one place to write the tag; give the ARG behind it a version as its default.',
    zh: '“{written}”由变量拼成，没有唯一可写标签的位置；请为其对应的 ARG 设置带版本的默认值。',
  },
  shared: {
    en: 'Other stages use ARG {name} too, so a version as its default would change them; write the tag here instead.',
    zh: '其他阶段也使用 ARG {name}，把它的默认值改成某个版本会影响这些阶段；请直接在此处写明标签。',
  },
};

/** What the repair is called, with the date of the table: releases go on. */
export function pinTitle(image: string): Message {
  return message(texts.pin, { image, date: imageTagsDate });
}

/** Writes the pinned name where its text stands: in the instruction, or in the ARG whose default it comes from. */
export function pinReference({ text: written, span, image, stage }: Reference, pinned: string): FixOutcome {
  if (image === undefined) return refused(message(texts.variable, { written }));
  if (!written.includes('$')) return edits([replaceSpan(span, written.replace(image.text, pinned))]);
  const common = prefixLength(image.text, pinned);
  const replaced = image.text.slice(common);
  // Behind the last variable only: what a variable holds is not written here.
  const tail = written.replace(/^.*\$(?:\{[^}]*\}|\w*)/s, '');
  if (tail !== '' && tail.endsWith(replaced) && image.text.endsWith(tail)) {
    return edits([replaceSpan({ start: span.end - replaced.length, end: span.end }, pinned.slice(common))]);
  }
  const [, head, braced, plain] = /^([^$]*:)?\$(?:\{(\w+)\}|(\w+))$/.exec(written) ?? [];
  const name = braced ?? plain;
  const arg = stage.file.globalArgs.flatMap((each) => pairsOf(each)).findLast((pair) => pair.name === name);
  const [value, wanted] = head === undefined ? [image.text, pinned] : [image.tag, pinned.slice(pinned.lastIndexOf(':') + 1)];
  if (name === undefined || arg?.value === undefined || arg.valueSpan === undefined || value === undefined || unquoted(arg.value) !== value) {
    return refused(message(texts.variable, { written }));
  }
  if (stage.file.stages.some((other) => other !== stage && uses(other, name))) return refused(message(texts.shared, { name }));
  return edits([replaceSpan(arg.valueSpan, arg.value.replace(value, wanted))]);
}

function uses({ from }: Stage, name: string): boolean {
  return new RegExp(`\\$(?:\\{${name}\\b|${name}\\b)`).test(from.imageText);
}

function unquoted(value: string): string {
  return value.replace(/^(["'])(.*)\1$/s, '$2');
}

function prefixLength(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}
