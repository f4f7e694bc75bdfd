import { describe, expect, it } from 'vitest';
import { globFilter, globProblem } from '../../server/src/engine/core/glob.ts';

function named(globs: readonly string[], ...paths: readonly string[]): readonly string[] {
  return paths.filter(globFilter(globs));
}

describe('globs as in a .gitignore', () => {
  it.each([
    ['vendor', ['vendor/a.yaml', 'x/vendor/y/a.yaml', 'vendor'], ['vendored/a.yaml', 'a.yaml']],
    ['/vendor', ['vendor/a.yaml'], ['x/vendor/a.yaml']],
    ['charts/vendor', ['charts/vendor/a.yaml'], ['x/charts/vendor/a.yaml']],
    ['build/', ['build/a.yaml', 'x/build/a.yaml'], ['build', 'x/build']],
    ['*.tmpl.yaml', ['a.tmpl.yaml', 'x/b.tmpl.yaml'], ['a.yaml']],
    ['charts/**', ['charts/a.yaml', 'charts/x/a.yaml'], ['charts', 'x/charts/a.yaml']],
    ['charts/**/tests/*.yaml', ['charts/tests/a.yaml', 'charts/x/y/tests/a.yaml'], ['charts/a.yaml', 'charts/tests/x/a.yml']],
    ['**/tests', ['tests/a.yaml', 'x/tests/a.yaml'], ['x/test/a.yaml']],
    ['./k8s/*.{yml,yaml}', ['k8s/a.yml', 'k8s/b.yaml'], ['k8s/x/a.yml', 'k8s/a.json']],
    ['{a,b}/{c,d}', ['a/c', 'b/d'], ['a/e', 'c/d']],
    ['v[0-9].yaml', ['v1.yaml'], ['va.yaml', 'v10.yaml']],
    ['v[!0-9].yaml', ['va.yaml'], ['v1.yaml']],
    ['a?c', ['abc', 'a😀c'], ['ac', 'abbc']],
    ['a\\*c', ['a*c'], ['abc']],
    ['a[b', ['a[b'], ['ab']],
    ['{only}', ['{only}'], ['only']],
  ])('%s', (glob, yes, no) => {
    expect(named([glob], ...yes, ...no)).toEqual(yes);
  });

  it('lets the last one that matches decide', () => {
    expect(named(['*.yaml', '!keep.yaml'], 'a.yaml', 'keep.yaml')).toEqual(['a.yaml']);
    expect(named(['!keep.yaml', '*.yaml'], 'a.yaml', 'keep.yaml')).toEqual(['a.yaml', 'keep.yaml']);
  });

  it('takes nothing back from a folder that is named, as git does not', () => {
    expect(named(['vendor/', '!vendor/keep.yaml'], 'vendor/keep.yaml')).toEqual(['vendor/keep.yaml']);
  });

  it('says what is no glob, and passes it over', () => {
    expect(['', '/', '!', 'x'.repeat(501), '{a,b}'.repeat(7)].map(globProblem)).toEqual(['empty', 'empty', 'empty', 'too-long', 'alternatives']);
    expect(named(['', '{a,b}'.repeat(7)], 'a', 'abababa')).toEqual([]);
  });

  it('takes linear time where a backtracking expression would not end', () => {
    const start = performance.now();
    const path = `${'a'.repeat(2_000)}/${'b/'.repeat(500)}c`;
    expect(named([`${'*a'.repeat(200)}b`, `${'**/b/'.repeat(80)}x`, `${'a*'.repeat(240)}z`], path)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
