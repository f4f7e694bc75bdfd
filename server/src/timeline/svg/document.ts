import type { Locale, Text } from '../../engine/core/message.ts';
import { summarise } from '../../engine/kubernetes/startup/summary.ts';
import { fill, same } from '../../engine/kubernetes/startup/words.ts';
import { labels, resourceLines } from '../phrases.ts';
import { type Pictured, placeOf } from '../pictured.ts';
import { columns, cut, element, escaped, words, wrapped } from './element.ts';
import { definitions, look } from './look.ts';
import { type Part, sheet } from './sheet.ts';
import { startPart } from './start-part.ts';
import { stopLegend, stopPart } from './stop-part.ts';

/** Columns of text that fit on the picture. */
const lineColumns = 148;

/**
 * The timeline as a picture of its own: no script, nothing from elsewhere, all text escaped. Lanes can be reached by
 * keyboard and carry where their container stands (`data-line` from 1, `data-offset`, `data-end`), so that a page around
 * it can go there.
 */
export function timelineSvg(pictured: Pictured, locale: Locale): string {
  const { timeline, place } = pictured;
  const { failure, notes, version } = timeline;
  const summary = summarise(timeline)[locale];
  const head = [
    words(sheet.margin, 30, cut(same(place)[locale], 70), { class: 'head' }),
    words(sheet.right, 30, fill(labels.kubernetes, { version: `1.${String(version)}` })[locale], { class: 'dim', 'text-anchor': 'end' }),
    words(sheet.margin, 50, cut(summary, lineColumns)),
  ];
  const failing = failure === undefined ? [] : failure.sentences.map((each) => each[locale]);
  const told = textLines(failing, 72, 'bad');
  const startTop = 72 + told.height + (told.height === 0 ? 0 : 8);
  const start = startPart(pictured, startTop + 14, locale);
  const startEnd = startTop + 14 + start.height;
  const legend = legendAt(startEnd + 8, startLegend(pictured), locale);
  const stopTop = startEnd + 24 + legend.height;
  const stop = stopPart(pictured, stopTop + 14, locale);
  const stopEnd = stopTop + 14 + stop.height;
  const lines = [resourceLines(timeline.resources).map((each) => each[locale]).join(' · '), ...volumeLines(pictured, locale), ...notes.map(({ text }) => `• ${text[locale]}`)];
  const stopWords = legendAt(stopEnd + 8, stopLegend, locale);
  const textTop = stopEnd + 26 + stopWords.height;
  const below = textLines(lines, textTop, 'dim');
  const height = textTop + below.height;
  const at = placeOf(pictured, pictured.span);
  const name = same(place)[locale];
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg', class: 'podwright-timeline', viewBox: `0 0 ${String(sheet.width)} ${String(height)}`, width: sheet.width, height, role: 'group',
      'aria-label': `${name}: ${summary}`, lang: locale === 'zh' ? 'zh-CN' : 'en', 'data-version': 1, 'data-line': at.line, 'data-offset': at.start,
    },
    [
      element('title', {}, escaped(name)),
      element('desc', {}, escaped([summary, ...failing].join(' '))),
      element('style', {}, look),
      definitions,
      element('rect', { class: 'back', width: sheet.width, height }),
      ...head,
      told.markup,
      words(sheet.margin, startTop + 4, labels.start[locale], { class: 'part' }),
      start.markup,
      legend.markup,
      words(sheet.margin, stopTop + 4, labels.stop[locale], { class: 'part' }),
      stop.markup,
      stopWords.markup,
      below.markup,
    ],
  );
}

function textLines(sentences: readonly string[], top: number, className: string): Part {
  const lines = sentences.flatMap((sentence) => wrapped(sentence, lineColumns));
  return { markup: lines.map((line, at) => words(sheet.margin, top + at * 18, line, { class: className })).join(''), height: lines.length * 18 };
}

function volumeLines({ timeline }: Pictured, locale: Locale): readonly string[] {
  const names = timeline.volumes.map(({ name }) => same(name)[locale]).join(', ');
  return names === '' ? [] : [fill(labels.shared, { name: names })[locale]];
}

interface Entry {
  readonly mark: string;
  readonly text: Text;
}

/** Only what can be seen above it. */
function startLegend({ timeline: { containers, failure } }: Pictured): readonly Entry[] {
  const has = (kind: string): boolean => containers.some((each) => each.kind === kind);
  return [
    ...(containers.length > 1 ? [{ mark: 'waiting', text: labels.waiting }] : []),
    ...(has('init') ? [{ mark: 'working', text: labels.working }] : []),
    { mark: 'starting', text: labels.starting },
    { mark: 'running', text: labels.running },
    { mark: 'ready', text: labels.ready },
    ...(containers.some(({ gate, kind }) => gate !== 'none' && (kind !== 'app' || gate === 'postStart')) ? [{ mark: 'arrow', text: labels.gate }] : []),
    ...(containers.some(({ gate, kind }) => gate === 'none' && kind === 'sidecar') ? [{ mark: 'arrow loose', text: labels.noGate }] : []),
    ...(containers.some(({ falseGates }) => falseGates.length > 0) ? [{ mark: 'false', text: labels.falseGate }] : []),
    ...(failure === undefined ? [] : [{ mark: 'fails', text: labels.failing }]),
    { mark: '', text: labels.atWorst },
  ];
}

/** In as many lines as it takes. */
function legendAt(top: number, entries: readonly Entry[], locale: Locale): Part {
  let [x, y]: [number, number] = [sheet.margin, top];
  const drawn = entries.map(({ mark, text }) => {
    const label = text[locale];
    const before = mark === '' ? 0 : 24;
    const width = before + columns(label) * 6.3;
    if (x + width > sheet.right) [x, y] = [sheet.margin, y + 18];
    const entry = signOf(mark, x, y) + words(x + before, y + 9, label, { class: 'dim' });
    x += width + 18;
    return entry;
  });
  return { markup: element('g', { 'aria-hidden': 'true' }, drawn), height: y - top + 18 };
}

function signOf(mark: string, x: number, y: number): string {
  const middle = y + 5;
  if (mark === '') return '';
  if (mark === 'waiting' || mark.startsWith('arrow')) return element('path', { class: mark, d: `M${String(x)} ${String(middle)}h18` });
  if (mark === 'ready') return element('path', { class: mark, d: `M${String(x + 9)} ${String(middle - 6)}l5 6l-5 6l-5 -6z` });
  if (mark === 'kill') return element('path', { class: mark, d: `M${String(x + 9)} ${String(middle - 6)}v12` });
  if (mark === 'false') return words(x, y + 9, 'abc', { class: mark });
  return element('rect', { class: mark, x, y, width: 18, height: 10, rx: 2 });
}
