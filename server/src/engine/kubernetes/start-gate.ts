import { loopbackPorts } from './loopback.ts';
import { mostContainers, portsOf, roleOf } from './roles.ts';
import { mountsOf } from './volumes.ts';
import type { Container, Workload } from './workload.ts';

/**
 * What the containers behind a native sidecar wait for. `unknown`: something that the file does not show may be a gate.
 * Source: KEP-753; pkg/kubelet/kuberuntime/kuberuntime_container.go, computeInitContainerActions.
 */
export type StartGate = 'startupProbe' | 'postStart' | 'none' | 'unknown';

export function startGate({ field }: Container): StartGate {
  const [probe, hook] = [field.get('startupProbe'), field.at('lifecycle', 'postStart')];
  if (probe.state === 'unknown' || hook.state === 'unknown') return 'unknown';
  if (probe.present && !probe.isNull) return 'startupProbe';
  return hook.present && !hook.isNull ? 'postStart' : 'none';
}

/** Why somebody should wait for a helper. */
export type StartNeed =
  /** A container that starts later names a port of it at localhost. */
  | { readonly kind: 'called'; readonly by: Container; readonly port: number }
  /** A container that starts later reads a volume that it fills. */
  | { readonly kind: 'read'; readonly by: Container; readonly volume: string }
  /** It stands for a backend, as its image says; nothing shows who calls it. */
  | { readonly kind: 'likely' };

/** What needs the helper from its own start on, the surest reason first; undefined where nothing shows that anybody does. */
export function startNeed(workload: Workload, helper: Container): StartNeed | undefined {
  if (workload.containers.length > mostContainers) return undefined;
  const later = startedAfter(workload, helper);
  // Of several containers of one image, each does a part of its work: which of them has the image's port, only a file tells.
  const isOneOfMany = helper.ports.length === 0 && workload.containers.some(({ field, image }) => field !== helper.field && image !== undefined && image.repository === helper.image?.repository);
  const own = isOneOfMany ? new Set<number>() : portsOf(helper);
  for (const by of later) {
    const theirs = portsOf(by);
    // Of two that have the port, nobody knows which one is meant.
    const port = [...loopbackPorts(by)].find((each) => own.has(each) && !theirs.has(each) && !later.some((other) => portsOf(other).has(each)));
    if (port !== undefined) return { kind: 'called', by, port };
  }
  const { pattern, scenario } = roleOf(workload, helper);
  if (pattern === 'config-helper' && scenario !== 'config-helper/file-reload') {
    const written = new Set(mountsOf(helper).items.filter(({ isReadOnly }) => !isReadOnly).map(({ name }) => name));
    for (const by of later) {
      const mount = mountsOf(by).items.find(({ name, isReadOnly }) => name !== undefined && isReadOnly && written.has(name));
      if (mount?.name !== undefined && !isFilledBefore(workload, helper, mount.name)) return { kind: 'read', by, volume: mount.name };
    }
  }
  return pattern === 'ambassador' && later.length > 0 ? { kind: 'likely' } : undefined;
}

/** The containers that the kubelet starts behind one of `initContainers`. */
export function startedAfter({ containers }: Workload, { field }: Container): readonly Container[] {
  const lists = containers.filter(({ role }) => role !== 'app' && role !== 'ephemeral');
  const index = lists.findIndex((each) => each.field === field);
  return [...(index < 0 ? [] : lists.slice(index + 1)), ...containers.filter(({ role }) => role === 'app')];
}

/** An ordinary init container has written the volume already, as agents do that are injected twice. */
function isFilledBefore({ containers }: Workload, { field }: Container, volume: string): boolean {
  const index = containers.findIndex((each) => each.field === field);
  return containers.slice(0, index).some((each) => each.role === 'init' && mountsOf(each).items.some(({ name, isReadOnly }) => name === volume && !isReadOnly));
}
