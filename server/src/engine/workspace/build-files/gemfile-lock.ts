/** What a Gemfile.lock tells: every gem of the bundle, those included that others need. */
export interface GemfileLock {
  readonly ecosystem: 'bundler';
  readonly gems: readonly string[];
  /** Gems that are locked in a ready-made build for Linux, which needs neither a compiler nor headers. */
  readonly ready: readonly string[];
}

const mostGems = 5_000;

/** Undefined where there is no list of gems. Source: Bundler's lock file, in which names stand four spaces deep below `specs:`. */
export function readGemfileLock(text: string): GemfileLock | undefined {
  if (!/^ {2}specs:/m.test(text)) return undefined;
  const found = [...text.matchAll(/^ {4}([\w.-]+) \(([^)\s]+)\)\r?$/gm)].slice(0, mostGems);
  const names = (list: readonly RegExpExecArray[]): readonly string[] => [...new Set(list.map(([, name = '']) => name))];
  return { ecosystem: 'bundler', gems: names(found), ready: names(found.filter(([, , version = '']) => /-(?:x86_64|aarch64|arm64)-linux/.test(version))) };
}
