import type { Environment } from './environment.ts';
import { commandLine, pauses } from './command-line.ts';
import { isHook, isStaticPod, type Manifest } from './manifest.ts';
import { type KubernetesVersion, supports } from './versions.ts';
import type { Container, Workload } from './workload.ts';

/** What a container lacks, after all that the Pod and the namespace give it. */
export interface ResourceGaps {
  readonly cpuRequest: boolean;
  readonly memoryRequest: boolean;
  readonly cpuLimit: boolean;
  readonly memoryLimit: boolean;
}

/** What the LimitRanges of the workspace give containers by default. */
export interface ContainerDefaults {
  readonly namespace: string | undefined;
  readonly limits: readonly string[];
  readonly requests: readonly string[];
}

type Resource = 'cpu' | 'memory';

/**
 * Requests and limits that nobody gives the container. A limit is the request too where none is written; amounts of the
 * whole Pod count from the version on that knows them; a LimitRange counts in its namespace, and where one of the two
 * names none.
 * Source: kubernetes/kubernetes, pkg/apis/core/v1/defaults.go, SetDefaults_Pod; KEP-2837; LimitRanger.
 */
export function resourceGaps({ workload, container }: Placed, namespace: string | undefined, version: KubernetesVersion, defaults: readonly ContainerDefaults[]): ResourceGaps {
  const own = container.field.get('resources');
  const holders = supports(version, 'podResources') ? [own, workload.podSpec.get('resources')] : [own];
  const given = defaults.filter((each) => each.namespace === undefined || namespace === undefined || each.namespace === namespace);
  const lacks = (kind: 'limits' | 'requests', resource: Resource): boolean =>
    holders.every((holder) => holder.get(kind).get(resource).absent) && !given.some((each) => each[kind].includes(resource));
  const [cpuLimit, memoryLimit] = [lacks('limits', 'cpu'), lacks('limits', 'memory')];
  return { cpuLimit, memoryLimit, cpuRequest: cpuLimit && lacks('requests', 'cpu'), memoryRequest: memoryLimit && lacks('requests', 'memory') };
}

interface Placed {
  readonly workload: Workload;
  readonly container: Container;
}

/**
 * Is it worth asking what this container needs? Of what runs on in production: init containers come one by one before
 * the others, hooks live for a moment, agents of a node are sized by whoever runs the node, and a pause image only waits.
 */
export function isSized({ manifest, workload, container }: Placed & { readonly manifest: Manifest }, environment: Environment): boolean {
  if (environment === 'development' || !workload.isPodSpec || (container.role !== 'app' && container.role !== 'sidecar')) return false;
  return !pauses(container) && !isInjected({ workload, container }) && !isHook(manifest) && !isStaticPod(manifest) && !isNodeAgent(manifest, workload);
}

/** The names that meshes and runtimes give the proxies which they inject. Source: linkerd2, istio, dapr and consul-k8s, their injectors. */
const injected: ReadonlySet<string> = new Set(['linkerd-proxy', 'linkerd-debug', 'istio-proxy', 'daprd', 'consul-dataplane', 'kuma-sidecar', 'osm-proxy']);

/**
 * Was the container put there by a mesh, as files with the result of an injection show? The mesh sizes it (Linkerd by
 * `config.linkerd.io/proxy-memory-limit`, Istio by `sidecar.istio.io/proxyMemoryLimit`), and its amounts say nothing
 * about the app. A gateway of the same name stands alone.
 */
function isInjected({ workload, container }: Placed): boolean {
  return injected.has(container.name) && workload.containers.some(({ name, role }) => role === 'app' && !injected.has(name));
}

/** A part of the node or of the cluster itself. */
function isNodeAgent({ kind, namespace }: Manifest, { podSpec }: Workload): boolean {
  if (podSpec.get('priorityClassName').text?.startsWith('system-') === true || namespace === 'kube-system') return true;
  if (kind !== 'DaemonSet') return false;
  const isHost = podSpec.get('hostNetwork').bool === true || podSpec.get('hostPID').bool === true;
  return isHost || podSpec.get('volumes').items().some((volume) => volume.has('hostPath'));
}

/** Does another container of the Pod have amounts of this kind, so that somebody thinks of them here? */
export function othersHave({ workload, container }: Placed, kind: 'limits' | 'requests'): boolean {
  return workload.containers.some((other) => other !== container && other.role !== 'init' && !isInjected({ workload, container: other }) && other.field.get('resources').get(kind).kind === 'map');
}

/**
 * What sizes itself by its memory limit, and by the memory of the node where it has none: a JVM with a share for its heap
 * (-XX:MaxRAMPercentage), or a variable that the kubelet fills in with the limit. Undefined where nothing says so.
 * Source: kubernetes.io, "Downward API": the node's allocatable memory stands in for a limit that is not there.
 */
export function sizedByLimit(container: Container): string | undefined {
  const flag = /-XX:M(?:ax|in)RAMPercentage/.exec(commandLine(container))?.[0];
  if (flag !== undefined) return flag;
  const variable = container.field.get('env').items().find((item) => {
    const reference = item.get('valueFrom').get('resourceFieldRef');
    const isOwn = reference.get('containerName').absent || reference.get('containerName').text === container.name;
    return isOwn && reference.get('resource').text === 'limits.memory';
  });
  return variable?.get('name').text;
}
