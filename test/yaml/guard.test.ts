import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../server/src/engine/yaml/document.ts';

// Without the guard each of these ends the process, not only the test.
const bombs: Readonly<Record<string, string>> = {
  'open brackets': '['.repeat(5_000),
  'closed brackets': '['.repeat(5_000) + ']'.repeat(5_000),
  'open braces': '{a: '.repeat(5_000),
  dashes: '- '.repeat(20_000),
  'question marks': '? '.repeat(20_000),
  colons: ': '.repeat(20_000),
  'keys on one line': 'a: '.repeat(5_000),
  'quoted keys on one line': '"a": '.repeat(5_000),
  'flow keys on one line': '[a]: '.repeat(5_000),
  'alias keys on one line': '*a : '.repeat(5_000),
  'anchored keys on one line': '&a : '.repeat(900),
  'maps on lines': Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
  'dashes on lines': Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}-`).join('\n'),
  'brackets that never close, on lines': Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}a: [`).join('\n'),
};

describe('guard', () => {
  for (const [name, text] of Object.entries(bombs)) {
    it(`refuses ${name}, twice`, () => {
      for (const document of [parseDocument(text), parseDocument(text)]) {
        expect(document.excess).toBe('nesting');
        expect(document.problems).toHaveLength(1);
        expect(document.root.state).toBe('unknown');
        expect(document.root.at('a', 0).state).toBe('unknown');
      }
    });
  }

  it('reads what is as deep as real files can be, twice', () => {
    for (const text of ['- '.repeat(150), `${'['.repeat(150)}${']'.repeat(150)}`, Array.from({ length: 90 }, (_, depth) => `${'  '.repeat(depth)}a:`).join('\n')]) {
      expect([parseDocument(text).excess, parseDocument(text).excess]).toEqual([undefined, undefined]);
    }
  });

  it('does not count what is not nested', () => {
    const lines = Array.from({ length: 3_000 }, (_, index) => `key${String(index)}: {a: [1, "x: y", 'z']} # - - -`).join('\n');
    expect(parseDocument(lines.slice(0, 60_000)).excess).toBeUndefined();
    expect(parseDocument(`a: |\n${'  - - - - [[[[\n'.repeat(1_000)}b: "[[[[\n  [[[["\n`).excess).toBeUndefined();
  });

  it('refuses too many tokens and anchors', () => {
    expect(parseDocument('k: v\n'.repeat(30_000)).excess).toBe('tokens');
    expect(parseDocument(Array.from({ length: 1_001 }, (_, index) => `k${String(index)}: &a${String(index)} v`).join('\n')).excess).toBe('anchors');
  });

  it('survives every character that YAML forbids', () => {
    for (const text of ['a: \0', '\u001f\u0002\u0018a: b', 'a: \ud800', 'a: b\rc: d', '\t- a', '\ufeff\ufeff', '%', '%YAML', '...', '--- |', 'a: !<', 'a: &', '*', '? ']) {
      expect(parseDocument(text).text).toBe(text);
    }
    expect(parseDocument('a: \0').problems).toHaveLength(1);
  });

  it('does not follow alias bombs', () => {
    const lines = Array.from({ length: 30 }, (_, index) => `b${String(index + 1)}: &b${String(index + 1)} [*b${String(index)}, *b${String(index)}]`);
    const document = parseDocument(['b0: &b0 [x, x]', ...lines].join('\n'));
    expect(document.problems).toHaveLength(1);
    expect(document.root.at('b30', 0).state).toBe('unknown');
    expect(document.root.at('b30').plain()).toBeUndefined();
  });

  it('does not follow what holds itself', () => {
    const { root, problems } = parseDocument('a: &a\n  b: *a\n  <<: *a\n');
    expect(problems.map(({ message }) => message)).toEqual(['The value of anchor a contains itself', 'The value of anchor a contains itself']);
    expect(root.at('a', 'b').state).toBe('unknown');
    expect(root.at('a', 'c').state).toBe('unknown');
  });
});
