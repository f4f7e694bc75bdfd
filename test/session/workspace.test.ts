import { describe, expect, it } from 'vitest';
import { render } from '../../server/src/engine/core/message.ts';
import { rules } from '../../server/src/rules/index.ts';
import { deployment, noProbe, onFrom, onKind, pod, service, workspace } from './support.ts';

const place = '0:Deployment/web:spec.template.spec.containers[0].readinessProbe';
const kustomization = (...lines: readonly string[]): string => `resources: [../base/web.yaml]\n${lines.join('\n')}\n`;
const patch = (...container: readonly string[]): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    spec:\n      containers:\n      - name: app\n${container.map((line) => `        ${line}\n`).join('')}`;

describe('Services of other files', () => {
  it('route to a container, wherever they stand, and do so no longer when they go', () => {
    const { index, disk, open, shown } = workspace();
    open('/r/apps/web.yaml', deployment());
    expect(shown('/r/apps/web.yaml')).toEqual([`${noProbe} information ${place}`]);
    disk({ '/r/net/web.yaml': service('web') });
    expect(shown('/r/apps/web.yaml')).toEqual([`${noProbe} warning ${place}`]);
    index.remove('/r/net', 'disk');
    expect(shown('/r/apps/web.yaml')).toEqual([`${noProbe} information ${place}`]);
  });

  it('count as they stand in the editor, unsaved, and as on the disk once it is closed', () => {
    const { session, disk, open, shown } = workspace();
    disk({ '/r/s.yaml': service('web') });
    open('/r/w.yaml', deployment());
    open('/r/s.yaml', service('web').replace('app: web', 'app: other'));
    expect(shown('/r/w.yaml')).toEqual([`${noProbe} information ${place}`]);
    session.close('/r/s.yaml');
    expect(shown('/r/w.yaml')).toEqual([`${noProbe} warning ${place}`]);
  });

  it('of a distant part of the repository count only in the same namespace', () => {
    const far = '/r/test/integration/deep/endpoints/s.yaml';
    const { disk, open, shown } = workspace();
    disk({ [far]: service('web') });
    open('/r/docs/examples/nginx/manifests/w.yaml', deployment());
    expect(shown('/r/docs/examples/nginx/manifests/w.yaml')).toEqual([`${noProbe} information ${place}`]);
    disk({ [far]: service('web', 'shop') });
    open('/r/docs/examples/nginx/manifests/w.yaml', deployment('', '\n  namespace: shop'));
    expect(shown('/r/docs/examples/nginx/manifests/w.yaml')).toEqual([`${noProbe} warning ${place}`]);
  });

  it('of another root do not count', () => {
    const { index, disk, open, shown } = workspace();
    index.setRoots(['/r', '/s']);
    disk({ '/s/s.yaml': service('web') });
    open('/r/w.yaml', deployment());
    expect(shown('/r/w.yaml')).toEqual([`${noProbe} information ${place}`]);
  });
});

describe('a fact that changes', () => {
  it('re-runs only its readers, in the documents that are asked for', () => {
    const { session, disk, open, lint } = workspace({ kubernetes: [onKind('kubernetes/plain'), onKind('kubernetes/reader', { reads: ['services'] })], dockerfile: [] });
    open('/r/a.yaml', [pod('a'), pod('b')].join('---\n'));
    lint('/r/a.yaml');
    const before = { ...session.work };
    disk({ '/r/s.yaml': service('s') });
    lint('/r/a.yaml');
    expect({ parsed: session.work.parsed - before.parsed, checked: session.work.checked - before.checked }).toEqual({ parsed: 0, checked: 2 });
    disk({ '/r/Dockerfile': 'FROM a\n', '/r/s.yaml': `# comment\n${service('s')}` });
    lint('/r/a.yaml');
    expect(session.work.checked - before.checked).toBe(2);
  });

  it('leaves the findings as they are, the very same ones, when it does not', () => {
    const { disk, open, lint } = workspace();
    open('/r/w.yaml', deployment());
    const first = lint('/r/w.yaml');
    expect(lint('/r/w.yaml')).toBe(first);
    disk({ '/r/s.yaml': service('s') });
    expect(lint('/r/w.yaml')).not.toBe(first);
  });

  it('parses and checks one document when one of a stream is edited, though its file tells others', () => {
    const { session, open, lint } = workspace();
    const text = [deployment(), service('web'), pod('a')].join('---\n');
    open('/r/w.yaml', text);
    lint('/r/w.yaml');
    const before = { ...session.work };
    open('/r/w.yaml', text.replace('name: a', 'name: b'));
    lint('/r/w.yaml');
    const groups = new Set(rules.kubernetes.map(({ meta }) => meta.reads.join())).size;
    expect(session.work.parsed - before.parsed).toBe(1);
    expect(session.work.checked - before.checked).toBeLessThanOrEqual(groups);
  });

  it('must be named by the rule that asks for it', () => {
    const greedy = onKind('kubernetes/greedy', {}, ({ facts }) => String(facts.services.length));
    const { open, lint } = workspace({ kubernetes: [greedy, onKind('kubernetes/images', { reads: ['services'] }, ({ builtImage }) => String(builtImage('a') === undefined))], dockerfile: [] });
    open('/r/a.yaml', pod('a'));
    expect(lint('/r/a.yaml').map(({ rule }) => rule)).toEqual(['podwright/internal-error', 'podwright/internal-error']);
  });

  it('may be a file of a build context', () => {
    const { index, open, lint } = workspace({ kubernetes: [], dockerfile: [onFrom('dockerfile/foo', { reads: ['build'] })] });
    open('/r/app/Dockerfile', 'FROM a\n');
    const said = (): readonly string[] => lint('/r/app/Dockerfile').map((finding) => render(finding.message, 'en'));
    expect(said()).toEqual(['Dockerfile']);
    index.note('/r/app/go.sum');
    expect(said()).toEqual(['Dockerfile,go.sum']);
  });
});

describe('Kustomize', () => {
  const base = '/r/base/web.yaml';

  it.each([
    ['a patch', { '/r/prod/kustomization.yaml': kustomization('patches: [{path: p.yaml}]'), '/r/prod/p.yaml': patch('readinessProbe: {tcpSocket: {port: 80}}') }],
    ['an inline patch', { '/r/prod/kustomization.yaml': kustomization('patches:', '- patch: |-', ...patch('readinessProbe: {tcpSocket: {port: 80}}').trimEnd().split('\n').map((line) => `    ${line}`)) }],
    ['a JSON patch', { '/r/prod/kustomization.yaml': kustomization('patches:', '- target: {kind: Deployment, name: web}', '  patch: |-', '    - {op: add, path: /spec/template/spec/containers/0/readinessProbe, value: {tcpSocket: {port: 80}}}') }],
    ['a component', {
      '/r/prod/kustomization.yaml': kustomization('components: [../probes]'),
      '/r/probes/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{path: p.yaml}]\n',
      '/r/probes/p.yaml': patch('readinessProbe: {tcpSocket: {port: 80}}'),
    }],
  ])('says nothing is missing that %s supplies', (_, files) => {
    const { disk, open, shown } = workspace();
    open(base, deployment());
    disk({ '/r/prod/kustomization.yaml': kustomization() });
    expect(shown(base)).toEqual([`${noProbe} information ${place}`]);
    disk(files);
    expect(shown(base)).toEqual([]);
  });

  it('goes on about what no patch supplies, and checks nothing again for a patch of something else', () => {
    const { session, disk, open, shown } = workspace();
    open(base, deployment());
    disk({ '/r/prod/kustomization.yaml': kustomization('patches: [{path: p.yaml}]'), '/r/prod/p.yaml': patch('env: [{name: A, value: b}]') });
    expect(shown(base)).toEqual([`${noProbe} information ${place}`]);
    const before = { ...session.work };
    disk({ '/r/prod/p.yaml': patch('env: [{name: A, value: b}]').replace('name: web', 'name: other') });
    shown(base);
    disk({ '/r/dev/kustomization.yaml': 'resources: [x.yaml]\npatches: [{path: p.yaml}]\n', '/r/dev/p.yaml': patch('readinessProbe: {}') });
    expect(shown(base)).toEqual([`${noProbe} information ${place}`]);
    expect(session.work.parsed).toBe(before.parsed);
  });

  it('hears of a patch that is typed right now', () => {
    const { disk, open, shown } = workspace();
    open(base, deployment());
    disk({ '/r/prod/kustomization.yaml': kustomization('patches: [{path: p.yaml}]') });
    open('/r/prod/p.yaml', patch('env: []'));
    expect(shown(base)).toHaveLength(1);
    open('/r/prod/p.yaml', patch('readinessProbe: {tcpSocket: {port: 80}}'));
    expect(shown(base)).toEqual([]);
  });

  it('hears of a patch that is open before its kustomization', () => {
    const { disk, open, shown } = workspace();
    open(base, deployment());
    open('/r/prod/p.yaml', patch('readinessProbe: {tcpSocket: {port: 80}}'));
    expect(shown(base)).toHaveLength(1);
    disk({ '/r/prod/kustomization.yaml': kustomization('patches: [{path: p.yaml}]') });
    expect(shown(base)).toEqual([]);
  });

  it('takes a patch for one, though it looks whole', () => {
    const { disk, open, shown } = workspace();
    open('/r/prod/p.yaml', deployment());
    expect(shown('/r/prod/p.yaml')).toHaveLength(1);
    disk({ '/r/prod/kustomization.yaml': kustomization('patches: [{path: p.yaml}]') });
    expect(shown('/r/prod/p.yaml')).toEqual([]);
  });

  it('offers no fix that a patch would meet', () => {
    const { disk, open, lint } = workspace();
    open(base, deployment('        livenessProbe:\n          httpGet: {path: /, port: 80}\n'));
    const fixes = (): readonly string[] => lint(base).flatMap((finding) => finding.fixes.map(({ key }) => key));
    expect(fixes()[0]).toBe('add-copied');
    disk({ '/r/prod/kustomization.yaml': kustomization('patches: [{path: p.yaml}]'), '/r/prod/p.yaml': patch('livenessProbe: {httpGet: {scheme: HTTPS}}') });
    expect(fixes()).not.toContain('add-copied');
  });
});

describe('a copy of a document', () => {
  it('sees the workspace, and is not seen by it', () => {
    const { session, disk, open, shown } = workspace();
    disk({ '/r/s.yaml': service('web') });
    open('/r/w.yaml', deployment());
    shown('/r/w.yaml');
    const scratch = session.scratch();
    const { revision } = session;
    scratch.update('/r/w.yaml', 'yaml', deployment());
    expect(scratch.lint('/r/w.yaml').map(({ severity }) => severity)).toEqual(['warning']);
    scratch.update('/r/s.yaml', 'yaml', pod('a'));
    scratch.lint('/r/s.yaml');
    scratch.close('/r/s.yaml');
    expect(session.revision).toBe(revision);
    expect(shown('/r/w.yaml')).toEqual([`${noProbe} warning ${place}`]);
  });
});

describe('a check that is broken off', () => {
  it('does not tell the workspace of a text that is gone', () => {
    const { session, open, shown } = workspace();
    open('/r/w.yaml', deployment());
    open('/r/s.yaml', service('web'));
    const slices = session.lintSlices('/r/w.yaml');
    slices.next();
    open('/r/s.yaml', pod('a'));
    shown('/r/s.yaml');
    while (slices.next().done !== true) /* whoever asked goes on */;
    expect(shown('/r/w.yaml')).toEqual([`${noProbe} information ${place}`]);
  });
});

describe('volumes', () => {
  const app = (rest: string): string => `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n      containers:\n      - name: app\n        image: shop/web:1\n${rest}`;
  const claim = (mode: string): string => `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: files}\nspec:\n  accessModes: [${mode}]\n  resources: {requests: {storage: 1Gi}}\n`;
  const about = (id: string, found: readonly string[]): readonly string[] => found.filter((each) => each.startsWith(`kubernetes/${id} `));

  it('of a claim in another file decide whether an update may roll', () => {
    const { disk, open, shown } = workspace(rules);
    const mounted = '        volumeMounts: [{name: files, mountPath: /srv}]\n      volumes: [{name: files, persistentVolumeClaim: {claimName: files}}]\n';
    const rolls = (): readonly string[] => about('rolling-update-on-exclusive-volume', shown('/r/web.yaml'));
    open('/r/web.yaml', app(mounted));
    expect(rolls()).toEqual([]);
    disk({ '/r/claim.yaml': claim('ReadWriteOnce') });
    expect(rolls()).toEqual(['kubernetes/rolling-update-on-exclusive-volume information 0:Deployment/web:spec.strategy']);
    disk({ '/r/claim.yaml': claim('ReadWriteOncePod') });
    expect(rolls()).toEqual(['kubernetes/rolling-update-on-exclusive-volume warning 0:Deployment/web:spec.strategy']);
    disk({ '/r/claim.yaml': claim('ReadWriteMany') });
    expect(rolls()).toEqual([]);
  });

  it('that the Dockerfile of an image declares want a mount', () => {
    const { disk, open, shown } = workspace(rules);
    const lost = (): readonly string[] => about('data-in-container-layer', shown('/r/web.yaml'));
    const found = ['kubernetes/data-in-container-layer information 0:Deployment/web:spec.template.spec.containers[0].volumeMounts'];
    disk({ '/r/compose.yml': 'services: {web: {image: shop/web, build: .}}\n', '/r/Dockerfile': 'FROM a\nVOLUME /srv/files $CACHE\n' });
    open('/r/web.yaml', app(''));
    expect(lost()).toEqual(found);
    open('/r/web.yaml', app('        command: [migrate]\n'));
    expect(lost()).toEqual([]);
    open('/r/web.yaml', app('        volumeMounts: [{name: files, mountPath: /srv/files}]\n      volumes: [{name: files, emptyDir: {}}]\n'));
    expect(lost()).toEqual([]);
    open('/r/web.yaml', app('        volumeMounts: [{name: files, mountPath: /srv/other}]\n      volumes: [{name: files, emptyDir: {}}]\n'));
    expect(lost()).toEqual(found);
    disk({ '/r/Dockerfile': 'FROM a\n' });
    expect(lost()).toEqual([]);
  });

  it('belong to the image that overlays put in', () => {
    const { disk, open, shown } = workspace(rules);
    const found = (): readonly string[] => about('data-in-container-layer', shown('/r/base/web.yaml'));
    open('/r/base/web.yaml', app(''));
    expect(found()).toEqual([]);
    disk({ '/r/prod/kustomization.yaml': 'resources: [../base/web.yaml]\nimages: [{name: shop/web, newName: mysql, newTag: "8.4"}]\n' });
    expect(found()).toHaveLength(1);
    disk({ '/r/test/kustomization.yaml': 'resources: [../base/web.yaml]\nimages: [{name: shop/web, newName: sqlite-in-memory}]\n' });
    expect(found()).toEqual([]);
  });
});
