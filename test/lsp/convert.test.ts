import { describe, expect, it } from 'vitest';
import { SourceText } from '../../server/src/engine/text/source.ts';
import { chooseEncoding, toOffset, toPosition, toRange, toSeverity, toSpan } from '../../server/src/lsp/convert.ts';

const source = new SourceText('a\r\nnaïve 😀 x\n中文 b');
const x = source.text.indexOf('x');

describe('position encodings', () => {
  it('takes UTF-16 where it is offered or nothing is', () => {
    expect(chooseEncoding(undefined)).toBe('utf-16');
    expect(chooseEncoding([])).toBe('utf-16');
    expect(chooseEncoding(['utf-8', 'utf-32', 'utf-16'])).toBe('utf-16');
  });

  it('takes the first it knows where UTF-16 is not offered', () => {
    expect(chooseEncoding(['utf-32', 'utf-8'])).toBe('utf-32');
    expect(chooseEncoding(['utf-7', 'utf-8'])).toBe('utf-8');
  });

  it.each([
    ['utf-16', 9],
    ['utf-8', 12],
    ['utf-32', 8],
  ] as const)('counts in %s', (encoding, character) => {
    expect(toPosition(source, x, encoding)).toEqual({ line: 1, character });
    expect(toOffset(source, { line: 1, character }, encoding)).toBe(x);
  });

  it.each(['utf-16', 'utf-8', 'utf-32'] as const)('comes back to every offset in %s', (encoding) => {
    for (let offset = 0; offset <= source.length; offset += 1) {
      const code = source.text.charCodeAt(offset);
      const inside = (code >= 0xdc00 && code < 0xe000) || (source.text[offset] === '\n' && source.text[offset - 1] === '\r');
      if (!inside) expect(toOffset(source, toPosition(source, offset, encoding), encoding)).toBe(offset);
    }
  });

  it.each(['utf-16', 'utf-8', 'utf-32'] as const)('keeps places outside the text at its ends in %s', (encoding) => {
    expect(toOffset(source, { line: 0, character: 99 }, encoding)).toBe(1);
    expect(toOffset(source, { line: 99, character: 0 }, encoding)).toBe(source.length);
    expect(toOffset(source, { line: 1, character: -4 }, encoding)).toBe(3);
  });

  it('reads a place inside a character as its beginning', () => {
    expect(toOffset(source, { line: 2, character: 1 }, 'utf-8')).toBe(source.text.indexOf('中'));
  });

  it('reads a range written backwards', () => {
    const range = { start: { line: 1, character: 5 }, end: { line: 0, character: 0 } };
    expect(toSpan(source, range, 'utf-16')).toEqual({ start: 0, end: 8 });
    expect(toRange(source, { start: 0, end: 1 }, 'utf-8')).toEqual({ start: { line: 0, character: 0 }, end: { line: 0, character: 1 } });
  });
});

it('names severities as the protocol numbers them', () => {
  expect((['error', 'warning', 'information', 'hint'] as const).map(toSeverity)).toEqual([1, 2, 3, 4]);
});
