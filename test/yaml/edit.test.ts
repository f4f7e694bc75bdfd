import { describe, expect, it } from 'vitest';
import type { FixOutcome } from '../../server/src/engine/core/finding.ts';
import { applyEdits } from '../../server/src/engine/text/span.ts';
import { parseDocument } from '../../server/src/engine/yaml/document.ts';
import { append, insertItem, remove, rename, set, wrap } from '../../server/src/engine/yaml/edit.ts';
import type { Field } from '../../server/src/engine/yaml/field.ts';
import { moveInto } from '../../server/src/engine/yaml/move-into.ts';
import { inSteps } from '../../server/src/engine/yaml/steps.ts';

/** The text after the edit, or the English reason why there is none. */
function edited(text: string, edit: (root: Field) => FixOutcome): string {
  const outcome = edit(parseDocument(text).root);
  return outcome.kind === 'edits' ? applyEdits(text, outcome.edits) : `refused: ${outcome.reason.text.en}`;
}

/** Lines, without the indentation that the test file gives them. */
function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}

const shared = /^refused: \{path\} is shared/;
const unusual = /^refused: \{path\} is written in a way/;

describe('set, where nothing is', () => {
  const pod = lines('spec:', '  containers:', '    - name: app # main', '      ports:', '        - containerPort: 80', '      image: x # pinned', '', '# end');

  it('puts a key at the end of its map, behind the comment on the last line', () => {
    expect(edited(pod, (root) => set(root.at('spec', 'containers', 0, 'tty'), true))).toBe(pod.replace('# pinned\n', '# pinned\n      tty: true\n'));
  });

  it('puts a key behind the last of the keys it should follow', () => {
    const probe = { tcpSocket: { port: 80 } };
    const text = edited(pod, (root) => set(root.at('spec', 'containers', 0, 'readinessProbe'), probe, { after: ['name', 'ports', 'nothing'] }));
    expect(text).toBe(pod.replace('80\n', '80\n      readinessProbe:\n        tcpSocket:\n          port: 80\n'));
  });

  it('makes the parents that are missing', () => {
    expect(edited(pod, (root) => set(root.at('spec', 'securityContext', 'sysctls', 0, 'name'), 'a'))).toBe(
      pod.replace('# pinned\n', '# pinned\n  securityContext:\n    sysctls:\n      - name: a\n'),
    );
    expect(edited(pod, (root) => set(root.at('spec', 'containers', 1, 'name'), 'b'))).toBe(pod.replace('# pinned\n', '# pinned\n    - name: b\n'));
    expect(edited(pod, (root) => set(root.at('spec', 'containers', 7), 'b'))).toMatch(/^refused/);
    expect(edited(pod, (root) => set(root.at('spec', 'list', 1), 'b'))).toMatch(/^refused/);
    expect(edited(pod, (root) => set(root.at('spec', 'containers', 0, 'name', 'x'), 'b'))).toMatch(/^refused: \{path\} has another shape/);
  });

  it('fills empty values', () => {
    for (const empty of ['', ' null', ' ~', ' {}', ' { }']) {
      expect(edited(`a:${empty} # c\nd: 1\n`, (root) => set(root.at('a', 'b'), 1)), empty).toBe('a: # c\n  b: 1\nd: 1\n');
    }
    expect(edited('- {} # c\n- x\n', (root) => set(root.at(0, 'b'), { c: [1] }))).toBe('- b: # c\n    c:\n      - 1\n- x\n');
    expect(edited('a:\n  # - later\nd: 1\n', (root) => set(root.at('a'), [1]))).toBe('a:\n  - 1\n  # - later\nd: 1\n');
    expect(edited('{}\n', (root) => set(root.at('a'), 1))).toBe('{a: 1}\n');
    expect(edited('', (root) => set(root.at('a'), 1))).toMatch(/^refused: This document is empty/);
  });

  it('makes one edit of what it takes and what it writes at the end of the text', () => {
    const outcome = set(parseDocument('a: {}').root.at('a'), { b: 1 });
    expect(outcome).toMatchObject({ kind: 'edits', edits: [{ newText: '\n  b: 1' }] });
  });

  it('keeps line ends, and the absence of the last one', () => {
    expect(edited('a:\r\n  b: 1', (root) => set(root.at('a', 'c'), { d: 1 }))).toBe('a:\r\n  b: 1\r\n  c:\r\n    d: 1');
    expect(edited('\ufeffa: 1', (root) => set(root.at('b'), 2))).toBe('\ufeffa: 1\nb: 2');
    expect(edited('a: 1\n...\n# end\n', (root) => set(root.at('b'), 2))).toBe('a: 1\nb: 2\n...\n# end\n');
  });

  it('knows where block scalars end', () => {
    expect(edited('a:\n  b: |\n    x\n\n    y\n\n\nc: 1\n', (root) => set(root.at('a', 'd'), 1))).toBe('a:\n  b: |\n    x\n\n    y\n  d: 1\n\n\nc: 1\n');
    expect(edited('a:\n  b: |+\n    x\n\nc: 1\n', (root) => set(root.at('a', 'd'), 1))).toBe('a:\n  b: |+\n    x\n\n  d: 1\nc: 1\n');
    expect(edited('a:\n  b: |2-\n      x\n', (root) => set(root.at('a', 'd'), 1))).toBe('a:\n  b: |2-\n      x\n  d: 1\n');
    expect(edited('a:\n  b: >\n    x\n  # c\n', (root) => set(root.at('a', 'd'), 1))).toBe('a:\n  b: >\n    x\n  d: 1\n  # c\n');
  });

  it('goes before a block scalar whose value would change by a line end', () => {
    expect(edited('a: 1\n# about b\nb: |\n  x', (root) => set(root.at('c'), 1))).toBe('a: 1\nc: 1\n# about b\nb: |\n  x');
    expect(edited('a:\n- b: |\n    x', (root) => set(root.at('a', 0, 'c'), 1))).toBe('a:\n- c: 1\n  b: |\n    x');
    expect(edited('a: 1\nb: |-\n  x', (root) => set(root.at('c'), 1))).toBe('a: 1\nb: |-\n  x\nc: 1');
  });

  it('leaves deeper comments with the value they stand under', () => {
    expect(edited('a:\n  - b\n  # - c\nd: 1\n', (root) => set(root.at('e'), 1, { after: ['a'] }))).toBe('a:\n  - b\n  # - c\ne: 1\nd: 1\n');
  });

  it('takes the file\'s indentation and kind of sequence', () => {
    expect(edited('a:\n    b:\n    - 1\n', (root) => set(root.at('a', 'c'), { d: ['x'] }))).toBe('a:\n    b:\n    - 1\n    c:\n        d:\n        - x\n');
  });

  it('fills flow collections in flow', () => {
    expect(edited('a: {b: 1} # c\n', (root) => set(root.at('a', 'c'), { d: ['x, y', 'z:1'] }))).toBe('a: {b: 1, c: {d: ["x, y", "z:1"]}} # c\n');
    expect(edited('a: { b: 1, }\n', (root) => set(root.at('a', 'c'), 2))).toBe('a: { b: 1, c: 2, }\n');
    expect(edited('a: {\n  b: 1, # one\n  c: 2 # two\n}\n', (root) => set(root.at('a', 'd'), 3))).toBe('a: {\n  b: 1, # one\n  c: 2, # two\n  d: 3\n}\n');
    expect(edited('a: {\n  b: 1, # one\n  c: 2 # two\n}\n', (root) => set(root.at('a', 'd'), 3, { after: ['b'] }))).toBe('a: {\n  b: 1, # one\n  d: 3,\n  c: 2 # two\n}\n');
    expect(edited('{\n  "a": 1,\n  "b": {}\n}\n', (root) => set(root.at('c'), { d: 'x' }))).toBe('{\n  "a": 1,\n  "b": {},\n  "c": {\n    "d": "x"\n  }\n}\n');
    expect(edited('{"b": {}}', (root) => set(root.at('b', 'd'), 'x'))).toBe('{"b": {"d": "x"}}');
  });
});

describe('flow collections that have a line for each entry', () => {
  const json = (value: unknown, step: number | string = 2): string => `${JSON.stringify(value, undefined, step)}\n`;
  const probe = { tcpSocket: { port: 80 }, command: ['a', 'b'], none: {} };
  const pod = { spec: { containers: [{ name: 'web', ports: [{ containerPort: 80 }] }], volumes: [], hooks: {} } };
  const container = (root: Field): Field => root.at('spec', 'containers', 0);

  it.each([2, 4, '\t'])('get what a printer of JSON would write: indented by %j', (step) => {
    const [first] = pod.spec.containers;
    const text = json(pod, step);
    const withContainer = (changed: object): string => json({ spec: { ...pod.spec, containers: [changed] } }, step);
    expect(edited(text, (root) => set(container(root).at('probe'), probe))).toBe(withContainer({ ...first, probe }));
    expect(edited(text, (root) => set(container(root).at('probe'), probe, { after: ['name'] }))).toBe(withContainer({ name: 'web', probe, ports: [{ containerPort: 80 }] }));
    expect(edited(text, (root) => append(container(root).at('ports'), { containerPort: 81 }))).toBe(withContainer({ name: 'web', ports: [{ containerPort: 80 }, { containerPort: 81 }] }));
    expect(edited(text, (root) => insertItem(container(root).at('ports'), 0, { containerPort: 79 }))).toBe(withContainer({ name: 'web', ports: [{ containerPort: 79 }, { containerPort: 80 }] }));
    expect(edited(text, (root) => set(container(root).at('ports'), ['x', { y: [1] }]))).toBe(withContainer({ name: 'web', ports: ['x', { y: [1] }] }));
    expect(edited(text, (root) => append(root.at('spec', 'volumes'), { name: 'a' }))).toBe(json({ spec: { ...pod.spec, volumes: [{ name: 'a' }] } }, step));
    expect(edited(text, (root) => set(root.at('spec', 'hooks', 'pre', 'run'), 'x'))).toBe(json({ spec: { ...pod.spec, hooks: { pre: { run: 'x' } } } }, step));
  });

  it('keep their line ends', () => {
    const crlf = (value: unknown): string => json(value).replaceAll('\n', '\r\n');
    expect(edited(crlf({ a: { b: 1 } }), (root) => set(root.at('a', 'c'), { d: [1] }))).toBe(crlf({ a: { b: 1, c: { d: [1] } } }));
  });

  it('get on one line what their author writes on one line', () => {
    const text = '{\n  "a": { "x": [1, 2] },\n  "b": ["y"],\n  "c": {\n    "d": 1\n  }\n}\n';
    expect(edited(text, (root) => set(root.at('c', 'e'), { f: ['z', 'z'] }))).toBe(text.replace('"d": 1', '"d": 1,\n    "e": {\n      "f": ["z", "z"]\n    }'));
    const table = '{\n  "a": {"x": 1},\n  "b": {"x": 2}\n}\n';
    expect(edited(table, (root) => set(root.at('c'), { x: 3 }))).toBe('{\n  "a": {"x": 1},\n  "b": {"x": 2},\n  "c": {"x": 3}\n}\n');
    expect(edited('{"a": {"b": {}},\n "c": 1}\n', (root) => set(root.at('a', 'b', 'd'), 1))).toBe('{"a": {"b": {"d": 1}},\n "c": 1}\n');
  });

  it('are written like that inside block YAML, too', () => {
    expect(edited('a: {\n  b: 1,\n  c: 2\n}\n', (root) => set(root.at('a', 'd'), { e: { f: [1, 2] } }))).toBe('a: {\n  b: 1,\n  c: 2,\n  d: {\n    e: {\n      f: [1, 2]\n    }\n  }\n}\n');
  });
});

describe('set, where something is', () => {
  it('replaces scalars in their own quotes', () => {
    expect(edited('a: "x" # c\n', (root) => set(root.at('a'), 'yes'))).toBe('a: "yes" # c\n');
    expect(edited("a: 'x' # c\n", (root) => set(root.at('a'), "it's"))).toBe('a: "it\'s" # c\n');
    expect(edited('a: x # c\n', (root) => set(root.at('a'), 'yes'))).toBe('a: "yes" # c\n');
    expect(edited('a: "x"\n', (root) => set(root.at('a'), 5))).toBe('a: 5\n');
    expect(edited('- x # c\n- y\n', (root) => set(root.at(0), { a: 1, b: 2 }))).toBe('- a: 1 # c\n  b: 2\n- y\n');
    expect(edited('a: {b: "x", c: y}\n', (root) => set(root.at('a', 'c'), 'y, z'))).toBe('a: {b: "x", c: "y, z"}\n');
  });

  it('replaces values of several lines', () => {
    expect(edited('a: | # c\n  x\n  y\nb: 1\n', (root) => set(root.at('a'), 'z'))).toBe('a: z # c\nb: 1\n');
    expect(edited('a: | # c\n  x\n  y\nb: 1\n', (root) => set(root.at('a'), { d: 1 }))).toBe('a: # c\n  d: 1\nb: 1\n');
    expect(edited('a: x # c\nb: 1\n', (root) => set(root.at('a'), 'y\nz'))).toBe('a: |- # c\n  y\n  z\nb: 1\n');
    expect(edited('a: "x\n  y" # c\nb: 1\n', (root) => set(root.at('a'), 1))).toBe('a: 1 # c\nb: 1\n');
    expect(edited('a:\n  "x"\nb: 1\n', (root) => set(root.at('a'), { c: [1] }))).toBe('a:\n  c:\n    - 1\nb: 1\n');
    expect(edited('a: |\n  x', (root) => set(root.at('a'), 'z'))).toBe('a: z');
  });

  it('replaces collections, unless comments would be lost', () => {
    expect(edited('a: # c\n  b: 1\n  d:\n    - 2\ne: 1\n', (root) => set(root.at('a'), 'x'))).toBe('a: x # c\ne: 1\n');
    expect(edited('a:\n  b: 1\ne: 1\n', (root) => set(root.at('a'), { c: 2, d: 3 }))).toBe('a:\n  c: 2\n  d: 3\ne: 1\n');
    expect(edited('a:\n  b: 1 # why\ne: 1\n', (root) => set(root.at('a'), 'x'))).toMatch(/^refused: \{path\} holds comments/);
    expect(edited('- a: 1\n  b: 2\n- c\n', (root) => set(root.at(0), 'x'))).toBe('- x\n- c\n');
  });

  it('leaves equal values alone', () => {
    for (const text of ['a: 0x10\n', 'a: "16"\n', 'a: {c: 1, b: [2]}\n']) {
      const value = parseDocument(text).root.at('a').plain() ?? null;
      expect(edited(text, (root) => set(root.at('a'), value))).toBe(text);
    }
    expect(edited('a: "16"\n', (root) => set(root.at('a'), 16))).toBe('a: 16\n');
  });
});

describe('append and insertItem', () => {
  it('follows the style of the sequence', () => {
    expect(edited('a:\n- b # c\nd: 1\n', (root) => append(root.at('a'), { e: 1, f: 2 }))).toBe('a:\n- b # c\n- e: 1\n  f: 2\nd: 1\n');
    expect(edited('a: [b, c]\n', (root) => append(root.at('a'), 'd'))).toBe('a: [b, c, d]\n');
    expect(edited('a: [] # c\n', (root) => append(root.at('a'), 'd'))).toBe('a: # c\n  - d\n');
    expect(edited('a:\n', (root) => append(root.at('a'), 'd'))).toBe('a:\n  - d\n');
    expect(edited('b: 1\n', (root) => append(root.at('a'), 'd'))).toBe('b: 1\na:\n  - d\n');
    expect(edited('a: x\n', (root) => append(root.at('a'), 'd'))).toMatch(/^refused/);
  });

  it('puts items before others and the comments above them', () => {
    expect(edited('a:\n  # b\n  - b\n  # c\n  - c\n', (root) => insertItem(root.at('a'), 1, 'x'))).toBe('a:\n  # b\n  - b\n  - x\n  # c\n  - c\n');
    expect(edited('a:\n  # b\n  - b\n', (root) => insertItem(root.at('a'), 0, 'x'))).toBe('a:\n  - x\n  # b\n  - b\n');
    expect(edited('- - a\n  - b\n', (root) => insertItem(root.at(0), 0, { k: 1, l: 2 }))).toBe('- - k: 1\n    l: 2\n  - a\n  - b\n');
    expect(edited('a: [b]\n', (root) => insertItem(root.at('a'), 0, 'x'))).toBe('a: [x, b]\n');
    expect(edited('a: [b]\n', (root) => insertItem(root.at('a'), 2, 'x'))).toMatch(/^refused/);
  });
});

describe('remove', () => {
  it('takes the lines of a key, with the comments that are its own', () => {
    expect(edited('a: 1\n# about b\nb: # c\n  c: 1\n  # deep\nd: 1\n', (root) => remove(root.at('b')))).toBe('a: 1\n# about b\nd: 1\n');
    expect(edited('a: 1\nb: |\n  x\n\nc: 1\n', (root) => remove(root.at('b')))).toBe('a: 1\n\nc: 1\n');
  });

  it('keeps the dash', () => {
    expect(edited('- a: 1 # c\n  b: 2\n', (root) => remove(root.at(0, 'a')))).toBe('- b: 2\n');
    expect(edited('x:\n  -   a: 1\n      # about b\n      b: 2\n', (root) => remove(root.at('x', 0, 'a')))).toBe('x:\n  # about b\n  -   b: 2\n');
    expect(edited('- - a\n  # about b\n  - b\n', (root) => remove(root.at(0, 0)))).toBe('# about b\n- - b\n');
    expect(edited('- - - a\n    # about b\n    - b\n', (root) => remove(root.at(0, 0, 0)))).toBe('- -\n    # about b\n    - b\n');
  });

  it('leaves an empty collection behind the last', () => {
    expect(edited('a: # c\n  # d\n  b: 1 # e\nf: 1\n', (root) => remove(root.at('a', 'b')))).toBe('a: {} # c\n  # d\nf: 1\n');
    expect(edited('a:\n- b\nf: 1\n', (root) => remove(root.at('a', 0)))).toBe('a: []\nf: 1\n');
    expect(edited('- a: 1\n- b\n', (root) => remove(root.at(0, 'a')))).toBe('- {}\n- b\n');
    expect(edited('a: 1\n', (root) => remove(root.at('a')))).toBe('{}\n');
    expect(edited('a: {b: 1}\n', (root) => remove(root.at('a', 'b')))).toBe('a: {}\n');
  });

  it('leaves the end of the text as it was', () => {
    expect(edited('a: 1\nb: 2', (root) => remove(root.at('b')))).toBe('a: 1');
    expect(edited('a: |\n  x\nb: 2', (root) => remove(root.at('b')))).toBe('a: |\n  x\n');
    expect(edited('a: 1\r\nb: 2\r\n', (root) => remove(root.at('b')))).toBe('a: 1\r\n');
  });

  it('takes the comma in flow collections', () => {
    expect(edited('a: {b: 1, c: 2, d: 3}\n', (root) => remove(root.at('a', 'b')))).toBe('a: {c: 2, d: 3}\n');
    expect(edited('a: {b: 1, c: 2, d: 3}\n', (root) => remove(root.at('a', 'd')))).toBe('a: {b: 1, c: 2}\n');
    expect(edited('{\n  "a": 1,\n  "b": 2\n}\n', (root) => remove(root.at('b')))).toBe('{\n  "a": 1\n}\n');
    expect(edited('a: [\n  b, # one\n  c, # two\n]\n', (root) => remove(root.at('a', 1)))).toBe('a: [\n  b, # one\n]\n');
  });

  it('refuses what is not there', () => {
    expect(edited('a: 1\n', (root) => remove(root.at('b')))).toBe('refused: {path} does not stand in this document.');
  });

  it('takes an alias, but nothing that others need', () => {
    const text = 'a: &x\n  b: 1\nc: *x\n';
    expect(edited(text, (root) => remove(root.at('c')))).toBe('a: &x\n  b: 1\n');
    expect(edited(text, (root) => remove(root.at('a')))).toMatch(shared);
    expect(edited(text, (root) => remove(root.at('c', 'b')))).toMatch(shared);
  });
});

describe('wrap and rename', () => {
  it('moves lines under new keys', () => {
    const text = lines('spec: # c', '  # first', '  containers:', '  - name: a', '    args: |2', '       x', '', '      y', '  tail: "a', '', '    b"', 'end: 1');
    expect(edited(text, (root) => wrap(root.at('spec'), ['template', 'spec']))).toBe(
      lines('spec: # c', '  template:', '    spec:', '      # first', '      containers:', '      - name: a', '        args: |2', '           x', '', '          y', '      tail: "a', '', '        b"', 'end: 1'),
    );
  });

  it('wraps flush sequences, items, flow collections and the root', () => {
    expect(edited('a:\n- b\n- c\n', (root) => wrap(root.at('a'), ['k']))).toBe('a:\n  k:\n  - b\n  - c\n');
    expect(edited('- a: 1\n  b: 2\n- c\n', (root) => wrap(root.at(0), ['k', 'l']))).toBe('- k:\n    l:\n      a: 1\n      b: 2\n- c\n');
    expect(edited('a: {b: 1} # c\n', (root) => wrap(root.at('a'), ['k', 'l']))).toBe('a: {k: {l: {b: 1}}} # c\n');
    expect(edited('# head\na: 1\n# about b\nb: 2\n', (root) => wrap(root, ['k']))).toBe('# head\nk:\n  a: 1\n  # about b\n  b: 2\n');
    expect(edited('a: 1\n', (root) => wrap(root.at('a'), ['k']))).toMatch(/^refused/);
  });

  it('renames keys in their own quotes', () => {
    expect(edited('a: 1\n"b": 2\n', (root) => rename(root.at('a'), 'yes'))).toBe('"yes": 1\n"b": 2\n');
    expect(edited("'a': 1\n", (root) => rename(root.at('a'), 'c'))).toBe("'c': 1\n");
    expect(edited('a: 1\nb: 2\n', (root) => rename(root.at('a'), 'b'))).toMatch(/^refused: \{path\} already stands/);
  });
});

describe('refusals', () => {
  it('never writes through anchors, aliases and merge keys', () => {
    const text = 'a: &x\n  b: {c: 1}\nd: *x\ne:\n  <<: *x\n  f: 1\n';
    for (const path of [['a', 'b', 'c'], ['a', 'new'], ['d'], ['d', 'b', 'c'], ['e', 'b'], ['e', 'b', 'c']]) {
      expect(edited(text, (root) => set(root.at(...path), 2)), path.join('.')).toMatch(shared);
    }
    expect(edited(text, (root) => set(root.at('e', 'f'), 2))).toBe(text.replace('f: 1', 'f: 2'));
  });

  it('never edits what is broken, repeated, unknown or written with question marks', () => {
    expect(edited('a: [\nb: 1\n', (root) => set(root.at('b'), 2))).toMatch(/^refused: This document has YAML syntax errors/);
    expect(edited('a: 1\na: 2\n', (root) => set(root.at('a'), 3))).toMatch(/^refused: The key/);
    expect(edited('a: "\ue000"\n', (root) => set(root.at('a', 'b'), 3))).toMatch(/^refused: \{path\} may be supplied/);
    expect(edited('? a\n: b: 1\n', (root) => set(root.at('a', 'b'), 3))).toMatch(unusual);
    expect(edited('a: [b: 1]\n', (root) => set(root.at('a', 0, 'b'), 3))).toMatch(unusual);
    expect(edited('-\ta: 1\n', (root) => set(root.at(0, 'b'), 3))).toMatch(/^refused/);
    expect(edited('a: !!str 1\n', (root) => set(root.at('a'), 3))).toMatch(unusual);
  });
});

describe('moveInto', () => {
  const probe = lines('probe:', '  get:', '  path: /', '  every: 5', '  port: "80"');
  const move = (text: string): string => edited(text, (root) => moveInto([root.at('probe', 'path'), root.at('probe', 'port')], root.at('probe', 'get')));

  it('moves fields into a map that is empty or missing', () => {
    expect(move(probe)).toBe(lines('probe:', '  get:', '    path: /', '    port: "80"', '  every: 5'));
    expect(move(probe.replace('  get:\n', ''))).toBe(lines('probe:', '  every: 5', '  get:', '    path: /', '    port: "80"'));
    expect(move('probe: {path: /, port: 80, every: 5}\n')).toBe('probe: {every: 5, get: {path: /, port: 80}}\n');
  });

  it('refuses where comments would be lost, and where a value is not there', () => {
    expect(move(probe.replace('path: /', 'path: / # slow'))).toMatch(/^refused: \{path\} holds comments/);
    expect(move('probe: {path: /}\n')).toMatch(/^refused: /);
  });
});

describe('inSteps', () => {
  const pod = lines('apiVersion: v1', 'kind: Pod # bare', 'metadata:', '  name: web', '  labels: {app: web}', 'spec:', '  containers: []');

  it('lets each step see what the ones before it did', () => {
    const outcome = inSteps(parseDocument(pod).root, [
      (root) => set(root.at('kind'), 'Deployment'),
      (root) => set(root.at('apiVersion'), 'apps/v1'),
      (root) => wrap(root.at('spec'), ['template', 'spec']),
      (root) => set(root.at('spec', 'template', 'metadata', 'labels'), { app: 'web' }),
      (root) => set(root.at('spec', 'selector', 'matchLabels'), { app: 'web' }),
    ]);
    expect(outcome.kind === 'edits' ? applyEdits(pod, outcome.edits) : outcome).toBe(
      lines('apiVersion: apps/v1', 'kind: Deployment # bare', 'metadata:', '  name: web', '  labels: {app: web}', 'spec:', '  template:', '    spec:', '      containers: []', '    metadata:', '      labels:', '        app: web', '  selector:', '    matchLabels:', '      app: web'),
    );
    // What no step touched is in no edit.
    expect(outcome.kind === 'edits' && outcome.edits.every(({ span }) => !pod.slice(span.start, span.end).includes('\n'))).toBe(true);
  });

  it('undoes nothing halfway: one refusal refuses all', () => {
    const outcome = inSteps(parseDocument(pod).root, [(root) => set(root.at('kind'), 'X'), (root) => remove(root.at('nothing'))]);
    expect(outcome.kind).toBe('refused');
  });
});

describe('quotes of a list', () => {
  it.each([
    ['a: ["x", "y"]\n', 'a: ["x", "y", "z"]\n'],
    ["a:\n  - 'x'\n", "a:\n  - 'x'\n  - 'z'\n"],
    ['a: ["x", y]\n', 'a: ["x", y, z]\n'],
    ['{"a": ["x"]}\n', '{"a": ["x", "z"]}\n'],
  ])('are those of its items: %j', (text, after) => {
    expect(edited(text, (root) => append(root.at('a'), 'z'))).toBe(after);
  });

  it('are JSON in JSON', () => {
    expect(edited('{"a": ["x"]}\n', (root) => append(root.at('a'), 'say "z"'))).toBe('{"a": ["x", "say \\"z\\""]}\n');
  });
});
