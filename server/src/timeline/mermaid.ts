import type { Locale, Text } from '../engine/core/message.ts';
import { isNever } from '../engine/kubernetes/startup/estimate.ts';
import { summarise } from '../engine/kubernetes/startup/summary.ts';
import type { Start } from '../engine/kubernetes/startup/order.ts';
import { labels } from './phrases.ts';
import type { Pictured } from './pictured.ts';
import { scaleFor } from './scale.ts';

/** A Gantt chart for Mermaid, which Markdown pages show: the likely course, and what it may take at the worst. */
export function timelineMermaid({ place, timeline }: Pictured, locale: Locale): string {
  const { containers } = timeline;
  const moments = containers.flatMap(({ start, started, opens }) => [start.worst, started.worst, opens.worst, started.likely]);
  const { end } = scaleFor(moments, []);
  const last = Math.ceil(end);
  const rows = containers.flatMap((each) => [`    section ${plain(each.name)} (${each.kind})`, ...tasks(each, last, locale)]);
  const head = [`    title ${plain(`${place} - ${summarise(timeline)[locale]}`)}`, '    dateFormat X', `    axisFormat ${last >= 3600 ? '%H:%M:%S' : '%M:%S'}`, '    todayMarker off'];
  return ['gantt', ...head, ...rows, ''].join('\n');
}

function tasks({ kind, start, started, opens }: Start, last: number, locale: Locale): readonly string[] {
  const task = (text: Text, tag: string, from: number, to: number): readonly string[] => {
    const [a, b] = [Math.min(Math.round(from), last), Math.min(Math.round(to), last)];
    return a < b ? [`    ${plain(text[locale])} :${tag}${String(a)}, ${String(b)}`] : [];
  };
  if (isNever(start)) return task(labels.waiting, 'done, ', 0, last);
  const isInit = kind === 'init';
  const up = isInit ? opens : started;
  const waited = task(labels.waiting, 'done, ', 0, start.likely);
  // What an init container works has no length that is known, and would not be seen.
  const busy = task(isInit ? labels.working : labels.starting, 'active, ', start.likely, isInit ? Math.max(start.likely + 1, up.likely) : up.likely);
  if (isInit) return [...waited, ...busy];
  return [...waited, ...busy, ...task(labels.perhaps, 'crit, ', up.likely, up.worst), ...(isNever(started) ? [] : task(labels.running, '', up.worst, last))];
}

/** Characters that end a name, begin a comment or an entity, or break the line have no place in it. */
function plain(text: string): string {
  return text.replace(/[:;#,%<>{}\r\n"]+/g, ' ').replace(/ {2,}/g, ' ').trim();
}
