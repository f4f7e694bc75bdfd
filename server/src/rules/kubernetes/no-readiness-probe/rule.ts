import type { Fix, Severity } from '../../../engine/core/finding.ts';
import { type Message, message } from '../../../engine/core/message.ts';
import { isHook, isStaticPod, type Manifest } from '../../../engine/kubernetes/manifest.ts';
import {
  isMetricsPort,
  type ProbeCandidate,
  probeCandidates,
  spokenPorts,
} from '../../../engine/kubernetes/probe-candidates.ts';
import { isProbeable, type Route, routesTo } from '../../../engine/kubernetes/routes.ts';
import type { Container, Workload } from '../../../engine/kubernetes/workload.ts';
import { containerRule } from '../../../engine/rule-kinds.ts';
import { set } from '../../../engine/yaml/edit.ts';

const texts = {
  routed: {
    en: 'Service "{service}" sends traffic to container "{name}" as soon as it starts, ready or not. Add a readinessProbe.',
    zh: '容器“{name}”一启动，Service“{service}”就会向其转发流量，无论它是否就绪。请添加 readinessProbe。',
  },
  serves: {
    en: 'Container "{name}" serves port {port} but has no readinessProbe, so it counts as ready the moment it starts.',
    zh: '容器“{name}”提供端口 {port} 的服务，却没有 readinessProbe，因此一启动就会被视为就绪。',
  },
  habit: {
    en: 'Container "{name}" has no readinessProbe: nothing tells when it is ready to work.',
    zh: '容器“{name}”没有 readinessProbe，无从得知它何时可以开始工作。',
  },
  copy: { en: 'Add readinessProbe like the {probe}', zh: '添加 readinessProbe（与 {probe} 相同）' },
  tcp: { en: 'Add readinessProbe: TCP port {target}', zh: '添加 readinessProbe：TCP 端口 {target}' },
  http: { en: 'Add readinessProbe: GET {path} on port {target}', zh: '添加 readinessProbe：端口 {target} 上的 GET {path}' },
  grpc: { en: 'Add readinessProbe: gRPC health check on port {target}', zh: '添加 readinessProbe：端口 {target} 的 gRPC 健康检查' },
};

/** More than this many ways to add one probe help nobody to choose. */
const offered = 6;

/**
 * Severity follows evidence: a Service that routes to the container, a port it serves, or only a sign that it works.
 * 82 % of the containers in public manifests have no readinessProbe, and most of those nobody sends traffic to.
 */
export default containerRule(
  {
    id: 'kubernetes/no-readiness-probe',
    guideline: 'readiness',
    title: { en: 'A container that serves has no readinessProbe.', zh: '提供服务的容器没有 readinessProbe。' },
    severities: ['warning', 'information', 'hint'],
    fix: 'suggestion',
    reads: ['services'],
    yieldsTo: [],
    mayReveal: [],
  },
  function* ({ manifest, workload, container }, { facts, version }) {
    const probe = container.field.get('readinessProbe');
    if (!probe.absent || !mayServe(manifest, workload)) return;
    const routes = routesTo(facts.services, manifest, workload, container);
    const evidence = weigh(container, routes);
    if (evidence === undefined) return;
    const targeted = routes.map(({ target }) => target);
    const candidates = probeCandidates(container, targeted, version).slice(0, offered);
    const name = container.field.get('name');
    yield {
      span: name.present ? name.span : container.field.span,
      place: `${manifest.place}:${probe.path}`,
      ...evidence,
      fixes: candidates.map((candidate): Fix => ({
        key: candidate.copiedFrom === undefined ? `add-${candidate.handler}` : 'add-copied',
        title: titleOf(candidate),
        safety: 'suggestion',
        outcome: () => set(probe, candidate.probe, { after: ['ports', 'livenessProbe', 'startupProbe'] }),
      })),
    };
  },
);

/** Pods that end by themselves, that hooks start, or that the kubelet runs from a file wait for no traffic. */
function mayServe(manifest: Manifest, { definition, podSpec }: Workload): boolean {
  if (definition.flavour === 'batch' || manifest.kind === 'PodTemplate' || isHook(manifest) || isStaticPod(manifest)) return false;
  const policy = podSpec.get('restartPolicy');
  return policy.absent || policy.text === 'Always';
}

/** How strongly the file itself says that somebody waits for the container; undefined where nothing does. */
function weigh(container: Container, routes: readonly Route[]): { severity: Severity; message: Message } | undefined {
  const { name } = container;
  const [route] = routes;
  if (container.role === 'init' || container.role === 'ephemeral' || container.role === 'unknown') return undefined;
  if (route !== undefined) return { severity: 'warning', message: message(texts.routed, { name, service: route.service }) };
  if (container.role === 'sidecar') return undefined;
  const ports = container.ports.filter(isProbeable);
  const serving = ports.find((port) => !isMetricsPort(port));
  if (serving !== undefined) {
    return { severity: 'information', message: message(texts.serves, { name, port: serving.name ?? serving.number ?? '' }) };
  }
  const alive = (['livenessProbe', 'startupProbe'] as const).some((key) => container.field.get(key).kind === 'map');
  if (!alive && ports.length === 0 && spokenPorts(container).length === 0) return undefined;
  return { severity: 'hint', message: message(texts.habit, { name }) };
}

function titleOf({ handler, target, path, copiedFrom }: ProbeCandidate): Message {
  if (copiedFrom !== undefined) return message(texts.copy, { probe: copiedFrom });
  if (handler === 'http') return message(texts.http, { target, path: path ?? '/' });
  return message(handler === 'grpc' ? texts.grpc : texts.tcp, { target });
}
