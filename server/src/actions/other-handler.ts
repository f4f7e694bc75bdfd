import { type Fix, refused } from '../engine/core/finding.ts';
import { message, type Text } from '../engine/core/message.ts';
import type { ProbeCandidate } from '../engine/kubernetes/probe-candidate.ts';
import { probeCandidates } from '../engine/kubernetes/probe-candidates.ts';
import { handlerKeys, type ProbeKey } from '../engine/kubernetes/probes.ts';
import type { KubernetesVersion } from '../engine/kubernetes/versions.ts';
import type { Container } from '../engine/kubernetes/workload.ts';
import { holdsComments } from '../engine/yaml/comments.ts';
import { remove, set } from '../engine/yaml/edit.ts';
import { inSteps, keysOf, rootOf } from '../engine/yaml/steps.ts';

const texts = {
  tcp: { en: 'Ask TCP port {target} instead', zh: '改为检查 TCP 端口 {target}' },
  http: { en: 'Ask GET {path} on port {target} instead', zh: '改为检查端口 {target} 上的 GET {path}' },
  grpc: { en: 'Ask for gRPC health on port {target} instead', zh: '改为检查端口 {target} 的 gRPC 健康状态' },
  exec: { en: 'Run {target} instead', zh: '改为执行 {target}' },
} satisfies Readonly<Record<ProbeCandidate['handler'], Text>>;

const commented = { en: 'There are comments in what the probe asks now, which would be lost; change it by hand.', zh: '探针当前的检查方式中含有注释，修改会使其丢失；请手动修改。' };

/** Other questions for a probe, from what is known of the container itself. Its numbers stay. */
export function otherHandlers(container: Container, key: ProbeKey, version: KubernetesVersion, fits: (candidate: ProbeCandidate) => boolean): readonly Fix[] {
  const found = probeCandidates(container, { version, made: undefined, targeted: [], asks: key })
    .filter((candidate) => candidate.copiedFrom === undefined && candidate.path !== '/' && fits(candidate));
  return found.slice(0, 3).map((candidate): Fix => ({
    key: `ask-${candidate.handler}`,
    title: message(texts[candidate.handler], { target: candidate.target, path: candidate.path ?? '/' }),
    safety: 'suggestion',
    outcome: () => {
      const probe = container.field.get(key);
      const path = keysOf(probe);
      const old = handlerKeys.filter((each) => probe.get(each).present);
      // Where comments go with what they speak of, that goes by itself, and the new question stands behind the numbers.
      const isCommented = old.some((each) => holdsComments(probe.get(each)));
      if (isCommented && probe.keys().length === old.length) return refused(message(commented));
      const place = isCommented ? {} : { before: [...old, 'initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'successThreshold', 'failureThreshold'] };
      return inSteps(rootOf(probe), [
        ...Object.entries(candidate.probe).filter(([name]) => handlerKeys.some((each) => each === name)).map(([name, value]) => (root: Parameters<typeof keysOf>[0]) => set(root.at(...path, name), value, place)),
        ...old.filter((each) => !(each in candidate.probe)).map((each) => (root: Parameters<typeof keysOf>[0]) => remove(root.at(...path, each))),
      ]);
    },
  }));
}
