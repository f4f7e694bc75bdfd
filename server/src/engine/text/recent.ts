import { detached } from './detached.ts';

/** What was made of texts that came lately. */
export interface Recent<Value> {
  readonly get: (text: string) => Value | undefined;
  readonly set: (text: string, value: Value) => void;
}

/**
 * Keeps values by text while no more than `most` characters of other texts came since they were last asked for, for
 * values that depend on nothing but the text. An editor asks for nearly the same texts after every keystroke.
 */
export function recent<Value>(most: number): Recent<Value> {
  // Two generations: what is not asked for while the younger one fills up goes with the older one.
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  let size = 0;
  const set = (text: string, value: Value): void => {
    size += text.length + 1;
    if (size > most) {
      old = young;
      young = new Map();
      size = text.length + 1;
    }
    young.set(text, value);
  };
  const get = (text: string): Value | undefined => {
    const found = young.get(text);
    if (found !== undefined) return found;
    const before = old.get(text);
    if (before !== undefined) set(text, before);
    return before;
  };
  return { get, set };
}

/** What `make` makes of a text, which is nothing but that text's: made once for the texts that came lately. */
export function recently<Value>(most: number, make: (text: string) => Value): (text: string) => Value {
  const { get, set } = recent<Value>(most);
  return (text) => {
    const known = get(text);
    if (known !== undefined) return known;
    const own = detached(text);
    const value = make(own);
    set(own, value);
    return value;
  };
}
