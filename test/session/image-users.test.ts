// What leads from a Dockerfile to the manifests that run its image.
import { describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules/index.ts';
import { onFrom, type Workspace, workspace } from './support.ts';

const id = 'dockerfile/healthcheck-not-a-probe';
const dockerfile = '/r/web/Dockerfile';
const skaffold = 'apiVersion: skaffold/v4\nbuild:\n  artifacts: [{image: shop/web, context: web}]\n';
const healthy = 'FROM node:24\nHEALTHCHECK CMD curl localhost:80\n';

const deployment = (container: string, name = 'web'): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec:\n  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec:\n      containers:\n      - name: c\n        image: ${container}\n`;

/** Reads what the workspace asks for, as a host does. */
function readWanted({ index, disk }: Workspace, files: Readonly<Record<string, string>>): void {
  for (const uri of index.wanted()) {
    const path = uri.replace('file://', '');
    disk({ [path]: files[path] ?? '' });
  }
}

function told({ shown }: Workspace): boolean {
  return shown(dockerfile).some((each) => each.startsWith(id));
}

describe('the manifests that run an image', () => {
  it.each([['before', true], ['after', false]])('are known where they are read %s it is said that the image is built here', (_, isFirst) => {
    const some = workspace(rules);
    const files = { '/r/k8s/web.yaml': deployment('shop/web:1') };
    some.open(dockerfile, healthy);
    if (isFirst) some.disk(files);
    some.disk({ '/r/skaffold.yaml': skaffold });
    if (!isFirst) some.disk(files);
    expect(some.index.wanted()).toEqual(isFirst ? ['file:///r/k8s/web.yaml'] : []);
    some.disk(files);
    expect(told(some)).toBe(true);
  });

  it('are known as they stand in an editor, unsaved', () => {
    const some = workspace(rules);
    const files = { '/r/k8s/web.yaml': deployment('shop/web'), '/r/skaffold.yaml': skaffold };
    some.disk(files);
    readWanted(some, files);
    some.open(dockerfile, healthy);
    expect(told(some)).toBe(true);
    some.open('/r/k8s/web.yaml', deployment('shop/web\n        readinessProbe: {tcpSocket: {port: 80}}'));
    expect(told(some)).toBe(false);
    some.open('/r/k8s/web.yaml', deployment('shop/other'));
    expect(told(some)).toBe(false);
    some.session.close('/r/k8s/web.yaml');
    expect(told(some)).toBe(true);
    some.index.remove('/r/k8s/web.yaml', 'disk');
    expect(told(some)).toBe(false);
  });

  it('are found by the name that an overlay gives the image', () => {
    const some = workspace(rules);
    const files = {
      '/r/base/web.yaml': deployment('web'), '/r/skaffold.yaml': skaffold,
      '/r/prod/kustomization.yaml': 'resources: [../base/web.yaml]\nimages: [{name: web, newName: shop/web}]\n',
    };
    some.disk(files);
    readWanted(some, files);
    some.open(dockerfile, healthy);
    expect(told(some)).toBe(true);
    some.disk({ '/r/prod/kustomization.yaml': 'resources: [../base/web.yaml]\n' });
    expect(told(some)).toBe(false);
  });

  it('re-run only those who ask for them, and only where something about them changes', () => {
    const asks = onFrom('dockerfile/asks', { reads: ['containers'] });
    const { session, disk, open, lint, index } = workspace({ kubernetes: [], dockerfile: [onFrom('dockerfile/plain'), onFrom('dockerfile/images', { reads: ['images'] }), asks] });
    disk({ '/r/skaffold.yaml': skaffold, '/r/k8s/web.yaml': deployment('shop/web'), '/r/k8s/other.yaml': deployment('busybox') });
    open(dockerfile, healthy);
    index.wanted();
    lint(dockerfile);
    const before = { ...session.work };
    const checked = (): number => {
      lint(dockerfile);
      return session.work.checked - before.checked;
    };
    disk({ '/r/k8s/other.yaml': `# comment\n${deployment('busybox\n        livenessProbe: {tcpSocket: {port: 80}}')}` });
    disk({ '/r/k8s/web.yaml': `# comment\n${deployment('shop/web\n        imagePullPolicy: Always')}` });
    expect(checked()).toBe(0);
    disk({ '/r/k8s/web.yaml': deployment('shop/web\n        livenessProbe: {tcpSocket: {port: 80}}') });
    expect(checked()).toBe(1);
    expect(session.work.parsed).toBe(before.parsed);
  });
});
