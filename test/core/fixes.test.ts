import { describe, expect, it } from 'vitest';
import { choosePass, fixAll, maximumPasses } from '../../server/src/engine/core/fixes.ts';
import { edits, type Finding, type FixOutcome, refused } from '../../server/src/engine/core/finding.ts';
import { mostSevere } from '../../server/src/engine/core/limit.ts';
import { localeOf, message, render } from '../../server/src/engine/core/message.ts';

const said = { en: 'Said {what}.', zh: '说了 {what}。' };

function finding(start: number, end: number, outcome: FixOutcome, extra: Partial<Finding> = {}): Finding {
  return {
    rule: 'kubernetes/foo',
    severity: 'warning',
    message: message(said),
    span: { start, end },
    place: 'a',
    related: [],
    fixes: [{ key: 'k', title: message(said), safety: 'safe', outcome: () => outcome }],
    ...extra,
  };
}

const replace = (start: number, end: number, newText: string): FixOutcome => edits([{ span: { start, end }, newText }]);

describe('choosing fixes for one pass', () => {
  it('leaves a fix that touches another for the next pass', () => {
    const pass = choosePass([finding(0, 2, replace(0, 2, 'x')), finding(2, 4, replace(2, 4, 'y'))], () => true);
    expect(pass.edits).toEqual([{ span: { start: 0, end: 2 }, newText: 'x' }]);
  });

  it('takes the next wanted fix where the first refuses, and keeps the reason', () => {
    const why = message(said, { what: 'no' });
    const first = finding(0, 1, refused(why));
    const both = { ...first, fixes: [...first.fixes, ...finding(0, 1, replace(0, 1, 'x')).fixes] };
    const pass = choosePass([both], () => true);
    expect(pass.refusals.map(({ reason }) => reason)).toEqual([why]);
    expect(pass.edits).toHaveLength(1);
  });

  it('leaves a fix whose edits stand around those of another for the next pass', () => {
    const around = edits([
      { span: { start: 0, end: 1 }, newText: 'x' },
      { span: { start: 8, end: 9 }, newText: 'y' },
    ]);
    const pass = choosePass([finding(0, 1, around), finding(4, 5, replace(4, 5, 'z'))], () => true);
    expect(pass.applied).toHaveLength(1);
    expect(pass.edits).toHaveLength(2);
  });

  it('does not take half a fix: all its edits or none', () => {
    const two = edits([
      { span: { start: 0, end: 1 }, newText: 'x' },
      { span: { start: 5, end: 6 }, newText: 'y' },
    ]);
    const pass = choosePass([finding(5, 6, replace(5, 6, 'z')), finding(0, 1, two)], () => true);
    expect(pass.edits).toEqual([{ span: { start: 5, end: 6 }, newText: 'z' }]);
  });
});

describe('fixing until nothing changes', () => {
  const lint = (text: string): readonly Finding[] =>
    [...text.matchAll(/a/g)].map(({ index }) => finding(index, index + 1, replace(index, index + 1, 'b')));

  it('goes on with what touched in the pass before', () => {
    expect(fixAll('aaa', lint, () => true).text).toBe('bbb');
  });

  it('stops where two rules undo each other', () => {
    const pingPong = (text: string): readonly Finding[] => [finding(0, 1, replace(0, 1, text === 'a' ? 'b' : 'a'))];
    expect(fixAll('a', pingPong, () => true).text).toBe('b');
  });

  it(`stops after ${String(maximumPasses)} passes of a fix that never ends`, () => {
    const grow = (text: string): readonly Finding[] => [finding(0, 0, replace(text.length, text.length, 'x'))];
    expect(fixAll('', grow, () => true).text).toBe('x'.repeat(maximumPasses));
  });

  it('changes nothing that is not wanted', () => {
    const result = fixAll('aaa', lint, (_, fix) => fix.safety === 'suggestion');
    expect(result.text).toBe('aaa');
    expect(result.remaining).toHaveLength(3);
  });
});

describe('the most severe findings', () => {
  const many = Array.from({ length: 12 }, (_, at) =>
    finding(at, at + 1, replace(at, at + 1, ''), { severity: at === 11 ? 'error' : 'hint' }));

  it('keeps an error at the end of a long file and says how many it left out', () => {
    const shown = mostSevere(many, 10);
    expect(shown).toHaveLength(10);
    expect(shown.some(({ severity }) => severity === 'error')).toBe(true);
    expect(shown.at(-1)?.message.args).toEqual({ count: 3 });
  });

  it('leaves a short list alone', () => {
    expect(mostSevere(many, 12)).toBe(many);
  });
});

describe('messages', () => {
  it('speak both languages', () => {
    expect(render(message(said, { what: 'x' }), 'en')).toBe('Said x.');
    expect(render(message(said, { what: 'x' }), localeOf('zh-CN'))).toBe('说了 x。');
  });

  it('let no user text steer a terminal or flood a line', () => {
    const shown = render(message(said, { what: `\u001b[31m${'x'.repeat(500)}\u202e` }), 'en');
    expect(['\u001b', '\u202e'].filter((steering) => shown.includes(steering))).toEqual([]);
    expect(shown.length).toBeLessThan(160);
  });
});
