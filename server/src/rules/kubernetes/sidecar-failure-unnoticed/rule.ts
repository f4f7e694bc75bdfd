import { addLivenessProbe } from '../../../actions/add-liveness-probe.ts';
import { message } from '../../../engine/core/message.ts';
import { isHelper, roleOf } from '../../../engine/kubernetes/roles.ts';
import type { Container } from '../../../engine/kubernetes/workload.ts';
import { containerRule } from '../../../engine/rule-kinds.ts';

const texts = {
  found: {
    en: 'If "{name}" hangs, nobody notices: its startupProbe ends with the start. A livenessProbe restarts it.',
    zh: '如果“{name}”挂起，不会有人发现：startupProbe 在启动后就结束了。livenessProbe 会重启它。',
  },
};

/** A startupProbe is not asked again once it has succeeded. Source: pkg/kubelet/prober/worker.go, doProbe. */
export default containerRule(
  {
    id: 'kubernetes/sidecar-failure-unnoticed',
    guideline: 'patterns',
    title: { en: 'Nothing notices when a helper hangs.', zh: '辅助容器挂起时无人发现。' },
    severities: ['hint'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* ({ manifest, workload, container }, { version }) {
    const { role, field, title: name } = container;
    if ((role !== 'app' && role !== 'sidecar') || workload.flavour === 'batch' || workload.containers.length < 2) return;
    const probe = field.get('startupProbe');
    if (probe.kind !== 'map' || !field.get('livenessProbe').absent || !field.get('readinessProbe').absent) return;
    if (!isHelper(roleOf(workload, container)) || asksForFiles(container)) return;
    yield {
      span: probe.keySpan ?? probe.span,
      place: `${manifest.place}:${field.path}`,
      severity: 'hint',
      message: message(texts.found, { name }),
      fixes: addLivenessProbe(container, version, undefined),
    };
  },
);

/** Whether a file is there tells when the start is over, and nothing later. */
function asksForFiles({ field }: Container): boolean {
  const words = field.at('startupProbe', 'exec', 'command').items().map((item) => item.text ?? '').join(' ');
  return /(?:^|\s)(?:test|\[|cat|ls|stat)\s/.test(words);
}
