import { toOrdinaryContainer } from '../../../actions/native-sidecar.ts';
import { message } from '../../../engine/core/message.ts';
import { probeKeys } from '../../../engine/kubernetes/probes.ts';
import { supports } from '../../../engine/kubernetes/versions.ts';
import { containerRule } from '../../../engine/rule-kinds.ts';

const texts = {
  refused: {
    en: 'Kubernetes 1.{version} has no native sidecars, and refuses init container "{name}" for its {field}. Make it an ordinary container.',
    zh: 'Kubernetes 1.{version} 不支持原生边车，会因 {field} 而拒绝初始化容器“{name}”。请将其改为普通容器。',
  },
  waits: {
    en: 'Kubernetes 1.{version} has no native sidecars: it waits for ever until "{name}" ends, and the app never starts. Make it an ordinary container.',
    zh: 'Kubernetes 1.{version} 不支持原生边车：会一直等待“{name}”结束，应用永远不会启动。请将其改为普通容器。',
  },
  fix: { en: 'Convert "{name}" to an ordinary container', zh: '将“{name}”改为普通容器' },
};

/**
 * Before 1.29 `restartPolicy` of an init container is not read, or sits behind a feature gate that is off; probes and
 * lifecycle hooks are refused on what is an ordinary init container then.
 * Source: KEP-753; pkg/apis/core/validation, validateInitContainers.
 */
export default containerRule(
  {
    id: 'kubernetes/native-sidecar-unsupported',
    guideline: 'patterns',
    title: { en: 'The target version has no native sidecars.', zh: '目标版本不支持原生边车容器。' },
    severities: ['error', 'warning'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: ['kubernetes/no-readiness-probe', 'kubernetes/sidecar-keeps-job-alive', 'kubernetes/late-sidecar'],
  },
  function* ({ manifest, workload, container }, { version }) {
    if (container.role !== 'sidecar' || supports(version, 'nativeSidecar')) return;
    const { field, title: name } = container;
    const refused = [...probeKeys, 'lifecycle' as const].find((key) => field.get(key).present && !field.get(key).isNull);
    const policy = field.get('restartPolicy');
    yield {
      span: policy.span,
      place: `${manifest.place}:${field.path}`,
      severity: refused === undefined ? 'warning' : 'error',
      message: refused === undefined ? message(texts.waits, { name, version }) : message(texts.refused, { name, version, field: refused }),
      fixes: [{ key: 'convert', title: message(texts.fix, { name }), safety: 'suggestion', outcome: () => toOrdinaryContainer(workload, container) }],
    };
  },
);
