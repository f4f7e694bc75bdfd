/** Strings of a document, the way back into it, and surgery inside them. */
import { describe, expect, it } from 'vitest';
import { sourceSpan } from '../../server/src/engine/text/offset-map.ts';
import { applyEdits, type TextEdit } from '../../server/src/engine/text/span.ts';
import { parseDocument } from '../../server/src/engine/yaml/document.ts';
import type { Field } from '../../server/src/engine/yaml/field.ts';
import { scalarText } from '../../server/src/engine/yaml/scalar-text.ts';
import { splice } from '../../server/src/engine/yaml/splice.ts';

/** One string in every style that can hold it: `cd /app`, then `run "it's"`. */
const layouts = {
  plain: 'a: cd /app && run x\n',
  'plain on two lines': 'a: cd /app\n  && run x\nb: 1\n',
  single: "a: 'cd /app && run x' # why\n",
  'single on two lines': "a: 'cd /app\n\n  && run x'\n",
  double: 'a: "cd /app && run x"\n',
  'double, broken and escaped': 'a: "cd\\u0020/app \\\n  && \\x72un x"\n',
  literal: 'a: |\n  cd /app\n\n  run x\nb: 1\n',
  'literal, stripped, CRLF': 'a: |-\r\n  cd /app\r\n  run x\r\n',
  'literal with its indentation named': 'a: |2\n    cd /app\n  run x\n',
  'literal without a last line end': 'a: |\n  cd /app\n  run x',
  kept: 'a: |+\n  cd /app\n  run x\n\n\n',
  folded: 'a: >-\n  cd /app\n  && run x\n\n  twice\n',
  'folded with deeper lines': 'a: >\n  cd /app\n    && run x\n\n\n    deep\n  flat\n  end\n',
  flow: '{a: [sh, -c, "cd /app && run x"]}\n',
} as const;

function stringIn(text: string): Field {
  const field = parseDocument(text).root.at('a');
  return field.kind === 'sequence' ? field.at(2) : field;
}

describe.each(Object.entries(layouts))('%s', (_, text) => {
  it('reads as the string it is, and leads back to every word', () => {
    const field = stringIn(text);
    const mapped = scalarText(field);
    expect(mapped?.text).toBe(field.text);
    const at = mapped?.text.indexOf('/app') ?? -1;
    const span = sourceSpan(mapped?.map ?? [], { start: at, end: at + 4 });
    expect(text.slice(span.start, span.end)).toBe('/app');
  });

  it('takes a word in, and nothing else moves', () => {
    const field = stringIn(text);
    const value = field.text ?? '';
    const at = value.indexOf('un x') - 1;
    const edits = editsOf(splice(field, [{ span: { start: at, end: at }, newText: 'exec ' }]));
    const after = applyEdits(text, edits);
    expect(stringIn(after).text).toBe(`${value.slice(0, at)}exec ${value.slice(at)}`);
    expect(after.length).toBe(text.length + 5);
  });
});

describe('splice', () => {
  it('escapes as the scalar around it does', () => {
    expect(spliced("a: 'x'\n", 'x', "it's")).toBe("a: 'it''s'\n");
    expect(spliced('a: "x"\n', 'x', 'a "b" \\')).toBe('a: "a \\"b\\" \\\\"\n');
    expect(spliced('a: |\n  x\n', 'x', '"\'\\')).toBe('a: |\n  "\'\\\n');
  });

  it('quotes a plain scalar that would read as something else', () => {
    expect(spliced('a: run x\n', 'run x', 'run: x')).toBe('a: "run: x"\n');
    expect(spliced('a: [run x]\n', 'run x', 'a, b')).toBe('a: ["a, b"]\n');
  });

  it('refuses what it cannot do', () => {
    expect(spliced('a: x\n', 'x', 'y\nz')).toBe('refused');
    expect(spliced('a: &n x\nb: *n\n', 'x', 'y')).toBe('refused');
    expect(spliced('a: {b: 1}\n', '', 'y')).toBe('refused');
    expect(spliced('a: 1\n', '', 'y')).toBe('refused');
  });
});

function spliced(text: string, old: string, newText: string): string {
  const root = parseDocument(text).root;
  const field = root.at('a').kind === 'sequence' ? root.at('a', 0) : root.at('a');
  const start = (field.text ?? '').indexOf(old);
  const outcome = splice(field, [{ span: { start, end: start + old.length }, newText }]);
  return outcome.kind === 'edits' ? applyEdits(text, outcome.edits) : 'refused';
}

function editsOf(outcome: ReturnType<typeof splice>): readonly TextEdit[] {
  expect(outcome.kind).toBe('edits');
  return outcome.kind === 'edits' ? outcome.edits : [];
}
