import { imageInfo } from '../catalog/image-family.ts';
import { initOf } from '../shell/argv.ts';
import type { Invocation } from './invocation.ts';
import { isHook, type Manifest } from './manifest.ts';
import type { Container, Workload } from './workload.ts';

/** Seconds between SIGTERM and SIGKILL where nothing else is said. Source: core/v1 types.go, PodSpec. */
export const defaultGrace = 30;

/** Whoever waits no longer than this has settled for SIGKILL. */
const shortGrace = 5;

/**
 * Seconds that Kubernetes waits in vain for this container when it ignores SIGTERM; undefined where it does not stand to
 * lose them: it ends by itself, is not process 1 (a shared or the host's process namespace), starts under an init, is
 * stopped by a hook or another signal, or has a grace period so short that somebody decided so.
 */
export function graceOf(manifest: Manifest, workload: Workload, container: Container, invocation: Invocation): number | undefined {
  const { podSpec, flavour, isPodSpec } = workload;
  if (!isPodSpec || flavour === 'batch' || manifest.kind === 'PodTemplate' || isHook(manifest)) return undefined;
  if (container.role !== 'app' && container.role !== 'sidecar') return undefined;
  const policy = podSpec.get('restartPolicy');
  if (!policy.absent && policy.text !== 'Always') return undefined;
  if (!(['shareProcessNamespace', 'hostPID'] as const).every((key) => podSpec.get(key).absent || podSpec.get(key).bool === false)) return undefined;
  if (isWindowsPod(workload) || hasWayOut(container) || initOf(invocation.argv) !== undefined || !isOwnProgram(container, invocation)) return undefined;
  const written = podSpec.get('terminationGracePeriodSeconds');
  const grace = written.absent ? defaultGrace : written.int;
  return grace === undefined || grace <= shortGrace ? undefined : grace;
}

/** Containers of Windows get no signals. Source: kubernetes.io, concepts/windows/intro; the label is well known. */
function isWindowsPod({ podSpec }: Workload): boolean {
  return podSpec.at('os', 'name').text === 'windows' || podSpec.at('nodeSelector', 'kubernetes.io/os').text === 'windows';
}

const onlyWaits = /^(?:(?:\/\S*\/)?(?:ba|a)?sh|-c|(?:\/\S*\/)?sleep(?: \d+)?|\d+)$/;

/** A hook that stops the program, or another signal (`lifecycle.stopSignal`, since 1.33). A hook that only waits stops nothing. */
function hasWayOut({ field }: Container): boolean {
  const lifecycle = field.get('lifecycle');
  if (lifecycle.absent) return false;
  const preStop = lifecycle.get('preStop');
  const command = preStop.at('exec', 'command').items();
  const waits = preStop.has('sleep') || (command.length > 0 && command.every(({ text }) => text !== undefined && onlyWaits.test(text)));
  return lifecycle.state === 'unknown' || lifecycle.opaque || lifecycle.has('stopSignal') || (!preStop.absent && !waits);
}

/** Is what `command` and `args` name really what the container starts with? An unknown entrypoint may do anything with its arguments. */
export function isOwnProgram({ image }: Container, { replacesEntrypoint }: Invocation): boolean {
  if (replacesEntrypoint) return true;
  const known = image === undefined ? undefined : imageInfo(image);
  // The scripts of the official images end in `exec "$@"`.
  return known?.init === undefined && known?.entrypoint !== undefined && /^(?:.*entrypoint(?:\.sh)?)?$/.test(known.entrypoint.join(' '));
}
