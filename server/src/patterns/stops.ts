/** The syntax of VS Code's snippets, as far as `workload.yaml` uses it: `$1`, `${1}`, `${1:text}`, `${1|one,other|}`, and `\` before what means itself. */
const token = /\\([$}\\])|\$(\d+)|\$\{(\d+)(?::((?:\\.|[^}\\])*)|\|((?:\\.|[^|\\])*)\|)?\}/g;

/** A tab stop where it stands for the first time with its text. */
export interface Stop {
  readonly number: number;
  /** What it holds if nobody chooses: its text, or the first of its choices. */
  readonly initial: string;
  /** As it is written. */
  readonly written: string;
}

/** The tab stops of a snippet that have a text, by their numbers. */
export function stopsOf(text: string): ReadonlyMap<number, Stop> {
  const stops = new Map<number, Stop>();
  for (const [written, , , number, initial, choices] of text.matchAll(token)) {
    if (number === undefined || (initial === undefined && choices === undefined) || stops.has(Number(number))) continue;
    stops.set(Number(number), { number: Number(number), initial: unescaped(initial ?? firstOf(choices ?? '')), written });
  }
  return stops;
}

/** The text somebody gets who accepts every tab stop as it is, but for those of `values`. As many lines as before, if these are single lines. */
export function expand(text: string, values: ReadonlyMap<number, string> = new Map()): string {
  const stops = stopsOf(text);
  return text.replace(token, (_written, literal?: string, short?: string, long?: string) => {
    if (literal !== undefined) return literal;
    const number = Number(short ?? long);
    return values.get(number) ?? stops.get(number)?.initial ?? '';
  });
}

/** A part of a snippet as a snippet of its own: its stops numbered from 1, the first of each with its text, the last one behind all. */
export function asSnippet(part: string, whole: string): string {
  const stops = stopsOf(whole);
  const numbers = new Map<number, number>();
  const body = part.replace(token, (written, literal?: string, short?: string, long?: string) => {
    if (literal !== undefined) return written;
    const number = Number(short ?? long);
    const known = numbers.get(number);
    if (known !== undefined) return `$\{${String(known)}}`;
    numbers.set(number, numbers.size + 1);
    return stops.get(number)?.written.replace(/^\$\{\d+/, `$\{${String(numbers.size)}`) ?? '';
  });
  return `${body}$0`;
}

function unescaped(text: string): string {
  return text.replace(/\\([$}\\,|])/g, '$1');
}

function firstOf(choices: string): string {
  return /^(?:\\.|[^,\\])*/.exec(choices)?.[0] ?? '';
}
