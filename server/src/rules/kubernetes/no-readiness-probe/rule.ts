import type { Fix, Severity } from '../../../engine/core/finding.ts';
import { type Message, message } from '../../../engine/core/message.ts';
import { idles, runsAsBuilt } from '../../../engine/kubernetes/command-line.ts';
import { knownProbe, type MadeImage, missedPort } from '../../../engine/kubernetes/image-probes.ts';
import { loopbackPorts, probeablePorts } from '../../../engine/kubernetes/loopback-ports.ts';
import { isOffPath } from '../../../engine/kubernetes/off-path.ts';
import type { ProbeCandidate } from '../../../engine/kubernetes/probe-candidate.ts';
import { isMetricsPort, probeCandidates, spokenPorts } from '../../../engine/kubernetes/probe-candidates.ts';
import { addReadiness, mayServe } from '../../../engine/kubernetes/readiness.ts';
import { roleOf } from '../../../engine/kubernetes/roles.ts';
import { type Route, routesTo } from '../../../engine/kubernetes/routes.ts';
import type { Container } from '../../../engine/kubernetes/workload.ts';
import { containerRule } from '../../../engine/rule-kinds.ts';

const texts = {
  routed: {
    en: 'Service "{service}" sends traffic to container "{name}" as soon as it starts, ready or not. Add a readinessProbe.',
    zh: '容器“{name}”一启动，Service“{service}”就会向其转发流量，无论它是否就绪。请添加 readinessProbe。',
  },
  serves: {
    en: 'Container "{name}" serves port {port} but has no readinessProbe, so it counts as ready the moment it starts.',
    zh: '容器“{name}”提供端口 {port} 的服务，却没有 readinessProbe，因此一启动就会被视为就绪。',
  },
  missed: {
    en: 'Container "{name}" has no readinessProbe, and port {port} may be the wrong one: its image listens on port {own}.',
    zh: '容器“{name}”没有 readinessProbe，而且端口 {port} 可能写错了：其镜像监听的是端口 {own}。',
  },
  habit: {
    en: 'Container "{name}" has no readinessProbe: nothing tells when it is ready to work.',
    zh: '容器“{name}”没有 readinessProbe，无从得知它何时可以开始工作。',
  },
  forgotten: {
    en: 'Container "{name}" has no readinessProbe, and Kubernetes does not read the HEALTHCHECK of its image.',
    zh: '容器“{name}”没有 readinessProbe，而 Kubernetes 不会读取其镜像的 HEALTHCHECK。',
  },
  copy: { en: 'Add readinessProbe like the {probe}', zh: '添加 readinessProbe（与 {probe} 相同）' },
  tcp: { en: 'Add readinessProbe: TCP port {target}', zh: '添加 readinessProbe：TCP 端口 {target}' },
  http: { en: 'Add readinessProbe: GET {path} on port {target}', zh: '添加 readinessProbe：端口 {target} 上的 GET {path}' },
  exec: { en: 'Add readinessProbe: run {target}', zh: '添加 readinessProbe：执行 {target}' },
  healthcheck: {
    en: 'Add readinessProbe like the HEALTHCHECK: GET {path} on port {target}',
    zh: '添加 readinessProbe（与 HEALTHCHECK 相同）：端口 {target} 上的 GET {path}',
  },
  healthcheckRun: { en: 'Add readinessProbe like the HEALTHCHECK: run {target}', zh: '添加 readinessProbe（与 HEALTHCHECK 相同）：执行 {target}' },
  healthcheckTcp: { en: 'Add readinessProbe like the HEALTHCHECK: TCP port {target}', zh: '添加 readinessProbe（与 HEALTHCHECK 相同）：TCP 端口 {target}' },
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
    reads: ['services', 'images'],
    yieldsTo: [],
    // On a native sidecar it is no gate, and somebody may have meant one.
    mayReveal: ['kubernetes/readiness-orders-nothing'],
  },
  function* ({ manifest, workload, container }, { facts, version, builtImage }) {
    const probe = container.field.get('readinessProbe');
    if (!probe.absent || workload.probesItself || !mayServe(manifest, workload)) return;
    const routes = routesTo(facts.services, manifest, workload, container);
    const image = container.field.get('image').text;
    const made = image === undefined ? undefined : builtImage(image)?.stage;
    const evidence = weigh(container, routes, made);
    if (evidence === undefined) return;
    // The readiness of a helper counts for the whole Pod: where nobody is led to it, only the app would suffer.
    if (routes.length === 0 && isOffPath(roleOf(workload, container))) return;
    const targeted = routes.map(({ target }) => target);
    const candidates = probeCandidates(container, { targeted, version, made }).slice(0, offered);
    const name = container.field.get('name');
    yield {
      span: name.present ? name.span : container.field.span,
      place: `${manifest.place}:${probe.path}`,
      ...evidence,
      fixes: candidates.map((candidate): Fix => ({
        key: keyOf(candidate),
        title: titleOf(candidate),
        safety: 'suggestion',
        outcome: () => addReadiness(container, candidate),
      })),
    };
  },
);

/** How strongly the file itself says that somebody waits for the container; undefined where nothing does. */
function weigh(container: Container, routes: readonly Route[], made: MadeImage | undefined): { severity: Severity; message: Message } | undefined {
  const { title: name } = container;
  const isScraped = ({ target }: Route): boolean => container.ports.some((port) => isMetricsPort(port) && (port.name === target || port.number === target));
  const hidden = loopbackPorts(container);
  const isHidden = ({ target }: Route): boolean => container.ports.some(({ name, number }) => number !== undefined && hidden.has(number) && (number === target || name === target));
  const route = routes.find((each) => !isScraped(each) && !isHidden(each));
  if (container.role === 'init' || container.role === 'ephemeral' || container.role === 'unknown') return undefined;
  if (idles(container)) return undefined;
  const own = missedPort(container, route === undefined ? [] : [route.target]);
  const asked = route?.target ?? probeablePorts(container)[0]?.number;
  if (own !== undefined && asked !== undefined) return { severity: 'information', message: message(texts.missed, { name, port: asked, own }) };
  if (route !== undefined) return { severity: 'warning', message: message(texts.routed, { name, service: route.service }) };
  if (container.role === 'sidecar') return undefined;
  const ports = probeablePorts(container);
  const serving = ports.find((port) => !isMetricsPort(port));
  if (serving !== undefined) {
    return { severity: 'information', message: message(texts.serves, { name, port: serving.name ?? serving.number ?? '' }) };
  }
  const alive = (['livenessProbe', 'startupProbe'] as const).some((key) => container.field.get(key).kind === 'map');
  // With another command the image may do anything: the same one serves requests and works through a queue.
  const asBuilt = runsAsBuilt(container) ? made : undefined;
  const isChecked = asBuilt?.healthcheck !== undefined && asBuilt.healthcheck.kind !== 'none';
  if (isChecked) return { severity: 'information', message: message(texts.forgotten, { name }) };
  const isExposed = asBuilt?.exposed.some(({ protocol }) => protocol === 'tcp') === true;
  const serves = alive || isExposed || ports.length > 0 || spokenPorts(container).length > 0 || knownProbe(container, [])?.isSure === true;
  return serves ? { severity: 'hint', message: message(texts.habit, { name }) } : undefined;
}

function keyOf({ handler, copiedFrom, origin }: ProbeCandidate): string {
  if (copiedFrom !== undefined) return 'add-copied';
  return origin === undefined ? `add-${handler}` : `add-${origin}`;
}

function titleOf({ handler, target, path, copiedFrom, origin }: ProbeCandidate): Message {
  if (copiedFrom !== undefined) return message(texts.copy, { probe: copiedFrom });
  if (origin === 'healthcheck') return message(handler === 'http' ? texts.healthcheck : handler === 'exec' ? texts.healthcheckRun : texts.healthcheckTcp, { target, path: path ?? '/' });
  if (handler === 'http') return message(texts.http, { target, path: path ?? '/' });
  return message(texts[handler], { target });
}
