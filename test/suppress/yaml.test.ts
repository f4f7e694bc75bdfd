import { describe, expect, it } from 'vitest';
import { shiftIgnore, suppress } from '../../server/src/engine/core/suppress.ts';
import { parseDocument } from '../../server/src/engine/yaml/document.ts';
import { ignoreHere, ignoreInFile, ignoresOf } from '../../server/src/engine/yaml/ignores.ts';
import { after, at, known, told } from './support.ts';

/** Which of the findings at `HERE` stay: their lines from zero; and what is said about comments. */
function left(text: string, rule = 'kubernetes/foo') {
  const findings = suppress(at(text, 'HERE', rule), ignoresOf(parseDocument(text)), known);
  const own = findings.filter((finding) => finding.rule === rule);
  return {
    lines: own.map(({ span }) => text.slice(0, span.start).split('\n').length - 1),
    said: told(text, findings.filter((finding) => finding.rule !== rule)),
  };
}

describe('an ignore comment covers', () => {
  it('the container whose item begins below it', () => {
    const text = `spec:
  containers:
  # podwright-ignore kubernetes/foo -- tested elsewhere
  - name: HERE
    image: HERE
  - name: HERE
`;
    expect(left(text)).toEqual({ lines: [5], said: [] });
  });

  it('all of an entry that begins below it', () => {
    const text = `metadata:\n  name: HERE\n# podwright-ignore kubernetes/foo\nspec:\n  a: HERE\n  b:\n  - HERE\nstatus: HERE\n`;
    expect(left(text)).toEqual({ lines: [1, 7], said: [] });
  });

  it('one entry, not the map that begins with it', () => {
    expect(left('spec:\n  # podwright-ignore kubernetes/foo\n  a: HERE\n  b: HERE\n').lines).toEqual([3]);
  });

  it('the document, above its first line', () => {
    const text = `# podwright-ignore kubernetes/foo\n\n# about the Pod\nkind: Pod\nmetadata:\n  name: HERE\n`;
    expect(left(text)).toEqual({ lines: [], said: [] });
    expect(left(`# podwright-ignore kubernetes/foo\n---\nkind: HERE\n`).lines).toEqual([]);
  });

  it('several rules, and comments stack', () => {
    const text = `a: 1\n# podwright-ignore kubernetes/foo, kubernetes/bar -- both\nb: HERE\n`;
    expect(left(text)).toEqual({ lines: [], said: ['podwright/unused-ignore @ kubernetes/bar: kubernetes/bar finds nothing here. Remove it from this ignore comment.'] });
    expect(left('a: 1\n# podwright-ignore kubernetes/foo\n# podwright-ignore kubernetes/bar\nb: HERE\n', 'kubernetes/bar').lines).toEqual([]);
  });

  it('items of flow collections that begin their line', () => {
    expect(left('a: [\n  # podwright-ignore kubernetes/foo\n  {b: HERE},\n  HERE\n]\n').lines).toEqual([3]);
  });

  it('the same in a file with a byte order mark and CRLF', () => {
    expect(left('\ufeffa: 1\r\n# podwright-ignore kubernetes/foo\r\nb: HERE\r\nc: HERE\r\n')).toEqual({ lines: [3], said: [] });
  });

  it('nothing of other rules', () => {
    expect(left('a: 1\n# podwright-ignore kubernetes/foo\nb: HERE\n', 'kubernetes/bar')).toMatchObject({ lines: [2] });
  });
});

describe('a comment for the file', () => {
  it('covers the named rules wherever it stands', () => {
    expect(left('a: HERE\nb: HERE # podwright-ignore-file kubernetes/foo\n')).toEqual({ lines: [], said: [] });
    expect(left('# podwright-ignore-file kubernetes/bar\na: HERE\n').lines).toEqual([1]);
  });

  it('covers every rule where it names none', () => {
    expect(left('# podwright-ignore-file -- made by a tool\na: HERE\n# podwright-ignore nonsense\n')).toEqual({ lines: [], said: [] });
  });
});

describe('what is no ignore comment', () => {
  it.each([
    'run: |\n  # podwright-ignore kubernetes/foo\n  HERE\n',
    'run: "\n  # podwright-ignore kubernetes/foo\n  HERE"\n',
    '# podwright-ignored kubernetes/foo\nb: HERE\n',
    '# see podwright-ignore kubernetes/foo\nb: HERE\n',
    'a: b# podwright-ignore kubernetes/foo\nb: HERE\n',
  ])('%j', (text) => {
    expect(left(text).said).toEqual([]);
    expect(left(text).lines).toHaveLength(1);
  });
});

describe('mistaken comments are told', () => {
  it.each([
    ['a: HERE # podwright-ignore kubernetes/foo\n', '# podwright-ignore kubernetes/foo', 'An ignore comment counts only on a line of its own, above what it is for. Move it up.'],
    ['a: HERE\n# podwright-ignore kubernetes/foo\n', '# podwright-ignore kubernetes/foo', 'Nothing stands below this ignore comment that it could be for. Move it above what it is for, or remove it.'],
    ['# podwright-ignore -- why\na: HERE\n', '# podwright-ignore -- why', 'This comment ignores nothing. Name the rules that it is for.'],
    ['# podwright-ignore kubernetes/fo\na: HERE\n', 'kubernetes/fo', 'There is no rule kubernetes/fo to ignore. Write kubernetes/foo if that is what you mean.'],
    ['# podwright-ignore bar\na: HERE\n', 'bar', 'There is no rule bar to ignore. Write kubernetes/bar if that is what you mean.'],
    ['# podwright-ignore everything-at-all\na: HERE\n', 'everything-at-all', 'There is no rule everything-at-all to ignore. "podwright rules" lists all of them.'],
  ])('%j', (text, place, sentence) => {
    expect(left(text)).toMatchObject({ lines: [text.startsWith('#') ? 1 : 0], said: [`podwright/invalid-ignore @ ${place}: ${sentence}`] });
  });

  it('but not where the rule is off anyway', () => {
    const text = '# podwright-ignore kubernetes/bar\na: 1\n';
    const ignores = ignoresOf(parseDocument(text));
    expect(suppress([], ignores, known)).toHaveLength(1);
    expect(suppress([], ignores, { ...known, isOn: () => false })).toEqual([]);
  });

  it('and the telling can be ignored too', () => {
    const text = '# podwright-ignore kubernetes/foo\na: 1\n# podwright-ignore-file podwright/unused-ignore\n';
    const context = { ...known, known: new Set([...known.known, 'podwright/unused-ignore']) };
    expect(suppress([], ignoresOf(parseDocument(text)), context).map(({ rule }) => rule)).not.toContain('podwright/invalid-ignore');
    expect(told(text, suppress([], ignoresOf(parseDocument(text)), context))).toEqual([]);
  });

  it.each([
    ['a: 1\n  # podwright-ignore kubernetes/foo\nb: 1\n', 'a: 1\nb: 1\n'],
    ['# podwright-ignore kubernetes/foo, kubernetes/bar -- why\na: HERE\n', '# podwright-ignore kubernetes/foo -- why\na: HERE\n'],
    ['# podwright-ignore kubernetes/bar, kubernetes/foo\na: HERE\n', '# podwright-ignore kubernetes/foo\na: HERE\n'],
    ['a: 1   # podwright-ignore kubernetes/foo\nb: 1\n', 'a: 1\nb: 1\n'],
    ['# podwright-ignore kubernetes/fooo\na: HERE\n', '# podwright-ignore kubernetes/foo\na: HERE\n'],
  ])('and repaired: %j', (text, repaired) => {
    const findings = suppress(at(text, 'HERE'), ignoresOf(parseDocument(text)), known).filter(({ rule }) => rule.startsWith('podwright/'));
    expect(findings).toHaveLength(1);
    expect(after(text, findings[0]?.fixes[0]?.outcome())).toBe(repaired);
  });
});

it('moves with its document', () => {
  const text = 'a: 1\n# podwright-ignore kubernetes/foo\nb: HERE\n';
  const moved = ignoresOf(parseDocument(text)).map((ignore) => shiftIgnore(ignore, 100));
  const findings = at(text, 'HERE').map((finding) => ({ ...finding, span: { start: finding.span.start + 100, end: finding.span.end + 100 } }));
  expect(suppress(findings, moved, known)).toEqual([]);
  expect(moved[0]?.removal).toEqual({ start: 105, end: 139 });
});

describe('Ignore here', () => {
  const here = (text: string): string => after(text, ignoreHere(parseDocument(text), text.indexOf('HERE'), 'kubernetes/foo'));

  it.each([
    ['spec:\n  containers:\n  - name: HERE\n    image: b\n', 'spec:\n  containers:\n  # podwright-ignore kubernetes/foo\n  - name: HERE\n    image: b\n'],
    ['spec:\n  a: 1\n  image: HERE\n', 'spec:\n  a: 1\n  # podwright-ignore kubernetes/foo\n  image: HERE\n'],
    ['spec:\r\n  a: 1\r\n  image: HERE\r\n', 'spec:\r\n  a: 1\r\n  # podwright-ignore kubernetes/foo\r\n  image: HERE\r\n'],
    ['\ufeffkind: HERE\n', '\ufeff# podwright-ignore kubernetes/foo\nkind: HERE\n'],
    ['---\nkind: HERE\n', '---\n# podwright-ignore kubernetes/foo\nkind: HERE\n'],
    ['a: 1\nrun: |\n  echo\n  HERE\n', 'a: 1\n# podwright-ignore kubernetes/foo\nrun: |\n  echo\n  HERE\n'],
    ['a: 1\nb: [1,\n  HERE]\n', 'a: 1\n# podwright-ignore kubernetes/foo\nb: [1,\n  HERE]\n'],
    ['a: |+\n  x\n\nb: HERE\n', 'a: |+\n  x\n\n# podwright-ignore kubernetes/foo\nb: HERE\n'],
    ['a: 1\n# why\nb: HERE', 'a: 1\n# why\n# podwright-ignore kubernetes/foo\nb: HERE'],
  ])('%j', (text, expected) => {
    expect(here(text)).toBe(expected);
  });

  it.each([
    ['a: 1\n# podwright-ignore kubernetes/bar -- why\nb: HERE\n', 'a: 1\n# podwright-ignore kubernetes/bar, kubernetes/foo -- why\nb: HERE\n'],
    ['a: 1\n# podwright-ignore\nb: HERE\n', 'a: 1\n# podwright-ignore kubernetes/foo\nb: HERE\n'],
    ['a: 1\n# podwright-ignore kubernetes/foo\nb: HERE\n', 'a: 1\n# podwright-ignore kubernetes/foo\nb: HERE\n'],
  ])('adds to the comment that is there: %j', (text, expected) => {
    expect(here(text)).toBe(expected);
  });

  it('ignores what it was asked to ignore, wherever the finding is', () => {
    const text = 'kind: HERE\nspec:\n  template:\n    spec:\n      containers:\n      - image: HERE\n        args: [HERE, "HERE"]\n      - {name: HERE}\n      volumes:\n      -   name: HERE\n';
    for (const finding of at(text, 'HERE')) {
      const outcome = ignoreHere(parseDocument(text), finding.span.start, 'kubernetes/foo');
      const ignored = after(text, outcome);
      const moved = at(ignored, 'HERE').find(({ span }) => ignored.slice(0, span.start).split('HERE').length === text.slice(0, finding.span.start).split('HERE').length);
      expect(moved).toBeDefined();
      expect(suppress(moved === undefined ? at(ignored, 'HERE') : [moved], ignoresOf(parseDocument(ignored)), known)).toEqual([]);
    }
  });

  it.each(['a: [\nHERE', 'HERE: {{ x }\n'])('refuses in what cannot be read: %j', (text) => {
    expect(here(text)).toMatch(/^refused: /);
  });
});

describe('Ignore in this file', () => {
  const inFile = (text: string): string => after(text, ignoreInFile(parseDocument(text), 'kubernetes/foo'));

  it('puts a comment at the top, or one more rule in the one there', () => {
    expect(inFile('\ufeffa: 1\r\n')).toBe('\ufeff# podwright-ignore-file kubernetes/foo\r\na: 1\r\n');
    expect(inFile('# podwright-ignore-file kubernetes/bar -- x\na: 1\n')).toBe('# podwright-ignore-file kubernetes/bar, kubernetes/foo -- x\na: 1\n');
    expect(inFile('# podwright-ignore-file -- x\na: 1\n')).toBe('# podwright-ignore-file -- x\na: 1\n');
  });
});
