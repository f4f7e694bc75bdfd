import type { Span } from '../../text/span.ts';
import type { Field } from '../../yaml/field.ts';
import { commandWords } from '../command-line.ts';
import { sleepBeforeStart } from '../slow-start.ts';
import { type KubernetesVersion, supports } from '../versions.ts';
import type { Container, Workload } from '../workload.ts';
import type { Estimate } from './estimate.ts';
import { commandTime, hookTime } from './hooks.ts';
import { type ProbeNumbers, probeNumbers } from './probe-times.ts';

/** `init`: the next container waits for its end; `sidecar`: it runs beside those that follow; `app`: all start after the others. */
export type StartKind = 'init' | 'sidecar' | 'app';

/** What becomes of a container that ended. `by-exit-code`: `restartPolicyRules` decide. */
export type RestartPolicy = 'always' | 'on-failure' | 'never' | 'by-exit-code' | 'unknown';

/** A container as the kubelet of a version takes it. */
export interface Planned {
  readonly container: Container;
  readonly name: string;
  readonly kind: StartKind;
  /** A template decides whether it is a sidecar; it is taken for one. */
  readonly isGuess: boolean;
  /** An init container that was meant as a sidecar, on a cluster that knows none: it never ends. */
  readonly neverEnds: boolean;
  /** Of its name. */
  readonly span: Span;
  /** All of it. */
  readonly extent: Span;
  readonly postStart: Estimate | undefined;
  readonly preStop: Estimate | undefined;
  readonly startup: ProbeNumbers | undefined;
  readonly readiness: ProbeNumbers | undefined;
  readonly liveness: ProbeNumbers | undefined;
  /** Something that the file does not show may give it a gate. */
  readonly mayHaveGate: boolean;
  /** Seconds that it surely sleeps: before it answers anybody, or, an init container, before it ends. */
  readonly silent: number;
  /** An init container of which `silent` is all that it does. */
  readonly onlySleeps: boolean;
  readonly restart: RestartPolicy;
}

/** All containers that start with the Pod, in the order in which the kubelet starts them. */
export interface Plan {
  readonly version: KubernetesVersion;
  readonly workload: Workload;
  readonly containers: readonly Planned[];
}

/** Undefined where the Pods are not started by the rules of a Pod spec, or where no container is written. */
export function planOf(workload: Workload, version: KubernetesVersion): Plan | undefined {
  const { isPodSpec, podSpec, containers } = workload;
  if (!isPodSpec) return undefined;
  const started = containers.filter(({ role }) => role !== 'ephemeral');
  if (!started.some(({ role }) => role === 'app')) return undefined;
  const ordered = [...started.filter(({ role }) => role !== 'app'), ...started.filter(({ role }) => role === 'app')];
  const pod = policyOf(podSpec.get('restartPolicy')) ?? (workload.flavour === 'batch' ? 'on-failure' : 'always');
  return { version, workload, containers: ordered.map((container) => planned(container, version, pod)) };
}

function planned(container: Container, version: KubernetesVersion, pod: RestartPolicy): Planned {
  const { field, role, title: name } = container;
  const isNative = role === 'sidecar' || role === 'unknown';
  const isLost = isNative && !supports(version, 'nativeSidecar');
  const kind = role === 'app' ? 'app' : isNative && !isLost ? 'sidecar' : 'init';
  const lifecycle = field.get('lifecycle');
  // Init containers have neither probes nor hooks: the API server refuses them.
  const probe = (key: 'livenessProbe' | 'readinessProbe' | 'startupProbe'): ProbeNumbers | undefined => (kind === 'init' ? undefined : probeNumbers(key, field.get(key)));
  const run = commandTime(commandWords(container).map((word) => (word === '' ? undefined : word)));
  return {
    container,
    name,
    kind,
    isGuess: role === 'unknown',
    neverEnds: isLost && role === 'sidecar',
    span: field.span,
    extent: field.valueSpan ?? field.span,
    postStart: kind === 'init' ? undefined : hookTime(lifecycle.get('postStart')),
    preStop: kind === 'init' ? undefined : hookTime(lifecycle.get('preStop')),
    startup: supports(version, 'startupProbe') ? probe('startupProbe') : undefined,
    readiness: probe('readinessProbe'),
    liveness: probe('livenessProbe'),
    mayHaveGate: kind !== 'init' && (field.get('startupProbe').state === 'unknown' || lifecycle.get('postStart').state === 'unknown'),
    silent: kind === 'init' ? run.seconds : sleepBeforeStart(container),
    onlySleeps: run.isAll,
    restart: kind === 'sidecar' ? 'always' : restartOf(field, version, pod),
  };
}

/**
 * Native sidecars are always started anew; others by their own policy, where the version knows one, else by the Pod's.
 * Init containers take `Always` of the Pod for `OnFailure`. Source: KEP-753, KEP-5307; kuberuntime_container.go,
 * computeInitContainerActions.
 */
function restartOf(field: Container['field'], version: KubernetesVersion, pod: RestartPolicy): RestartPolicy {
  if (!supports(version, 'containerRestartRules')) return pod;
  const rules = field.at('restartPolicyRules');
  if (rules.present && !rules.isEmpty) return 'by-exit-code';
  return policyOf(field.get('restartPolicy')) ?? pod;
}

const policies: ReadonlyMap<string | undefined, RestartPolicy> = new Map([['Always', 'always'], ['OnFailure', 'on-failure'], ['Never', 'never']]);

function policyOf(field: Field): RestartPolicy | undefined {
  return field.absent || field.isNull ? undefined : (policies.get(field.text) ?? 'unknown');
}
