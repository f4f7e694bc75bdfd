import type { Locale } from '../engine/core/message.ts';
import { isNever } from '../engine/kubernetes/startup/estimate.ts';
import { summarise } from '../engine/kubernetes/startup/summary.ts';
import type { Start } from '../engine/kubernetes/startup/order.ts';
import { fill, same } from '../engine/kubernetes/startup/words.ts';
import { blockers, labels, resourceLines, startPhrase, stopPhrase } from './phrases.ts';
import { isFailing, type Pictured, type Run, runsOf } from './pictured.ts';
import { type Scale, scaleFor } from './scale.ts';

/** How a terminal is written to. */
export interface Terminal {
  readonly locale: Locale;
  readonly columns: number;
  /** Bars of letters that every terminal has. */
  readonly isAscii: boolean;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly width: (text: string) => number;
}

interface Letters {
  readonly waiting: string;
  readonly starting: string;
  readonly perhaps: string;
  readonly running: string;
  readonly failing: string;
  readonly ready: string;
  readonly bullet: string;
}

const unicode: Letters = { waiting: '·', starting: '▒', perhaps: '░', running: '█', failing: '╳', ready: '◆', bullet: '•' };
const ascii: Letters = { waiting: '.', starting: '+', perhaps: '-', running: '#', failing: 'x', ready: 'R', bullet: '-' };

/** A timeline for a terminal: a bar for each container, then how it stops, what it asks for, and what is worth knowing. */
export function timelineText({ place, timeline }: Pictured, terminal: Terminal): string {
  const { locale, bold, dim } = terminal;
  const { containers, termination, notes, failure, version } = timeline;
  const letters = terminal.isAscii ? ascii : unicode;
  const head = [`${bold(cleaned(place))}  ${dim(fill(labels.kubernetes, { version: `1.${String(version)}` })[locale])}`, plain(summarise(timeline)[locale], terminal), ''];
  const names = columnsOf([...containers.map(({ name, kind }) => [cleaned(name), kind] as const)], terminal);
  const before = blockers(timeline);
  const phrases = containers.map((each, at) => startPhrase(each, containers[before[at] ?? -1])[locale]);
  const moments = containers.flatMap(({ start, started, opens }) => [start.worst, started.worst, opens.worst, started.likely]);
  const runs = runsOf(timeline);
  const scale = scaleFor([...moments, ...runs.flatMap(({ from, to }) => [from, to]), ...containers.flatMap(({ ready }) => ready?.likely ?? 0)], containers.map(({ started }) => started.likely));
  const left = Math.max(0, ...names.map(({ width }) => width)) + 4;
  const size = Math.max(20, Math.min(60, terminal.columns - left - 2));
  const bars = containers.flatMap((each, at) => [
    `  ${names[at]?.text ?? ''}  ${barOf(each, scale, size, letters, isFailing(failure, each.name) ? runs : undefined)}`,
    dim(`    ${phrases[at] ?? ''}`),
  ]);
  const legend = (['waiting', 'starting', 'perhaps', 'running', 'ready'] as const).map((key) => `${letters[key]} ${labels[key][locale]}`).join('  ');
  const stopNames = columnsOf(termination.stops.map(({ name, kind }) => [cleaned(name), kind] as const), terminal);
  const told = [
    ...resourceLines(timeline.resources).map((each) => each[locale]),
    ...section(notes.map(({ text }) => text[locale]), labels.notes[locale], letters, bold),
    ...section(failure?.sentences.map((each) => each[locale]) ?? [], labels.failure[locale], letters, bold),
  ];
  return [
    ...head,
    bold(labels.start[locale]),
    ...bars,
    `  ${' '.repeat(left - 2)}${axisOf(scale, size)}`,
    dim(`  ${legend}`),
    '',
    bold(labels.stop[locale]),
    ...termination.stops.map((stop, at) => `  ${stopNames[at]?.text ?? ''}  ${stopPhrase(stop)[locale]}`),
    '',
    ...told,
    '',
  ].join('\n');
}

function section(lines: readonly string[], title: string, { bullet }: Letters, bold: Terminal['bold']): readonly string[] {
  return lines.length === 0 ? [] : ['', bold(title), ...lines.map((line) => `  ${bullet} ${line}`)];
}

/** Names and kinds under each other. */
function columnsOf(rows: readonly (readonly [string, string])[], { width }: Terminal): readonly { readonly text: string; readonly width: number }[] {
  const most = [0, 1].map((column) => Math.max(0, ...rows.map((row) => width(row[column] ?? ''))));
  const pad = (text: string, to: number): string => text + ' '.repeat(Math.max(0, to - width(text)));
  return rows.map(([name, kind]) => ({ text: `${pad(name, most[0] ?? 0)}  ${pad(kind, most[1] ?? 0)}`, width: (most[0] ?? 0) + 2 + (most[1] ?? 0) }));
}

function barOf({ kind, start, started, opens, ready }: Start, scale: Scale, size: number, letters: Letters, runs: readonly Run[] | undefined): string {
  const up = kind === 'init' ? opens : started;
  const column = (seconds: number): number => Math.round(scale.at(seconds) * (size - 1));
  const [from, likely, worst] = [column(start.likely), column(up.likely), column(up.worst)];
  const mark = ready === undefined || isNever(ready) ? -1 : column(ready.likely);
  return Array.from({ length: size }, (_, at) => {
    if (isNever(start) || at < from) return letters.waiting;
    if (runs !== undefined) return runs.some((run) => at >= column(run.from) && at <= column(run.to)) ? letters.failing : letters.waiting;
    if (at === mark) return letters.ready;
    if (kind === 'init') return at <= Math.max(from, likely) ? letters.starting : ' ';
    return at < likely ? letters.starting : at < worst ? letters.perhaps : letters.running;
  }).join('').trimEnd();
}

function axisOf({ ticks, at }: Scale, size: number): string {
  let line = '';
  for (const tick of ticks) {
    const column = Math.round(at(tick) * (size - 1));
    if (column >= line.length + (line === '' ? 0 : 1)) line += ' '.repeat(column - line.length) + String(tick);
  }
  return `${line} s`;
}

/** Terminals without its letters get arrows of others. */
function plain(text: string, { isAscii }: Terminal): string {
  return isAscii ? text.replaceAll('→', '->').replaceAll('≤', '<=').replaceAll('·', '-') : text;
}

function cleaned(name: string): string {
  return same(name).en;
}
