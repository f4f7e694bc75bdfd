import { describe, expect, it } from 'vitest';
import { parseSchedule } from '../../server/src/engine/kubernetes/cron.ts';

function cadenceOf(text: string): string {
  const schedule = parseSchedule(text);
  return schedule.kind === 'valid' ? `${String(schedule.cadence.runs)} runs, ${String(schedule.cadence.gap)} s` : schedule.kind;
}

describe('how often a schedule comes round', () => {
  it.each([
    ['* * * * *', '1440 runs, 60 s'],
    ['*/7 * * * *', '216 runs, 240 s'],
    ['5/20 8-10 * * *', '9 runs, 1200 s'],
    ['0 3 * * *', '1 runs, 86400 s'],
    ['0 3,4,3 * * *', '2 runs, 3600 s'],
    ['@hourly', '24 runs, 3600 s'],
    ['@every 1h30m', '16 runs, 5400 s'],
    ['@every 100ms', '1440 runs, 1 s'],
    ['@every 48h', '1 runs, 172800 s'],
  ])('%s', (text, expected) => {
    expect(cadenceOf(text)).toBe(expected);
  });
});

describe('what nobody wrote on purpose', () => {
  it.each(['', ' ', '@', '@every', '@every 1', '@every 1x', 'TZ=', 'TZ=UTC', '- - - - -', '/ / / / /', '1- * * * *', '-1 * * * *', '1e1 * * * *', '* * * * * *'])('"%s" is refused', (text) => {
    expect(parseSchedule(text).kind).not.toBe('valid');
  });

  it('long texts take no time', () => {
    const started = performance.now();
    for (const text of [`@every ${'1'.repeat(200_000)}`, '0'.repeat(200_000), `${'0-59/1,'.repeat(20_000)} * * * *`, `TZ=${'x'.repeat(200_000)}`]) parseSchedule(text);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
