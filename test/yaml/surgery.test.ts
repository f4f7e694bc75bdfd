import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../server/src/engine/yaml/document.ts';
import * as edit from '../../server/src/engine/yaml/edit.ts';
import { documents, layouts, spell, values } from './layouts.ts';
import { fault, operations, run, type Surgery } from './surgery.ts';

const surgery: Surgery = { ...edit, parseDocument };

const cases = fc.tuple(documents, layouts).chain(([document, layout]) => fc.tuple(fc.constant(document), fc.constant(layout), operations(document, values)));

describe('surgery over generated layouts', () => {
  it('changes the path and nothing else', () => {
    fc.assert(
      fc.property(cases, ([document, layout, operation]) => {
        expect(fault(surgery, document, layout, operation) ?? '').toBe('');
      }),
      { numRuns: Number(process.env['PODWRIGHT_RUNS'] ?? 1_000) },
    );
  }, 120_000);

  it('refuses seldom where nothing is shared', () => {
    const sample = fc.sample(cases, { numRuns: 400, seed: 7 }).filter(([, layout]) => !layout.anchors);
    const refusals = sample.filter(([document, layout, operation]) => run(surgery, spell(document, layout).text, operation).kind === 'refused');
    expect(refusals.length).toBeLessThan(sample.length * 0.06);
  });
});
