/** Seconds as far as they can be told. Never out of order; `Infinity` where nothing bounds them, or what is waited for never comes. */
export interface Estimate {
  readonly earliest: number;
  readonly likely: number;
  readonly worst: number;
}

export function exactly(seconds: number): Estimate {
  return { earliest: seconds, likely: seconds, worst: seconds };
}

export const never: Estimate = exactly(Infinity);

/** What must be true by `worst` and cannot be before `earliest` is never true where these do not meet. */
export function between(earliest: number, likely: number, worst: number): Estimate {
  return earliest > worst ? never : { earliest, likely: Math.min(Math.max(earliest, likely), worst), worst };
}

export function isNever({ earliest }: Estimate): boolean {
  return earliest === Infinity;
}

/** Is there a moment by which it is sure to have come? */
export function isBounded({ worst }: Estimate): boolean {
  return worst < Infinity;
}

export function plus(...terms: readonly Estimate[]): Estimate {
  return fold(terms, 0, (a, b) => a + b);
}

/** When all of them have come; 0 for none. */
export function latest(...terms: readonly Estimate[]): Estimate {
  return fold(terms, 0, (a, b) => Math.max(a, b));
}

/** When the first of them has come, whichever that is. */
export function soonest(...terms: readonly Estimate[]): Estimate {
  return fold(terms, Infinity, (a, b) => Math.min(a, b));
}

/** A product in which nothing times anything is nothing, however long that would take. */
export function times(count: number, seconds: number): number {
  return count === 0 || seconds === 0 ? 0 : count * seconds;
}

function fold(terms: readonly Estimate[], first: number, join: (a: number, b: number) => number): Estimate {
  const over = (key: keyof Estimate): number => terms.reduce((all, term) => join(all, term[key]), first);
  return { earliest: over('earliest'), likely: over('likely'), worst: over('worst') };
}
