import type { Field } from '../../yaml/field.ts';
import { isMissing } from '../job.ts';
import { parseQuantity } from '../quantity.ts';
import type { ResourcesSpec } from '../types.ts';
import { supports } from '../versions.ts';
import type { Plan } from './plan.ts';

/** CPUs and bytes; undefined where a template decides. */
export interface Amounts {
  readonly cpu: number | undefined;
  readonly memory: number | undefined;
}

/** What the scheduler and the kernel go by, for the Pod as a whole. */
export interface PodResources {
  /** 0 where nothing is asked for. */
  readonly requests: Amounts;
  /** `Infinity` where a container has no limit, so that the Pod has none. */
  readonly limits: Amounts;
}

type Resource = keyof Amounts;

/**
 * Sidecars count beside the app and beside the init containers that come after them; the largest of these sums counts.
 * Amounts of the whole Pod take its place, from the version on that knows them.
 * Source: k8s.io/component-helpers, resource/helpers.go, PodRequests and PodLimits (KEP-753, KEP-2837); a Pod has a limit
 * only where all containers have one (pkg/kubelet/cm/helpers_linux.go, ResourceConfigForPod).
 */
export function resourcesOf(plan: Plan): PodResources {
  return { requests: { cpu: total(plan, 'requests', 'cpu'), memory: total(plan, 'requests', 'memory') }, limits: { cpu: total(plan, 'limits', 'cpu'), memory: total(plan, 'limits', 'memory') } };
}

function total(plan: Plan, kind: 'requests' | 'limits', resource: Resource): number | undefined {
  const { podSpec } = plan.workload;
  const overhead = amount(podSpec.at('overhead', resource), 0);
  const ofContainers = sumOf(plan, kind, resource);
  if (!supports(plan.version, 'podResources')) return sum(ofContainers, overhead);
  const whole = podSpec.get('resources');
  const isWritten = !isMissing(whole.get(kind).get(resource));
  // A limit of the Pod is its request only where no container asks for anything.
  const taken = isWritten || ofContainers === 0 ? own(whole, kind, resource, undefined) : undefined;
  return sum(taken === undefined ? ofContainers : taken === 'unknown' ? undefined : taken, overhead);
}

function sumOf({ containers }: Plan, kind: 'requests' | 'limits', resource: Resource): number | undefined {
  const none = kind === 'limits' ? Infinity : 0;
  let running: number | undefined = 0;
  let beside: number | undefined = 0;
  let starting: number | undefined = 0;
  for (const planned of containers) {
    const found = own(planned.container.field.get('resources'), kind, resource, none) ?? none;
    const mine = found === 'unknown' ? undefined : found;
    if (planned.kind === 'app') running = sum(running, mine);
    else if (planned.kind === 'init') starting = larger(starting, sum(beside, mine));
    else {
      running = sum(running, mine);
      beside = sum(beside, mine);
      starting = larger(starting, beside);
    }
  }
  return larger(running, starting);
}

/** A limit is the request too where none is written. Source: pkg/apis/core/v1/defaults.go, SetDefaults_Pod. */
function own(resources: Field<ResourcesSpec>, kind: 'requests' | 'limits', resource: Resource, none: number | undefined): number | 'unknown' | undefined {
  const field = resources.get(kind).get(resource);
  const limit = resources.get('limits').get(resource);
  const taken = kind === 'requests' && (isMissing(field)) ? limit : field;
  if (isMissing(taken)) return none;
  return amount(taken, 0) ?? 'unknown';
}

function amount(field: Field, none: number): number | undefined {
  return isMissing(field) ? none : parseQuantity(field.scalar);
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}

function larger(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : Math.max(a, b);
}
