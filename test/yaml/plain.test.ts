import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compose } from '../../server/src/engine/yaml/compose.ts';
import { lex } from '../../server/src/engine/yaml/guard.ts';
import { readPlainDocument } from '../../server/src/engine/yaml/plain.ts';
import { documentsOf, isTemplate, maskTemplate } from '../../server/src/engine/yaml/template.ts';
import { corpus } from '../corpus/corpus.ts';
import { documents, layouts, spell } from './layouts.ts';

/** What the `yaml` package reads, behind the guard. */
function byPackage(text: string): unknown {
  const lexed = lex(text);
  if (typeof lexed === 'string') return lexed;
  const { root, problems } = compose(text, lexed.tokens);
  return problems.length > 0 ? problems : { root, comments: lexed.comments };
}

/** Is the text read without the package? Then it is read as the package reads it. */
function isPlain(text: string): boolean {
  const read = readPlainDocument(text);
  if (read !== undefined) expect(read, text).toEqual(byPackage(text));
  return read !== undefined;
}

const manifest = `# The shop.
---   # one
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web   # its name
  annotations: {"a/b": 'it''s', c: d}
  empty:

spec:
  template:
    # deeper than what follows
  # and less deep
    spec:
      containers:
      - name: "we\\"b"
        image: registry.example:5000/web:1.2.3#4
        args: [ "--port=80", -v, a:b, ]
        command:
          - sh
          - |  # a script

            exec web # not a comment
              --now

            exit

          - >-
            one
            two
        env: []
        volumeMounts:  # below its key
          [{name: data, mountPath: /data}]
      -
        {name: last}
      -
        - - nested
          - twice
        -
`;

/** What would be read wrongly if it were read as if it were plain, or is wrong. */
const others = [
  'a: &x 1', 'a: *x', 'a: !!str 1', '<<: *x', 'a: b\n  c', 'a: "b\n c"', 'a: [b,\n c]', 'a: b: c', 'a: b:', 'a : b', '? a\n: b', '\ta: b', 'a:\tb',
  'a: b\r\n', '\ufeffa: b', 'a: |+\n  b\n\n', 'a: |2\n   b', 'a: >\n  b\n\n  c', 'a: |\n\n', 'a: |\n    b\n  c\n', 'a', '"a"', '', '# c\n', '---\n',
  'a: 1\n---\nb: 1', 'a: 1\n...\n', '%YAML 1.2\n---\na: 1', 'a: @b', 'a: `b', 'a: %b', 'a: "\\x41"', '[a]: b', '{a: b}', 'a: [b: c]', 'a: {b}',
  'a: {b:c}', 'a: [b, -, c]', 'a: {b: -}', 'a:\n  [b]: c', 'a:\n  [b,\n  c]', 'a:\n[b]', 'a:\n  {b: c} d', 'a:\n  [b]\n  c: d', '-\n [b]\n [c]', 'a: {"b":c}', 'a:\n b: 1\n  c: 2', '- a\n b', 'a: "b" c', 'a: ?b', 'a: -', 'a: - b', 'a: |\n b\n\t', 'a: \u0001', '--- a: b', 'a:\n  b\n',
  `${'k'.repeat(1100)}: a`, '- '.repeat(100), `a: ${'['.repeat(100)}${']'.repeat(100)}`, 'a: b\n'.repeat(20_000),
];

/** What somebody types, and what breaks YAML. */
const strokes = [
  ' ', '  ', '\n', '\n  ', '#', ' #', ': ', ':', '- ', '-', '\n- ', '|', '>', '|-\n', '"', "'", '[', ']', '{', '}', ', ', '\t', '\\', '&a ', '*a', '!x ',
  '? ', '%', '@', '---', '\n---\n', '\n...\n', '<<: ', 'key: ', 'é', '\ue000', '|+', '|2', '\\n', '""', '~', '\n\n', '    ',
] as const;
const strike = fc.record({ at: fc.nat(), gone: fc.constantFrom(0, 0, 0, 1, 3, 9), stroke: fc.constantFrom('', ...strokes) });
type Strike = typeof strike extends fc.Arbitrary<infer T> ? T : never;

function struck(text: string, { at, gone, stroke }: Strike): string {
  const from = at % (text.length + 1);
  return text.slice(0, from) + stroke + text.slice(from + gone);
}

describe('documents in plain style', () => {
  it('are what most manifests are', () => {
    expect(isPlain(manifest)).toBe(true);
  });

  for (const text of others) {
    it(`are not ${JSON.stringify(text.slice(0, 40))}`, () => {
      expect(isPlain(text)).toBe(false);
    });
  }

  it('read as the yaml package reads them, whatever is typed into them', () => {
    const typed = fc.tuple(fc.nat(20), fc.integer({ min: 2, max: 40 }), fc.array(strike, { minLength: 1, maxLength: 2 }));
    let plain = 0;
    fc.assert(
      fc.property(typed, ([from, count, strikes]) => {
        const lines = manifest.split('\n').slice(from, from + count);
        const column = /^ */.exec(lines[0] ?? '')?.[0].length ?? 0;
        const part = lines.map((line) => (line.slice(0, column).trim() === '' ? line.slice(column) : line)).join('\n');
        if (isPlain(strikes.reduce(struck, part))) plain += 1;
      }),
      { numRuns: 2000, seed: 20 },
    );
    expect(plain).toBeGreaterThan(300);
  });

  it('read as the yaml package reads them, however they are laid out', () => {
    let plain = 0;
    fc.assert(
      fc.property(documents, layouts, fc.array(strike, { maxLength: 1 }), (document, layout, strikes) => {
        // These are never plain.
        const { text } = spell(document, { ...layout, crlf: false, bom: false, anchors: false, folds: false, flowLines: false });
        if (isPlain(strikes.reduce(struck, text))) plain += 1;
      }),
      { numRuns: 1000, seed: 20 },
    );
    expect(plain).toBeGreaterThan(300);
  });

  it('are most of the real ones', () => {
    const texts = corpus().filter(({ type }) => type !== 'dockerfile').flatMap(({ text }) => documentsOf(text)).map(({ text }) => (isTemplate(text) ? maskTemplate(text).text : text));
    const plain = texts.filter(isPlain);
    expect(plain.length).toBeGreaterThanOrEqual(texts.length * 0.85);
  });
});
