/** Over real files: ../shared/corpus beside the checkout, or the folder named in PODWRIGHT_CORPUS. Says so and goes on without. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ignoresOf as dockerfileIgnores } from '../../server/src/engine/dockerfile/ignores.ts';
import { parseDockerfile } from '../../server/src/engine/dockerfile/view.ts';
import { manifestsOf } from '../../server/src/engine/kubernetes/manifest.ts';
import type { ObjectRoot } from '../../server/src/engine/kubernetes/types.ts';
import { readConfig } from '../../server/src/engine/workspace/config-file.ts';
import { fileRole } from '../../server/src/engine/workspace/file-roles.ts';
import { readKustomization } from '../../server/src/engine/workspace/kustomization.ts';
import { readPatches } from '../../server/src/engine/workspace/kustomize-patch.ts';
import { WorkspaceIndex } from '../../server/src/engine/workspace/workspace-index.ts';
import { parseDocument } from '../../server/src/engine/yaml/document.ts';
import { ignoreHere, ignoresOf } from '../../server/src/engine/yaml/ignores.ts';
import { splitStream } from '../../server/src/engine/yaml/stream.ts';
import { applyEdits } from '../../server/src/engine/text/span.ts';

const checkout = join(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = process.env['PODWRIGHT_CORPUS'] ?? join(checkout, '../shared/corpus');
const isThere = existsSync(join(folder, 'INDEX.tsv'));

interface Row {
  readonly path: string;
  readonly type: string;
  readonly text: string;
}

const rows: readonly Row[] = !isThere
  ? []
  : readFileSync(join(folder, 'INDEX.tsv'), 'utf8').trim().split('\n').slice(1).flatMap((line) => {
      const [repository = '', , , path = '', type = ''] = line.split('\t');
      const full = join(folder, repository.replace('/', '__'), path);
      return existsSync(full) ? [{ path: full, type, text: readFileSync(full, 'utf8') }] : [];
    });

const ofType = (...types: readonly string[]): readonly Row[] => rows.filter(({ type }) => types.includes(type));

describe(isThere ? 'over the corpus' : `over the corpus (not there: ${folder})`, () => {
  it('has files, where it is there', () => {
    expect(rows.length > 1_000).toBe(isThere);
  });

  it('every kustomization is read, and every patch in it', () => {
    const unread = ofType('kustomization', 'kustomize-overlay').filter(({ text }) => {
      const read = readKustomization(text);
      return read === undefined || read.patches.some(({ path, inline }) => path === undefined && inline.length === 0);
    });
    expect(unread.map(({ path }) => path)).toEqual([]);
  });

  it('every patch file of workloads is known for one, by its shape and by its kustomization', () => {
    const patches = ofType('kustomize-patch-workload');
    const index = indexOfCorpus();
    expect(patches.filter(({ path }) => index.kustomizeRole(path) !== 'patch').map(({ path }) => path)).toEqual([]);
    const whole = patches.filter(({ text }) => manifestsOf(parseDocument(text).root.as<ObjectRoot>()).some(({ partial }) => !partial));
    expect(whole.map(({ path }) => path)).toEqual([]);
    expect(patches.flatMap(({ text }) => readPatches(text)).length).toBe(patches.length);
  });

  it('every patch of other kinds is known by its kustomization, where the corpus has that', () => {
    const index = indexOfCorpus();
    const patches = ofType('kustomize-patch').filter(({ path }) => existsSync(join(dirname(path), 'kustomization.yaml')));
    expect(patches.length > 0).toBe(isThere);
    for (const { path } of patches) expect(index.kustomizeRole(path), path).toBe('patch');
  });

  it('a patch in place makes its key possible in the base', () => {
    if (!isThere) return;
    const index = indexOfCorpus();
    const base = join(folder, 'GoogleCloudPlatform__microservices-demo/kustomize/base/frontend.yaml');
    const supplied = index.supplied(base, { apiVersion: 'apps/v1', kind: 'Deployment', name: 'frontend', namespace: undefined, labels: undefined });
    expect(supplied).toContainEqual(['spec', 'template', 'spec', 'containers', { name: 'server' }, 'env']);
    expect(index.supplied(base, { apiVersion: 'apps/v1', kind: 'Deployment', name: 'nobody', namespace: undefined, labels: undefined })).toEqual([]);
  });

  it('Skaffold names the images that are built', () => {
    if (!isThere) return;
    const demo = join(folder, 'GoogleCloudPlatform__microservices-demo');
    const built = indexOfCorpus().builtImage(join(demo, 'kubernetes-manifests/frontend.yaml'), 'frontend');
    expect(built).toMatchObject({ saidBy: join(demo, 'skaffold.yaml'), dockerfile: join(demo, 'src/frontend/Dockerfile'), stage: { exposed: [{ port: 8080 }] } });
  });

  it('no file crashes the reading of facts, configurations and ignore comments', () => {
    const index = new WorkspaceIndex();
    for (const { path, text } of rows) {
      index.update(path, text, 'disk');
      expect(readConfig(text.slice(0, 4_000), []).config).toBeDefined();
      const half = `# podwright-ignore a\n${text.slice(0, Math.min(2_000, text.length >> 1))}`;
      if (!half.includes('{{')) expect(ignoresOf(parseDocument(half)).length).toBeGreaterThan(0);
      if (fileRole(path) === 'dockerfile') expect(dockerfileIgnores(parseDockerfile(text))).toEqual([]);
    }
    expect(index.wanted()).toBeDefined();
  }, 120_000);

  it('an ignore comment can be put above any line of a manifest, and changes nothing but what is ignored', () => {
    let refused = 0;
    let put = 0;
    for (const { text } of ofType('k8s-workload').filter((_, at) => at % 30 === 0)) {
      for (const chunk of splitStream(text).slice(0, 3)) {
        const document = parseDocument(chunk.text);
        for (let at = 0; at < chunk.text.length; at += 211) {
          const outcome = ignoreHere(document, at, 'kubernetes/foo');
          if (outcome.kind === 'refused') refused += 1;
          else {
            put += 1;
            const [ignore] = ignoresOf(parseDocument(applyEdits(chunk.text, outcome.edits)));
            expect(ignore?.misplaced).toBeUndefined();
          }
        }
      }
    }
    expect(put > 0).toBe(isThere);
    expect(refused).toBeLessThanOrEqual(put / 20);
  });
});

let made: WorkspaceIndex | undefined;

/** Every file of the corpus, whether its list names it or not. */
function indexOfCorpus(): WorkspaceIndex {
  if (made !== undefined) return made;
  made = new WorkspaceIndex();
  if (!isThere) return made;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));
  for (const path of files) {
    const role = fileRole(path);
    if (role === 'kustomization' || role === 'skaffold' || role === 'dockerfile') made.update(path, readFileSync(path, 'utf8'), 'disk');
  }
  for (const uri of made.wanted()) {
    const path = decodeURIComponent(uri.replace('file://', ''));
    if (existsSync(path)) made.update(path, readFileSync(path, 'utf8'), 'disk');
  }
  return made;
}
