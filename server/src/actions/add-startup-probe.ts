import { isShellLess } from '../engine/catalog/shell-less.ts';
import type { Fix } from '../engine/core/finding.ts';
import { message, type Message, type Text } from '../engine/core/message.ts';
import type { MadeImage } from '../engine/kubernetes/image-probes.ts';
import type { ProbeCandidate } from '../engine/kubernetes/probe-candidate.ts';
import { probeCandidates } from '../engine/kubernetes/probe-candidates.ts';
import { supports, type KubernetesVersion } from '../engine/kubernetes/versions.ts';
import type { Container } from '../engine/kubernetes/workload.ts';
import { set } from '../engine/yaml/edit.ts';
import type { YamlMap } from '../engine/yaml/render.ts';

const texts = {
  copy: { en: 'Add startupProbe like the {probe}', zh: '添加 startupProbe（与 {probe} 相同）' },
  tcp: { en: 'Add startupProbe: TCP port {target}', zh: '添加 startupProbe：TCP 端口 {target}' },
  http: { en: 'Add startupProbe: GET {path} on port {target}', zh: '添加 startupProbe：端口 {target} 上的 GET {path}' },
  exec: { en: 'Add startupProbe: run {target}', zh: '添加 startupProbe：执行 {target}' },
  grpc: { en: 'Add startupProbe: gRPC health check on port {target}', zh: '添加 startupProbe：端口 {target} 的 gRPC 健康检查' },
} satisfies Readonly<Record<string, Text>>;

/** More ways to add one probe help nobody to choose. */
const offered = 4;
/** Seconds that a helper may take: ask often, since others wait for the answer, and give up late. */
const patience = 60;

/** A gate for those that start behind the container: ways to ask whether it is up, the best first. */
export function addStartupProbe(container: Container, version: KubernetesVersion, made: MadeImage | undefined): readonly Fix[] {
  if (!supports(version, 'startupProbe')) return [];
  const candidates = gatesFor(container, version, made).filter(({ path, copiedFrom }) => path !== '/' || copiedFrom !== undefined);
  return candidates.slice(0, offered).map((candidate): Fix => ({
    key: candidate.copiedFrom === undefined ? `add-${candidate.handler}` : 'add-copied',
    title: titleOf(candidate),
    safety: 'suggestion',
    outcome: () => set(container.field.get('startupProbe'), gateOf(candidate), { after: ['ports'], before: ['readinessProbe', 'livenessProbe'] }),
  }));
}

/** The gate that fits a container best: what is known of its image, or a probe or port of its own. */
export function bestGate(container: Container, version: KubernetesVersion, made: MadeImage | undefined): YamlMap | undefined {
  const [best] = gatesFor(container, version, made);
  return best === undefined || !container.field.get('startupProbe').absent ? undefined : gateOf(best);
}

/** Without commands where the image holds nothing to run them with. */
function gatesFor(container: Container, version: KubernetesVersion, made: MadeImage | undefined): readonly ProbeCandidate[] {
  const isBare = container.image !== undefined && isShellLess(container.image);
  return probeCandidates(container, { version, made, targeted: [], asks: 'startupProbe' }).filter(({ handler }) => handler !== 'exec' || !isBare);
}

function gateOf(candidate: ProbeCandidate): YamlMap {
  return { ...candidate.probe, ...timesOf(candidate) };
}

/** A period below the time-out would let attempts pile up. */
function timesOf({ probe }: ProbeCandidate): { readonly periodSeconds: number; readonly failureThreshold: number } {
  const timeout = typeof probe['timeoutSeconds'] === 'number' ? probe['timeoutSeconds'] : 1;
  return { periodSeconds: timeout, failureThreshold: Math.ceil(patience / timeout) };
}

function titleOf({ handler, target, path, copiedFrom }: ProbeCandidate): Message {
  if (copiedFrom !== undefined) return message(texts.copy, { probe: copiedFrom });
  return message(texts[handler], { target, path: path ?? '/' });
}
