import { deepStrictEqual } from 'node:assert';
import { closeAll, findingOf, findings, show } from './editor.ts';

/** YAML that is no manifest: a tool that paints these yellow is switched off the same day. */
const others: Readonly<Record<string, string>> = {
  'application settings': 'server:\n  port: 8080\ncontainers:\n  - name: not a container\n',
  'a Compose file': 'services:\n  web:\n    image: nginx:latest\n    ports: ["80:80"]\n',
  'a workflow': 'on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n',
  'an empty file': '',
  'half a thought': 'apiVersion',
};

const manifest = `apiVersion: v1
kind: Pod
metadata:
  name: batch
spec:
  initContainers:
    - name: fetch
      image: registry.example.com/fetch:1.2.0
      livenessProbe:
        exec:
          command: ["true"]
  containers:
    - name: main
      image: registry.example.com/main:1.2.0
`;

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
