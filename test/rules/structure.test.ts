/** The form of the rule folders: what a rule must have beside its code. */
import { describe, expect, it } from 'vitest';
import { severities } from '../../server/src/engine/core/finding.ts';
import { allRules } from '../../server/src/rules/index.ts';
import { type Block, parseBlocks } from './fixture.ts';
import { folderIds, pageNames, pageOf } from './load.ts';
import { schemaProblems } from './schema.ts';

const ids = new Set(allRules.map(({ meta }) => meta.id));

it('has one rule for each folder, each with its own id', () => {
  expect(allRules.map(({ meta }) => meta.id).sort()).toEqual([...folderIds()].sort());
  expect(ids.size).toBe(allRules.length);
});

describe.each(allRules.map((rule) => [rule.meta.id, rule] as const))('%s', (id, { language, meta }) => {
  it('has metadata that can be true', () => {
    expect(id).toMatch(/^(kubernetes|dockerfile)\/[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect(id.startsWith(`${language}/`)).toBe(true);
    const strongestFirst = severities.filter((severity) => meta.severities.includes(severity));
    expect(meta.severities).toEqual(strongestFirst);
    expect(meta.severities.length).toBeGreaterThan(0);
    expect([...meta.yieldsTo, ...meta.mayReveal].filter((other) => !ids.has(other))).toEqual([]);
    expect(meta.yieldsTo).not.toContain(id);
  });

  it('has a title in both languages', () => {
    expect(meta.title.en).toMatch(/^[A-Z].{8,100}\.$/);
    expect(meta.title.zh).toMatch(/\p{Script=Han}.*。$/u);
  });

  it('has a page in both languages whose first line is its id', () => {
    for (const name of ['rule.md', 'rule.zh.md'] as const) expect(pageOf(id, name)?.split('\n')[0]).toBe(`# ${id}`);
    expect(prose(pageOf(id, 'rule.zh.md'))).toMatch(/\p{Script=Han}{4}/u);
    expect(prose(pageOf(id, 'rule.md'))).not.toMatch(/\p{Script=Han}/u);
  });

  it('shows a bad example first, then the same repaired', () => {
    const blocks = parseBlocks(pageOf(id, 'rule.md') ?? '', `${id}/rule.md`);
    expect(blocks.slice(0, 2).map(({ role }) => role)).toEqual(['bad', meta.fix === 'none' ? 'good' : 'fixed']);
  });

  it('shows the same examples in both languages, without marks', () => {
    const [en, zh] = (['rule.md', 'rule.zh.md'] as const).map((name) => parseBlocks(pageOf(id, name) ?? '', `${id}/${name}`));
    const shape = ({ kind, role, flags }: Block): unknown => [kind, role, flags];
    expect(zh?.map(shape)).toEqual(en?.map(shape));
    expect([...(en ?? []), ...(zh ?? [])].filter(({ marked }) => marked).map(({ at }) => at)).toEqual([]);
  });

  it('has cases: marked bad ones, good ones, and one for each promised fix', () => {
    const cases = parseBlocks(pageOf(id, 'cases.md') ?? '', `${id}/cases.md`);
    const roles = new Set(cases.map(({ role }) => role));
    expect(roles.has('bad')).toBe(true);
    expect(roles.has('good')).toBe(true);
    expect(roles.has('fixed')).toBe(meta.fix !== 'none');
    expect(cases.filter(({ role, marked }) => role === 'bad' && !marked).map(({ at }) => `cases.md:${String(at)} is not marked`)).toEqual([]);
  });

  it('shows manifests that the API takes', () => {
    const shown = (['rule.md', 'rule.zh.md'] as const).flatMap((name) => parseBlocks(pageOf(id, name) ?? '', `${id}/${name}`));
    const right = shown.filter(({ kind, role }) => kind === 'yaml' && role !== 'bad');
    expect(right.flatMap(({ text, at }) => schemaProblems(text).map((problem) => `line ${String(at)}: ${problem}`))).toEqual([]);
  });

  it('has no TODO left', () => {
    expect((['rule.ts', ...pageNames] as const).filter((name) => pageOf(id, name)?.includes('TODO') === true)).toEqual([]);
  });

  it('is written in the language of its folder', () => {
    const kinds = pageNames.flatMap((name) => parseBlocks(pageOf(id, name) ?? '', `${id}/${name}`)).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set([language === 'kubernetes' ? 'yaml' : 'dockerfile']));
  });
});

function prose(page = ''): string {
  return page.replace(/^(`{3,}|~{3,})[\s\S]*?^\1[`~]*$/gm, '');
}
