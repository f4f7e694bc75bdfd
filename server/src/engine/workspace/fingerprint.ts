/** A text that is equal for two facts exactly when they say the same. Maps count by their entries in order. */
export function fingerprint(facts: unknown): string {
  if (facts === undefined) return '';
  return JSON.stringify(facts, (_, value: unknown) => (value instanceof Map ? { entries: [...value] } : value));
}
