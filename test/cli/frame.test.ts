import { describe, expect, it } from 'vitest';
import { widthOf } from '../../server/src/cli/format/columns.ts';
import { codeFrame } from '../../server/src/cli/format/frame.ts';
import { nearest } from '../../server/src/engine/core/nearest.ts';
import { SourceText } from '../../server/src/engine/text/source.ts';

/** The frame as it is printed, around the text between `[` and `]`. */
function frame(marked: string, width = 60): string {
  const start = marked.indexOf('[');
  const end = marked.indexOf(']') - 1;
  const text = marked.replace('[', '').replace(']', '');
  return codeFrame(new SourceText(text), { start, end }, width)
    .flatMap(({ number, text: line, carets }) => [`${String(number ?? '')}|${line}`, ...(carets === undefined ? [] : [`|${carets}`])])
    .join('\n');
}

describe('a code frame', () => {
  it('shows the line before and after, unless they are blank', () => {
    expect(frame('a: 1\nb: [two]\nc: 3\n')).toBe('1|a: 1\n2|b: two\n|   ^^^\n3|c: 3');
    expect(frame('\nb: [two]\n\nc: 3\n')).toBe('2|b: two\n|   ^^^');
  });

  it('marks a span over several lines on each, from where its text begins', () => {
    expect(frame('RUN [a \\\n    && b]\nUSER x')).toBe('1|RUN a \\\n|    ^^^\n2|    && b\n|    ^^^^\n3|USER x');
  });

  it('leaves out the middle of a long span', () => {
    expect(frame('[a\nb\nc\nd\ne\nf]')).toBe('1|a\n|^\n2|b\n|^\n|...\n6|f\n|^');
  });

  it('ends a span at the end of its line, not on the next one', () => {
    expect(frame('a: [b\n]c: d')).toBe('1|a: b\n|   ^\n2|c: d');
  });

  it('moves along a line that is longer than the terminal', () => {
    expect(frame(`${'x'.repeat(100)}[here]${'y'.repeat(100)}`, 30)).toBe(`1|…${'x'.repeat(9)}here${'y'.repeat(15)}…\n|${' '.repeat(10)}^^^^`);
    expect(frame(`[here]${'y'.repeat(100)}`, 30)).toBe(`1|here${'y'.repeat(25)}…\n|^^^^`);
  });

  it('counts tabs, wide characters, emoji and combining marks as a terminal does', () => {
    expect(frame('\ta: [b]')).toBe('1|    a: b\n|       ^');
    expect(frame('名称: [容器]')).toBe('1|名称: 容器\n|      ^^^^');
    expect(frame('😀e\u0301 [x]')).toBe('1|😀e\u0301 x\n|    ^');
    expect(widthOf('ａｂ，한글カ')).toBe(12);
  });

  it('drops a byte order mark and shows control characters', () => {
    expect(frame('\ufeffa\u001b: [b]')).toBe('1|a␛: b\n|    ^');
  });

  it('has a caret for an empty span, also at the end of the text', () => {
    expect(frame('ab[]c')).toBe('1|abc\n|  ^');
    expect(frame('abc[]')).toBe('1|abc\n|   ^');
    expect(frame('abc\n[]')).toBe('1|abc\n2|\n|^');
  });
});

describe('the nearest name', () => {
  it.each([
    ['chekc', 'check'],
    ['rule', 'rules'],
    ['EXPLAIN', 'explain'],
    ['lps', 'lsp'],
    ['deploy', undefined],
    ['x', undefined],
  ])('of %s is %s', (typed, name) => {
    expect(nearest(typed, ['check', 'rules', 'explain', 'lsp'])).toBe(name);
  });
});
