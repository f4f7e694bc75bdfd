import { describe, expect, it } from 'vitest';
import { concat, identityMap, joinParts, joinSlices, sourceOffset, sourceSpan, subtext, trim } from '../../server/src/engine/text/offset-map.ts';

describe('offset map', () => {
  // Two lines joined, with the continuation between them removed.
  const source = 'RUN a \\\n  bc';
  const joined = joinSlices(source, [{ start: 4, end: 6 }, { start: 8, end: 12 }]);

  it('leads every character of a joined text to its place in the source', () => {
    expect(joined.text).toBe('a   bc');
    for (let offset = 0; offset < joined.text.length; offset += 1) expect(source[sourceOffset(joined.map, offset)]).toBe(joined.text[offset]);
  });

  it('leads the end of the text to the end of its last character', () => {
    expect(sourceOffset(joined.map, joined.text.length)).toBe(source.length);
  });

  it('ends a span where its last character ends, not where the next one begins', () => {
    expect(sourceSpan(joined.map, { start: 0, end: 2 })).toEqual({ start: 4, end: 6 });
    expect(sourceSpan(joined.map, { start: 0, end: 5 })).toEqual({ start: 4, end: 11 });
  });

  it('keeps an empty span empty', () => {
    expect(sourceSpan(joined.map, { start: 2, end: 2 })).toEqual({ start: 8, end: 8 });
  });

  it('takes a decoded escape as one piece', () => {
    const decoded = joinParts([
      { text: 'a', span: { start: 1, end: 2 } },
      { text: '\n', span: { start: 2, end: 4 } },
      { text: 'b', span: { start: 4, end: 5 } },
    ]);
    expect(decoded.text).toBe('a\nb');
    expect(sourceSpan(decoded.map, { start: 1, end: 2 })).toEqual({ start: 2, end: 4 });
    expect(sourceSpan(decoded.map, { start: 0, end: 2 })).toEqual({ start: 1, end: 4 });
  });

  it('cuts, trims and joins without losing the way back', () => {
    const word = trim(subtext(joined, 1, 6));
    expect(word.text).toBe('bc');
    expect(sourceSpan(word.map, { start: 0, end: 2 })).toEqual({ start: 10, end: 12 });
    const both = concat([subtext(joined, 0, 1), word]);
    expect(both.text).toBe('abc');
    expect(sourceSpan(both.map, { start: 0, end: 3 })).toEqual({ start: 4, end: 12 });
  });

  it('knows where a text without characters stands', () => {
    expect(sourceSpan(subtext(joined, 4, 4).map, { start: 0, end: 0 })).toEqual({ start: 10, end: 10 });
    expect(sourceOffset(identityMap(0, 7), 0)).toBe(7);
  });
});
