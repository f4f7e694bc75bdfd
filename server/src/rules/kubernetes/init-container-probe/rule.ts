import { type Fix } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { supports } from '../../../engine/kubernetes/versions.ts';
import { containerRule } from '../../../engine/rule-kinds.ts';
import { remove, set } from '../../../engine/yaml/edit.ts';

const texts = {
  found: {
    en: 'Init container "{name}" has a {probe}, which the API server refuses. Remove it, or make the container a sidecar with restartPolicy: Always.',
    zh: '初始化容器“{name}”定义了 {probe}，API 服务器会拒绝。请将其删除，或设置 restartPolicy: Always 使该容器成为边车容器。',
  },
  remove: { en: 'Remove the probe', zh: '删除该探针' },
  sidecar: {
    en: 'Make "{name}" a native sidecar (restartPolicy: Always)',
    zh: '将“{name}”改为原生边车容器（restartPolicy: Always）',
  },
};

/**
 * Only init containers with `restartPolicy: Always` may have probes.
 * Source: kubernetes/kubernetes, pkg/apis/core/validation/validation.go, validateInitContainers: "may not be set for
 * init containers without restartPolicy=Always". A probe that is null is no probe.
 */
export default containerRule(
  {
    id: 'kubernetes/init-container-probe',
    guideline: 'validity',
    title: { en: 'An init container has a probe.', zh: '初始化容器定义了探针。' },
    severities: ['error'],
    fix: 'safe',
    reads: [],
    yieldsTo: [],
    // A sidecar runs on beside the app, so it is asked what it needs.
    mayReveal: ['kubernetes/no-memory-limit', 'kubernetes/no-resource-requests', 'kubernetes/readiness-orders-nothing', 'kubernetes/sidecar-start-not-gated'],
  },
  function* ({ manifest, container }, { version }) {
    if (container.role !== 'init') return;
    for (const key of ['livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
      const probe = container.field.get(key);
      if (!probe.present || probe.isNull) continue;
      const fixes: Fix[] = [
        { key: 'remove-probe', title: message(texts.remove), safety: 'safe', outcome: () => remove(probe) },
      ];
      const policy = container.field.get('restartPolicy');
      // A startupProbe means nothing on a container that ends by itself: who writes one has a sidecar in mind.
      if (policy.absent && supports(version, 'nativeSidecar')) {
        fixes.push({
          key: 'make-sidecar',
          title: message(texts.sidecar, { name: container.title }),
          safety: 'suggestion',
          outcome: () => set(policy, 'Always', { after: ['name', 'image', 'imagePullPolicy'] }),
        });
      }
      yield {
        span: probe.keySpan ?? probe.span,
        place: `${manifest.place}:${probe.path}`,
        severity: 'error',
        message: message(texts.found, { name: container.title, probe: key }),
        fixes,
      };
    }
  },
);
