import { type MessageArguments, message, render, type Text } from '../../core/message.ts';
import type { Estimate } from './estimate.ts';

/** A sentence in all languages, with names of the user's in it, which are made harmless and cut where they are long. */
export function fill(text: Text, args: MessageArguments = {}): Text {
  return { en: render(message(text, args), 'en'), zh: render(message(text, args), 'zh') };
}

/** Parts that are already filled, as one text. */
export function join(parts: readonly Text[], between: Text | string): Text {
  const { en, zh } = typeof between === 'string' ? same(between) : between;
  return { en: parts.map((part) => part.en).join(en), zh: parts.map((part) => part.zh).join(zh) };
}

/** Puts texts that are already filled into another one; unlike names they are never cut. */
export function compose(text: Text, parts: Readonly<Record<string, Text>>): Text {
  const into = (locale: keyof Text): string => text[locale].replace(/\{(\w+)\}/g, (whole, name: string) => parts[name]?.[locale] ?? whole);
  return { en: into('en'), zh: into('zh') };
}

/** The same in all languages, as names are. */
export function same(text: string): Text {
  return fill({ en: '{text}', zh: '{text}' }, { text });
}

/** At most this many names; how many more there are is said. */
const mostNames = 4;

/** `"a"`, `"a" and "b"`, `"a", "b" and "c"`. */
export function listed(names: readonly string[]): Text {
  const quoted = names.slice(0, mostNames).map((name) => fill({ en: '"{name}"', zh: '“{name}”' }, { name }));
  const all = names.length > mostNames ? [...quoted, fill({ en: '{count} more', zh: '另外 {count} 个' }, { count: names.length - mostNames })] : quoted;
  const last = all.at(-1) ?? same('');
  if (all.length < 2) return last;
  return join([join(all.slice(0, -1), { en: ', ', zh: '、' }), last], { en: ' and ', zh: '和' });
}

/** `5 s`. */
export function seconds(count: number): Text {
  return fill({ en: '{count} s', zh: '{count} 秒' }, { count: Math.round(count) });
}

/** `5 s`, `5 to 31 s`, `5 s or more`. */
export function span({ earliest, worst }: Pick<Estimate, 'earliest' | 'worst'>): Text {
  if (worst === Infinity) return fill({ en: '{from} s or more', zh: '{from} 秒或更久' }, { from: Math.round(earliest) });
  if (Math.round(earliest) === Math.round(worst)) return seconds(worst);
  return join([fill({ en: '{from} to ', zh: '{from} 至 ' }, { from: Math.round(earliest) }), seconds(worst)], '');
}
