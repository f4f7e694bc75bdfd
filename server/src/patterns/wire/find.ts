import type { Manifest } from '../../engine/kubernetes/manifest.ts';
import type { ServiceFact } from '../../engine/kubernetes/service.ts';
import type { KubernetesVersion } from '../../engine/kubernetes/versions.ts';
import type { Container, Workload } from '../../engine/kubernetes/workload.ts';
import type { Message } from '../../engine/core/message.ts';
import type { Field } from '../../engine/yaml/field.ts';
import { appOf, obstacle, type Target } from './target.ts';
import { because } from './reasons.ts';

/** A manifest file as the wiring sees it. */
export interface Surroundings {
  readonly objects: readonly { readonly manifest: Manifest; readonly base: number }[];
  readonly version: KubernetesVersion;
  readonly services: readonly ServiceFact[];
}

/** The workload at an offset of a file, or the only one that the file has; the reason where there is none to add to. */
export function targetAt({ objects, version, services }: Surroundings, offset: number): Target | { readonly refused: Message } {
  const holds = objects.filter(({ manifest }) => manifest.workload !== undefined);
  const here = holds.find(({ manifest, base }) => isIn(manifest.root, offset - base)) ?? (holds.length === 1 ? holds[0] : undefined);
  if (here === undefined) return { refused: because('none') };
  const { manifest, base } = here;
  const workload = manifest.workloads.find(({ podSpec }) => isIn(podSpec, offset - base)) ?? manifest.workload;
  const reason = obstacle(manifest, workload);
  const app = workload === undefined ? undefined : appAt(workload, offset - base);
  if (reason !== undefined || workload === undefined || app === undefined) return { refused: reason ?? because('none') };
  return { manifest, workload, app, version, services, beside: objects, base };
}

function appAt(workload: Workload, offset: number): Container | undefined {
  return workload.containers.find(({ role, field }) => role === 'app' && isIn(field, offset)) ?? appOf(workload);
}

function isIn(field: Field, offset: number): boolean {
  const span = field.valueSpan;
  return span !== undefined && span.start <= offset && offset <= span.end;
}
