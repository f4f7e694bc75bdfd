import { addStartupProbe } from '../../../actions/add-startup-probe.ts';
import type { Severity } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { startedAfter, startGate, startNeed } from '../../../engine/kubernetes/start-gate.ts';
import { supports } from '../../../engine/kubernetes/versions.ts';
import { containerRule } from '../../../engine/rule-kinds.ts';

const texts = {
  called: {
    en: '"{other}" calls "{name}" at localhost:{port}, and does not wait for its {probe}, which orders nothing. Only a startupProbe does.',
    zh: '“{other}”会通过 localhost:{port} 调用“{name}”，却不会等待其 {probe}：它不影响启动顺序，只有 startupProbe 才会。',
  },
  bare: {
    en: 'The {probe} of sidecar "{name}" orders nothing: the containers behind it start as soon as its process runs. If they need it, add a startupProbe.',
    zh: '边车容器“{name}”的 {probe} 不影响启动顺序：其进程一运行，后面的容器就会启动。如果它们依赖该容器，请添加 startupProbe。',
  },
};

/**
 * The kubelet looks at the startupProbe and the postStart hook of a native sidecar before it starts the next container; the
 * readinessProbe counts for the readiness of the Pod, the livenessProbe for restarts.
 * Source: pkg/kubelet/kuberuntime/kuberuntime_container.go, computeInitContainerActions; kubernetes.io, blog 2025-06-03,
 * "Start Sidecar First: How To Avoid Snags".
 */
export default containerRule(
  {
    id: 'kubernetes/readiness-orders-nothing',
    guideline: 'patterns',
    title: { en: 'A readiness or liveness probe stands where only a startupProbe would order the start.', zh: '用就绪或存活探针代替 startupProbe 来控制启动顺序，但它们不起作用。' },
    severities: ['warning', 'information', 'hint'],
    fix: 'suggestion',
    reads: ['images'],
    yieldsTo: ['kubernetes/helper-readiness-blocks-traffic'],
    mayReveal: [],
  },
  function* ({ manifest, workload, container }, { version, builtImage }) {
    if (container.role !== 'sidecar' || !supports(version, 'nativeSidecar') || startGate(container) !== 'none') return;
    const { field } = container;
    const [readiness, liveness] = [field.get('readinessProbe'), field.get('livenessProbe')];
    const probe = [readiness, liveness].find((each) => each.present && !each.isNull);
    if (probe === undefined || startedAfter(workload, container).length === 0) return;
    const need = startNeed(workload, container);
    // What restarts a log shipper was hardly meant to order anything.
    if (need === undefined && probe !== readiness) return;
    const image = field.get('image').text;
    const args = { name: container.title, probe: probe === readiness ? 'readinessProbe' : 'livenessProbe' };
    const severity: Severity = need === undefined ? 'hint' : need.kind === 'called' ? 'warning' : 'information';
    yield {
      span: probe.keySpan ?? probe.span,
      place: `${manifest.place}:${field.path}`,
      severity,
      message: need?.kind === 'called' ? message(texts.called, { ...args, other: need.by.title, port: need.port }) : message(texts.bare, args),
      fixes: addStartupProbe(container, version, image === undefined ? undefined : builtImage(image)?.stage),
    };
  },
);
