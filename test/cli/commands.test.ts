import { describe, expect, it } from 'vitest';
import { allRules } from '../../server/src/rules/index.ts';
import { program } from './program.ts';
import manifest from '../../package.json' with { type: 'json' };

const { run } = program('commands');

describe('help and version', () => {
  it('are there for the program and each command', async () => {
    for (const args of [['--help'], ['-h'], ['help'], []]) {
      expect(await run(args)).toMatchObject({ code: 0, out: expect.stringContaining('podwright check [PATH|GLOB|-]...') as string, err: '' });
    }
    for (const command of ['check', 'timeline', 'rules', 'explain', 'lsp']) {
      const { code, out } = await run([command, '--help']);
      expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(`^podwright ${command}`) as string });
      expect((await run(['help', command])).out).toBe(out);
    }
    for (const flag of ['-V', '--version']) expect(await run([flag])).toMatchObject({ code: 0, out: `${manifest.version}\n` });
  });
});

describe('wrong arguments', () => {
  it.each<[readonly string[], RegExp]>([
    [['chekc'], /Unknown command "chekc"\.\nDid you mean podwright check\?/],
    [['./deploy'], /To check files, write: podwright check \.\/deploy/],
    [['check', '--fxi'], /Unknown option --fxi\.\nDid you mean --fix\?/],
    [['check', '--format', 'xml'], /Option --format does not know "xml"; it takes one of: pretty, json\./],
    [['check', '--format'], /Option --format needs a value\./],
    [['check', '--severity', '--fix'], /Option --severity needs a value\./],
    [['check', '--fix=yes'], /Option --fix takes no value\./],
    [['check', '--unsafe'], /Option --unsafe needs --fix\./],
    [['check', '--color', 'blue'], /Option --color does not know "blue"/],
    [['rules', 'all'], /Unexpected argument "all"/],
    [['rules', '--format', 'json'], /Unknown option --format/],
    [['explain'], /Which rule\?/],
    [['explain', 'kubernetes/no-readines-probe'], /There is no rule "kubernetes\/no-readines-probe"\.\nDid you mean kubernetes\/no-readiness-probe\?/],
    [['explain', 'xyzzy'], /There is no rule "xyzzy"\.\nAll rules: podwright rules/],
    [['--fix'], /Unknown option --fix\.\nTo check files, write: podwright check --fix/],
  ])('%j', async (args, message) => {
    const { code, out, err } = await run(args);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it('cannot steer the terminal', async () => {
    expect((await run(['\u001b[31mred'])).err).toContain('"␛[31mred"');
  });
});

describe('rules', () => {
  it('lists every rule', async () => {
    const { out, code } = await run(['rules']);
    expect(code).toBe(0);
    for (const { meta } of allRules) expect(out).toContain(`${meta.id} `);
    expect(new Set(out.trimEnd().split('\n').map((line) => line.search(/An? |The |What /))).size).toBeGreaterThan(0);
  });

  it('gives them as JSON', async () => {
    const { rules } = JSON.parse((await run(['rules', '--json'])).out) as { rules: readonly { id: string; title: { zh: string }; page: string }[] };
    expect(rules.map(({ id }) => id)).toEqual(allRules.map(({ meta }) => meta.id));
    expect(rules.every(({ title, page }) => /\p{Script=Han}/u.test(title.zh) && page.startsWith('https://'))).toBe(true);
  });
});

describe('explain', () => {
  it.each(allRules.map(({ meta }) => [meta.id]))('%s', async (id) => {
    const { code, out } = await run(['explain', id]);
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toBe(id);
    expect(out).not.toMatch(/^#|```|\]\(|\*\*/m);
    const prose = out.split('\n').filter((line) => !/^ {4}|https?:|^\S+ {2,}/.test(line));
    expect(prose.filter((line) => line.length > 100)).toEqual([]);
    const name = id.slice(id.indexOf('/') + 1);
    const isShared = allRules.filter(({ meta }) => meta.id.endsWith(`/${name}`)).length > 1;
    expect((await run(['explain', name.toUpperCase()])).out).toBe(isShared ? '' : out);
  });

  it('asks which one is meant where both languages have a rule of that name', async () => {
    const { code, err } = await run(['explain', 'latest-tag']);
    expect(code).toBe(2);
    expect(err).toContain('Several rules are called "latest-tag": kubernetes/latest-tag, dockerfile/latest-tag.');
  });
});
