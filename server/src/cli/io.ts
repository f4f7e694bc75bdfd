import type { Locale, Text } from '../engine/core/message.ts';

/** The world as the command line sees it, so that no part of it reaches for `process`. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly version: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Is standard output a terminal, and how wide is it? */
  readonly terminal: boolean;
  readonly columns: number | undefined;
  readonly stdin: () => Promise<Buffer>;
  /** To be called between two slices of work: where it is time to let waiting signals in, a promise to wait for. */
  readonly breathe: () => Promise<void> | undefined;
  /** Serves the language server protocol on the standard streams until the client leaves. */
  readonly serve: () => Promise<void>;
}

/** What `podwright` answers to the shell. */
export const exit = { clean: 0, findings: 1, error: 2, nothing: 3 } as const;

/** A mistake in the arguments, already said in the user's language. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Speaks in one language. Values are user text: their control characters must not reach the terminal. */
export type Say = (text: Text, values?: Readonly<Record<string, string | number>>) => string;

export function sayIn(locale: Locale): Say {
  return (text, values = {}) =>
    text[locale].replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      return value === undefined ? whole : printable(String(value));
    });
}

/** Text that cannot steer a terminal: control and direction characters become visible stand-ins. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd';
  });
}

// eslint-disable-next-line no-control-regex -- finding control characters is the purpose
const unprintable = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
