import type { Locale } from '../../engine/core/message.ts';
import { isNever } from '../../engine/kubernetes/startup/estimate.ts';
import type { Start } from '../../engine/kubernetes/startup/order.ts';
import { same } from '../../engine/kubernetes/startup/words.ts';
import { blockers, labels, startPhrase } from '../phrases.ts';
import { endLineOf, isFailing, type Pictured, placeOf, type Run, runsOf } from '../pictured.ts';
import { type Scale, scaleFor } from '../scale.ts';
import { axis } from './axis.ts';
import { cut, element, title, words } from './element.ts';
import { gates } from './gates.ts';
import { across, laneTop, type Part, partHeight, sheet } from './sheet.ts';
import { volumeMarks } from './volumes.ts';

const thick = 12;
const thin = 6;

/** The lanes of the start: on each the likely course, below it the worst case. */
export function startPart(pictured: Pictured, top: number, locale: Locale): Part {
  const { timeline } = pictured;
  const { containers } = timeline;
  const moments = containers.flatMap(({ start, started, opens, ready }) => [start.worst, started.worst, opens.worst, start.likely, started.likely, ready?.likely ?? 0]);
  const runs = runsOf(timeline);
  const scale = scaleFor([...moments, ...runs.flatMap(({ from, to }) => [from, to])], containers.map(({ started, ready }) => (ready === undefined || isNever(ready) ? started.likely : ready.likely)));
  const before = blockers(timeline);
  const lanes = containers.map((each, at) => lane(pictured, each, containers[before[at] ?? -1], laneTop(top, at), scale, locale, isFailing(timeline.failure, each.name) ? runs : undefined));
  const bottom = top + partHeight(containers.length);
  const markup = [axis(scale, top, bottom, locale), ...lanes, gates(timeline, top, scale), volumeMarks(timeline, top)].join('');
  return { markup, height: partHeight(containers.length) + 24 };
}

function lane(pictured: Pictured, start: Start, before: Start | undefined, top: number, scale: Scale, locale: Locale, runs: readonly Run[] | undefined): string {
  const { name, kind, falseGates } = start;
  const shown = same(name)[locale];
  const phrase = startPhrase(start, before)[locale];
  const isBad = runs !== undefined;
  const place = placeOf(pictured, start.span);
  const attributes = {
    class: isBad ? 'lane failing' : 'lane', tabindex: 0, role: 'img', 'aria-label': `${shown} (${kind}): ${phrase}`,
    'data-container': shown, 'data-kind': kind, 'data-line': place.line, 'data-end-line': endLineOf(pictured, start.extent), 'data-offset': place.start, 'data-end': place.end,
  };
  const gateLabels = falseGates.map(({ key, span }, at) => {
    const gate = placeOf(pictured, span);
    return element('g', { 'data-line': gate.line, 'data-offset': gate.start, 'data-false-gate': key }, [title(labels.falseGate[locale]), words(sheet.margin + 24 + at * 88, top + 41, key, { class: 'false' })]);
  });
  const state = isBad ? labels.failing[locale] : kind;
  return element('g', attributes, [
    title(`${shown}: ${phrase}`),
    element('rect', { class: 'row', x: sheet.margin, y: top, width: sheet.right - sheet.margin, height: sheet.row, rx: 4 }),
    words(sheet.margin + 24, top + (falseGates.length === 0 ? 20 : 15), cut(shown, 26), { class: 'name' }),
    words(sheet.margin + 24, top + (falseGates.length === 0 ? 36 : 28), state, { class: isBad ? 'bad' : 'dim' }),
    ...gateLabels,
    ...(isNever(start.start) || runs === undefined ? course(start, top, scale) : failed(start, runs, top, scale)),
  ]);
}

function course({ kind, start, started, opens, ready }: Start, top: number, scale: Scale): readonly string[] {
  const up = kind === 'init' ? opens : started;
  const y = top + 11;
  const below = top + sheet.row - thin - 8;
  const bar = (className: string, from: number, to: number, at: number, height: number): string => {
    const [a, b] = [across(scale.at(from)), across(scale.at(to))];
    return b - a < 0.5 ? '' : element('rect', { class: className, x: a, y: at, width: b - a, height, rx: 2 });
  };
  const wait = (to: number, at: number): string => waiting(0, to, at, scale);
  const likely = isNever(start) ? [] : [
    // What ends in no time that is known is still to be seen.
    kind === 'init' ? element('rect', { class: 'working', x: across(scale.at(start.likely)), y, width: Math.max(8, across(scale.at(up.likely)) - across(scale.at(start.likely))), height: thick, rx: 2 })
      : bar('starting', start.likely, up.likely, y, thick) + bar('running', up.likely, Infinity, y, thick),
  ];
  const worst = isNever(start) ? [] : kind === 'init'
    ? [wait(start.worst, below + thin / 2), element('rect', { class: 'working worst', x: across(scale.at(start.worst)), y: below, width: Math.max(8, across(scale.at(up.worst)) - across(scale.at(start.worst))), height: thin, rx: 2 })]
    : [wait(start.worst, below + thin / 2), bar('starting worst', start.worst, up.worst, below, thin), bar('running worst', up.worst, Infinity, below, thin)];
  const mark = ready === undefined || isNever(ready) ? [] : [diamond(across(scale.at(ready.likely)), y + thick / 2)];
  return [wait(isNever(start) ? Infinity : start.likely, y + thick / 2), ...likely, ...worst, ...mark];
}

function waiting(from: number, to: number, y: number, scale: Scale): string {
  const [a, b] = [across(scale.at(from)), across(scale.at(to))];
  return b <= a + 1 ? '' : element('path', { class: 'waiting', d: `M${a.toFixed(1)} ${String(y)}H${b.toFixed(1)}` });
}

/** One run after the other, each with the wait behind it. */
function failed({ start }: Start, runs: readonly Run[], top: number, scale: Scale): readonly string[] {
  const y = top + 17;
  const bars = runs.flatMap(({ from, to }, at) => {
    const x = across(scale.at(from));
    return [waiting(runs[at - 1]?.to ?? 0, from, y + thick / 2, scale), element('rect', { class: 'fails', x, y, width: Math.max(5, across(scale.at(to)) - x), height: thick, rx: 2 })];
  });
  return runs.length === 0 ? [waiting(0, start.likely, y, scale)] : bars;
}

function diamond(x: number, y: number): string {
  return element('path', { class: 'ready', d: `M${x.toFixed(1)} ${String(y - 7)}l6 7l-6 7l-6 -7z` });
}
