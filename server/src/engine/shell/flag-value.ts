/** The value of the last of these flags: behind `=`, else the next word. Undefined where none is given. */
export function flagValue(words: readonly string[], flags: RegExp): string | undefined {
  let value: string | undefined;
  words.forEach((word, index) => {
    const equals = word.indexOf('=');
    if (equals > 0 && flags.test(word.slice(0, equals))) value = word.slice(equals + 1);
    else if (flags.test(word)) value = words[index + 1] ?? '';
  });
  return value;
}
