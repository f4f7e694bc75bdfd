import { type FixOutcome, refused } from '../engine/core/finding.ts';
import { message, type Text } from '../engine/core/message.ts';
import { loopbackPorts } from '../engine/kubernetes/loopback.ts';
import { portsOf } from '../engine/kubernetes/roles.ts';
import type { Container, Workload } from '../engine/kubernetes/workload.ts';
import { remove, set } from '../engine/yaml/edit.ts';
import type { Field } from '../engine/yaml/field.ts';
import { moveItem } from '../engine/yaml/move-item.ts';
import type { YamlMap } from '../engine/yaml/render.ts';
import { inSteps, keysOf, rootOf } from '../engine/yaml/steps.ts';

const reasons = {
  last: {
    en: '"{name}" is the only container of the Pod, which needs one that is no sidecar.',
    zh: '“{name}”是该 Pod 唯一的容器，而 Pod 至少需要一个非边车容器。',
  },
} satisfies Readonly<Record<string, Text>>;

/**
 * Makes a container of `containers` a native sidecar: it goes to the init containers, before those that call it, and restarts
 * by itself. @param gate the startupProbe that it gets where it has none
 */
export function toNativeSidecar({ podSpec, containers }: Workload, container: Container, gate?: YamlMap): FixOutcome {
  const others = containers.filter(({ role, field }) => role === 'app' && field !== container.field);
  if (others.length === 0) return refused(message(reasons.last, { name: container.title }));
  const list = podSpec.get('initContainers');
  const own = portsOf(container);
  const inits = list.items();
  const caller = inits.findIndex((item) => {
    const init = containers.find(({ field }) => field.path === item.path);
    return init !== undefined && [...loopbackPorts(init)].some((port) => own.has(port));
  });
  const index = caller < 0 ? inits.length : caller;
  const made = (root: Field): Field => root.at(...keysOf(list), index);
  return inSteps(rootOf(podSpec), [
    () => moveItem(container.field, list, index, { before: ['containers'] }),
    (root) => set(made(root).at('restartPolicy'), 'Always', { after: ['name', 'image', 'imagePullPolicy'] }),
    ...(gate === undefined ? [] : [(root: Field) => set(made(root).at('startupProbe'), gate, { after: ['ports'], before: ['readinessProbe', 'livenessProbe'] })]),
  ]);
}

/** Makes a native sidecar the last of the ordinary containers. */
export function toOrdinaryContainer({ podSpec }: Workload, container: Container): FixOutcome {
  const list = podSpec.get('containers');
  const path = keysOf(container.field);
  return inSteps(rootOf(podSpec), [
    (root) => remove(root.at(...path, 'restartPolicy')),
    (root) => moveItem(root.at(...path), root.at(...keysOf(list)), list.items().length),
  ]);
}
