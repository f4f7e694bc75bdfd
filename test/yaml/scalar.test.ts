import { describe, expect, it } from 'vitest';
import { readsAsOther, resolvePlain } from '../../server/src/engine/yaml/scalar.ts';

describe('resolvePlain', () => {
  // Source: sigs.k8s.io/yaml, goyaml.v2/resolve.go and its decode_test.go.
  const table: readonly (readonly [string, unknown])[] = [
    ['0440', 288],
    ['-0440', -288],
    ['0o17', 15],
    ['0x1F', 31],
    ['0b101', 5],
    ['1_000', 1000],
    ['08', 8],
    ['8080', 8080],
    ['+12', 12],
    ['-0', 0],
    ['1.10', 1.1],
    ['1e3', 1000],
    ['.5', 0.5],
    ['.inf', Number.POSITIVE_INFINITY],
    ['-.inf', Number.NEGATIVE_INFINITY],
    ['yes', true],
    ['On', true],
    ['y', true],
    ['NO', false],
    ['off', false],
    ['TRUE', true],
    ['tRUE', 'tRUE'],
    ['', null],
    ['~', null],
    ['Null', null],
    ['2024-01-02', '2024-01-02'],
    ['12:30:45', '12:30:45'],
    ['1.2.3', '1.2.3'],
    ['128Mi', '128Mi'],
    ['0x', '0x'],
    ['-', '-'],
    ['_1', '_1'],
  ];
  for (const [source, value] of table) {
    it(`reads ${source === '' ? 'nothing' : source} as ${JSON.stringify(value)}`, () => {
      expect(resolvePlain(source)).toBe(value);
    });
  }

  it('reads .nan as a number', () => {
    expect(resolvePlain('.NaN')).toBeNaN();
  });
});

describe('readsAsOther', () => {
  it('knows what any reader takes for something else', () => {
    for (const text of ['yes', '0440', '0o17', '1.10', 'null', '~', '', '2024-01-02', '22:22', '1_0.5', '=', '<<']) expect(readsAsOther(text), text).toBe(true);
    for (const text of ['web', 'nginx:1.27', '128Mi', '10m', '_x', '1.2.3', 'v1', 'yesterday', '/healthz', '127.0.0.1:80']) expect(readsAsOther(text), text).toBe(false);
  });
});
