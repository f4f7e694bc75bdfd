import { describe, expect, it } from 'vitest';
import { configSignature, defaultConfig, leveled } from '../../server/src/engine/core/config.ts';
import type { Finding } from '../../server/src/engine/core/finding.ts';
import { message, render } from '../../server/src/engine/core/message.ts';
import { readConfig } from '../../server/src/engine/workspace/config-file.ts';
import { configPlaces, NearestConfigs } from '../../server/src/engine/workspace/nearest-config.ts';

const rules = ['kubernetes/bare-pod', 'kubernetes/latest-tag', 'dockerfile/latest-tag'];

/** The problems of a text: the words they stand at, and what they say. */
function problems(text: string): readonly (readonly [string, string])[] {
  return readConfig(text, rules).problems.map(({ span, message: said }) => [text.slice(span.start, span.end), render(said, 'en')]);
}

describe('a configuration file', () => {
  it('is read whole', () => {
    const { config, problems: none } = readConfig(
      `# ours
environment: production
kubernetesVersion: 1.30
cpuLimits: true
rules:
  kubernetes/bare-pod: off
  kubernetes/latest-tag: info
  dockerfile/latest-tag: "error"
  podwright/unused-ignore: off
ignore:
- vendor/
images:
  shop/web: services/web/
  shop/api:
    context: .
    dockerfile: docker/api.Dockerfile
  shop/job: jobs/Dockerfile.nightly
workloads:
- group: example.com/v1
  kind: Worker
  path: spec.roles.*.template.spec
  flavour: batch
- { group: example.com, kind: Server, path: spec.template.spec }
`,
      rules,
    );
    expect(none).toEqual([]);
    expect({ ...config, rules: Object.fromEntries(config.rules) }).toEqual({
      environment: 'production',
      kubernetesVersion: 30,
      cpuLimits: true,
      rules: { 'kubernetes/bare-pod': 'off', 'kubernetes/latest-tag': 'information', 'dockerfile/latest-tag': 'error', 'podwright/unused-ignore': 'off' },
      ignore: ['vendor/'],
      images: [
        { image: 'shop/web', context: 'services/web', dockerfile: undefined },
        { image: 'shop/api', context: '.', dockerfile: 'docker/api.Dockerfile' },
        { image: 'shop/job', context: 'jobs', dockerfile: 'jobs/Dockerfile.nightly' },
      ],
      workloads: [
        { group: 'example.com', kind: 'Worker', path: 'spec.roles.*.template.spec', flavour: 'batch' },
        { group: 'example.com', kind: 'Server', path: 'spec.template.spec', flavour: 'service' },
      ],
    });
  });

  it.each(['', '# nothing yet\n', '---\n', 'null', '{}', 'rules:\nignore:\nenvironment:\n'])('may say nothing: %j', (text) => {
    expect(readConfig(text, rules)).toEqual({ config: defaultConfig, problems: [] });
  });

  it.each([
    ['1.30', 30],
    ['"1.30"', 30],
    ['v1.27.4', 27],
    ["'1.16'", 16],
  ])('reads the version as it is written: %s', (text, minor) => {
    expect(readConfig(`kubernetesVersion: ${text}\n`, rules)).toMatchObject({ config: { kubernetesVersion: minor }, problems: [] });
  });

  it.each(['1.3', '1', '2.0', '"1.15"', 'latest', '[1.30]', '1.30.x'])('refuses the version %s at its place', (text) => {
    expect(problems(`kubernetesVersion: ${text}\n`)).toEqual([
      [text.startsWith('[') ? 'kubernetesVersion' : text, 'kubernetesVersion must be a version such as "1.35", 1.16 or later. The default counts.'],
    ]);
  });

  it('says what is wrong where it is wrong, and reads the rest', () => {
    const text = `enviroment: production
environment: prod
rules:
  kubernetes/barepod: off
  latest-tagg: off
  no/such/thing: off
  kubernetes/bare-pod: loud
  kubernetes/latest-tag: hint
ignore:
- ''
- ok/**
- [x]
images:
  a: /etc
  b: {contxt: .}
workloads:
- kind: A
- {group: g, kind: B, path: "a..b"}
- {group: g, kind: C, path: spec, flavour: lasting}
`;
    expect(problems(text)).toEqual([
      ['enviroment', 'There is no setting enviroment. Write environment if that is what you mean.'],
      ['prod', 'environment must be one of these: auto, production, development. The default counts.'],
      ['kubernetes/barepod', 'There is no rule kubernetes/barepod. Write kubernetes/bare-pod if that is what you mean.'],
      ['latest-tagg', 'There is no rule latest-tagg. "podwright rules" lists all of them.'],
      ['no/such/thing', 'There is no rule no/such/thing. "podwright rules" lists all of them.'],
      ['loud', 'The level of kubernetes/bare-pod must be off, hint, info, warning or error. The rule keeps its own.'],
      ["''", 'This must be a file pattern, such as "charts/vendor/**". It is passed over.'],
      ['[x]', 'This must be a file pattern, such as "charts/vendor/**". It is passed over.'],
      ['/etc', 'This must be a path relative to the configuration file: the folder of the build, or its Dockerfile. It is passed over.'],
      ['b', 'This must be a path relative to the configuration file: the folder of the build, or its Dockerfile. It is passed over.'],
      ['contxt', 'There is no setting contxt. Write context if that is what you mean.'],
      ['kind: A', 'A workload needs group, kind and path. It is passed over.'],
      ['"a..b"', 'This is no path to a Pod spec. Write it like spec.template.spec, with [] for every item and * for every key.'],
      ['lasting', 'flavour must be one of these: service, batch, partial, skip. The default counts.'],
    ]);
    expect(readConfig(text, rules).config).toMatchObject({ ignore: ['ok/**'], workloads: [{ kind: 'C', flavour: 'service' }] });
    expect([...readConfig(text, rules).config.rules]).toEqual([['kubernetes/latest-tag', 'hint']]);
  });

  it('suggests the whole id for its last part', () => {
    expect(problems('rules:\n  bare-pod: off\n')[0]?.[1]).toBe('There is no rule bare-pod. Write kubernetes/bare-pod if that is what you mean.');
  });

  it('reads what can be read of broken YAML, and says that it is broken', () => {
    const broken = readConfig('environment: production\nrules: {kubernetes/bare-pod: off\n', rules);
    expect(broken.config.environment).toBe('production');
    expect(broken.problems[0]).toMatchObject({ severity: 'error' });
    expect(problems('- a\n')).toEqual([['- a', 'The configuration must be a map of settings, such as "rules:". Nothing of it counts.']]);
    expect(problems('rules: {}\nrules: {}\n')).toEqual([['rules', 'The key rules stands more than once, and the last one counts. Remove the others.']]);
    expect(problems('rules: []\nignore: x\n').map(([at]) => at)).toEqual(['rules', 'x']);
    expect(readConfig('['.repeat(5_000), rules).problems).toHaveLength(1);
  });

  it.each(['['.repeat(300), 'a: &a [*a]', '\u0000', 'rules:\r  x: off', '{{ template }}', '? [a]\n: b'])('never throws: %j', (text) => {
    expect(readConfig(text, rules).config.kubernetesVersion).toBe(35);
  });
});

describe('levels', () => {
  const finding = (rule: string): Finding => ({
    rule, severity: 'warning', message: message({ en: 'A.', zh: '一。' }), span: { start: 0, end: 1 }, place: 'p', fixes: [], related: [],
  });

  it('drop what is off and change what is set', () => {
    const { config } = readConfig('rules: {kubernetes/bare-pod: off, kubernetes/latest-tag: hint}', rules);
    expect(leveled(rules.map(finding), config).map(({ rule, severity }) => [rule, severity])).toEqual([
      ['kubernetes/latest-tag', 'hint'],
      ['dockerfile/latest-tag', 'warning'],
    ]);
  });

  it('have a signature that only a change of meaning changes', () => {
    const of = (text: string): string => configSignature(readConfig(text, rules).config);
    expect(of('rules: {kubernetes/bare-pod: off, kubernetes/latest-tag: hint}')).toBe(of('rules:\n  kubernetes/latest-tag: hint\n  kubernetes/bare-pod: off\n'));
    expect(of('kubernetesVersion: "1.35"')).toBe(of(''));
    expect(of('environment: production')).not.toBe(of(''));
  });
});

describe('the nearest configuration', () => {
  it('is looked for from the file upwards', () => {
    expect(configPlaces('/shop/k8s/web.yaml')).toEqual([
      '/shop/k8s/.podwright.yaml', '/shop/k8s/.podwright.yml', '/shop/.podwright.yaml', '/shop/.podwright.yml', '/.podwright.yaml', '/.podwright.yml',
    ]);
    expect(configPlaces('vscode-vfs://github/o/r/a.yaml').at(-1)).toBe('vscode-vfs://github/.podwright.yml');
  });

  it('is the first that is there', () => {
    const there = new Set(['/shop/.podwright.yaml', '/.podwright.yaml']);
    const nearest = new NearestConfigs();
    expect(nearest.find('/shop/k8s/web.yaml', (place) => there.has(place))).toBe('/shop/.podwright.yaml');
    expect(nearest.find('/other/web.yaml', () => false)).toBeUndefined();
    // For the other files of the folder nobody looks again until somebody says that there is another.
    expect(nearest.find('/shop/k8s/api.yaml', () => false)).toBe('/shop/.podwright.yaml');
    nearest.clear();
    expect(nearest.find('/shop/k8s/api.yaml', () => false)).toBeUndefined();
  });
});
