import { deepStrictEqual } from 'node:assert';
import { closeAll, findingOf, findings, show } from './editor.ts';
import { probedInits } from './manifests.ts';

/** YAML that is no manifest: a tool that paints these yellow is switched off the same day. */
const others: Readonly<Record<string, string>> = {
  'application settings': 'server:\n  port: 8080\ncontainers:\n  - name: not a container\n',
  'a Compose file': 'services:\n  web:\n    image: nginx:latest\n    ports: ["80:80"]\n',
  'a workflow': 'on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n',
  'an empty file': '',
  'half a thought': 'apiVersion',
};

const manifest = probedInits({ name: 'fetch', probe: 'livenessProbe:' });

suite('silence', () => {
  teardown(closeAll);

  for (const [name, content] of Object.entries(others)) {
    test(`${name} gets no finding`, async () => {
      const quiet = await show({ language: 'yaml', content });
      // Its turn comes before the manifest's: once that one has its finding, this one has all it will get.
      await findingOf(await show({ language: 'yaml', content: manifest }), 'kubernetes/init-container-probe');
      deepStrictEqual(findings(quiet), []);
    });
  }

  test('a manifest in a document of another language gets no finding', async () => {
    const quiet = await show({ language: 'markdown', content: manifest });
    await findingOf(await show({ language: 'yaml', content: manifest }), 'kubernetes/init-container-probe');
    deepStrictEqual(findings(quiet), []);
  });
});
