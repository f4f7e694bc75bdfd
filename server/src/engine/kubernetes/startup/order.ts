import type { Span } from '../../text/span.ts';
import type { ProbeKey } from '../probes.ts';
import { between, type Estimate, exactly, latest, never, plus } from './estimate.ts';
import type { Plan, Planned, StartKind } from './plan.ts';
import { noticed, readyBy, startedBy } from './probe-times.ts';

/** What the next container waits for. `none`: for nothing but the process. */
export type Gate = 'exit' | 'postStart' | 'startupProbe' | 'none';

/** How a container fails, from its first run on. `hang`: it runs and answers nobody; `never`: its image or configuration is missing. */
export type Failing = 'crash' | 'hang' | 'never';

/** The start of a container, in seconds since the Pod's sandbox is ready. */
export interface Start {
  readonly name: string;
  readonly kind: StartKind;
  /** Its process starts. */
  readonly start: Estimate;
  /** Up, as `status.started` has it: behind its startupProbe and its postStart hook. */
  readonly started: Estimate;
  /** Undefined for init containers. */
  readonly ready: Estimate | undefined;
  /** Its gate opens: those behind it may start. */
  readonly opens: Estimate;
  readonly gate: Gate;
  /** Probes of a sidecar without a gate that order nothing, though they look as if they did. */
  readonly falseGates: readonly { readonly key: ProbeKey; readonly span: Span }[];
  /** The container whose gate it waits for. */
  readonly blockedBy: string | undefined;
  /** Of its name. */
  readonly span: Span;
  /** All of it. */
  readonly extent: Span;
  /** Of the key of the probe that is its gate. */
  readonly probeSpan: Span | undefined;
}

export interface Order {
  readonly starts: readonly Start[];
  /** All init containers have ended and all sidecars are up. */
  readonly initialized: Estimate;
  /** All containers that run on are ready. */
  readonly ready: Estimate;
}

/**
 * The start of a Pod. Init containers and sidecars come one after the other, in the order of the list; each waits for the
 * gate of the one before it. Then come all others in one go; only a postStart hook keeps those behind it waiting.
 * Readiness and liveness probes are not looked at.
 * Source: pkg/kubelet/kuberuntime/kuberuntime_manager.go, computePodActions and SyncPod; kuberuntime_container.go,
 * computeInitContainerActions; KEP-753.
 * @param failing a container, by its index in the plan, and how it fails
 */
export function orderOf({ containers }: Plan, failing?: { readonly index: number; readonly how: Failing }): Order {
  const starts: Start[] = [];
  let at = exactly(0);
  let blockedBy: string | undefined;
  for (const [index, planned] of containers.entries()) {
    const made = startOf(planned, at, blockedBy, failing?.index === index ? failing.how : undefined, index < containers.length - 1);
    starts.push(made);
    const { gate, opens, kind, name } = made;
    if (kind === 'app') {
      at = opens;
      if (planned.postStart !== undefined) blockedBy = name;
    } else {
      // The result of a startupProbe makes the kubelet look at once; what runs or ended, it notices by itself.
      at = gate === 'startupProbe' ? opens : noticed(opens);
      blockedBy = name;
    }
  }
  const init = starts.findLastIndex(({ kind }) => kind !== 'app');
  const last = starts[init];
  const initialized = last === undefined ? exactly(0) : last.gate === 'startupProbe' ? last.opens : noticed(last.opens);
  return { starts, initialized, ready: latest(...starts.flatMap(({ ready }) => ready ?? [])) };
}

function startOf(planned: Planned, start: Estimate, blockedBy: string | undefined, failing: Failing | undefined, hasNext: boolean): Start {
  const { name, kind, span, extent, startup, postStart } = planned;
  const gate = gateOf(planned);
  const whole = failing === undefined ? timesOf(planned, start) : failed(planned, start, failing);
  const isBare = kind === 'sidecar' && gate === 'none' && hasNext;
  const falseGates = isBare ? [planned.readiness, planned.liveness].flatMap((probe) => (probe === undefined ? [] : [{ key: probe.key, span: probe.span }])) : [];
  const probeSpan = gate === 'startupProbe' ? startup?.span : gate === 'postStart' && postStart !== undefined ? planned.container.field.at('lifecycle', 'postStart').span : undefined;
  return { name, kind, start, ...whole, gate, falseGates, blockedBy, span, extent, probeSpan };
}

function gateOf({ kind, startup, postStart }: Planned): Gate {
  if (kind === 'init') return 'exit';
  return startup !== undefined ? 'startupProbe' : postStart !== undefined ? 'postStart' : 'none';
}

type Times = Pick<Start, 'started' | 'ready' | 'opens'>;

function timesOf(planned: Planned, start: Estimate): Times {
  const { kind, startup, readiness, silent, neverEnds, isGuess } = planned;
  // How long an init container works, nothing in the file bounds: times are counted without it (`uncounted`).
  if (kind === 'init') return { started: start, ready: undefined, opens: neverEnds ? never : plus(start, exactly(silent)) };
  const hook = planned.postStart ?? exactly(0);
  const up = startup === undefined ? plus(start, hook) : startedBy(start, startup, hook, silent);
  const open = planned.mayHaveGate && startup === undefined ? between(up.earliest, up.likely, Infinity) : up;
  const started = isGuess ? between(Math.min(open.earliest, start.earliest), open.likely, Infinity) : open;
  const ready = readiness === undefined ? started : readyBy(start, started, readiness, silent);
  // Those beside an app container wait for its hook alone.
  return { started, ready, opens: kind === 'app' ? plus(start, hook) : started };
}

/** Seconds from the start of a container until it is up, by its own probe and hook. */
export function upAfter(planned: Planned): Estimate {
  return timesOf(planned, exactly(0)).started;
}

/** The times of a container that fails in every run. */
function failed(planned: Planned, start: Estimate, how: Failing): Times {
  const { kind, startup, readiness, postStart } = planned;
  if (kind === 'init') return { started: how === 'never' ? never : start, ready: undefined, opens: never };
  const { started, opens, ready } = timesOf(planned, start);
  // The kubelet does not wait for an app container that did not start.
  if (how === 'never') return { started: never, ready: never, opens: kind === 'app' ? start : never };
  // A hook that only sleeps goes by the clock; any other one ends with a container that crashes, and asks in vain one that hangs.
  const isBlind = postStart === undefined || postStart.earliest === postStart.worst;
  if (how === 'crash') {
    const isUp = startup === undefined && postStart === undefined;
    return { started: isUp ? started : never, ready: never, opens: kind === 'app' || isUp ? (kind === 'app' && !isBlind ? start : opens) : never };
  }
  if (startup !== undefined) return { started: never, ready: never, opens: kind === 'app' && isBlind ? opens : never };
  return { started: isBlind ? started : never, ready: isBlind && readiness === undefined ? ready : never, opens: isBlind ? opens : never };
}
