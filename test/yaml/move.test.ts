import { describe, expect, it } from 'vitest';
import type { FixOutcome } from '../../server/src/engine/core/finding.ts';
import { applyEdits } from '../../server/src/engine/text/span.ts';
import { conditionsOf, isRepeated, standTogether } from '../../server/src/engine/yaml/branches.ts';
import { parseDocument } from '../../server/src/engine/yaml/document.ts';
import { hasSameValue, repeatedKeys } from '../../server/src/engine/yaml/duplicates.ts';
import { remove, set, wrap } from '../../server/src/engine/yaml/edit.ts';
import type { Field } from '../../server/src/engine/yaml/field.ts';
import { move, strike } from '../../server/src/engine/yaml/move.ts';
import { moveItem } from '../../server/src/engine/yaml/move-item.ts';
import { inSteps } from '../../server/src/engine/yaml/steps.ts';
import { parseTemplate } from '../../server/src/engine/yaml/template.ts';

/** The text after the edit, or the English reason why there is none. */
function edited(text: string, edit: (root: Field) => FixOutcome, root = parseDocument(text).root): string {
  const outcome = edit(root);
  return outcome.kind === 'edits' ? applyEdits(text, outcome.edits) : `refused: ${outcome.reason.text.en}`;
}

function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}

describe('move', () => {
  const text = lines('a:', '  x: 1', '  # above', "  y: 'q' # behind", '  # next', '  z: 2', 'b:', '  w: 3');

  it('takes a key along as it is written, with the comments above and behind it', () => {
    expect(edited(text, (root) => move(root.at('a', 'y'), ['b']))).toBe(
      lines('a:', '  x: 1', '  # next', '  z: 2', 'b:', '  w: 3', '  # above', "  y: 'q' # behind"),
    );
    expect(edited(text, (root) => move(root.at('a', 'y'), ['b'], { before: ['w'] }))).toBe(
      lines('a:', '  x: 1', '  # next', '  z: 2', 'b:', '  # above', "  y: 'q' # behind", '  w: 3'),
    );
  });

  it('makes the keys that are missing on the way, and keeps block scalars', () => {
    const scalar = lines('a:', '  x: 1', '  y: |', '    one', '', '      two', 'b:', '    c: 1');
    expect(edited(scalar, (root) => move(root.at('a', 'y'), ['b', 'd', 'e']))).toBe(
      lines('a:', '  x: 1', 'b:', '    c: 1', '    d:', '      e:', '        y: |', '          one', '', '            two'),
    );
  });

  it('leaves comments above the first key, which speak of the whole map', () => {
    const first = lines('a:', '  # all of it', '  x: 1', '  y: 2', 'b:', '  w: 3');
    expect(edited(first, (root) => move(root.at('a', 'x'), ['b']))).toBe(lines('a:', '  # all of it', '  y: 2', 'b:', '  w: 3', '  x: 1'));
  });

  it('writes the value anew in flow style, but never loses a comment', () => {
    expect(edited('a: {x: "1", k: [2]}\nb: {w: 3}\n', (root) => move(root.at('a', 'k'), ['b']))).toBe('a: {x: "1"}\nb: {w: 3, k: [2]}\n');
    expect(edited(lines('a:', '  x: 1', '  y: 2 # why', 'b: {w: 3}'), (root) => move(root.at('a', 'y'), ['b']))).toMatch(/^refused: \{path\} holds comments/);
  });

  it('refuses what is shared, computed, missing or there already', () => {
    expect(edited('a: {x: 1, y: &y 2}\nb: *y\n', (root) => move(root.at('a', 'y'), ['c']))).toMatch(/^refused: \{path\} is shared/);
    expect(edited(text, (root) => move(root.at('a', 'nothing'), ['b']))).toMatch(/^refused: \{path\} does not stand/);
    expect(edited(lines('a:', '  x: 1', '  w: 2', 'b:', '  w: 3'), (root) => move(root.at('a', 'w'), ['b']))).toMatch(/^refused: \{path\} already stands/);
    const template = lines('a:', '  x: 1', '  y: {{ .y }}', 'b:', '  w: 3');
    expect(edited(template, (root) => move(root.at('a', 'y'), ['b']), parseTemplate(template).root)).toMatch(/^refused/);
  });
});

describe('strike', () => {
  it('leaves the comment behind the value on a line of its own', () => {
    expect(edited(lines('a:', '  x: 1 # why', '  y: 2'), (root) => strike(root.at('a', 'x')))).toBe(lines('a:', '  # why', '  y: 2'));
  });

  it('is a removal where there is no such comment', () => {
    expect(edited(lines('a:', '  x: 1', '  y: 2'), (root) => strike(root.at('a', 'x')))).toBe(lines('a:', '  y: 2'));
    expect(edited('a: {x: 1, y: 2} # why\n', (root) => strike(root.at('a', 'x')))).toBe('a: {y: 2} # why\n');
  });
});

describe('set before a key', () => {
  it('goes there in block and flow style, below the comments of the whole map', () => {
    const options = { before: ['nothing', 'y'] };
    expect(edited(lines('a:', '  x: 1', '  # y', '  y: 2'), (root) => set(root.at('a', 'new'), 0, options))).toBe(lines('a:', '  x: 1', '  new: 0', '  # y', '  y: 2'));
    expect(edited('a: {x: 1, y: 2}\n', (root) => set(root.at('a', 'new'), 0, options))).toBe('a: {x: 1, new: 0, y: 2}\n');
    expect(edited('a: {y: 2}\n', (root) => set(root.at('a', 'new'), 0, options))).toBe('a: {new: 0, y: 2}\n');
    expect(edited(lines('- y: 2', '  z: 3'), (root) => set(root.at(0, 'new'), 0, options))).toBe(lines('- new: 0', '  y: 2', '  z: 3'));
  });

  it('goes behind the others where none of them stands', () => {
    expect(edited(lines('x: 1', 'y: 2'), (root) => set(root.at('new'), 0, { before: ['z'], after: ['x'] }))).toBe(lines('x: 1', 'new: 0', 'y: 2'));
  });
});

describe('remove', () => {
  it('keeps a text without a final line end without one, whatever stood before', () => {
    expect(edited('a: 1\n\n  \nb: 2', (root) => remove(root.at('b')))).toBe('a: 1');
    expect(repeatedKeys(parseDocument('a: |\n  x\na: 2').root).map((pair) => edited('a: |\n  x\na: 2', pair.removeLater))).toEqual([expect.stringMatching(/^refused/)]);
  });

  it('refuses where a comment among flush dashes may speak of the keys around', () => {
    expect(edited(lines('a:', '# which?', '- 1', 'b: 2'), (root) => remove(root.at('a')))).toMatch(/^refused: \{path\} holds comments/);
  });
});

describe('steps at a field below the root', () => {
  it('get that field as the steps before left it', () => {
    const text = lines('items:', '- a: 1', '- a: 2');
    expect(edited(text, (root) => inSteps(root.at('items', 1), [(item) => set(item.at('b'), 1), (item) => set(item.at('a'), item.at('b').int ?? 0)]))).toBe(
      lines('items:', '- a: 1', '- a: 1', '  b: 1'),
    );
  });
});

describe('steps that remove and insert at one place', () => {
  it('keep the two apart', () => {
    const text = lines('spec:', '  old:', '    # why', '    x: 1', '  next: 2');
    const { root } = parseDocument(text);
    const outcome = inSteps(root, [(at) => remove(at.at('spec', 'old')), (at) => set(at.at('spec', 'new'), 3, { before: ['next'] })]);
    expect(edited(text, () => outcome)).toBe(lines('spec:', '  new: 3', '  next: 2'));
    expect(outcome.kind === 'edits' && outcome.edits.map(({ newText }) => newText)).toEqual(['', 'new: 3\n  ']);
  });
});

describe('wrap in a template', () => {
  it('refuses where an action in its last line would be written at the old column', () => {
    const text = lines('spec:', '  a: 1', '  b: {{- toYaml .b | nindent 4 }}');
    expect(edited(text, (root) => wrap(root.at('spec'), ['template']), parseTemplate(text).root)).toMatch(/^refused/);
  });
});

describe('repeatedKeys', () => {
  const names = (text: string, root = parseDocument(text).root): readonly string[] => repeatedKeys(root).map(({ path, isSame }) => `${path} ${isSame ? 'same' : 'other'}`);

  it('finds pairs in the order of the text, but nothing inside a value that is lost', () => {
    expect(names(lines('a: 1', 'b: {x: 1, x: "1"}', 'a: 1', 'c:', '- {y: {z: 1, z: 2}, y: 1}', 'a: 3'))).toEqual(['b.x other', 'a same', 'c[0].y other', 'a other']);
  });

  it('takes spelling and the order of keys for what they are', () => {
    expect(names(lines("a: {x: '1', y: [2]}", 'a:', '  "y": [0x2]', '  x: "1"'))).toEqual(['a same']);
  });

  it('leaves out merge keys, and what a template computes or writes in different branches', () => {
    expect(names(lines('x: &x {a: 1}', 'y: {<<: *x, <<: *x}'))).toEqual([]);
    const template = lines('{{ if .a }}', 'a: 1', 'b: 1', 'b: 2', '{{ else }}', 'a: 2', '{{ end }}', '{{ .k }}: 1', '{{ .k }}: 1');
    expect(names(template, parseTemplate(template).root)).toEqual(['b other']);
  });

  it('removes the one that is meant', () => {
    const text = lines('a: 1', 'a: 2', 'a: 3');
    expect(repeatedKeys(parseDocument(text).root).map((pair) => [edited(text, pair.removeEarlier), edited(text, pair.removeLater)])).toEqual([
      [lines('a: 2', 'a: 3'), lines('a: 1', 'a: 3')],
      [lines('a: 1', 'a: 3'), lines('a: 1', 'a: 2')],
    ]);
  });
});

describe('branches', () => {
  const template = lines('a: 1', '{{- if .x }}', 'b: 2', '{{- range .y }}', 'c: 3', '{{- end }}', '{{- else if .z }}', 'd: 4', '{{- end }}', 'e: 5');
  const { root } = parseTemplate(template);

  it('tell the conditions around a field', () => {
    expect(['a', 'b', 'c', 'd', 'e'].map((key) => conditionsOf(root.at(key)))).toEqual([
      [], ['{{- if .x }}'], ['{{- if .x }}', '{{- range .y }}'], ['{{- if .x }} {{- else if .z }}'], [],
    ]);
    expect(conditionsOf(parseDocument('a: 1').root.at('a'))).toEqual([]);
  });

  it('tell what is written together', () => {
    expect(standTogether(root.at('a'), root.at('e'))).toBe(true);
    expect(standTogether(root.at('b'), root.at('d'))).toBe(false);
    expect(standTogether(root.at('a'), root.at('b'))).toBe(false);
    const plain = parseDocument('a: 1\nb: 2').root;
    expect(standTogether(plain.at('a'), plain.at('b'))).toBe(true);
  });

  it('tell a key that stands twice, and values that mean the same', () => {
    const twice = parseDocument('a: 1\na: 2\nb: {x: 1, y: 2}\nc: {y: 2, x: 1}').root;
    expect([isRepeated(twice.at('a')), isRepeated(twice.at('b')), isRepeated(twice)]).toEqual([true, false, false]);
    expect([hasSameValue(twice.at('b'), twice.at('c')), hasSameValue(twice.at('a'), twice.at('b')), hasSameValue(twice.at('a'), twice.at('d'))]).toEqual([true, false, false]);
  });
});

describe('moving an item to another list', () => {
  const text = lines('a:', '  # first', '  - name: x # x', "    image: 'i'", '', '  # second', '  - name: y', '    args:', '      - |', '        one', '        two', '    # tail', 'b:', '  - name: z', 'c: 1');
  const first = (root: Field, keys = ['b'], index = 1): FixOutcome => moveItem(root.at('a', 0), root.at(...keys), index);

  it('takes it along as it is written, with the comments above it', () => {
    expect(edited(text, first)).toBe(
      lines('a:', '', '  # second', '  - name: y', '    args:', '      - |', '        one', '        two', '    # tail', 'b:', '  - name: z', '  # first', '  - name: x # x', "    image: 'i'", 'c: 1'),
    );
    expect(edited(text, (root) => moveItem(root.at('a', 1), root.at('b'), 0))).toBe(
      lines('a:', '  # first', '  - name: x # x', "    image: 'i'", '', 'b:', '  # second', '  - name: y', '    args:', '      - |', '        one', '        two', '    # tail', '  - name: z', 'c: 1'),
    );
  });

  it('makes the list where there is none, and takes an empty one away', () => {
    const flush = lines('a:', '- x: 1', '  # in it', '- y: 2', 'c: 1').replaceAll('\n', '\r\n');
    expect(edited(flush, (root) => moveItem(root.at('a', 0), root.at('n'), 0, { before: ['a'] }))).toBe(lines('n:', '- x: 1', '  # in it', 'a:', '- y: 2', 'c: 1').replaceAll('\n', '\r\n'));
    expect(edited(lines('a:', '  - x: 1', 'b:', '  - y: 2'), first)).toBe(lines('b:', '  - y: 2', '  - x: 1'));
  });

  it('writes it anew in flow style, but never loses a comment', () => {
    expect(edited('{a: [{x: 1}, {y: "2"}], b: [{z: 3}]}\n', first)).toBe('{a: [{y: "2"}], b: [{z: 3}, {x: 1}]}\n');
    expect(edited(lines('a:', '  - x: 1 # why', '  - y: 2', 'b: [{z: 3}]'), first)).toMatch(/^refused: \{path\} holds comments/);
  });

  it('refuses what is shared, supplied by a template, or no item', () => {
    expect(edited(lines('a:', '  - &k {x: 1}', '  - *k', 'b: []'), first)).toMatch(/^refused: \{path\} is shared/);
    const template = lines('a:', '  - x: {{ .Values.x }}', '  - y: 1', 'b:', '  - z: 1');
    expect(edited(template, first, parseTemplate(template).root)).toMatch(/^refused: /);
    expect(edited(lines('a:', '  x: 1', 'b: []'), (root) => moveItem(root.at('a', 'x'), root.at('b'), 0))).toMatch(/^refused: /);
  });
});
