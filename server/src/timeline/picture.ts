import { failuresOf, simulate, type Simulated } from '../engine/kubernetes/startup/simulate.ts';
import type { FilePods, PlacedPod } from '../engine/session/pods.ts';
import type { SourceText } from '../engine/text/source.ts';
import type { Pictured } from './pictured.ts';

/** The timeline of a Pod spec of a file; undefined where it has none. */
export function pictureOf({ manifest, workload, base }: PlacedPod, version: FilePods['version'], source: SourceText, failing?: Simulated['failing']): Pictured | undefined {
  const timeline = simulate({ workload, manifest, version, failing });
  if (timeline === undefined) return undefined;
  const { podSpec } = workload;
  return {
    place: manifest.workloads.length > 1 ? `${manifest.place}: ${podSpec.path}` : manifest.place,
    timeline,
    get failures() {
      return failuresOf(workload, version);
    },
    source,
    base,
    span: podSpec.span,
  };
}
