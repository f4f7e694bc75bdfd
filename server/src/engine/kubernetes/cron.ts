/** How often a schedule comes round. */
export interface Cadence {
  /** Runs on a day that has any; 1440 at the most. */
  readonly runs: number;
  /** Seconds between the two nearest runs of one day; 86400 where there is only one. */
  readonly gap: number;
}

/** A schedule as the CronJob controller reads it, or why it cannot: `part` is the piece that is wrong. */
export type Schedule =
  | { readonly kind: 'valid'; readonly cadence: Cadence; readonly zone: Zone | undefined }
  | { readonly kind: 'count'; readonly fields: readonly string[] }
  | { readonly kind: 'value'; readonly part: string; /** 1 to 5 */ readonly field: number }
  | { readonly kind: 'macro'; readonly part: string };

/** A time zone in front of the schedule, which Kubernetes takes in `timeZone` only. */
export interface Zone {
  readonly name: string;
  /** The schedule without it. */
  readonly rest: string;
}

interface Bounds {
  readonly low: number;
  readonly high: number;
  readonly names?: readonly string[];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const bounds: readonly Bounds[] = [
  { low: 0, high: 59 },
  { low: 0, high: 23 },
  { low: 1, high: 31 },
  { low: 1, high: 12, names: months },
  { low: 0, high: 6, names: days },
];
const day = 86_400;
const macros: ReadonlyMap<string, Cadence> = new Map([
  ...['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight'].map((name) => [name, { runs: 1, gap: day }] as const),
  ['@hourly', { runs: 24, gap: 3600 }],
]);
const units: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, 'µs': 1e-6, 'μs': 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };
/** As Go's time.ParseDuration reads it. */
const duration = /^[-+]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;

/**
 * Reads a schedule as the API server does. Source: github.com/robfig/cron v3, parser.go, ParseStandard, which
 * pkg/apis/batch/validation calls; days of the week are 0 to 6 there, and 7 is refused.
 */
export function parseSchedule(text: string): Schedule {
  const match = /^(?:CRON_)?TZ=(\S*)\s+(.*)$/s.exec(text);
  if (match === null) return parsePlain(text, undefined);
  const [, name = '', rest = ''] = match;
  return parsePlain(rest.trim(), { name, rest: rest.trim() });
}

function parsePlain(text: string, zone: Zone | undefined): Schedule {
  if (text.startsWith('@')) {
    const cadence = macros.get(text) ?? everyOf(text);
    return cadence === undefined ? { kind: 'macro', part: text } : { kind: 'valid', cadence, zone };
  }
  const fields = text.split(/\s+/).filter((field) => field !== '');
  if (fields.length !== bounds.length) return { kind: 'count', fields };
  const read: (readonly number[])[] = [];
  for (const [index, limits] of bounds.entries()) {
    const values = new Set<number>();
    for (const part of (fields[index] ?? '').split(',').filter((each) => each !== '')) {
      const range = rangeOf(part, limits);
      if (range === undefined) return { kind: 'value', part, field: index + 1 };
      for (let value = range.start; value <= range.end; value += range.step) values.add(value);
    }
    read.push([...values].sort((a, b) => a - b));
  }
  const [minutes = [], hours = []] = read;
  return { kind: 'valid', cadence: cadenceOf(minutes, hours), zone };
}

function rangeOf(part: string, { low, high, names }: Bounds): { readonly start: number; readonly end: number; readonly step: number } | undefined {
  const [span = '', stepText, ...more] = part.split('/');
  const ends = span.split('-');
  if (more.length > 0 || ends.length > 2) return undefined;
  const isAny = ends[0] === '*' || ends[0] === '?';
  const start = isAny ? low : numberOf(ends[0], low, names);
  const named = isAny ? high : ends.length === 2 ? numberOf(ends[1], low, names) : start;
  const step = stepText === undefined ? 1 : numberOf(stepText, low, undefined);
  if (start === undefined || named === undefined || step === undefined) return undefined;
  // `5/15` means from 5 on, every 15.
  const end = stepText !== undefined && ends.length === 1 ? high : named;
  return start < low || end > high || start > end || step < 1 ? undefined : { start, end, step };
}

function numberOf(text: string | undefined, low: number, names: readonly string[] | undefined): number | undefined {
  if (text === undefined) return undefined;
  const named = names?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0) return named + low;
  return /^\+?\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** `@every 1h30m`: at least a second. */
function everyOf(text: string): Cadence | undefined {
  const length = text.startsWith('@every ') ? text.slice('@every '.length) : '';
  if (!duration.test(length)) return undefined;
  const sum = [...length.matchAll(/([\d.]+)([^\d.]+)/g)].reduce((seconds, [, value, unit = '']) => seconds + Number(value) * (units[unit] ?? 0), 0);
  const gap = Math.max(1, Math.floor(length.startsWith('-') ? 0 : sum));
  return { gap, runs: Math.max(1, Math.min(1440, Math.floor(day / gap))) };
}

function cadenceOf(minutes: readonly number[], hours: readonly number[]): Cadence {
  const times = hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute));
  const gaps = times.slice(1).map((time, index) => (time - (times[index] ?? 0)) * 60);
  return { runs: times.length, gap: Math.min(day, ...gaps) };
}
