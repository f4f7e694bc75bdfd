import { addLivenessProbe } from '../../../actions/add-liveness-probe.ts';
import { addStartupProbe } from '../../../actions/add-startup-probe.ts';
import { message } from '../../../engine/core/message.ts';
import { probeablePorts } from '../../../engine/kubernetes/loopback-ports.ts';
import { isHelper, roleOf } from '../../../engine/kubernetes/roles.ts';
import { startedAfter } from '../../../engine/kubernetes/start-gate.ts';
import { containerRule } from '../../../engine/rule-kinds.ts';

const texts = {
  found: {
    en: 'Helper "{name}" serves port {port} and has no probe at all: nothing tells whether it is up, and nothing restarts it when it hangs.',
    zh: '辅助容器“{name}”提供端口 {port}，却没有任何探针：无从得知它是否就绪，挂起时也不会重启。',
  },
};

const probes = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;

export default containerRule(
  {
    id: 'kubernetes/sidecar-without-probe',
    guideline: 'patterns',
    title: { en: 'A helper that serves a port has no probe.', zh: '提供端口的辅助容器没有探针。' },
    severities: ['hint'],
    fix: 'suggestion',
    reads: ['images'],
    yieldsTo: ['kubernetes/sidecar-start-not-gated', 'kubernetes/no-readiness-probe', 'kubernetes/late-sidecar'],
    mayReveal: ['kubernetes/sidecar-failure-unnoticed', 'kubernetes/readiness-orders-nothing'],
  },
  function* ({ manifest, workload, container }, { version, builtImage }) {
    const { role, field, title: name } = container;
    if ((role !== 'app' && role !== 'sidecar') || workload.containers.length < 2 || workload.probesItself) return;
    if (workload.flavour === 'batch' || (role === 'app' && !isHelper(roleOf(workload, container)))) return;
    const [port] = probeablePorts(container);
    if (port === undefined || !probes.every((key) => field.get(key).absent) || !field.at('lifecycle', 'postStart').absent) return;
    const image = field.get('image').text;
    const made = image === undefined ? undefined : builtImage(image)?.stage;
    const isFirst = role === 'sidecar' && startedAfter(workload, container).length > 0;
    const written = field.get('name');
    yield {
      span: written.present ? written.span : field.span,
      place: `${manifest.place}:${field.path}`,
      severity: 'hint',
      message: message(texts.found, { name, port: port.name ?? port.number ?? '' }),
      fixes: [...(isFirst ? addStartupProbe(container, version, made).slice(0, 1) : []), ...addLivenessProbe(container, version, made)],
    };
  },
);
