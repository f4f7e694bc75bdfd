import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../server/src/engine/core/config.ts';
import { render } from '../../server/src/engine/core/message.ts';
import { Session } from '../../server/src/engine/session.ts';
import { deployment, meta, noProbe, onFrom, onKind, pod, service, workspace } from './support.ts';

const web = '/r/app/web.yaml';
const place = '0:Deployment/web:spec.template.spec.containers[0].readinessProbe';

describe('.podwright.yaml', () => {
  it('sets levels, and the nearest one counts', () => {
    const { disk, open, shown } = workspace();
    open(web, deployment());
    disk({ '/r/.podwright.yaml': `rules: {${noProbe}: error}\n` });
    expect(shown(web)).toEqual([`${noProbe} error ${place}`]);
    disk({ '/r/app/.podwright.yaml': `rules: {${noProbe}: off}\n` });
    expect(shown(web)).toEqual([]);
    disk({ '/r/app/.podwright.yaml': '' });
    expect(shown(web)).toEqual([`${noProbe} information ${place}`]);
  });

  it('counts as it stands in the editor, unsaved, until that is closed', () => {
    const { session, disk, open, shown } = workspace();
    open(web, deployment());
    disk({ '/r/.podwright.yaml': '' });
    open('/r/.podwright.yaml', `rules: {${noProbe}: off}\n`);
    expect(shown(web)).toEqual([]);
    session.close('/r/.podwright.yaml');
    expect(shown(web)).toHaveLength(1);
  });

  it('takes files out of the checks, also Dockerfiles and broken ones', () => {
    const { disk, open, shown } = workspace({ kubernetes: [onKind('kubernetes/foo')], dockerfile: [onFrom('dockerfile/foo')] });
    const files = { '/r/vendor/a.yaml': pod('a'), '/r/vendor/Dockerfile': 'FROM a\n', '/r/vendor/b.yaml': 'apiVersion: v1\nkind: [\n', '/r/a.yaml': pod('a') };
    for (const [path, text] of Object.entries(files)) open(path, text);
    expect(Object.keys(files).map((path) => shown(path).length)).toEqual([1, 1, 1, 1]);
    disk({ '/r/.podwright.yaml': 'ignore: [vendor/]\n' });
    expect(Object.keys(files).map((path) => shown(path).length)).toEqual([0, 0, 0, 1]);
  });

  it('lets a rule speak again where the rule it yields to is off', () => {
    const { disk, open, lint } = workspace({ kubernetes: [onKind('kubernetes/weak', { yieldsTo: ['kubernetes/strong'] }), onKind('kubernetes/strong')], dockerfile: [] });
    open(web, pod('a'));
    expect(lint(web).map(({ rule }) => rule)).toEqual(['kubernetes/strong']);
    disk({ '/r/.podwright.yaml': 'rules: {kubernetes/strong: off}\n' });
    expect(lint(web).map(({ rule }) => rule)).toEqual(['kubernetes/weak']);
  });

  it('does not run rules that are off', () => {
    const broken = onKind('kubernetes/broken', {}, () => { throw new Error('bug'); });
    const { disk, open, lint } = workspace({ kubernetes: [broken], dockerfile: [] });
    open(web, pod('a'));
    expect(lint(web).map(({ rule }) => rule)).toEqual(['podwright/internal-error']);
    disk({ '/r/.podwright.yaml': 'rules: {kubernetes/broken: off}\n' });
    expect(lint(web)).toEqual([]);
  });

  it('switches off what the product says by itself', () => {
    const { disk, open, shown } = workspace();
    open(web, 'apiVersion: v1\nkind: [\n');
    expect(shown(web)).toHaveLength(1);
    disk({ '/r/.podwright.yaml': 'rules: {podwright/unreadable: off}\n' });
    expect(shown(web)).toEqual([]);
  });

  it('names the version and the environment that rules ask for', () => {
    const asks = onKind('kubernetes/asks', {}, ({ version, environmentOf }) => `${String(version)} ${environmentOf({ namespace: 'dev' } as Parameters<typeof environmentOf>[0])}`);
    const { disk, open, lint } = workspace({ kubernetes: [asks], dockerfile: [] });
    open(web, pod('a'));
    const said = (): readonly string[] => lint(web).map((finding) => render(finding.message, 'en'));
    expect(said()).toEqual(['35 development']);
    disk({ '/r/.podwright.yaml': 'kubernetesVersion: 1.28\nenvironment: production\n' });
    expect(said()).toEqual(['28 production']);
  });

  it('adds kinds of custom resources', () => {
    const farm = `apiVersion: example.com/v1\nkind: Farm\nmetadata: {name: f}\nspec:\n  pools:\n${['a', 'b'].map((name) => `  - template:\n      spec:\n        containers:\n        - {name: ${name}, image: a, ports: [{containerPort: 80}]}\n`).join('')}`;
    const { disk, open, shown } = workspace();
    open(web, farm);
    expect(shown(web)).toEqual([]);
    disk({ '/r/.podwright.yaml': 'workloads: [{group: example.com, kind: Farm, path: "spec.pools[].template.spec"}]\n' });
    expect(shown(web)).toEqual([0, 1].map((at) => `${noProbe} information 0:Farm/f:spec.pools[${String(at)}].template.spec.containers[0].readinessProbe`));
    disk({ '/r/.podwright.yaml': 'workloads: [{group: example.com, kind: Farm, path: "spec.pools[].template.spec", flavour: batch}]\n' });
    expect(shown(web)).toEqual([]);
  });

  it('is told what is wrong in it, at its line, whatever it says', () => {
    const { open, lint } = workspace();
    const text = 'rules:\n  kubernetes/no-readyness-probe: off\nignore: ["*"]\n';
    open('/r/.podwright.yaml', text);
    expect(lint('/r/.podwright.yaml').map(({ rule, severity, span }) => [rule, severity, text.slice(span.start, span.end)]))
      .toEqual([['podwright/invalid-config', 'warning', 'kubernetes/no-readyness-probe']]);
    open('/r/.podwright.yaml', 'rules: {}\n');
    expect(lint('/r/.podwright.yaml')).toEqual([]);
  });

  it('gives way to a configuration that is given for every file', () => {
    const { index, disk, open, shown } = workspace(undefined, { config: { ...defaultConfig, rules: new Map([[noProbe, 'hint']]) } });
    disk({ '/r/.podwright.yaml': 'ignore: ["*"]\n' });
    open(web, deployment());
    expect(index.configOf(web).isIgnored).toBe(true);
    expect(shown(web)).toEqual([`${noProbe} hint ${place}`]);
  });
});

describe('ignore comments', () => {
  const set = { kubernetes: [onKind('kubernetes/foo'), onKind('kubernetes/bar')], dockerfile: [onFrom('dockerfile/foo')] };

  it('count in every document of a stream, at their own place', () => {
    const { open, shown } = workspace(set);
    open(web, [pod('a'), `# podwright-ignore kubernetes/foo -- a reason\n${pod('b')}`, pod('c')].join('---\n'));
    expect(shown(web)).toEqual(['kubernetes/foo', 'kubernetes/bar'].flatMap((rule) => (rule === 'kubernetes/foo' ? [`${rule} warning 0:Pod/a`, 'kubernetes/bar warning 0:Pod/a'] : [])).concat([
      'kubernetes/bar warning 1:Pod/b', 'kubernetes/foo warning 2:Pod/c', 'kubernetes/bar warning 2:Pod/c',
    ]));
  });

  it('of a file count from wherever they stand', () => {
    const { open, shown } = workspace(set);
    open(web, [pod('a'), `# podwright-ignore-file kubernetes/foo\n${pod('b')}`].join('---\n'));
    expect(shown(web)).toEqual(['kubernetes/bar warning 0:Pod/a', 'kubernetes/bar warning 1:Pod/b']);
    open(web, ['# podwright-ignore-file\nnot: ours\n', pod('a')].join('---\n'));
    expect(shown(web)).toEqual([]);
  });

  it('that ignore nothing are reported, where that can be known', () => {
    const { open, shown } = workspace(set);
    const ignored = (text: string): string => `# podwright-ignore kubernetes/fop\n${text}`;
    open(web, ignored(pod('a')));
    expect(shown(web)[0]).toBe('podwright/invalid-ignore information ignore');
    open(web, `# podwright-ignore dockerfile/foo\n${pod('a')}`);
    expect(shown(web).filter((finding) => finding.startsWith('podwright/'))).toEqual([]);
    open('/r/s.yaml', 'apiVersion: v1\n# podwright-ignore kubernetes/foo\nkind: [\n');
    expect(shown('/r/s.yaml')).toEqual(['podwright/unreadable information 0:document']);
    open('/r/b.yaml', `${pod('a')}# podwright-ignore kubernetes/foo\nspec: {}\n`);
    expect(shown('/r/b.yaml')).toContain('podwright/unused-ignore hint ignore');
  });

  it('of a rule that reads other files are not called unused before those were read', () => {
    const { disk, open, shown } = workspace();
    open(web, `${service('web')}  # podwright-ignore ${noProbe}\n  type: ClusterIP\n`);
    expect(shown(web)).toEqual([]);
    disk({});
    expect(shown(web)).toEqual(['podwright/unused-ignore hint ignore']);
  });

  it('count in Dockerfiles', () => {
    const { open, shown } = workspace(set);
    open('/r/Dockerfile', '# podwright-ignore dockerfile/foo\nFROM a\nFROM b\n');
    expect(shown('/r/Dockerfile')).toEqual(['dockerfile/foo warning from']);
    open('/r/Dockerfile', '# podwright-ignore-file\nFROM a\nFROM b\n');
    expect(shown('/r/Dockerfile')).toEqual([]);
  });

  it('count for nothing where that is wanted', () => {
    const { open, shown } = workspace(set, { inlineIgnores: false });
    open(web, `# podwright-ignore-file\n${pod('a')}`);
    open('/r/Dockerfile', '# podwright-ignore-file\nFROM a\n');
    expect([shown(web).length, shown('/r/Dockerfile').length]).toEqual([2, 1]);
  });
});

it('works without a workspace', () => {
  const session = new Session({ kubernetes: [onKind('kubernetes/foo')], dockerfile: [] });
  session.update('untitled:Untitled-1', 'yaml', pod('a'));
  expect(session.lint('untitled:Untitled-1')).toHaveLength(1);
  expect(meta('a').reads).toEqual([]);
});
