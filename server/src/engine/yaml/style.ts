import { columnOf, startsLine } from './lines.ts';
import { type Node, slotsOf } from './node.ts';
import type { Tree } from './tree.ts';

/** How a document is written, so that new lines look as if its author had written them. */
export interface Style {
  /** Columns a map's keys stand right of the key that holds them. */
  readonly step: number;
  /** Columns the dashes of a sequence stand right of its key: 0 in flush style. */
  readonly dash: number;
  readonly quote: '"' | "'";
}

// For documents that show nothing. Nearly all real manifests step by two columns and use double quotes; between indented
// and flush dashes they are about even, so the form that shows its nesting is taken.
const usual: Style = { step: 2, dash: 2, quote: '"' };

/** The habits of a document: what it does most often, the usual where it shows nothing. Walks the whole tree. */
export function styleOf({ text, root }: Tree): Style {
  const steps = new Map<number, number>();
  const dashes = new Map<number, number>();
  const quotes = new Map<'"' | "'", number>();
  function visit(node: Node, column: number | undefined): void {
    if (node.kind === 'scalar') {
      if (node.style === 'single') count(quotes, "'");
      if (node.style === 'double') count(quotes, '"');
    }
    const isBlock = (node.kind === 'map' || node.kind === 'sequence') && node.style === 'block' && node.slots.length > 0;
    const own = isBlock ? columnOf(text, node.start) : undefined;
    if (own !== undefined && column !== undefined && startsLine(text, node.start)) {
      if (node.kind === 'sequence' && own >= column) count(dashes, own - column);
      if (node.kind === 'map' && own > column) count(steps, own - column);
    }
    for (const slot of slotsOf(node)) visit(slot.value, slot.key === undefined ? undefined : own);
  }
  if (root !== undefined) visit(root, undefined);
  const step = most(steps) ?? usual.step;
  const dash = most(dashes) ?? (steps.size > 0 ? step : usual.dash);
  return { step, dash: Math.min(dash, step), quote: most(quotes) ?? usual.quote };
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The key seen most often; of equals the one seen first. */
function most<K>(counts: ReadonlyMap<K, number>): K | undefined {
  let best: K | undefined;
  let top = 0;
  for (const [key, times] of counts) {
    if (times > top) [best, top] = [key, times];
  }
  return best;
}
