import { expect, it } from 'vitest';
import { readConfig } from '../../server/src/engine/workspace/config-file.ts';
import { switchOff } from '../../server/src/engine/workspace/switch-off.ts';
import { after } from './support.ts';

const rule = 'kubernetes/foo';

it.each([
  ['', 'rules:\n  kubernetes/foo: off\n'],
  ['# ours', '# ours\nrules:\n  kubernetes/foo: off\n'],
  ['# ours\r\n', '# ours\r\nrules:\r\n  kubernetes/foo: off\r\n'],
  ['environment: production\n', 'environment: production\nrules:\n  kubernetes/foo: off\n'],
  ['rules:\n', 'rules:\n  kubernetes/foo: off\n'],
  ['rules:\n    kubernetes/bar: hint # why\nignore: []\n', 'rules:\n    kubernetes/bar: hint # why\n    kubernetes/foo: off\nignore: []\n'],
  ['rules: {kubernetes/bar: hint}\n', 'rules: {kubernetes/bar: hint, kubernetes/foo: off}\n'],
  ['rules:\n  kubernetes/foo: warning # loud\n', 'rules:\n  kubernetes/foo: off # loud\n'],
  ["rules:\n  kubernetes/foo: 'warning'\n", 'rules:\n  kubernetes/foo: off\n'],
])('switches a rule off in %j', (text, expected) => {
  const written = after(text, switchOff(text, rule));
  expect(written).toBe(expected);
  expect(readConfig(written, [rule, 'kubernetes/bar']).config.rules.get(rule)).toBe('off');
});

it.each(['- a\n', 'rules: &r\n  a: b\nx: *r\n', 'rules: {\n'])('refuses what it cannot edit safely: %j', (text) => {
  expect(after(text, switchOff(text, rule))).toMatch(/^refused: /);
});
