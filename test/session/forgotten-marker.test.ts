import { describe, expect, it } from 'vitest';
import { fixAll } from '../../server/src/engine/core/fixes.ts';
import { render } from '../../server/src/engine/core/message.ts';
import { onFrom, onKind, pod, workspace } from './support.ts';

const set = { kubernetes: [onKind('kubernetes/foo')], dockerfile: [onFrom('dockerfile/foo')] };
const uri = '/r/a.yaml';

/** What its fix makes of a text. */
function separated(text: string): string {
  const { session } = workspace(set);
  const lint = (now: string) => {
    session.update(uri, 'yaml', now);
    return session.lint(uri);
  };
  return fixAll(text, lint, (_, fix) => fix.key === 'separate').text;
}

describe('manifests that no `---` divides', () => {
  it('are not checked as one; the finding says what is missing, where the second begins', () => {
    const { open, lint } = workspace(set);
    const text = `${pod('a')}---\n${pod('b')}${pod('c')}`;
    open(uri, text);
    const findings = lint(uri);
    expect(findings.map(({ rule, severity, place }) => `${rule} ${severity} ${place}`)).toEqual(['kubernetes/foo warning 0:Pod/a', 'podwright/unreadable warning 1:document']);
    const [, finding] = findings;
    if (finding === undefined) throw new Error('no finding');
    expect(render(finding.message, 'en')).toBe('This document was not checked, because several manifests stand in it as if they were one. Put --- on a line of its own above this one.');
    expect([text.slice(finding.span.start, finding.span.end), finding.span.start]).toEqual(['apiVersion', text.lastIndexOf('apiVersion')]);
  });

  it.each([
    ['two', pod('a') + pod('b'), `${pod('a')}---\n${pod('b')}`],
    ['three', pod('a') + pod('b') + pod('c'), [pod('a'), pod('b'), pod('c')].join('---\n')],
    ['the comment above the second goes with it', `${pod('a')}\n# b\n# serves\n${pod('b')}`, `${pod('a')}\n---\n# b\n# serves\n${pod('b')}`],
    ['line ends are those of the file', (pod('a') + pod('b')).replaceAll('\n', '\r\n'), `${pod('a')}---\n${pod('b')}`.replaceAll('\n', '\r\n')],
    ['keys in any order', `kind: Pod\napiVersion: v1\nkind: Pod\napiVersion: v1\n`, 'kind: Pod\napiVersion: v1\n---\nkind: Pod\napiVersion: v1\n'],
    ['behind other documents', `a: 1\n---\n${pod('a')}${pod('b')}---\nb: 2\n`, `a: 1\n---\n${pod('a')}---\n${pod('b')}---\nb: 2\n`],
  ])('are divided by the fix: %s', (_, text, divided) => {
    expect(separated(text)).toBe(divided);
    const { open, lint } = workspace(set);
    open(uri, divided);
    expect(lint(uri).map(({ rule }) => rule)).not.toContain('podwright/unreadable');
  });

  it.each([
    ['one key twice is a slip, not a second manifest', `${pod('a')}kind: Pod\n`],
    ['a key of one part twice', `${pod('a')}metadata: {}\nspec: {}\n`],
    ['in a list each stands for itself', 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n- apiVersion: v1\n  kind: Pod\n'],
    ['JSON has braces around each', '{"apiVersion": "v1", "kind": "Pod", "apiVersion": "v1", "kind": "Pod"}\n'],
  ])('are something else: %s', (_, text) => {
    const { open, lint } = workspace(set);
    open(uri, text);
    expect(lint(uri).map(({ rule }) => rule)).not.toContain('podwright/unreadable');
  });

  it('are no matter in the branches of a template', () => {
    const { open, lint } = workspace(set);
    const text = `{{- if .Values.old }}\napiVersion: v1beta1\nkind: Pod\n{{- else }}\napiVersion: v1\nkind: Pod\n{{- end }}\nmetadata:\n  name: a\n`;
    open('/r/templates/a.yaml', text);
    expect(lint('/r/templates/a.yaml').map(({ rule }) => rule)).toEqual(['kubernetes/foo']);
  });
});
