import { message } from '../../../engine/core/message.ts';
import { isOffPath } from '../../../engine/kubernetes/off-path.ts';
import { mayServe } from '../../../engine/kubernetes/readiness.ts';
import { roleOf } from '../../../engine/kubernetes/roles.ts';
import { routesTo } from '../../../engine/kubernetes/routes.ts';
import { containerRule } from '../../../engine/rule-kinds.ts';
import { remove } from '../../../engine/yaml/edit.ts';

const texts = {
  found: {
    en: 'When "{name}" is not ready, the whole Pod is not, and "{app}" gets no traffic, though no request passes through "{name}". Remove its readinessProbe; a livenessProbe restarts it.',
    zh: '“{name}”未就绪时整个 Pod 都未就绪，“{app}”收不到流量，尽管请求并不经过“{name}”。请删除其 readinessProbe；可用 livenessProbe 来重启它。',
  },
  fix: { en: 'Remove the readinessProbe', zh: '删除 readinessProbe' },
};

/** A Pod is ready when all its containers are, native sidecars included. Source: pkg/kubelet/status/generate.go, GenerateContainersReadyCondition. */
export default containerRule(
  {
    id: 'kubernetes/helper-readiness-blocks-traffic',
    guideline: 'patterns',
    title: { en: 'A helper that no request needs takes the app out of its Service.', zh: '请求并不需要的辅助容器会使应用被移出 Service。' },
    severities: ['information'],
    fix: 'suggestion',
    reads: ['services'],
    yieldsTo: [],
    mayReveal: ['kubernetes/sidecar-start-not-gated', 'kubernetes/sidecar-failure-unnoticed', 'kubernetes/sidecar-without-probe'],
  },
  function* ({ manifest, workload, container }, { facts }) {
    const probe = container.field.get('readinessProbe');
    if ((container.role !== 'app' && container.role !== 'sidecar') || !probe.present || probe.isNull || !mayServe(manifest, workload)) return;
    const app = workload.containers.find((each) => each.role === 'app' && roleOf(workload, each).pattern === 'app');
    if (app === undefined || !isOffPath(roleOf(workload, container))) return;
    // Where a Service leads to it, it serves somebody by itself: a collector that takes logs from elsewhere.
    if (routesTo(facts.services, manifest, workload, container).length > 0) return;
    yield {
      span: probe.keySpan ?? probe.span,
      place: `${manifest.place}:${container.field.path}`,
      severity: 'information',
      message: message(texts.found, { name: container.title, app: app.title }),
      fixes: [{ key: 'remove', title: message(texts.fix), safety: 'suggestion', outcome: () => remove(probe) }],
    };
  },
);
