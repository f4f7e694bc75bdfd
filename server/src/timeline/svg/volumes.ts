import type { Timeline } from '../../engine/kubernetes/startup/simulate.ts';
import { same } from '../../engine/kubernetes/startup/words.ts';
import { element, title } from './element.ts';
import { laneTop, sheet } from './sheet.ts';

/** More lines beside the lanes than these cannot be told apart. */
const most = 3;

/** A line for each volume that several containers mount, with a ring at each of them: full where it may be written. */
export function volumeMarks({ volumes, containers }: Timeline, top: number): string {
  return volumes.slice(0, most).map(({ name, source, mounts }, column) => {
    const x = sheet.margin + 8 + column * 6 - (Math.min(most, volumes.length) - 1) * 3 + 3;
    const rings = mounts.flatMap(({ container, path, isReadOnly }) => {
      const lane = containers.findIndex((each) => each.name === container);
      const y = laneTop(top, lane) + sheet.row / 2 + (column - 1) * 4;
      return lane < 0 ? [] : [{ y, markup: element('circle', { class: isReadOnly ? 'shared reads' : 'shared writes', cx: x, cy: y, r: 3 }, title(same(`${name} ${path ?? '?'}${isReadOnly ? ' (ro)' : ''}`).en)) }];
    });
    const ys = rings.map(({ y }) => y);
    const line = element('path', { class: 'shared', d: `M${String(x)} ${String(Math.min(...ys))}V${String(Math.max(...ys))}` });
    return element('g', { 'data-volume': same(name).en }, [title(same(`${name}${source === undefined ? '' : ` (${source})`}`).en), line, ...rings.map(({ markup }) => markup)]);
  }).join('');
}
