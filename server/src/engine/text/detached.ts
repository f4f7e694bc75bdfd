/**
 * The same text in memory of its own. A slice of a string keeps the whole string alive in V8, and what is kept of a
 * document must not keep its whole text at every keystroke.
 */
export function detached(slice: string): string {
  return `${slice} `.slice(0, -1);
}
