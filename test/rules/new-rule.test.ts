import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { templateFiles } from '../../scripts/new-rule.mjs';
import { parseCases } from './fixture.ts';
import { rulesFolder } from './load.ts';

describe.each(['kubernetes/new-thing', 'dockerfile/new-thing'])('npm run new-rule %s', (id) => {
  const files = templateFiles(id);

  it('makes pages and cases in the right form, in both languages', () => {
    const roles = (['rule.md', 'rule.zh.md', 'cases.md'] as const).map((name) =>
      parseCases(files?.[name] ?? '', name).map(({ block }) => [block.role, block.marked]),
    );
    const page = [['bad', false], ['good', false]];
    expect(roles).toEqual([page, page, [['bad', true], ['good', false]]]);
    expect(Object.values(files ?? {}).every((text) => text.includes('TODO'))).toBe(true);
  });

  it('makes a rule that compiles', () => {
    const path = join(rulesFolder, id, 'rule.ts');
    const config = ts.readConfigFile(fileURLToPath(new URL('../../tsconfig.base.json', import.meta.url)), (name) => ts.sys.readFile(name));
    const { options } = ts.convertCompilerOptionsFromJson((config.config as { compilerOptions: unknown }).compilerOptions, rulesFolder);
    const host = ts.createCompilerHost(options);
    const read = host.readFile.bind(host);
    const exists = host.fileExists.bind(host);
    host.readFile = (name) => (name === path ? files?.['rule.ts'] : read(name));
    host.fileExists = (name) => name === path || exists(name);
    const program = ts.createProgram([path], { ...options, composite: false, noEmit: true }, host);
    const problems = ts.getPreEmitDiagnostics(program, program.getSourceFile(path));
    expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
  }, 60_000);
});

it('refuses an id that no rule may have', () => {
  for (const id of ['', 'kubernetes', 'compose/x', 'kubernetes/Bad', 'kubernetes/a--b', '../x', 'kubernetes/../x']) expect(templateFiles(id)).toBeUndefined();
});
