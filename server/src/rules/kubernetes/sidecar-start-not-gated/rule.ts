import { addStartupProbe } from '../../../actions/add-startup-probe.ts';
import { message, type Message } from '../../../engine/core/message.ts';
import { startGate, startNeed, type StartNeed } from '../../../engine/kubernetes/start-gate.ts';
import { supports } from '../../../engine/kubernetes/versions.ts';
import { containerRule } from '../../../engine/rule-kinds.ts';

const texts = {
  called: {
    en: '"{other}" calls "{name}" at localhost:{port}, but does not wait for it: it starts as soon as the process of "{name}" runs. Add a startupProbe.',
    zh: '“{other}”会通过 localhost:{port} 调用“{name}”，却不会等待它：“{name}”的进程一运行，“{other}”就会启动。请添加 startupProbe。',
  },
  read: {
    en: '"{other}" reads volume "{volume}", but does not wait until "{name}" has written it. Add a startupProbe that asks for the files.',
    zh: '“{other}”会读取卷“{volume}”，却不会等到“{name}”写完。请添加检查这些文件的 startupProbe。',
  },
  likely: {
    en: 'Nothing waits until "{name}" is up: the containers behind it start as soon as its process runs. Add a startupProbe.',
    zh: '没有容器会等待“{name}”就绪：其进程一运行，后面的容器就会启动。请添加 startupProbe。',
  },
};

/**
 * A native sidecar is up, for those behind it, when its startupProbe has succeeded and its postStart hook has ended; with
 * neither, when its process runs. Source: KEP-753, "Proposal"; kubernetes.io, concepts/workloads/pods/sidecar-containers.
 */
export default containerRule(
  {
    id: 'kubernetes/sidecar-start-not-gated',
    guideline: 'patterns',
    title: { en: 'Nothing waits for a sidecar that others need.', zh: '其他容器依赖边车容器，却不等待它启动完成。' },
    severities: ['warning', 'hint'],
    fix: 'suggestion',
    reads: ['images'],
    yieldsTo: [],
    mayReveal: ['kubernetes/sidecar-failure-unnoticed'],
  },
  function* ({ manifest, workload, container }, { version, builtImage }) {
    if (container.role !== 'sidecar' || !supports(version, 'nativeSidecar') || startGate(container) !== 'none') return;
    const { field } = container;
    // A probe that is there is likely meant as a gate: readiness-orders-nothing speaks of it.
    if (!field.get('readinessProbe').absent || !field.get('livenessProbe').absent) return;
    const need = startNeed(workload, container);
    if (need === undefined) return;
    const image = field.get('image').text;
    const made = image === undefined ? undefined : builtImage(image)?.stage;
    const name = field.get('name');
    yield {
      span: name.present ? name.span : field.span,
      place: `${manifest.place}:${field.path}`,
      severity: need.kind === 'called' ? 'warning' : 'hint',
      message: said(need, container.title),
      fixes: need.kind === 'read' ? [] : addStartupProbe(container, version, made),
    };
  },
);

function said(need: StartNeed, name: string): Message {
  if (need.kind === 'called') return message(texts.called, { name, other: need.by.title, port: need.port });
  return need.kind === 'read' ? message(texts.read, { name, other: need.by.title, volume: need.volume }) : message(texts.likely, { name });
}
