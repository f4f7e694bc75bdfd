import type { Text } from '../../core/message.ts';
import type { Manifest } from '../manifest.ts';
import type { KubernetesVersion } from '../versions.ts';
import { volumesOf } from '../volumes.ts';
import type { Flavour } from '../kinds.ts';
import type { Workload } from '../workload.ts';
import { type Estimate, never } from './estimate.ts';
import { type Failure, failureOf, type Fails } from './failure.ts';
import { failureSentences } from './failure-words.ts';
import { type JobTimes, jobTimes } from './job-times.ts';
import { hasReadinessGates, isRefused, isUncounted, type Note, notesOf } from './notes.ts';
import { type Failing, type Order, orderOf, type Start } from './order.ts';
import { type Plan, planOf } from './plan.ts';
import { type PodResources, resourcesOf } from './resources.ts';
import { type SharedVolume, sharedVolumes } from './shared-volumes.ts';
import { type Termination, terminationOf } from './termination.ts';

/** How a Pod starts and stops, by its spec alone. Seconds count from the moment its sandbox is ready, or it is told to end. */
export interface Timeline {
  readonly version: KubernetesVersion;
  readonly flavour: Flavour;
  /** In the order of their starts. */
  readonly containers: readonly Start[];
  readonly initialized: Estimate;
  readonly ready: Estimate;
  readonly termination: Termination;
  readonly resources: PodResources;
  readonly job: JobTimes | undefined;
  readonly volumes: readonly SharedVolume[];
  /** Init containers whose work is not counted, because nothing in the file limits it. */
  readonly uncounted: readonly string[];
  readonly notes: readonly Note[];
  /** The failure that was asked for. */
  readonly failure: ToldFailure | undefined;
}

export interface ToldFailure extends Failure {
  readonly sentences: readonly Text[];
}

export interface Simulated {
  readonly workload: Workload;
  /** The object that holds it, for the claim templates of a StatefulSet. */
  readonly manifest?: Manifest;
  readonly version: KubernetesVersion;
  /** Let a container fail from its first run on. */
  readonly failing?: { readonly container: string; readonly how: Failing } | undefined;
}

/**
 * The timeline of a workload's Pods. Undefined for what is no Pod spec (steps of other systems), or holds no container.
 * An unknown name of a failing container is passed over.
 */
export function simulate({ workload, manifest, version, failing }: Simulated): Timeline | undefined {
  const plan = planOf(workload, version);
  if (plan === undefined) return undefined;
  const index = failing === undefined ? -1 : plan.containers.findIndex(({ name }) => name === failing.container);
  const fails = failing === undefined || index < 0 ? undefined : { index, how: failing.how };
  const normal = orderOf(plan);
  const order = plan.containers.some((planned) => isRefused(planned, plan)) ? refused(normal) : fails === undefined ? normal : orderOf(plan, fails);
  return {
    version,
    flavour: workload.flavour,
    containers: order.starts,
    initialized: order.initialized,
    ready: hasReadinessGates(plan) ? { ...order.ready, worst: Infinity } : order.ready,
    termination: terminationOf(plan),
    resources: resourcesOf(plan),
    job: jobTimes(plan),
    volumes: sharedVolumes(plan, manifest === undefined ? [] : volumesOf(manifest, workload).items),
    uncounted: plan.containers.flatMap((planned) => (isUncounted(planned) ? [planned.name] : [])),
    notes: notesOf(plan, normal),
    failure: fails === undefined ? undefined : told(plan, fails),
  };
}

/** What comes of every failure of every container: what `failing` gives, one after the other. */
export function failuresOf(workload: Workload, version: KubernetesVersion): readonly ToldFailure[] {
  const plan = planOf(workload, version);
  if (plan === undefined) return [];
  return plan.containers.flatMap((_, index) => (['crash', 'hang', 'never'] as const).flatMap((how) => told(plan, { index, how }) ?? []));
}

function told(plan: Plan, fails: Fails): ToldFailure | undefined {
  const failure = failureOf(plan, fails);
  const planned = plan.containers[fails.index];
  return failure === undefined || planned === undefined ? undefined : { ...failure, sentences: failureSentences(failure, planned, plan) };
}

/** Of a Pod that the API server does not take, nothing starts. */
function refused({ starts }: Order): Order {
  const nothing = { start: never, started: never, opens: never };
  return { starts: starts.map((start) => ({ ...start, ...nothing, ready: start.ready === undefined ? undefined : never })), initialized: never, ready: never };
}
