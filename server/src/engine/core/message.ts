/** One sentence in every language the product speaks. `{name}` stands for an argument. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

export type Locale = keyof Text;

export type MessageArguments = Readonly<Record<string, string | number>>;

/** What is to be said, before a language is chosen: the faces of the product render it, the engine never does. */
export interface Message {
  readonly text: Text;
  readonly args: MessageArguments;
}

export function message(text: Text, args: MessageArguments = {}): Message {
  return { text, args };
}

const longest = 120;

/**
 * The sentence in `locale`. Arguments come from user files, so control characters (which could steer a terminal)
 * are dropped and very long values are cut. A placeholder without an argument stays as it is.
 */
export function render({ text, args }: Message, locale: Locale): string {
  return text[locale].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = args[name];
    return value === undefined ? whole : printable(String(value));
  });
}

/** The locale to speak for a BCP 47 tag such as `zh-cn`; English for what is not spoken. */
export function localeOf(tag: string | undefined): Locale {
  return tag?.toLowerCase().startsWith('zh') === true ? 'zh' : 'en';
}

function printable(value: string): string {
  // eslint-disable-next-line no-control-regex -- dropping control characters is the purpose
  const clean = value.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ');
  return clean.length > longest ? `${clean.slice(0, longest - 1)}…` : clean;
}
