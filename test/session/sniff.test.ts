import { expect, it } from 'vitest';
import { kindOf } from '../../server/src/engine/sniff.ts';

it.each([
  ['file:///r/Dockerfile', undefined, 'dockerfile'],
  ['/r/api.Dockerfile', undefined, 'dockerfile'],
  ['Containerfile.dev', undefined, 'dockerfile'],
  ['/r/Dockerfile.j2', 'dockerfile', undefined],
  ['/r/Dockerfile.md', undefined, undefined],
  ['untitled:Untitled-1', 'dockerfile', 'dockerfile'],
  ['/r/chart/templates/web.yaml', 'helm', 'yaml'],
  ['/r/chart/templates/_helpers.tpl', 'helm', 'yaml'],
  ['/r/chart/templates/_helpers.tpl', undefined, undefined],
  ['/r/.podwright.yaml', 'yaml', 'yaml'],
  ['/r/compose.yaml', 'yaml', undefined],
  ['/r/.github/workflows/ci.yaml', 'github-actions-workflow', undefined],
] as const)('%s, called %s by its editor, is to us %s', (path, languageId, kind) => {
  expect(kindOf(path, languageId)).toBe(kind);
});
