/** Runs the examples of every rule page and every case beside it. README.md in this folder says what is checked. */
import { describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules/index.ts';
import { parseCases } from './fixture.ts';
import { linterOf, metasOf } from './linter.ts';
import { folderIds, pageNames, pageOf } from './load.ts';
import { layouts, problemsOfCase, problemsOfLayout } from './runner.ts';

const lint = linterOf(rules);
const metas = metasOf(rules);

for (const id of folderIds()) {
  describe(id, () => {
    it('is in the generated index (else run: node scripts/rules-index.mjs)', () => {
      expect(metas.has(id)).toBe(true);
    });
    if (!metas.has(id)) return;
    for (const name of pageNames) {
      const path = `${id}/${name}`;
      const cases = parseCases(pageOf(id, name) ?? '', path);
      for (const each of cases) {
        const { block } = each;
        it(`${name}:${String(block.at)} ${block.heading} (${block.role})`, () => {
          expect(problemsOfCase(id, each, lint, metas).map((problem) => `${path}: ${problem}`)).toEqual([]);
        });
      }
      for (const [layout, change] of Object.entries(layouts)) {
        it(`${name} says the same, and fixes as well: ${layout}`, () => {
          const problems = cases.flatMap(({ block }) => problemsOfLayout(id, block, change, lint, metas));
          expect(problems.map((problem) => `${path}: ${problem}`)).toEqual([]);
        });
      }
    }
  });
}
