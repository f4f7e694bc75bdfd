import type { Fix } from '../engine/core/finding.ts';
import { message, type Text } from '../engine/core/message.ts';
import type { MadeImage } from '../engine/kubernetes/image-probes.ts';
import { probeCandidates } from '../engine/kubernetes/probe-candidates.ts';
import type { KubernetesVersion } from '../engine/kubernetes/versions.ts';
import type { Container } from '../engine/kubernetes/workload.ts';
import { set } from '../engine/yaml/edit.ts';

const texts = {
  copy: { en: 'Add livenessProbe like the {probe}', zh: '添加 livenessProbe（与 {probe} 相同）' },
  tcp: { en: 'Add livenessProbe: TCP port {target}', zh: '添加 livenessProbe：TCP 端口 {target}' },
} satisfies Readonly<Record<string, Text>>;

/** Restarts cost more than a late start: ask seldom, and wait for the answer. In seconds. */
const pace = { periodSeconds: 20, timeoutSeconds: 5 };

/** What restarts a helper that hangs: the question its startupProbe asks, else whether its port is open. */
export function addLivenessProbe(container: Container, version: KubernetesVersion, made: MadeImage | undefined): readonly Fix[] {
  const candidates = probeCandidates(container, { version, made, targeted: [], asks: 'livenessProbe' });
  const best = candidates.find(({ copiedFrom }) => copiedFrom === 'startupProbe') ?? candidates.find(({ handler }) => handler === 'tcp');
  if (best === undefined) return [];
  const { copiedFrom, target, probe } = best;
  return [{
    key: copiedFrom === undefined ? 'add-liveness' : 'add-liveness-copied',
    title: copiedFrom === undefined ? message(texts.tcp, { target }) : message(texts.copy, { probe: copiedFrom }),
    safety: 'suggestion',
    outcome: () => set(container.field.get('livenessProbe'), { ...probe, ...pace }, { after: ['startupProbe', 'ports'], before: ['readinessProbe', 'resources'] }),
  }];
}
