import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { configKeys } from '../../server/src/engine/core/config-keys.ts';
import { readConfig } from '../../server/src/engine/workspace/config-file.ts';
import { parseDocument } from '../../server/src/engine/yaml/document.ts';
import { ignoresOf } from '../../server/src/engine/yaml/ignores.ts';

const docs = join(dirname(fileURLToPath(import.meta.url)), '../../docs');
const ids = ['kubernetes/no-readiness-probe', 'dockerfile/single-stage-build'];

/** The code of a page's YAML blocks, in order. */
function blocks(page: string): readonly string[] {
  const text = readFileSync(join(docs, page), 'utf8').replaceAll('\r\n', '\n');
  return [...text.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map((match) => match[1] ?? '');
}

it.each(['configuration.md', 'configuration.zh.md'])('%s shows configurations and comments that work', (page) => {
  const [whole = '', image = '', comment = ''] = blocks(page);
  for (const text of [whole, image]) expect(readConfig(text, ids).problems).toEqual([]);
  expect(readConfig(whole, ids).config).toMatchObject({ workloads: [{ kind: 'Farm' }], images: [{ context: 'services/web' }] });
  expect(ignoresOf(parseDocument(comment))).toMatchObject([{ misplaced: undefined, rules: [{ id: ids[0] }] }]);
});

it('both pages have the same blocks but for their comments, and name every setting', () => {
  const bare = (page: string): readonly string[] => blocks(page).map((text) => text.replace(/(?:#| -- ).*$/gm, ''));
  expect(bare('configuration.zh.md')).toEqual(bare('configuration.md'));
  for (const page of ['configuration.md', 'configuration.zh.md']) {
    const text = readFileSync(join(docs, page), 'utf8');
    for (const { name } of configKeys) expect(text).toContain(`| \`${name}\` |`);
  }
});
