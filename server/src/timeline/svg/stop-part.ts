import type { Locale } from '../../engine/core/message.ts';
import type { Stop } from '../../engine/kubernetes/startup/termination.ts';
import { same } from '../../engine/kubernetes/startup/words.ts';
import { labels, stopPhrase } from '../phrases.ts';
import { type Pictured, placeOf } from '../pictured.ts';
import { type Scale, scaleFor } from '../scale.ts';
import { axis } from './axis.ts';
import { cut, element, title, words } from './element.ts';
import { across, laneTop, type Part, partHeight, sheet } from './sheet.ts';

/** The lanes of the end: hooks, from when on a container is told to end, and when it is killed. */
export function stopPart(pictured: Pictured, top: number, locale: Locale): Part {
  const { stops, limit } = pictured.timeline.termination;
  const scale = scaleFor([limit, ...stops.flatMap(({ sigkill }) => [sigkill.worst, sigkill.likely])], []);
  const lanes = stops.map((stop, at) => lane(pictured, stop, laneTop(top, at), scale, locale));
  const height = partHeight(stops.length);
  return { markup: axis(scale, top, top + height, locale) + lanes.join(''), height: height + 24 };
}

function lane(pictured: Pictured, stop: Stop, top: number, scale: Scale, locale: Locale): string {
  const { name, kind, preStop, sigterm, sigkill } = stop;
  const shown = same(name)[locale];
  const phrase = stopPhrase(stop)[locale];
  const container = pictured.timeline.containers.find((each) => each.name === name);
  const place = container === undefined ? undefined : placeOf(pictured, container.span);
  const x = (seconds: number): number => across(scale.at(seconds));
  const bar = (className: string, from: number, to: number, y: number, height: number): string => (x(to) - x(from) < 0.5 ? '' : element('rect', { class: className, x: x(from), y, width: x(to) - x(from), height, rx: 2 }));
  const kill = (at: number, y: number, height: number): string => (at === Infinity ? '' : element('path', { class: 'kill', d: `M${x(at).toFixed(1)} ${String(y - 2)}v${String(height + 4)}` }));
  const course = (at: 'likely' | 'worst', y: number, height: number): readonly string[] => {
    const faint = at === 'worst' ? ' worst' : '';
    const told = sigterm[at];
    const hooked = preStop === undefined ? 0 : Math.min(preStop[at], told);
    return [bar(`working${faint}`, 0, hooked, y, height), bar(`running${faint}`, hooked, told, y, height), bar(`ending${faint}`, told, sigkill[at], y, height), kill(sigkill[at], y, height)];
  };
  const attributes = { class: 'lane', tabindex: 0, role: 'img', 'aria-label': `${shown} (${kind}): ${phrase}`, 'data-container': shown, 'data-line': place?.line, 'data-offset': place?.start, 'data-end': place?.end };
  return element('g', attributes, [
    title(`${shown}: ${phrase}`),
    element('rect', { class: 'row', x: sheet.margin, y: top, width: sheet.right - sheet.margin, height: sheet.row, rx: 4 }),
    words(sheet.margin + 24, top + 20, cut(shown, 26), { class: 'name' }),
    words(sheet.margin + 24, top + 36, kind, { class: 'dim' }),
    ...course('likely', top + 11, 12),
    ...course('worst', top + sheet.row - 14, 6),
  ]);
}

/** What the marks of this part mean. */
export const stopLegend = [
  { mark: 'working', text: labels.hook },
  { mark: 'running', text: labels.running },
  { mark: 'ending', text: labels.ending },
  { mark: 'kill', text: labels.killed },
] as const;
