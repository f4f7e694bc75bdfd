import type { Text } from '../../core/message.ts';
import { type Estimate, isNever } from './estimate.ts';
import type { Start } from './order.ts';
import type { Timeline } from './simulate.ts';
import { compose, join, same, seconds, span } from './words.ts';

const texts = {
  limited: { en: '{name} (≤ {time})', zh: '{name}（≤ {time}）' },
  hooked: { en: '{name} (postStart)', zh: '{name}（postStart）' },
  ready: { en: '{order} · ready in {time}', zh: '{order} · {time}后就绪' },
  starts: { en: '{order} · app starts in {time}', zh: '{order} · 应用在 {time}后启动' },
  atOnce: { en: '{order} · ready at once', zh: '{order} · 立即就绪' },
  startsAtOnce: { en: '{order} · starts at once', zh: '{order} · 立即启动' },
  later: { en: '{order} · ready in {time}, likely {likely}', zh: '{order} · {time}后就绪，通常约 {likely}' },
  startsLater: { en: '{order} · app starts in {time}, likely {likely}', zh: '{order} · 应用在 {time}后启动，通常约 {likely}' },
  never: { en: '{order} · never ready', zh: '{order} · 永远不会就绪' },
  neverStarts: { en: '{order} · the app never starts', zh: '{order} · 应用永远不会启动' },
  arrow: { en: ' → ', zh: ' → ' },
} as const satisfies Readonly<Record<string, Text>>;

/**
 * The timeline in one line: the order with the limits of its gates, and when the Pod is ready. What ends by itself is never
 * waited for to be ready: there it is when the app starts.
 */
export function summarise({ containers, ready, flavour }: Timeline): Text {
  const first = containers.filter(({ kind }) => kind !== 'app').map(step);
  const apps = containers.filter(({ kind }) => kind === 'app');
  const order = join([...first, join(apps.map(({ name }) => same(name)), ' + ')], texts.arrow);
  const isBatch = flavour === 'batch';
  const at = isBatch ? (apps[0]?.start ?? ready) : ready;
  if (isNever(at)) return compose(isBatch ? texts.neverStarts : texts.never, { order });
  if (at.worst === 0) return compose(isBatch ? texts.startsAtOnce : texts.atOnce, { order });
  if (at.worst < Infinity) return compose(isBatch ? texts.starts : texts.ready, { order, time: span(at) });
  return compose(isBatch ? texts.startsLater : texts.later, { order, time: span(at), likely: seconds(at.likely) });
}

function step({ name, kind, gate, start, opens }: Start): Text {
  if (kind === 'init' || gate === 'none') return same(name);
  const limit = limitOf(start, opens);
  if (limit !== undefined) return compose(texts.limited, { name: same(name), time: seconds(limit) });
  return gate === 'postStart' ? compose(texts.hooked, { name: same(name) }) : same(name);
}

/** How long a gate keeps those behind it waiting, at the worst; undefined where nothing bounds it. */
export function limitOf(start: Estimate, opens: Estimate): number | undefined {
  return opens.worst < Infinity ? opens.worst - start.worst : undefined;
}
