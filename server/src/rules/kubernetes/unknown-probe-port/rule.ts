import type { Fix } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { nearest } from '../../../engine/core/nearest.ts';
import { askedPorts, declaredPortNames, type PortAsker } from '../../../engine/kubernetes/probes.ts';
import { isProbeable } from '../../../engine/kubernetes/routes.ts';
import type { IntOrString } from '../../../engine/kubernetes/types.ts';
import { type Container, portName } from '../../../engine/kubernetes/workload.ts';
import { containerRule, type ContainerView } from '../../../engine/rule-kinds.ts';
import { set } from '../../../engine/yaml/edit.ts';
import type { Field } from '../../../engine/yaml/field.ts';

const never = {
  en: 'Container "{name}" declares no port "{port}", so its {asker} never gets an answer and the container never becomes ready. Name a port it declares, or a number.',
  zh: '容器“{name}”没有声明名为“{port}”的端口，{asker} 永远得不到结果，容器永远不会就绪。请改用已声明的端口名或端口号。',
};
const texts: Readonly<Record<PortAsker, typeof never>> = {
  readinessProbe: never,
  startupProbe: never,
  livenessProbe: {
    en: 'Container "{name}" declares no port "{port}", so its {asker} never gets an answer and never restarts anything. Name a port it declares, or a number.',
    zh: '容器“{name}”没有声明名为“{port}”的端口，{asker} 永远得不到结果，也就永远不会触发重启。请改用已声明的端口名或端口号。',
  },
  postStart: {
    en: 'Container "{name}" declares no port "{port}", so its {asker} hook fails and the kubelet kills the container. Name a port it declares, or a number.',
    zh: '容器“{name}”没有声明名为“{port}”的端口，{asker} 钩子会失败，kubelet 会因此终止该容器。请改用已声明的端口名或端口号。',
  },
  preStop: {
    en: 'Container "{name}" declares no port "{port}", so its {asker} hook fails and the container is stopped without it. Name a port it declares, or a number.',
    zh: '容器“{name}”没有声明名为“{port}”的端口，{asker} 钩子会失败，容器会在钩子未执行的情况下停止。请改用已声明的端口名或端口号。',
  },
};
const use = { en: 'Use port {target}', zh: '改用端口 {target}' };
const give = { en: 'Name port {number} "{port}"', zh: '将端口 {number} 命名为“{port}”' };

/** More than this many ports help nobody to choose. */
const offered = 4;

/**
 * The kubelet looks a name up among the ports of the probe's own container; a name that is not there is an error whose
 * result is thrown away, so that the probe never has one. Source: kubernetes/kubernetes, pkg/probe/util.go
 * (ResolveContainerPort), pkg/kubelet/prober/worker.go ("Prober error, throw away the result"), and resolvePort of
 * pkg/kubelet/lifecycle/handlers.go for hooks. A number needs no declaration: `containerPort` is information only.
 */
export default containerRule(
  {
    id: 'kubernetes/unknown-probe-port',
    guideline: 'readiness',
    title: { en: 'A probe names a port that its container does not declare.', zh: '探针引用了容器未声明的端口名。' },
    severities: ['error'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* (view) {
    const { manifest, container } = view;
    for (const { asker, port } of askedPorts(container)) {
      const name = port.text;
      // Digits in quotes are no name: the API server refuses them, which is another finding.
      if (name === undefined || name === '' || /^\d+$/.test(name)) continue;
      const names = declaredPortNames(container);
      if (names === undefined) return;
      if (names.includes(name)) continue;
      yield {
        span: port.span,
        place: `${manifest.place}:${port.path}`,
        severity: 'error',
        message: message(texts[asker], { name: container.title, port: name, asker }),
        fixes: fixesOf(view, port, name),
      };
    }
  },
);

/** Best first: the name that was meant, the number of a port of that name beside it, the container's own ports, or the name for the one that has none. */
function fixesOf({ workload, container }: ContainerView, port: Field, name: string): readonly Fix[] {
  const own = container.ports.filter(isProbeable);
  const near = nearest(name, own.flatMap((each) => each.name ?? []));
  const beside = workload.containers.filter((other) => other !== container && runsBeside(other)).flatMap(({ ports }) => ports);
  const [other] = beside.filter((each) => each.name === name && isProbeable(each));
  const targets: readonly (IntOrString | undefined)[] = [near, other?.number, ...own.map((each) => each.name ?? each.number)];
  const fixes = [...new Set(targets)].filter((target) => target !== undefined).map((target): Fix => ({
    key: 'use-port',
    title: message(use, { target }),
    safety: 'suggestion',
    outcome: () => set(port, target),
  }));
  const [only] = own;
  const nameless = own.length === 1 && only?.number !== undefined && only.name === undefined && portName.test(name) ? only : undefined;
  return [
    ...fixes.slice(0, offered),
    ...(nameless === undefined ? [] : [{
      key: 'name-port',
      title: message(give, { number: nameless.number ?? 0, port: name }),
      safety: 'suggestion' as const,
      outcome: () => set(nameless.field.at('name'), name),
    }]),
  ];
}

/** Containers that run at the same time share one network. */
function runsBeside({ role }: Container): boolean {
  return role === 'app' || role === 'sidecar';
}
