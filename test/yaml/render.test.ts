import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../server/src/engine/yaml/document.ts';
import { renderBlock, renderFlow, renderInline, type YamlValue } from '../../server/src/engine/yaml/render.ts';
import type { Style } from '../../server/src/engine/yaml/style.ts';

const style: Style = { step: 2, dash: 2, quote: '"' };

describe('render', () => {
  it('quotes only what would be read as something else', () => {
    const words = ['web', 'nginx:1.27', 'a b', '/healthz', 'yes', '0440', '1.10', 'null', '', ' x', 'a: b', 'c #d', 'c#d', '- a', '-a', '*a', '{x}', 'it\'s', '"q"', '{{ x }}', '@x', '%', 'a:', '---', '2024-01-01'];
    expect(words.map((word) => renderInline(word, style))).toEqual([
      'web', 'nginx:1.27', 'a b', '/healthz', '"yes"', '"0440"', '"1.10"', '"null"', '""', '" x"', '"a: b"', '"c #d"', 'c#d', '"- a"', '-a', '"*a"', '"{x}"', "it's", `'"q"'`, '"{{ x }}"', '"@x"', '"%"', '"a:"', '"---"', '"2024-01-01"',
    ]);
  });

  it('takes the quotes of the file', () => {
    expect(renderInline('yes', { ...style, quote: "'" })).toBe("'yes'");
    expect(renderInline("it's: ", { ...style, quote: "'" })).toBe('"it\'s: "');
    expect(renderInline('\u0007', { ...style, quote: "'" })).toBe('"\\u0007"');
  });

  it('indents as the file does', () => {
    const value = { a: { b: [1, { c: 2, d: [3] }] }, e: [], f: {} };
    expect(renderBlock(value, style).join('\n')).toBe('a:\n  b:\n    - 1\n    - c: 2\n      d:\n        - 3\ne: []\nf: {}');
    expect(renderBlock(value, { step: 4, dash: 0, quote: '"' }).join('\n')).toBe('a:\n    b:\n    - 1\n    - c: 2\n      d:\n      - 3\ne: []\nf: {}');
  });

  it('writes text of several lines as a literal block scalar', () => {
    expect(renderBlock({ a: 'x\ny\n', b: ['x\ny'], c: ' x\ny' }, style)).toEqual(['a: |', '  x', '  y', 'b:', '  - |-', '    x', '    y', 'c: " x\\ny"']);
  });

  it('writes JSON where it must', () => {
    expect(renderFlow({ a: ['x', 1, null], 'b c': {} }, style)).toBe('{a: [x, 1, null], b c: {}}');
    expect(renderFlow({ a: ['x', 1, null], 'b c': {} }, style, true)).toBe('{"a": ["x", 1, null], "b c": {}}');
  });

  const values = fc.letrec<{ value: YamlValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string({ unit: 'binary' }).filter((text) => !text.includes('\ue000')),
      fc.string({ unit: fc.constantFrom('a', ' ', ':', '#', '-', '\n', '\t', '"', "'", '{', ',', '0', '\r', '.', '~', '\\', '|') }),
      fc.integer(),
      fc.double({ noNaN: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.string({ unit: fc.constantFrom('a', 'b', ' ', ':', '#', '-', '1', '\n', '?') }), tie('value'), { maxKeys: 4, noNullPrototype: true }).filter((map) => !('<<' in map)),
    ),
  })).value;

  it('reads back as it was, in every style', () => {
    const styles = fc.record<Style>({ step: fc.constantFrom(2, 3, 4), dash: fc.constantFrom(0, 2), quote: fc.constantFrom('"' as const, "'" as const) });
    fc.assert(
      fc.property(values, styles, (value, chosen) => {
        for (const text of [renderBlock([value], chosen).join('\n'), renderBlock({ k: value }, chosen).join('\n'), renderFlow([value], chosen), renderFlow([value], chosen, true)]) {
          const document = parseDocument(`${text}\n`);
          expect(document.problems, text).toEqual([]);
          expect(document.root.plain(), text).toEqual(text.startsWith('k') ? { k: value } : [value]);
        }
      }),
      { numRuns: 400 },
    );
  });
});
