/** The judge is judged: each promise of README.md is broken once, by a small rule or a small fixture, and must be noticed. */
import { describe, expect, it } from 'vitest';
import { edits, type DocumentEdit, type Finding, type FixOutcome, refused } from '../../server/src/engine/core/finding.ts';
import { message } from '../../server/src/engine/core/message.ts';
import type { RuleMeta } from '../../server/src/engine/core/rule.ts';
import { parseBlocks, parseCases } from './fixture.ts';
import { problemsOfCase } from './runner.ts';

const id = 'kubernetes/old-word';
const meta: RuleMeta = {
  id,
  guideline: 'validity',
  title: { en: 'The text has an old word.', zh: '文本含有旧词。' },
  severities: ['warning'],
  fix: 'suggestion',
  reads: [],
  yieldsTo: [],
  mayReveal: [],
};
const metas = new Map([[id, meta]]);

type Outcome = (text: string, start: number) => FixOutcome;
const replace: Outcome = (_, start) => edits([edit(start, start + 3, 'new')]);

function edit(start: number, end: number, newText: string): DocumentEdit {
  return { span: { start, end }, newText };
}

/** Reports every `old`; what its fix does is up to the test. */
function findOld(outcome: Outcome, change: (finding: Finding) => Finding = (finding) => finding) {
  return (_: string, __: string, text: string): readonly Finding[] =>
    [...text.matchAll(/old/g)].map(({ index }, count) =>
      change({
        rule: id,
        severity: 'warning',
        message: message({ en: 'This word is old. Use the new one.', zh: '此词已过时，请换用新词。' }),
        span: { start: index, end: index + 3 },
        place: `word ${String(count)}`,
        related: [],
        fixes: [{ key: 'renew', title: message({ en: 'Renew it', zh: '更新' }), safety: 'suggestion', outcome: () => outcome(text, index) }],
      }),
    );
}

function problems(markdown: string, lint: ReturnType<typeof findOld>): string {
  return parseCases(markdown, 'cases.md').flatMap((each) => problemsOfCase(id, each, lint, metas)).join('\n');
}

const fence = (info: string, ...lines: readonly string[]): string => ['```' + info, ...lines, '```', ''].join('\n');
const simple = fence('yaml bad', 'word: old', '#~    ^^^ warning kubernetes/old-word: is old');

describe('expectations', () => {
  it('are met by the right finding', () => {
    expect(problems(simple + fence('yaml fixed', 'word: new'), findOld(replace))).toBe('');
  });

  it.each([
    ['carets one column off', fence('yaml bad', 'word: old', '#~   ^^^ warning'), /not found[\s\S]*not expected/],
    ['carets too long', fence('yaml bad', 'word: old', '#~    ^^^^ warning'), /not found[\s\S]*not expected/],
    ['another severity', fence('yaml bad', 'word: old', '#~    ^^^ error'), /not found: error/],
    ['another message', fence('yaml bad', 'word: old', '#~    ^^^ warning: is young'), /not found: .*is young/],
    ['a missing finding', fence('yaml bad', 'a: old', '#~ ^^^ warning', 'b: new', '#~ ^^^ warning'), /not found: .*"new"/],
    ['an extra finding', fence('yaml bad', 'a: old', '#~ ^^^ warning', 'b: old'), /line 1: found, but not expected: .*line 2, columns 3 to 6/],
    ['nothing in a bad block', fence('yaml bad', 'word: new'), /finds nothing/],
    ['something in a good block', fence('yaml good', 'word: old'), /not expected in a "good" block/],
    ['another fixed text', simple + fence('yaml fixed', 'word: newer'), /First difference in line 1:\n.*word: new\n.*word: newer/],
    ['a fixed block for a fix nobody offers', simple + fence('yaml fixed fix="remove"', 'word: new'), /no such fix/],
    ['an undeclared refusal', fence('yaml bad refused', 'word: old', '#~    ^^^ warning'), /should refuse/],
    ['an undeclared fix', fence('yaml bad no-fix', 'word: old', '#~    ^^^ warning'), /offers a fix/],
  ])('notice %s', (_, markdown, problem) => {
    expect(problems(markdown, findOld(replace))).toMatch(problem);
  });

  it('give exact offsets with CRLF, BOM, a bar, and spans over several lines', () => {
    const [block] = parseBlocks(
      fence('dockerfile bad crlf bom no-final-newline file=app/Dockerfile.dev', 'FROM a', '#~|^^^^ hint', 'RUN x \\', '#~| ^^>1:3 error', '#~  ^^^>1 error', '  y z'),
      'cases.md',
    );
    expect(block?.text).toBe('\ufeffFROM a\r\nRUN x \\\r\n  y z');
    expect(block?.expected.map(({ start, end }) => block.text.slice(start, end))).toEqual(['FROM', 'UN x \\\r\n  y', 'x \\\r\n  y z']);
    expect(block?.flags.file).toBe('app/Dockerfile.dev');
  });

  it.each([
    ['an unknown flag', fence('yaml bad clrf', 'a: 1'), /unknown flag "clrf"/],
    ['an unreadable mark', fence('yaml bad', 'a: 1', '#~ ^ warn'), /cannot read this expectation/],
    ['a mark without a line', fence('yaml bad', '#~ ^ warning'), /needs a line above/],
    ['a fixed block alone', fence('yaml fixed', 'a: 1'), /must follow a "bad"/],
    ['an indented block', ' ' + fence('yaml bad', 'a: 1'), /must not be indented/],
    ['another language', fence('json good', '{}'), /must be "yaml" or "dockerfile"/],
    ['an open block', '```yaml bad\na: 1', /never closed/],
  ])('refuse %s', (_, markdown, error) => {
    expect(() => parseCases(markdown, 'cases.md')).toThrow(error);
  });
});

describe('the laws of fixes', () => {
  const mark = '#~      ^^^ warning';
  const commented = fence('yaml bad', '# top', 'list: # side', '  - w: old', '#~     ^^^ warning', '# next', 'end: x');
  it.each<[string, Outcome, string, RegExp]>([
    ['a fix that does nothing', () => edits([]), simple, /has no edits/],
    ['a fix that leaves its finding', (_, start) => edits([edit(start + 3, start + 3, 'er')]), simple, /still there/],
    ['a fix that adds findings', (text, start) => edits([edit(start, start + 3, 'new'), edit(text.length, text.length, 'b: old\nc: old\n')]), simple, /makes kubernetes\/old-word speak/],
    ['an edit outside the text', (text) => edits([edit(text.length, text.length + 1, 'x')]), simple, /leaves the text/],
    ['an edit that changes nothing', (_, start) => edits([edit(start, start + 3, 'old')]), simple, /changes nothing/],
    ['edits that touch', (_, start) => edits([edit(start, start + 2, 'n'), edit(start + 2, start + 3, 'w')]), simple, /touch/],
    ['a result that does not parse', (_, start) => edits([edit(start, start + 3, '"new')]), simple, /does not parse/],
    [
      'a result that the API refuses',
      (_, start) => edits([edit(start, start + 3, 'new\nreplicas: 2')]),
      fence('yaml bad', 'apiVersion: v1', 'kind: Pod', 'metadata:', '  name: web', 'apiVersion2: old', '#~           ^^^ warning'),
      /the API would refuse the result: document 0: .*"replicas"/,
    ],
    ['LF in CRLF', (text, start) => edits([edit(start, start + 3, 'new'), edit(text.length, text.length, 'x: y\n')]), fence('yaml bad crlf', 'words: old', mark), /mixes LF/],
    ['CR in LF', (_, start) => edits([edit(start, start + 3, 'new\r\nx: y')]), simple, /brings CR/],
    ['a lost BOM', (_, start) => edits([edit(0, 1, ''), edit(start, start + 3, 'new')]), fence('yaml bad bom', 'words: old', mark), /byte order mark/],
    ['a line end lost at the end', (text, start) => edits([edit(start, text.length, 'new')]), simple, /end of the text changed/],
    ['trailing blanks', (_, start) => edits([edit(start, start + 3, 'new \nx: y')]), simple, /trailing blanks/],
    ['a lost comment', (text, start) => edits([edit(text.indexOf('list'), start + 3, 'list:\n  - w: new')]), commented, /"# side" is lost/],
    ['the next line\'s comment taken along', (text, start) => edits([edit(start - 5, text.indexOf('end'), '')]), commented, /"# next" is lost/],
    ['a reason that is no sentence', () => refused(message({ en: 'because', zh: '因为。' })), fence('yaml bad refused', 'words: old', mark), /does not end with a full stop/],
  ])('notice %s', (_, outcome, markdown, problem) => {
    expect(problems(markdown, findOld(outcome))).toMatch(problem);
  });

  it('notice a fix that changes its mind', () => {
    let asked = 0;
    const fickle: Outcome = (_, start) => edits([edit(start, start + 3, `new${String((asked += 1))}`)]);
    expect(problems(simple, findOld(fickle))).toMatch(/different edits/);
  });

  it('notice a fix that never comes to rest', () => {
    const grow: Outcome = (text) => edits([edit(text.length, text.length, 'old: 1\n')]);
    expect(problems(simple, findOld(grow))).toMatch(/changes something again/);
  });

  it('let a removal take along the comments inside it', () => {
    const markdown = fence('yaml bad', 'keep: 1', 'a: # side', '  # inside', '  old: 1', '#~^^^ warning', '# next', 'end: x');
    const remove: Outcome = (text) => edits([edit(text.indexOf('a:'), text.indexOf('# next'), '')]);
    expect(problems(markdown, findOld(remove))).toBe('');
  });
});

describe('the laws of findings', () => {
  it.each<[string, (finding: Finding) => Finding, RegExp]>([
    ['an empty span', (finding) => ({ ...finding, span: { start: 1, end: 1 } }), /span is empty/],
    ['a span outside the text', (finding) => ({ ...finding, span: { start: 1, end: 999 } }), /leaves the text/],
    ['an undeclared severity', (finding) => ({ ...finding, severity: 'error' }), /not declared/],
    ['one language twice', (finding) => ({ ...finding, message: message({ en: 'Old.', zh: 'Old.' }) }), /same in both languages/],
    ['a forgotten argument', (finding) => ({ ...finding, message: message({ en: 'Old {word}.', zh: '旧词 {word}。' }) }), /placeholder/],
    ['no full stop', (finding) => ({ ...finding, message: message({ en: 'Old', zh: '旧词' }) }), /full stop/],
    ['a rule that throws', (finding) => ({ ...finding, rule: 'podwright/internal-error' }), /a rule threw/],
    ['a safe fix of a rule that has none', (finding) => ({ ...finding, fixes: finding.fixes.map((fix) => ({ ...fix, safety: 'safe' })) }), /is safe, its rule declares suggestion/],
    ['the same fix twice', (finding) => ({ ...finding, fixes: [...finding.fixes, ...finding.fixes] }), /same key and title/],
  ])('notice %s', (_, change, problem) => {
    expect(problems(simple, findOld(replace, change))).toMatch(problem);
  });
});
