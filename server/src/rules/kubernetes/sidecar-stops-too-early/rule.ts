import { message } from '../../../engine/core/message.ts';
import { startNeed } from '../../../engine/kubernetes/start-gate.ts';
import { supports } from '../../../engine/kubernetes/versions.ts';
import { containerRule } from '../../../engine/rule-kinds.ts';
import { remove } from '../../../engine/yaml/edit.ts';
import type { Field } from '../../../engine/yaml/field.ts';

const texts = {
  found: {
    en: 'The preStop hook of sidecar "{name}" runs when the Pod begins to end, and stops it while "{app}" still works. Remove it: without it the sidecar is told to end when the app has ended.',
    zh: '边车容器“{name}”的 preStop 钩子在 Pod 开始终止时就会执行，此时“{app}”仍在工作。请将其删除：没有它，边车会在应用结束之后才收到终止信号。',
  },
  fix: { en: 'Remove the preStop hook', zh: '删除 preStop 钩子' },
};

/** Words that end a program or take it out of service. */
const stops = /quit|shut-?down|\bstop\b|\bp?kill(?:all)?\b|\bexit\b|drain|healthcheck\/fail|\bSIG(?:TERM|QUIT|INT|USR1)\b/i;

/**
 * When a Pod ends, the preStop hooks of all containers run at once; only the SIGTERM of native sidecars waits until the app has
 * ended. Source: pkg/kubelet/kuberuntime/kuberuntime_container.go, killContainer (executePreStopHook comes before
 * ordering.waitForTurn); KEP-753, "Termination of containers".
 */
export default containerRule(
  {
    id: 'kubernetes/sidecar-stops-too-early',
    guideline: 'patterns',
    title: { en: 'A preStop hook stops a native sidecar while the app still needs it.', zh: 'preStop 钩子在应用仍需要时就停止了原生边车容器。' },
    severities: ['warning', 'information'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* ({ manifest, workload, container }, { version }) {
    if (container.role !== 'sidecar' || !supports(version, 'nativeSidecar')) return;
    const lifecycle = container.field.get('lifecycle');
    const hook = lifecycle.at('preStop');
    const app = workload.containers.find(({ role }) => role === 'app');
    if (hook.kind !== 'map' || app === undefined || !stops.test(wordsOf(hook))) return;
    const need = startNeed(workload, container);
    yield {
      span: hook.keySpan ?? hook.span,
      place: `${manifest.place}:${hook.path}`,
      severity: need === undefined || need.kind === 'read' ? 'information' : 'warning',
      message: message(texts.found, { name: container.title, app: need?.kind === 'called' ? need.by.title : app.title }),
      fixes: [{ key: 'remove', title: message(texts.fix), safety: 'suggestion', outcome: () => remove(lifecycle.keys().length === 1 ? lifecycle : hook) }],
    };
  },
);

function wordsOf(hook: Field): string {
  return [...hook.at('exec', 'command').items().map(({ text }) => text ?? ''), hook.at('httpGet', 'path').text ?? ''].join(' ');
}
