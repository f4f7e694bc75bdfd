import { describe, expect, it } from 'vitest';
import { workspace } from '../session/support.ts';
import { rules } from '../../server/src/rules/index.ts';

const tagRules = { ...rules, kubernetes: rules.kubernetes.filter(({ meta }) => meta.guideline === 'image-tags') };

const pod = (image: string, more = ''): string => `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - name: web\n    image: ${image}\n${more}`;
const patch = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: web, image: shop/web}]}}}\n';
const said = ['kubernetes/latest-tag warning 0:Pod/web:spec.containers[0].image'];

/** What is said about an image in a file, with these files around it. */
function around(files: Readonly<Record<string, string>>, text = pod('shop/web'), path = '/r/base/web.yaml'): readonly string[] {
  const { disk, open, shown } = workspace(tagRules);
  disk({ [path]: text, ...files });
  open(path, text);
  return shown(path);
}

describe('a tag that another file writes', () => {
  it('is none where nothing does', () => {
    expect(around({})).toEqual(said);
    expect(around({ '/r/base/kustomization.yaml': 'resources: [web.yaml]\nimages: [{name: other, newTag: "1"}]\n' })).toEqual(said);
  });

  it.each(['newTag: "1.2"', 'newName: registry.example.com/web', 'digest: "sha256:1"'])('comes from Kustomize: %s', (change) => {
    expect(around({ '/r/base/kustomization.yaml': 'resources: [web.yaml]\n', '/r/prod/kustomization.yaml': `resources: [../base]\nimages: [{name: shop/web, ${change}}]\n` })).toEqual([]);
  });

  it('comes from Kustomize to patches, too', () => {
    const kustomization = (images: string): Record<string, string> => ({ '/r/base/kustomization.yaml': `patches: [{path: web.yaml}]\n${images}` });
    expect(around(kustomization(''), patch)).toHaveLength(1);
    expect(around(kustomization('images: [{name: shop/web, newTag: "1"}]\n'), patch)).toEqual([]);
  });

  it('comes from the build: Skaffold, Compose, the configuration', () => {
    expect(around({ '/r/skaffold.yaml': 'apiVersion: skaffold/v4\nbuild: {artifacts: [{image: shop/web}]}\n' })).toEqual([]);
    expect(around({ '/r/compose.yaml': 'services: {web: {image: shop/web, build: .}}\n' })).toEqual([]);
    expect(around({ '/r/.podwright.yaml': 'images: {shop/web: web}\n' })).toEqual([]);
  });
});

describe('the environment', () => {
  it('is what the configuration says', () => {
    expect(around({ '/r/.podwright.yaml': 'environment: development\n' })).toEqual([]);
    expect(around({ '/r/.podwright.yaml': 'environment: production\n' }, pod('nginx'), '/r/overlays/dev/web.yaml')).toEqual(said);
  });

  it('lets the policy speak in production only where the tag may not', () => {
    const kept = pod('nginx', '    imagePullPolicy: IfNotPresent\n');
    expect(around({}, kept)).toEqual(said);
    expect(around({ '/r/.podwright.yaml': 'rules: {kubernetes/latest-tag: off}\n' }, kept)).toEqual(['kubernetes/stale-image-pull warning 0:Pod/web:spec.containers[0].image']);
  });
});
