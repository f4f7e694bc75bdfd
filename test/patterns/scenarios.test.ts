import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { render } from '../../server/src/engine/core/message.ts';
import { cut, helpersAsSnippet } from '../../server/src/patterns/cut.ts';
import { sources } from '../../server/src/patterns/index.ts';
import { patternIds } from '../../server/src/patterns/scenario.ts';
import { expand, stopsOf } from '../../server/src/patterns/stops.ts';
import { openedBy } from '../../server/src/patterns/wire/ports.ts';
import { schemaProblems } from '../rules/schema.ts';
import { lint } from './support.ts';

it('has snippets, documents and an index that agree with the scenario folders', () => {
  const script = fileURLToPath(new URL('../../scripts/patterns.mjs', import.meta.url));
  expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8', stdio: 'pipe' })).toMatch(/\d+ scenarios/);
});

it('has scenarios of different names, in the order of their patterns', () => {
  const prefixes = sources.map(({ scenario }) => scenario.prefix);
  expect(new Set(prefixes).size).toBe(prefixes.length);
  const order = sources.map(({ scenario }) => patternIds.indexOf(scenario.pattern));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
});

describe.each(sources)('$scenario.pattern/$scenario.id', ({ scenario, text }) => {
  const expanded = expand(text);
  const parts = cut(expanded) ?? expect.fail('no workload');

  it('is accepted by the API as it comes, and no rule has anything to say', () => {
    expect(schemaProblems(expanded)).toEqual([]);
    expect(lint(expanded).map((finding) => `${finding.rule} ${finding.place}: ${render(finding.message, 'en')}`)).toEqual([]);
    expect(expanded).not.toMatch(/[ \t]\n/);
  });

  it('numbers its tab stops without a gap, the name of the app and its image first', () => {
    const used = [...new Set([...text.matchAll(/(?<!\\)\$\{?(\d+)/g)].map(([, number]) => Number(number)))].sort((a, b) => a - b);
    expect(used).toEqual(used.map((_, index) => index + 1));
    expect([...stopsOf(text).keys()].sort((a, b) => a - b)).toEqual(used);
    expect(parts.manifest.name).toBe(stopsOf(text).get(1)?.initial);
    expect(parts.app.image?.text).toBe(stopsOf(text).get(2)?.initial);
  });

  it('says in its metadata what stands in its text', () => {
    expect(text).toContain(`image: ${scenario.image}\n`);
    expect(scenario.image).toMatch(/:[^:/]*\d[^:/]*$/);
    expect(scenario.date).toMatch(/^20\d\d-[01]\d$/);
    expect(scenario.source).not.toBe('');
    expect(parts.helpers.some(({ container }) => container.role === 'sidecar')).toBe(scenario.native);
    for (const stop of [scenario.takesOver?.stops?.host, scenario.takesOver?.stops?.port]) {
      if (stop !== undefined) expect(stopsOf(text).has(stop)).toBe(true);
    }
    if (scenario.takesOver !== undefined) expect(openedBy(parts, scenario.alsoListens)).toContain(scenario.takesOver.at);
  });

  it('has helpers that can stand in any Pod: their user, their limits and their gate are their own', () => {
    expect(parts.helpers.length).toBeGreaterThan(0);
    for (const { container: { field, role, name } } of parts.helpers) {
      expect(typeof field.at('securityContext', 'runAsUser').scalar, name).toBe('number');
      expect(field.at('securityContext', 'runAsNonRoot').bool, name).toBe(true);
      expect(field.at('securityContext', 'readOnlyRootFilesystem').bool, name).toBe(true);
      expect(field.at('securityContext', 'seccompProfile', 'type').text, name).toBe('RuntimeDefault');
      expect(field.at('securityContext', 'capabilities', 'drop', 0).text, name).toBe('ALL');
      expect(field.at('resources', 'requests', 'cpu').present, name).toBe(true);
      expect(field.at('resources', 'limits', 'memory').present, name).toBe(true);
      expect(field.at('startupProbe').present, name).toBe(role === 'sidecar');
    }
  });

  it('mounts every volume that it brings along, and brings every one that it mounts', () => {
    const mounted = parts.workload.containers.flatMap(({ field }) => field.get('volumeMounts').items().map((item) => item.get('name').text));
    const volumes = parts.workload.podSpec.get('volumes').items().map((item) => item.get('name').text);
    expect([...new Set(mounted)].sort()).toEqual([...volumes].sort());
  });

  it('gives its containers alone as snippets of their own', () => {
    const bodies = (['initContainers', 'containers'] as const).flatMap((list) => helpersAsSnippet(text, list) ?? []);
    expect(bodies.length).toBeGreaterThan(0);
    for (const body of bodies) {
      expect(expand(body)).toMatch(/^- name: [a-z][a-z-]*$/m);
      expect(expand(body)).not.toContain('registry.example.com/my-app');
    }
    const all = bodies.map((body) => expand(body)).join('\n');
    for (const { container } of parts.helpers) expect(all).toContain(`- name: ${container.name}\n`);
  });

  it('has pages in both languages with the same headings and examples, and its summary first', () => {
    const read = (name: string): string => readFileSync(new URL(`../../server/src/patterns/${scenario.pattern}/${scenario.id}/${name}`, import.meta.url), 'utf8').replaceAll('\r\n', '\n');
    const [en, zh] = [read('page.md'), read('page.zh.md')];
    const shape = (page: string): readonly string[] => [...page.matchAll(/^(#+|```\w*)/gm)].map(([mark]) => mark);
    expect(shape(zh)).toEqual(shape(en));
    const first = (page: string): string => page.split('\n\n')[1]?.replaceAll('\n', ' ') ?? '';
    expect(first(en)).toContain(scenario.summary.en);
    expect(first(zh)).toContain(scenario.summary.zh);
  });
});
