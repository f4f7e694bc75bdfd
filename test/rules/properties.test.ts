/**
 * The laws of fixes over generated layouts: every `bad` block of every rule, spelled differently. PODWRIGHT_RUNS sets how
 * many spellings each block gets (12), PODWRIGHT_SEED which ones.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules/index.ts';
import { type Block, parseBlocks } from './fixture.ts';
import { brokenFindingLaws, brokenFixLaws, describe as name } from './laws.ts';
import { linterOf, metasOf } from './linter.ts';
import { pageNames, pageOf } from './load.ts';
import { respellings } from './respell.ts';
import { subjectOf } from './runner.ts';

const lint = linterOf(rules);
const metas = metasOf(rules);
const numRuns = Number(process.env['PODWRIGHT_RUNS'] ?? 12);
const seed = Number(process.env['PODWRIGHT_SEED'] ?? 1);

/** How often a fix that works on the fixture as it is written may refuse another spelling of it. */
const mostRefusals = 0.35;

describe.each([...metas.keys()])('%s', (id) => {
  const blocks = pageNames
    .filter((page) => page !== 'rule.zh.md')
    .flatMap((page) => parseBlocks(pageOf(id, page) ?? '', `${id}/${page}`).filter(({ role }) => role === 'bad'));

  it('says the same, and fixes as well, however the document is spelled', () => {
    const tally = { spelled: 0, asked: 0, refused: 0 };
    for (const block of blocks) examine(id, block, tally);
    expect(tally.spelled).toBeGreaterThan(0);
    if (tally.asked > 0) expect(tally.refused / tally.asked).toBeLessThan(mostRefusals);
  }, 120_000);
});

function examine(id: string, block: Block, tally: { spelled: number; asked: number; refused: number }): void {
  const said = (text: string): readonly string[] =>
    subjectOf(block, lint, metas).lint(text).filter(({ rule }) => rule === id).map(name).sort();
  const wanted = said(block.text);
  const works = block.flags.refused === undefined && !block.flags.noFix;
  fc.assert(
    fc.property(respellings(block.kind, block.text), (text) => {
      if (text === undefined) return;
      tally.spelled += 1;
      const subject = subjectOf(block, lint, metas, text);
      const where = `${id}, block at line ${String(block.at)}, spelled as:\n${text}`;
      expect(said(text), where).toEqual(wanted);
      for (const finding of subject.lint(text).filter(({ rule }) => rule === id)) {
        const broken = [...brokenFindingLaws(subject, finding), ...finding.fixes.flatMap((fix) => brokenFixLaws(subject, finding, fix))];
        expect(broken, where).toEqual([]);
        const [best] = finding.fixes;
        if (best === undefined || !works) continue;
        tally.asked += 1;
        if (best.outcome().kind === 'refused') tally.refused += 1;
      }
    }),
    { numRuns, seed },
  );
}
