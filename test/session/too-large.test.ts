import { expect, it } from 'vitest';
import { render } from '../../server/src/engine/core/message.ts';
import { onFrom, onKind, pod, workspace } from './support.ts';

const set = { kubernetes: [onKind('kubernetes/foo')], dockerfile: [onFrom('dockerfile/foo')] };
const spec = (text: string): string => `# a comment\n${pod('big')}spec: ${text}\n`;

it.each([
  ['nesting', spec('['.repeat(300)), 'nested more than 200 levels deep'],
  ['tokens', spec(`[${'a,'.repeat(60_000)}]`), 'more than 100,000 tokens'],
  ['anchors', spec(`[${Array.from({ length: 1_100 }, (_, at) => `&a${String(at)} x`).join()}]`), 'more than 1,000 anchors'],
])('says that a document is too large to check, once, and what it has too much of: %s', (_, text, said) => {
  const { open, lint } = workspace(set);
  const stream = [pod('a'), text, pod('c')].join('---\n');
  open('/r/a.yaml', stream);
  const findings = lint('/r/a.yaml');
  expect(findings.map(({ rule, place }) => `${rule} ${place}`)).toEqual(['kubernetes/foo 0:Pod/a', 'podwright/too-large 1:document', 'kubernetes/foo 2:Pod/c']);
  const [, finding] = findings;
  if (finding === undefined) throw new Error('no finding');
  expect(render(finding.message, 'en')).toContain(`too large to check: it ${said.startsWith('nested') ? 'is' : 'has'} ${said}`);
  expect(stream.slice(finding.span.start, finding.span.end)).toBe('apiVersion: v1');
});

it('says so of a template, too', () => {
  const { open, shown } = workspace(set);
  open('/r/templates/a.yaml', spec(`[${'a,'.repeat(60_000)}]\nother: {{ .Values.x }}`));
  expect(shown('/r/templates/a.yaml')).toEqual(['podwright/too-large information 0:document']);
});

it('says so of a Dockerfile of more than 256 KiB, and does not read it', () => {
  const { session, open, lint, shown } = workspace(set);
  open('/r/Dockerfile', `FROM a\n${'# x\n'.repeat(65_534)}`);
  expect(shown('/r/Dockerfile')).toEqual(['dockerfile/foo warning from']);
  const { parsed } = session.work;
  open('/r/Dockerfile', `FROM a\n${'# x\n'.repeat(65_536)}`);
  expect(lint('/r/Dockerfile').map((finding) => render(finding.message, 'en'))).toEqual(['This Dockerfile is too large to check: it is longer than 256 KiB.']);
  expect(session.work.parsed).toBe(parsed);
});

it('can be switched off', () => {
  const { disk, open, shown } = workspace(set);
  open('/r/a.yaml', spec('['.repeat(300)));
  disk({ '/r/.podwright.yaml': 'rules: {podwright/too-large: off}\n' });
  expect(shown('/r/a.yaml')).toEqual([]);
});
