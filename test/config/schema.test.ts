import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { defaultConfig, ownRules } from '../../server/src/engine/core/config.ts';
import { configKeys, configSchema } from '../../server/src/engine/core/config-keys.ts';
import { allRules } from '../../server/src/rules/index.ts';

const known = [...allRules.map(({ meta }) => meta), ...ownRules];
const validate = new Ajv({ allowUnionTypes: true }).compile(configSchema(known));

it('describes every setting in both languages', () => {
  expect(configKeys.map(({ name }) => name).sort()).toEqual(Object.keys(defaultConfig).sort());
  for (const { description } of configKeys) expect(description.zh).not.toBe(description.en);
});

it('accepts what is right', () => {
  expect(validate({
    environment: 'auto',
    kubernetesVersion: '1.35',
    cpuLimits: true,
    rules: { 'kubernetes/no-readiness-probe': 'off', 'podwright/unused-ignore': 'warning' },
    ignore: ['vendor/'],
    images: { web: '.', api: { context: '.', dockerfile: 'Dockerfile.api' } },
    workloads: [{ group: 'g', kind: 'K', path: 'spec', flavour: 'batch' }],
  })).toBe(true);
});

it.each([{ nothing: 1 }, { environment: 'prod' }, { rules: { 'no/rule': 'off' } }, { rules: { 'kubernetes/no-readiness-probe': 'loud' } }, { ignore: 'x' }])(
  'refuses %j',
  (config) => {
    expect(validate(config)).toBe(false);
  },
);
