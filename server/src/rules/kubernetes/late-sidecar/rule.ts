import { bestGate } from '../../../actions/add-startup-probe.ts';
import { toNativeSidecar } from '../../../actions/native-sidecar.ts';
import { waitInPostStart } from '../../../actions/wait-in-post-start.ts';
import type { Fix } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { loopbackPorts } from '../../../engine/kubernetes/loopback.ts';
import { mostContainers, portsOf, roleOf } from '../../../engine/kubernetes/roles.ts';
import { startGate } from '../../../engine/kubernetes/start-gate.ts';
import { supports } from '../../../engine/kubernetes/versions.ts';
import type { Container, Workload } from '../../../engine/kubernetes/workload.ts';
import { containerRule, type KubernetesContext } from '../../../engine/rule-kinds.ts';

const texts = {
  init: {
    en: 'Init container "{other}" calls "{name}" at localhost:{port}, which starts only when all init containers have ended: nobody answers. Make "{name}" a native sidecar before it.',
    zh: '初始化容器“{other}”会通过 localhost:{port} 调用“{name}”，而“{name}”要等所有初始化容器结束后才会启动：没有人会应答。请将“{name}”改为位于其前的原生边车容器。',
  },
  app: {
    en: '"{other}" calls "{name}" at localhost:{port}, and both start at the same time: the first calls may find nobody. Make "{name}" a native sidecar with a startupProbe.',
    zh: '“{other}”会通过 localhost:{port} 调用“{name}”，而两者同时启动：最初的调用可能无人应答。请将“{name}”改为带 startupProbe 的原生边车容器。',
  },
  older: {
    en: '"{other}" calls "{name}" at localhost:{port}, and both start at the same time: the first calls may find nobody. Let a postStart hook wait until "{name}" answers.',
    zh: '“{other}”会通过 localhost:{port} 调用“{name}”，而两者同时启动：最初的调用可能无人应答。请用 postStart 钩子等待“{name}”应答。',
  },
  convert: { en: 'Convert "{name}" to a native sidecar', zh: '将“{name}”改为原生边车容器' },
  wait: { en: 'Wait in postStart until port {port} answers', zh: '在 postStart 中等待端口 {port} 应答' },
};

/**
 * Containers of `containers` start behind all init containers, in the order of the list; the kubelet waits for a postStart hook before
 * it starts the next one, and for nothing else. Source: pkg/kubelet/kuberuntime/kuberuntime_manager.go, SyncPod; KEP-753.
 */
export default containerRule(
  {
    id: 'kubernetes/late-sidecar',
    guideline: 'patterns',
    title: { en: 'A helper starts later than those that call it.', zh: '辅助容器的启动晚于调用它的容器。' },
    severities: ['warning', 'information'],
    fix: 'suggestion',
    reads: ['images'],
    yieldsTo: [],
    mayReveal: ['kubernetes/sidecar-start-not-gated', 'kubernetes/readiness-orders-nothing', 'kubernetes/sidecar-failure-unnoticed'],
  },
  function* ({ manifest, workload, container }, context) {
    // In a Job the helper is in the way of its end, too: sidecar-keeps-job-alive speaks of that, and its fix helps here.
    if (container.role !== 'app' || workload.flavour === 'batch' || workload.containers.length > mostContainers) return;
    const caller = callerOf(workload, container);
    if (caller === undefined) return;
    const { field, title: name } = container;
    const isInit = caller.by.role === 'init';
    const isNative = supports(context.version, 'nativeSidecar');
    if (isInit && !isNative) return;
    const span = field.get('name');
    const args = { name, other: caller.by.title, port: caller.port };
    yield {
      span: span.present ? span.span : field.span,
      place: `${manifest.place}:${field.path}`,
      severity: isInit ? 'warning' : 'information',
      message: message(isInit ? texts.init : isNative ? texts.app : texts.older, args),
      fixes: [isNative ? convert(workload, container, context) : wait(workload, container, caller)],
    };
  },
);

interface Caller {
  readonly by: Container;
  readonly port: number;
}

/** An init container that calls the helper; else an app that calls one which is known to stand for something further away. */
function callerOf(workload: Workload, container: Container): Caller | undefined {
  const own = portsOf(container);
  const calls = (by: Container): Caller | undefined => {
    const theirs = portsOf(by);
    const port = [...loopbackPorts(by)].find((each) => own.has(each) && !theirs.has(each));
    return port === undefined ? undefined : { by, port };
  };
  const { containers } = workload;
  if (own.size === 0) return undefined;
  const early = containers.filter(({ role }) => role === 'init').map(calls).find((each) => each !== undefined);
  if (early !== undefined) return early;
  if (roleOf(workload, container).pattern !== 'ambassador') return undefined;
  const apps = containers.filter(({ role }) => role === 'app');
  const isFirst = apps[0]?.field === container.field;
  if (isFirst && startGate(container) === 'postStart') return undefined;
  return apps.filter(({ field }) => field !== container.field).map(calls).find((each) => each !== undefined);
}

function convert(workload: Workload, container: Container, { version, builtImage }: KubernetesContext): Fix {
  const image = container.field.get('image').text;
  const made = image === undefined ? undefined : builtImage(image)?.stage;
  return { key: 'convert', title: message(texts.convert, { name: container.title }), safety: 'suggestion', outcome: () => toNativeSidecar(workload, container, bestGate(container, version, made)) };
}

function wait(workload: Workload, container: Container, { by, port }: Caller): Fix {
  return { key: 'wait', title: message(texts.wait, { port }), safety: 'suggestion', outcome: () => waitInPostStart(workload, container, by, port) };
}
