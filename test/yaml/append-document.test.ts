import { describe, expect, it } from 'vitest';
import { edits, type FixOutcome, refused } from '../../server/src/engine/core/finding.ts';
import { message } from '../../server/src/engine/core/message.ts';
import { applyEdits } from '../../server/src/engine/text/span.ts';
import { appendDocument } from '../../server/src/engine/yaml/append-document.ts';
import { parseDocument } from '../../server/src/engine/yaml/document.ts';
import { set } from '../../server/src/engine/yaml/edit.ts';
import type { Field } from '../../server/src/engine/yaml/field.ts';
import { inRoot, inSteps, rootOf } from '../../server/src/engine/yaml/steps.ts';
import { parseTemplate } from '../../server/src/engine/yaml/template.ts';

const document = { kind: 'Claim', modes: ['one'] };
const nothing = (): FixOutcome => edits([]);

/** The text after the edit, or the English reason why there is none. */
function appended(text: string, before: (root: Field) => FixOutcome = nothing, root = parseDocument(text).root): string {
  const outcome = appendDocument(root, before(root), document);
  return outcome.kind === 'edits' ? applyEdits(text, outcome.edits) : `refused: ${outcome.reason.text.en}`;
}

describe('a document put behind another', () => {
  it('stands behind all of it, in its style and with its line ends', () => {
    expect(appended('kind: Pod\nlist:\n- a\n# end\n')).toBe('kind: Pod\nlist:\n- a\n# end\n---\nkind: Claim\nmodes:\n- one\n');
    expect(appended('---\r\nkind: Pod\r\n')).toBe('---\r\nkind: Pod\r\n---\r\nkind: Claim\r\nmodes:\r\n  - one\r\n');
    expect(appended('kind: Pod')).toBe('kind: Pod\n---\nkind: Claim\nmodes:\n  - one');
    expect(appended('kind: Pod\n...\n')).toBe('kind: Pod\n...\n---\nkind: Claim\nmodes:\n  - one\n');
  });

  it('comes with edits of the first one, which may stand at its end', () => {
    const add = (root: Field): FixOutcome => set(root.at('name'), 'x');
    expect(appended('kind: Pod\n', add)).toBe('kind: Pod\nname: x\n---\nkind: Claim\nmodes:\n  - one\n');
    expect(appended('kind: Pod', add)).toBe('kind: Pod\nname: x\n---\nkind: Claim\nmodes:\n  - one');
    expect(appended('name: a\nkind: Pod\n', add)).toBe('name: x\nkind: Pod\n---\nkind: Claim\nmodes:\n  - one\n');
    expect(appended('kind: Pod\n', () => refused(message({ en: 'No.', zh: '不。' })))).toBe('refused: No.');
  });

  it('does not lengthen the value of a block scalar', () => {
    expect(appended('kind: Pod\ntext: |\n  a\n')).toContain('  a\n---\n');
    expect(appended('kind: Pod\ntext: |-\n  a')).toContain('  a\n---\n');
    expect(appended('kind: Pod\ntext: |\n  a')).toMatch(/^refused: /);
  });

  it('is refused where actions or JSON may hold the whole document', () => {
    const template = '{{ if .a }}\nkind: Pod\n{{ end }}\n';
    expect(appended(template, nothing, parseTemplate(template).root)).toMatch(/^refused: .*template actions/);
    expect(appended('{"kind": "Pod"}\n')).toMatch(/^refused: /);
    expect(appended('')).toMatch(/^refused: /);
  });
});

describe('the same place in another reading', () => {
  it('is found by its path, from wherever steps begin', () => {
    const text = 'a:\n  - b: 1\nc: 2\n';
    const field = parseDocument(text).root.at('a', 0, 'b');
    const outcome = inSteps(rootOf(field), [(root) => set(root.at('a', 0, 'x'), 0), (root) => set(inRoot(field, root), 9)]);
    expect(outcome.kind === 'edits' ? applyEdits(text, outcome.edits) : outcome).toBe('a:\n  - b: 9\n    x: 0\nc: 2\n');
  });
});

describe('the branch of a template', () => {
  it('is 0 outside of conditions, and another one for each of them', () => {
    const { root } = parseTemplate('a: 1\n{{ if .x }}\nb: 2\nc: 3\n{{ else }}\nd: 4\n{{ end }}\ne: 5\n{{ if .y }}\nf: 6\n{{ end }}\n');
    const [a, b, c, d, e, f] = ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => root.at(key).branch);
    expect([a, e]).toEqual([0, 0]);
    expect(b).toBe(c);
    expect(new Set([a, b, d, f]).size).toBe(4);
    expect(parseDocument('a: 1\n').root.at('a').branch).toBe(0);
  });
});
