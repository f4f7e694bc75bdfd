/** Where seconds stand between 0 and 1, and the seconds to name. */
export interface Scale {
  readonly end: number;
  /** Closer together to the right, so that both what is likely and the worst case can be seen. */
  readonly isCompressed: boolean;
  readonly at: (seconds: number) => number;
  readonly ticks: readonly number[];
}

/** Room behind the last moment, in which what runs on is seen to run on. */
const room = 1.12;

/**
 * A scale for these moments. What never comes has no place on it and stands at its end.
 * @param usual moments that must be told apart, too
 */
export function scaleFor(moments: readonly number[], usual: readonly number[]): Scale {
  const last = Math.max(1, ...moments.filter(Number.isFinite));
  const likely = Math.max(0, ...usual.filter(Number.isFinite));
  const end = last * room;
  const isCompressed = last > 20 && likely > 0 && likely < last / 6;
  const place = (seconds: number): number => (isCompressed ? Math.sqrt(seconds / end) : seconds / end);
  return { end, isCompressed, at: (seconds) => Math.min(1, place(Math.max(0, seconds))), ticks: ticksOf(last, isCompressed) };
}

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600];
const round = [1, 2, 5, 10, 20, 30, 60, 90, 120, 180, 240, 300, 450, 600, 900, 1200, 1800, 3600, 7200, 14_400, 28_800, 86_400];

function ticksOf(last: number, isCompressed: boolean): readonly number[] {
  const most = 6;
  if (isCompressed) {
    const ticks = [0];
    for (const each of round) if (each <= last && Math.sqrt(each / last) - Math.sqrt((ticks.at(-1) ?? 0) / last) > 1 / (most + 2)) ticks.push(each);
    return ticks;
  }
  const step = steps.find((each) => last / each <= most) ?? Math.ceil(last / most);
  return Array.from({ length: Math.floor(last / step) + 1 }, (_, at) => at * step);
}
