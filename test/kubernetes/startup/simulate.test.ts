import { describe, expect, it } from 'vitest';
import { further } from './more-pods.ts';
import { documented, type WorkedPod } from './pods.ts';
import { startsOf, stopsOf, timelineOf, told } from './support.ts';

describe.each<[string, readonly WorkedPod[]]>([['documented', documented], ['further', further]])('%s Pods, worked by hand', (_, pods) => {
  it.each(pods)('$name', ({ text, version, starts, ready, stops, requests, limits, uncounted }) => {
    const timeline = timelineOf(text, version);
    expect(startsOf(timeline)).toEqual(starts);
    expect(told(timeline.ready)).toBe(ready);
    if (stops !== undefined) expect(stopsOf(timeline)).toEqual(stops);
    const { resources } = timeline;
    if (requests !== undefined) expect([resources.requests.cpu?.toFixed(3), resources.requests.memory]).toEqual([requests[0].toFixed(3), requests[1]]);
    if (limits !== undefined) expect([resources.limits.cpu, resources.limits.memory]).toEqual(limits);
    if (uncounted !== undefined) expect(timeline.uncounted).toEqual(uncounted);
  });
});

it('has at least forty of them', () => {
  expect(documented.length + further.length).toBeGreaterThanOrEqual(40);
});
