import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../server/src/engine/text/span.ts';
import { difference } from '../../server/src/lsp/difference.ts';

describe('difference', () => {
  it('is nothing between equal texts', () => {
    expect(difference('a\n', 'a\n')).toEqual([]);
  });

  it('names the changed characters only', () => {
    expect(difference('a: 1\nb: 2\nc: 3\n', 'a: 1\nb: 20\nc: 3\n')).toEqual([{ span: { start: 9, end: 9 }, newText: '0' }]);
  });

  it('leaves what stands between two changes alone', () => {
    const before = 'one\ntwo\nthree\nfour\nfive\n';
    expect(difference(before, '1\ntwo\nthree\nfour\n5\n')).toHaveLength(2);
    expect(difference(before, 'two\nthree\nfour\nfive\nsix\n')).toEqual([
      { span: { start: 0, end: 4 }, newText: '' },
      { span: { start: 24, end: 24 }, newText: 'six\n' },
    ]);
  });

  it('never parts a CRLF or a surrogate pair', () => {
    expect(difference('a\r\nb', 'a\nb')).toEqual([{ span: { start: 1, end: 3 }, newText: '\n' }]);
    expect(difference('x 😀', 'x 😁')).toEqual([{ span: { start: 2, end: 4 }, newText: '😁' }]);
  });

  it('stays quick where nothing is shared', () => {
    const before = Array.from({ length: 20_000 }, (_, line) => `before ${String(line)}\n`).join('');
    const after = Array.from({ length: 20_000 }, (_, line) => `after ${String(line)}\n`).join('');
    expect(applyEdits(before, difference(before, after))).toBe(after);
  });

  it('always leads from one text to the other', () => {
    const text = fc.array(fc.constantFrom('a', 'b', '\n', '\r\n', '😀', '\r', 'é'), { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(applyEdits(before, difference(before, after))).toBe(after);
      }),
      { numRuns: 2000 },
    );
  });
});
