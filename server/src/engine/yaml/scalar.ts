/** A scalar's value as kubectl reads it. */
export type Scalar = string | number | boolean | null;

// Plain words that are not strings. Source: sigs.k8s.io/yaml, goyaml.v2/resolve.go (resolveMapList): kubectl reads YAML 1.1.
const words = new Map<string, Scalar>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
]);

// Go's strconv.ParseInt with base 0, then the float pattern of the same file; underscores are dropped before.
const integer = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const float = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const date = /^\d{4}-\d\d?-\d\d?(?:$|[Tt ])/;

/**
 * What an unquoted scalar means to kubectl, which reads YAML 1.1 through go-yaml v2: `0440` is 288, `yes` is true,
 * `1.10` is the number 1.1. Dates stay strings, as they do there. Integers past 2^53 lose their last digits.
 */
export function resolvePlain(source: string): Scalar {
  const word = words.get(source);
  if (word !== undefined) return word;
  const first = source.charCodeAt(0);
  const isNumeric = first === 43 || first === 45 || first === 46 || (first >= 48 && first <= 57);
  if (!isNumeric || date.test(source)) return source;
  const plain = first === 46 ? source : source.replaceAll('_', '');
  const whole = integer.exec(plain);
  if (whole !== null) {
    const [, sign, hex, binary, octal, decimal] = whole;
    const value =
      hex !== undefined
        ? Number.parseInt(hex, 16)
        : binary !== undefined
          ? Number.parseInt(binary, 2)
          : octal !== undefined
            ? Number.parseInt(octal, 8)
            : Number(decimal);
    return sign === '-' && value !== 0 ? -value : value;
  }
  return float.test(plain) ? Number(plain) : source;
}

const prefix = 'tag:yaml.org,2002:';

/** The value of a scalar: `plain` says that it stands unquoted, `tag` is its resolved tag, if it has one. */
export function resolveScalar(value: string, plain: boolean, tag: string | undefined): Scalar {
  if (tag === undefined) return plain ? resolvePlain(value) : value;
  switch (tag.startsWith(prefix) ? tag.slice(prefix.length) : '') {
    case 'int':
    case 'float':
    case 'bool':
    case 'null':
      return resolvePlain(value);
    default:
      return value;
  }
}

// Strings that other YAML readers take for numbers: YAML 1.2 and 1.1 spellings that go-yaml v2 leaves alone.
const elsewhere = /^(?:[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|[-+]?[0-9_]*\.?[0-9_]+(?:[eE][-+]?[0-9]+)?|[-+]?0o[0-7]+|=|<<)$/;

/** Would any YAML 1.1 or 1.2 reader take this text, unquoted, for something other than a string? */
export function readsAsOther(text: string): boolean {
  return typeof resolvePlain(text) !== 'string' || date.test(text) || elsewhere.test(text);
}
