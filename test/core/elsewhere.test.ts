import { describe, expect, it } from 'vitest';
import { type OtherFile, otherFile, settled, settledFinding } from '../../server/src/engine/core/elsewhere.ts';
import { edits, editsElsewhere, type Finding, type FixOutcome, refused } from '../../server/src/engine/core/finding.ts';
import { choosePass, fixAll } from '../../server/src/engine/core/fixes.ts';
import { message, render } from '../../server/src/engine/core/message.ts';
import { placed } from '../../server/src/engine/run-rules.ts';

const said = message({ en: 'Said.', zh: '说了。' });
const script = 'file:///r/run.sh';

/** Puts `exec ` before `app` in the script, and changes the first character of its own document where `own` says so. */
const outcome = (own?: string): FixOutcome =>
  editsElsewhere([{
    uri: script,
    change: (text) => {
      const at = text.indexOf('app');
      return at < 0 ? refused(message({ en: 'No app.', zh: '没有 app。' })) : edits([{ span: { start: at, end: at }, newText: 'exec ' }]);
    },
  }], own === undefined ? [] : [{ span: { start: 0, end: 1 }, newText: own }]);

function finding(of: FixOutcome, place = 'a', start = 0): Finding {
  const fixes = [{ key: 'k', title: said, safety: 'suggestion', outcome: () => of }] as const;
  return { rule: 'dockerfile/foo', severity: 'warning', message: said, span: { start, end: start + 1 }, place, related: [], fixes };
}

const holding = (text: string) => (uri: string): OtherFile => otherFile(uri === script ? text : undefined);
const execAt = (at: number) => ({ uri: script, span: { start: at, end: at }, newText: 'exec ' });

describe('a change of another file', () => {
  it('is made on the text that this file has now', () => {
    expect(settled(outcome(), holding('app'))).toEqual(edits([execAt(0)]));
    expect(settled(outcome('x'), holding('set -e\napp'))).toEqual(edits([{ span: { start: 0, end: 1 }, newText: 'x' }, execAt(7)]));
  });

  it.each([
    ['cannot be read', undefined, 'run.sh, which has to be changed, cannot be read'],
    ['is no UTF-8', 'app \ufffd', 'run.sh, which has to be changed, is not valid UTF-8'],
    ['is another one than it was', 'other', 'No app.'],
  ])('is refused, all of it, where the file %s', (_, text, reason) => {
    const made = settled(outcome('x'), () => otherFile(text));
    expect(made.kind === 'refused' ? render(made.reason, 'en') : made).toContain(reason);
  });

  it('goes along when its finding moves with its document', () => {
    const [fix] = placed(finding(outcome('x')), 100, 1).fixes;
    const made = fix === undefined ? undefined : settled(fix.outcome(), holding('app'));
    expect(made).toEqual(edits([{ span: { start: 100, end: 101 }, newText: 'x' }, execAt(0)]));
  });

  it('is not taken half-made', () => {
    expect(choosePass([finding(outcome('x'))], () => true).applied).toEqual([]);
  });
});

describe('several fixes of one other file', () => {
  const others = holding('app');

  it('do not go together where they touch there', () => {
    const both = [finding(outcome(), 'a'), finding(outcome('x'), 'b', 3)].map((each) => settledFinding(each, others));
    const pass = choosePass(both, () => true);
    expect(pass.applied.map((each) => each.finding.place)).toEqual(['a']);
    expect(pass.edits).toEqual([execAt(0)]);
  });

  it('are made in one pass only, and the text goes on being fixed without them', () => {
    const lint = (text: string): readonly Finding[] => [
      settledFinding(finding(outcome()), others),
      ...[...text.matchAll(/a/g)].map(({ index }) => finding(edits([{ span: { start: index, end: index + 1 }, newText: 'b' }]), `at ${String(index)}`, index)),
    ];
    const result = fixAll('aa', lint, () => true);
    expect(result).toMatchObject({ text: 'bb', elsewhere: [execAt(0)], edits: undefined });
    expect(result.applied.map((each) => each.finding.place)).toEqual(['a', 'at 0', 'at 1']);
  });

  it('are told of where the own text stays as it is', () => {
    const result = fixAll('z', () => [settledFinding(finding(outcome()), others)], () => true);
    expect(result).toMatchObject({ text: 'z', edits: [], elsewhere: [execAt(0)] });
    expect(result.applied).toHaveLength(1);
  });
});
