import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sources } from '../../server/src/patterns/index.ts';
import { brokenWiringLaws } from './laws.ts';
import { wired, withCommand } from './support.ts';

const folder = new URL('workloads/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml')).map((name) => name.replaceAll('\\', '/'));
const workloads = files.map((file) => ({ file, text: readFileSync(new URL(file, folder), 'utf8').replaceAll('\r\n', '\n') }));

/** The workloads that some scenarios are refused for, and why. Every scenario is added to all the others. */
const refusals: Readonly<Record<string, RegExp>> = {
  'json.yaml': /^The file is JSON, which has no place for a second object such as \w+\.$/,
  // Its lists come whole from the values of the chart.
  'templates/chart-values.yaml': /^spec\.template\.spec\.(?:volumes|containers\[0\]\.volumeMounts) |^\(root\) stands among template actions/,
  'mesh.yaml': /^Istio injects its proxy into these Pods already\.$/,
};

describe.each(sources)('$scenario.pattern/$scenario.id', (source) => {
  it.each(workloads)('is added to $file by the laws of fixes', ({ file, text: written }) => {
    const setting = { file };
    const text = source.scenario.id === 'environment' ? withCommand(written, setting) : written;
    const broken = [text, text.replaceAll('\n', '\r\n')].flatMap((each) => brokenWiringLaws(each, source, setting));
    expect(broken).toEqual([]);
    const result = wired(text, source, setting);
    if ('refused' in result) expect(result.refused).toMatch(refusals[file] ?? /(?!)/);
    else if (file === 'mesh-nearby.yaml' && source.scenario.meshDoes === true) expect(result.text).toMatch(/ {8}linkerd\.io\/inject: enabled\n/);
    else expect(result.text).toContain(source.scenario.image);
  });
});

it('has workloads that are written in at least twenty ways', () => {
  expect(workloads.length).toBeGreaterThanOrEqual(20);
});
