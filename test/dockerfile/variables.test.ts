import { describe, expect, it } from 'vitest';
import { expand, lookup } from '../../server/src/engine/dockerfile/variables.ts';
import { file, stage } from './support.ts';

/** What `text` comes to in the last instruction of a stage that sets a few names. */
function value(text: string): string | undefined {
  const last = stage('FROM a', 'ENV A=1.24.5 EMPTY= P=/usr/bin/app', 'ARG NO', 'ARG TARGETARCH', 'LABEL x=y').instructions.at(-1);
  return last === undefined ? undefined : expand(text, last);
}

describe('expansion', () => {
  it.each([
    ['$A', '1.24.5'],
    ['v${A}-x', 'v1.24.5-x'],
    ['"$A"', '1.24.5'],
    ["'$A'", '$A'],
    ['\\$A', '$A'],
    ['a\\ b', 'a b'],
    ['"a\\nb"', 'a\\nb'],
    ['$', '$'],
    ['${A:-d}', '1.24.5'],
    ['${EMPTY:-d}', 'd'],
    ['${EMPTY-d}', ''],
    ['${NO:-d}', 'd'],
    ['${NONE:-${A}}', '1.24.5'],
    ['${A:+yes}', 'yes'],
    ['${EMPTY:+yes}', ''],
    ['${NONE:+yes}', ''],
    ['${A%.*}', '1.24'],
    ['${A%%.*}', '1'],
    ['${A#*.}', '24.5'],
    ['${A##*.}', '5'],
    ['${P##*/}', 'app'],
    ['${A/./_}', '1_24.5'],
    ['${A//./_}', '1_24_5'],
    ['${A/[a-z]*/x}', '1.24.5'],
  ])('%s is %j', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it.each(['$NO', '$NONE', '$TARGETARCH', '${TARGETARCH:-amd64}', '$PATH', '${A', '"$A', "'a", '${}', '${:x}', '${A!}', '${NO:?must}', '${A%*?*?*?*?*?x}', '$@'])('%s is not known', (text) => {
    expect(value(text)).toBeUndefined();
  });

  it('survives what nobody writes', () => {
    expect(value('${A:-'.repeat(2000))).toBeUndefined();
    expect(value('${A:-'.repeat(40_000))).toBeUndefined();
    expect(value(`${'${NO:-'.repeat(60)}x${'}'.repeat(60)}`)).toBeUndefined();
    expect(value('$'.repeat(10_000))).toBe(undefined);
    expect(value('"'.repeat(9_999))).toBeUndefined();
  });
});

describe('scopes', () => {
  it('follows global ARG through every level', () => {
    const { stages } = file('ARG A=1', 'ARG B=$A.2', 'ARG C=node:${B}-alpine', 'FROM ${C}', 'ARG B', 'ARG C=own', 'LABEL x=y');
    expect(stages[0]?.base).toMatchObject({ text: 'node:1.2-alpine' });
    const last = stages[0]?.instructions.at(-1);
    expect(last === undefined ? [] : ['$A', '$B', '$C'].map((text) => expand(text, last))).toEqual([undefined, '1.2', 'own']);
  });

  it('lets no ARG of one stage into an unrelated one', () => {
    const last = stage('FROM a', 'ARG X=1', 'ENV Y=2', 'FROM b', 'LABEL x=y').instructions.at(-1);
    expect(last === undefined ? [] : ['$X', '$Y'].map((text) => expand(text, last))).toEqual([undefined, undefined]);
  });

  it('hands ENV and ARG down to stages built on this one', () => {
    const last = stage('FROM a AS one', 'ARG X=1', 'ENV Y=$X.2', 'FROM one', 'ENV Y=$Y.3', 'LABEL x=y').instructions.at(-1);
    expect(last === undefined ? [] : ['$X', '$Y'].map((text) => expand(text, last))).toEqual(['1', '1.2.3']);
  });

  it('lets ENV win over ARG, whichever comes first', () => {
    expect(lookup(stage('FROM a', 'ARG X=arg', 'ENV X=env'), 'X')).toEqual({ kind: 'known', value: 'env' });
    expect(lookup(stage('FROM a', 'ENV X=env', 'ARG X=arg', 'ENV Y=$X'), 'Y')).toEqual({ kind: 'known', value: 'env' });
  });

  it('sees only what stands above', () => {
    const [first] = stage('FROM a', 'LABEL x=$X', 'ENV X=1').instructions;
    expect(first === undefined ? 'none' : expand('$X', first)).toBeUndefined();
  });

  it('gives all values of one ENV the values from before it', () => {
    const found = stage('FROM a', 'ENV A=old', 'ENV A=new B=$A');
    expect(lookup(found, 'B')).toEqual({ kind: 'known', value: 'old' });
  });

  it('takes a value to be unknown where its source is', () => {
    expect(lookup(stage('FROM a', 'ARG V', 'ENV X=$V'), 'X')).toEqual({ kind: 'unknown' });
    expect(lookup(stage('FROM a', 'ENV X=$X'), 'X')).toEqual({ kind: 'unknown' });
  });
});
