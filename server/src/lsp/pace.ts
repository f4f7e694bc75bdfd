/** How long work may hold the process before messages are read again, in milliseconds. */
const slice = 25;

/** Paces long work: between two steps it asks whether to go on, and lets the host breathe when a slice is used up. */
export interface Pace {
  /** False when the work became useless: its text was replaced or nobody waits for it. A promise only where it paused. */
  readonly next: () => boolean | Promise<boolean>;
}

export function pace(useless: () => boolean): Pace {
  let since = performance.now();
  const pause = async (): Promise<boolean> => {
    // A timer and not a promise: only a turn of the event loop lets edits and cancellations in.
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 0);
    });
    since = performance.now();
    return !useless();
  };
  return { next: () => (performance.now() - since >= slice ? pause() : !useless()) };
}

/** Runs a generator to its end at that pace. `undefined` when the work became useless on the way. */
export async function run<T>(work: Generator<void, T>, { next }: Pace): Promise<T | undefined> {
  for (let step = work.next(); ; step = work.next()) {
    if (step.done === true) return step.value;
    const goOn = next();
    if (goOn !== true && !(await goOn)) return undefined;
  }
}
