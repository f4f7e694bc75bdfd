import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sources } from '../../server/src/patterns/index.ts';
import { brokenWiringLaws } from './laws.ts';

const folder = new URL('workloads/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml')).map((name) => name.replaceAll('\\', '/'));
const workloads = files.map((file) => ({ file, text: readFileSync(new URL(file, folder), 'utf8').replaceAll('\r\n', '\n') }));

describe.each(sources)('$scenario.pattern/$scenario.id', (source) => {
  it.each(workloads)('is added to $file, or refused with a reason', ({ file, text }) => {
    const setting = { file };
    const broken = [text, text.replaceAll('\n', '\r\n')].flatMap((each) => brokenWiringLaws(each, source, setting));
    expect(broken).toEqual([]);
  });
});
