/** What a `Cargo.lock` tells: every crate that may be part of the program. */
export interface CargoLock {
  readonly ecosystem: 'rust-lock';
  /** Names, with the names of what each depends on. */
  readonly crates: ReadonlyMap<string, readonly string[]>;
}

const mostCrates = 10_000;

/** Cargo writes this file, always in the same layout, so that lines are enough to read it. Undefined for another text. */
export function readCargoLock(text: string): CargoLock | undefined {
  const crates = new Map<string, readonly string[]>();
  for (const block of text.split('[[package]]').slice(1, mostCrates)) {
    const name = /^name = "([^"\r\n]+)"/m.exec(block)?.[1];
    if (name === undefined) continue;
    const list = /^dependencies = \[([^\]]*)\]/m.exec(block)?.[1] ?? '';
    const dependencies = [...list.matchAll(/^\s*"([^"\s]+)/gm)].map((match) => match[1] ?? '');
    crates.set(name, [...(crates.get(name) ?? []), ...dependencies]);
  }
  return crates.size === 0 ? undefined : { ecosystem: 'rust-lock', crates };
}
