/**
 * What the bench measures with: texts that look like what people write, made from nothing but their numbers, so that
 * every run on every machine measures the same. No file of anybody is copied.
 */

export const teams = ['checkout', 'catalog', 'billing', 'search', 'identity', 'shipping', 'reviews', 'ledger', 'media', 'alerts'];
export const parts = ['api', 'worker', 'gateway', 'web', 'sync', 'mailer', 'indexer', 'cache'];

/**
 * @template T
 * @param {readonly T[]} list
 * @param {number} number
 * @returns {T}
 */
export function pick(list, number) {
  return /** @type {T} */ (list[number % list.length]);
}

/** @param {number} number a name that no other number has */
export function nameOf(number) {
  return `${pick(teams, number)}-${pick(parts, Math.floor(number / teams.length))}-${number}`;
}

/** @param {readonly string[]} lines */
export function text(lines) {
  return `${lines.join('\n')}\n`;
}
