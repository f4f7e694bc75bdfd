import { failuresOf } from '../../server/src/engine/kubernetes/startup/simulate.ts';
import type { Failing } from '../../server/src/engine/kubernetes/startup/order.ts';
import { SourceText } from '../../server/src/engine/text/source.ts';
import type { Pictured } from '../../server/src/timeline/pictured.ts';
import { timelineOf, workloadIn } from '../kubernetes/startup/support.ts';

/** A manifest as the formats get it, `above` standing before it in its file. */
export function pictured(text: string, { above = '', failing }: { readonly above?: string; readonly failing?: { readonly container: string; readonly how: Failing } } = {}): Pictured {
  const { workload, manifest } = workloadIn(text);
  return {
    place: manifest?.place ?? '',
    timeline: timelineOf(text, 35, failing),
    failures: failuresOf(workload, 35),
    source: new SourceText(above + text),
    base: above.length,
    span: workload.podSpec.span,
  };
}
