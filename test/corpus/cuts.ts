/** Texts that end too early, as every text does while it is typed, and texts in other layouts. */
import type { CorpusFile } from './corpus.ts';
import { judgeOf } from './judge.ts';

export interface Tally {
  readonly texts: number;
  readonly fixes: number;
  /** Texts that were left out because there were too many of them. */
  readonly skipped: number;
  /** Sentences that each say which text is meant. */
  readonly broken: readonly string[];
}

export type CutAt = 'lines' | 'characters';

/** Where a text is cut: behind and before every line end, or everywhere; where that is too often, in even steps. */
export function cutsOf(text: string, at: CutAt, most: number): { readonly cuts: readonly number[]; readonly skipped: number } {
  const all: number[] = [];
  if (at === 'characters') for (let end = 0; end <= text.length; end += 1) all.push(end);
  else for (const { index } of text.matchAll(/\r?\n/g)) all.push(index);
  const step = Math.max(1, all.length / most);
  const cuts = step === 1 ? all : Array.from({ length: most }, (_, count) => all[Math.floor(count * step)] ?? text.length);
  return { cuts, skipped: all.length - cuts.length };
}

/** Judges a file at every cut, the shortest first, as if it were typed. */
export function judgeCuts(file: CorpusFile, at: CutAt, most: number, told: (end: number) => void = () => undefined): Tally {
  const judge = judgeOf(file);
  const { cuts, skipped } = cutsOf(file.text, at, most);
  const broken: string[] = [];
  for (const [index, end] of cuts.entries()) {
    told(end);
    // Every second cut at a line end keeps the line end.
    const text = file.text.slice(0, at === 'lines' && index % 2 === 1 ? file.text.indexOf('\n', end) + 1 : end);
    for (const law of judge.broken(text)) broken.push(`${file.path}, the first ${String(text.length)} characters: ${law}`);
  }
  return { texts: cuts.length, fixes: judge.asked(), skipped, broken };
}

/** What editors and people make of a file without changing what it says, and what they make of it by mistake. */
export const layouts: Readonly<Record<string, (text: string) => string>> = {
  CRLF: (text) => text.replace(/\r?\n/g, '\r\n'),
  'a byte order mark': (text) => (text.startsWith('\ufeff') ? text : `\ufeff${text}`),
  'tabs for leading blanks': (text) => text.replace(/^ +/gm, (blanks) => '\t'.repeat(Math.ceil(blanks.length / 2))),
  'CR alone': (text) => text.replace(/\r?\n/g, '\r'),
};

export function judgeLayouts(file: CorpusFile): Tally {
  const judge = judgeOf(file);
  const broken = Object.entries(layouts).flatMap(([name, change]) => judge.broken(change(file.text)).map((law) => `${file.path} with ${name}: ${law}`));
  return { texts: Object.keys(layouts).length, fixes: judge.asked(), skipped: 0, broken };
}
