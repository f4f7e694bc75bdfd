/** Reading of JSON that may be anything. */
export type JsonMap = Readonly<Record<string, unknown>>;

/** The map a JSON text holds; undefined for every other text. Never throws. */
export function jsonMap(text: string): JsonMap | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    return asMap(value);
  } catch {
    return undefined;
  }
}

export function asMap(value: unknown): JsonMap | undefined {
  return isMap(value) ? value : undefined;
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The entries of a map that are strings. */
export function textEntries(value: unknown): ReadonlyMap<string, string> {
  const entries = Object.entries(asMap(value) ?? {});
  return new Map(entries.flatMap(([key, each]) => (typeof each === 'string' ? [[key, each] as const] : [])));
}

function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
