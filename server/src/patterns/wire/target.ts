import { type ImageRef, parseImageRef } from '../../engine/catalog/image-ref.ts';
import type { Message } from '../../engine/core/message.ts';
import { pauses } from '../../engine/kubernetes/command-line.ts';
import { isOwned, type Manifest } from '../../engine/kubernetes/manifest.ts';
import type { ServiceFact } from '../../engine/kubernetes/service.ts';
import { type KubernetesVersion, supports } from '../../engine/kubernetes/versions.ts';
import type { Container, Workload } from '../../engine/kubernetes/workload.ts';
import type { Source } from '../scenario.ts';
import { cut, type Parts } from '../cut.ts';
import { expand } from '../stops.ts';
import { meshOf } from './mesh.ts';
import { because } from './reasons.ts';

/** The workload that a pattern is added to, and what is around it. */
export interface Target {
  readonly manifest: Manifest;
  readonly workload: Workload;
  readonly app: Container;
  readonly version: KubernetesVersion;
  /** All objects of its file with where their documents begin, itself among them. */
  readonly beside: readonly { readonly manifest: Manifest; readonly base: number }[];
  /** Where its own document begins. */
  readonly base: number;
  /** Services of other files. */
  readonly services: readonly ServiceFact[];
}

/** What is asked of a target before anybody looks into it; undefined where patterns may be added. */
export function obstacle(manifest: Manifest, workload: Workload | undefined): Message | undefined {
  const name = manifest.place;
  if (workload === undefined) return because('none');
  if (manifest.partial) return because('partial', { name });
  if (isOwned(manifest)) return because('owned', { name });
  if (!workload.isPodSpec) return because('custom', { name });
  if (appOf(workload) === undefined) return because('noApp', { name });
  return undefined;
}

/** The container the patterns serve: the first of `containers` that is written out and does anything. */
export function appOf(workload: Workload): Container | undefined {
  return workload.containers.find((container) => container.role === 'app' && !pauses(container));
}

/** Does the Job have to wait for this container? Only native sidecars end with it. */
export function isBatch({ workload }: Target): boolean {
  const policy = workload.podSpec.get('restartPolicy').text;
  return workload.flavour === 'batch' || (workload.flavour === 'pod' && policy !== undefined && policy !== 'Always');
}

/** Why this scenario does not fit this target; undefined where it may be tried. Costs no edit. */
export function misfit(target: Target, { scenario, text }: Source): Message | undefined {
  const { workload, version } = target;
  const { podSpec } = workload;
  const helper = helperName(text);
  const own = parseImageRef(scenario.image);
  const there = workload.containers.find((container) => own !== undefined && isSame(container, own, helper));
  if (there !== undefined && own !== undefined) return because('there', { container: there.title, image: own.repository });
  const system = podSpec.at('os', 'name').text ?? podSpec.at('nodeSelector', 'kubernetes.io/os').text;
  if (system === 'windows') return because('windows', { image: scenario.image });
  if (podSpec.get('hostNetwork').bool === true) return because('hostNetwork', { helper });
  if (isBatch(target) && !supports(version, 'nativeSidecar')) return because('batch', { version });
  const mesh = scenario.meshDoes === true ? meshOf(target) : undefined;
  if (mesh?.isInjected === true) return because('mesh', { mesh: mesh.name });
  return undefined;
}

/** Proxies serve more than one purpose, so a second one is another one unless it has the name that the first got. */
const versatile = /^(?:envoy|nginx(?:-unprivileged)?|haproxy)$/;

function isSame({ image, name }: Container, own: ImageRef, helper: string): boolean {
  return image?.repository === own.repository && (!versatile.test(own.name) || name.replace(/-\d+$/, '') === helper);
}

/** What the scenario calls the container that the app works with: the last of its `initContainers`, else the first behind the app. */
export function helperName(text: string): string {
  const parts = partsOf(text);
  const helper = parts?.helpers.findLast(({ list }) => list === 'initContainers') ?? parts?.helpers[0];
  return helper?.container.name ?? '';
}

/** The sources are few, and always the same. */
const known = new Map<string, Parts | undefined>();

function partsOf(text: string): Parts | undefined {
  if (!known.has(text)) known.set(text, cut(expand(text)));
  return known.get(text);
}
