/** A small, fixed part of `npm run test:corpus`, over what everybody has. */
import { expect, it } from 'vitest';
import type { CorpusFile } from './corpus.ts';
import { ownFiles } from './corpus.ts';
import { cutsOf, judgeCuts, judgeLayouts, layouts } from './cuts.ts';
import { judgeEdits } from './edits.ts';
import { jobsOf } from './jobs.ts';
import { judgePatterns } from './patterns.ts';
import { sources } from '../../server/src/patterns/index.ts';
import { dice, typist } from './typing.ts';

const own = ownFiles();
const examples = own.filter(({ path }) => path.startsWith('examples'));
const pick = (type: string, count: number): readonly CorpusFile[] => own.filter((file) => file.type === type && file.text.length < 900).slice(0, count);
const sample = [...pick('k8s-workload', 4), ...pick('helm-template', 1), ...pick('dockerfile', 3)];

it.each(sample)('$path is judged at every line end, and in every layout', (file) => {
  const tallies = [judgeCuts(file, 'lines', 40), judgeLayouts(file)];
  expect(tallies.flatMap(({ broken }) => broken)).toEqual([]);
  expect(tallies.map(({ texts }) => texts)).toEqual([Math.min(40, file.text.split('\n').length - 1), Object.keys(layouts).length]);
});

it.each(pick('dockerfile', 1))('$path is judged at every eighth character', (file) => {
  const { broken, texts, skipped } = judgeCuts(file, 'characters', Math.floor(file.text.length / 8));
  expect(broken).toEqual([]);
  expect(texts + skipped).toBe(file.text.length + 1);
});

it.each([...examples, ...sample])('typing into $path leaves what a fresh start says', (file) => {
  expect(judgeEdits(file, 40, 1).broken).toEqual([]);
});

it.each(pick('k8s-workload', 3))('$path gets every pattern, or a reason', (file) => {
  const { broken, fixes } = judgePatterns(file, 1);
  expect(broken).toEqual([]);
  expect(fixes).toBe(sources.length);
});

it('cuts at line ends, and in even steps where there are too many', () => {
  expect(cutsOf('a\r\nb\nc', 'lines', 9)).toEqual({ cuts: [1, 4], skipped: 0 });
  expect(cutsOf('abcdefgh', 'characters', 3)).toEqual({ cuts: [0, 3, 6], skipped: 6 });
});

it('types the same for the same seed, every way there is', () => {
  const typed = (seed: number): readonly string[] => {
    const type = typist('kind: Pod\r\nmetadata:\n  name: 😀\n', dice(seed));
    return Array.from({ length: 300 }, () => JSON.stringify(type()));
  };
  expect(typed(3)).toEqual(typed(3));
  expect(typed(3)).not.toEqual(typed(4));
  const changes = typed(3).map((each) => (JSON.parse(each) as { changes: readonly unknown[] }).changes.length);
  expect(Math.max(...changes)).toBeGreaterThan(2);
  expect(typed(3).some((each) => !each.includes('"range"'))).toBe(true);
});

it('has jobs of every part for everybody', () => {
  const count = (part: string): number => jobsOf(own).filter((job) => job.part === part).length;
  expect(['characters', 'edits', 'lines', 'layouts'].map(count)).toEqual([40, 50, own.length, own.length]);
  expect(count('patterns')).toBeGreaterThan(100);
});
