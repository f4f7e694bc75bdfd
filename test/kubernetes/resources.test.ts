import { describe, expect, it } from 'vitest';
import { render } from '../../server/src/engine/core/message.ts';
import { cpuText, memoryText, parseQuantity } from '../../server/src/engine/kubernetes/quantity.ts';
import { applyEdits } from '../../server/src/engine/text/span.ts';
import { rules } from '../../server/src/rules/index.ts';
import { workspace } from '../session/support.ts';

describe('a quantity', () => {
  it.each([
    ['128Mi', 134217728], ['1.5Gi', 1610612736], ['100M', 1e8], ['1e3', 1000], ['250m', 0.25], ['.5', 0.5], [2, 2], ['0', 0],
  ])('%s is %d', (text, value) => {
    expect(parseQuantity(text)).toBe(value);
  });

  it.each(['', 'Mi', '1 Gi', '-1', '1GB', '1.2.3', true, undefined, -1])('%s is none', (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  });

  it('is written as people write it, rounded up', () => {
    expect([2 ** 30, 1.5 * 2 ** 30, 1e8, 1].map(memoryText)).toEqual(['1Gi', '1536Mi', '96Mi', '1Mi']);
    expect([1, 0.25, 0.1 * 2, 1.5, 0.0001].map(cpuText)).toEqual(['1', '250m', '200m', '1500m', '1m']);
  });
});

const resourceRules = { ...rules, kubernetes: rules.kubernetes.filter(({ meta }) => meta.guideline === 'resources') };
const head = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - name: web\n    image: nginx:1.31.4\n    resources: ';

/** What is said of a container with these resources, and what the first fix makes of them. */
function asked(resources: string, config = 'cpuLimits: true\n'): readonly (readonly [string, string])[] {
  const { disk, open, lint } = workspace(resourceRules);
  disk({ '/r/.podwright.yaml': config });
  const text = `${head}${resources}\n`;
  open('/r/web.yaml', text);
  return lint('/r/web.yaml').map(({ rule, severity, message, fixes }) => {
    const outcome = fixes[0]?.outcome();
    const fixed = outcome?.kind === 'edits' ? applyEdits(text, outcome.edits) : text;
    return [`${rule} ${severity} ${render(message, 'en')}`, fixed.slice(head.length).trim()];
  });
}

describe('a CPU limit', () => {
  it('is asked for where the configuration says so, and only there', () => {
    const text = '{requests: {cpu: 300m}, limits: {memory: 64Mi}}';
    expect(asked(text, '')).toEqual([]);
    expect(asked(text)).toEqual([
      [expect.stringContaining('kubernetes/no-memory-limit information Container "web" has no CPU limit'), '{requests: {cpu: 300m}, limits: {memory: 64Mi, cpu: 600m}}'],
    ]);
    expect(asked('{limits: {cpu: 1, memory: 64Mi}}')).toEqual([]);
  });

  it('comes with the rest in one edit', () => {
    expect(asked('{limits: {}}')).toEqual([
      [expect.stringContaining('no memory limit and no requests'), '{limits: {cpu: 500m, memory: 128Mi}, requests: {cpu: 50m, memory: 64Mi}}'],
    ]);
  });
});

it('counts amounts of the whole Pod only from Kubernetes 1.34 on', () => {
  const { disk, open, shown } = workspace(resourceRules);
  open('/r/web.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  resources: {limits: {cpu: 1, memory: 1Gi}}\n  containers: [{name: web, image: "nginx:1.31.4"}]\n');
  expect(shown('/r/web.yaml')).toEqual([]);
  disk({ '/r/.podwright.yaml': 'kubernetesVersion: "1.33"\n' });
  expect(shown('/r/web.yaml')).toEqual(['kubernetes/no-memory-limit hint 0:Pod/web:spec.containers[0].resources']);
});

it('lets requests be asked for alone where the limit is not', () => {
  expect(asked('', 'rules: {kubernetes/no-memory-limit: off}\n').map(([said]) => said)).toEqual([expect.stringContaining('kubernetes/no-resource-requests hint Container "web" requests no CPU and no memory')]);
});

it('takes a LimitRange of another file into account', () => {
  const { disk, open, shown } = workspace(resourceRules);
  open('/r/web.yaml', `${head}{requests: {cpu: 1}}\n`);
  expect(shown('/r/web.yaml')).toHaveLength(1);
  disk({ '/r/limits.yaml': 'apiVersion: v1\nkind: LimitRange\nmetadata: {name: all}\nspec: {limits: [{type: Container, default: {memory: 1Gi}}]}\n' });
  expect(shown('/r/web.yaml')).toEqual([]);
});
