import { isNever } from '../../engine/kubernetes/startup/estimate.ts';
import type { Timeline } from '../../engine/kubernetes/startup/simulate.ts';
import { blockers } from '../phrases.ts';
import type { Scale } from '../scale.ts';
import { element, words } from './element.ts';
import { across, laneTop, sheet } from './sheet.ts';

/** An arrow from each gate, at the moment it likely opens, to every container that waited for it. */
export function gates(timeline: Timeline, top: number, scale: Scale): string {
  const { containers } = timeline;
  const before = blockers(timeline);
  const named = new Set<number>();
  const arrows = containers.flatMap((each, at) => {
    const from = before[at];
    const blocker = from === undefined ? undefined : containers[from];
    if (from === undefined || blocker === undefined || isNever(each.start)) return [];
    const isLoose = blocker.gate === 'none';
    const x = across(scale.at(each.start.likely));
    const y = laneTop(top, from) + 23;
    const end = laneTop(top, at) + 10;
    const own = across(scale.at(blocker.kind === 'app' ? each.start.likely : blocker.opens.likely));
    const arrow = element('path', { class: isLoose ? 'arrow loose' : 'arrow', d: `M${own.toFixed(1)} ${String(y)}V${String(laneTop(top, from) + sheet.row + sheet.gap / 2)}H${x.toFixed(1)}V${String(end)}` });
    const isNamed = named.has(from) || isLoose;
    named.add(from);
    // At the right edge the name stands to the left of its arrow.
    const isRight = own > sheet.right - 90;
    const name = isNamed ? '' : words(isRight ? own - 6 : own + (blocker.kind === 'init' ? 12 : 6), laneTop(top, from) + 34, blocker.gate, { class: 'gate halo', 'text-anchor': isRight ? 'end' : 'start' });
    return [arrow, name];
  });
  return element('g', { 'aria-hidden': 'true' }, [...arrows, ...crosses(timeline, top, scale)]);
}

/** A way that is barred, where a readinessProbe looks as if somebody waited for it. */
function crosses({ containers }: Timeline, top: number, scale: Scale): readonly string[] {
  return containers.flatMap(({ ready, falseGates }, at) => {
    if (ready === undefined || isNever(ready) || !falseGates.some(({ key }) => key === 'readinessProbe')) return [];
    const x = across(scale.at(ready.likely)).toFixed(1);
    const y = laneTop(top, at) + 24;
    return [element('path', { class: 'cross', 'stroke-dasharray': '3 2', d: `M${x} ${String(y)}V${String(y + 14)}` }), element('path', { class: 'cross', d: `M${x} ${String(y + 17)}m-4 -4l8 8m0 -8l-8 8` })];
  });
}
