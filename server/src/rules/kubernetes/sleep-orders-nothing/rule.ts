import { bestGate } from '../../../actions/add-startup-probe.ts';
import { toNativeSidecar } from '../../../actions/native-sidecar.ts';
import { edits, type Fix, type FixOutcome } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { invocationOf } from '../../../engine/kubernetes/invocation.ts';
import { loopbackPorts } from '../../../engine/kubernetes/loopback.ts';
import { mostContainers, portsOf } from '../../../engine/kubernetes/roles.ts';
import { startGate } from '../../../engine/kubernetes/start-gate.ts';
import { supports } from '../../../engine/kubernetes/versions.ts';
import type { Container, Workload } from '../../../engine/kubernetes/workload.ts';
import { containerRule, type KubernetesContext } from '../../../engine/rule-kinds.ts';
import { leadingWait } from '../../../engine/shell/leading-wait.ts';
import type { Span } from '../../../engine/text/span.ts';
import { set } from '../../../engine/yaml/edit.ts';
import type { Field } from '../../../engine/yaml/field.ts';
import { splice } from '../../../engine/yaml/splice.ts';

const texts = {
  sleep: {
    en: '"{name}" sleeps {seconds} s and hopes that "{other}" answers on localhost:{port} by then. Let the kubelet wait for it: a native sidecar with a startupProbe.',
    zh: '“{name}”先休眠 {seconds} 秒，寄望于“{other}”届时已在 localhost:{port} 应答。应由 kubelet 等待：使用带 startupProbe 的原生边车容器。',
  },
  loop: {
    en: '"{name}" asks in a loop until "{other}" answers on localhost:{port}. Let the kubelet wait for it: a native sidecar with a startupProbe.',
    zh: '“{name}”循环询问，直到“{other}”在 localhost:{port} 应答。应由 kubelet 等待：使用带 startupProbe 的原生边车容器。',
  },
  fix: { en: 'Replace the wait by a startupProbe on "{other}"', zh: '用“{other}”的 startupProbe 代替等待' },
};

/** The kubelet starts what stands behind a native sidecar when its startupProbe has succeeded. Source: KEP-753. */
export default containerRule(
  {
    id: 'kubernetes/sleep-orders-nothing',
    guideline: 'patterns',
    title: { en: 'A script waits for a container that the kubelet could wait for.', zh: '脚本自行等待本可由 kubelet 等待的容器。' },
    severities: ['information'],
    fix: 'suggestion',
    reads: ['images'],
    yieldsTo: [],
    mayReveal: ['kubernetes/sidecar-failure-unnoticed', 'kubernetes/readiness-orders-nothing'],
  },
  function* ({ manifest, workload, container }, context) {
    if (container.role !== 'app' || workload.containers.length < 2 || workload.containers.length > mostContainers || !supports(context.version, 'nativeSidecar')) return;
    const shell = invocationOf(container)?.shell;
    const wait = shell === undefined ? undefined : leadingWait(shell.script);
    if (shell === undefined || wait === undefined) return;
    const awaited = awaitedBy(workload, container, wait.kind === 'loop' ? wait.port : undefined, wait.kind);
    if (awaited === undefined) return;
    const { other, port } = awaited;
    yield {
      span: wait.span,
      place: `${manifest.place}:${shell.body.path}`,
      severity: 'information',
      message: message(wait.kind === 'sleep' ? texts.sleep : texts.loop, { name: container.title, other: other.title, port, seconds: wait.seconds }),
      fixes: replacement(workload, other, shell.body, wait.local, shell.script.text, context),
    };
  },
);

/** The neighbour that the loop asks; of a sleep the one that the container calls later. */
function awaitedBy({ containers }: Workload, container: Container, asked: number | undefined, kind: 'sleep' | 'loop'): { readonly other: Container; readonly port: number } | undefined {
  const own = portsOf(container);
  const ports = kind === 'loop' ? [asked].flatMap((port) => port ?? []) : [...loopbackPorts(container)];
  for (const port of ports) {
    const [other, second] = containers.filter((each) => each.field !== container.field && (each.role === 'app' || each.role === 'sidecar') && portsOf(each).has(port));
    if (other !== undefined && second === undefined && !own.has(port)) return { other, port };
  }
  return undefined;
}

/** Offered where something is known that tells when the neighbour is up. */
function replacement(workload: Workload, other: Container, body: Field, { start, end }: Span, script: string, { version, builtImage }: KubernetesContext): readonly Fix[] {
  const image = other.field.get('image').text;
  const isGated = other.role === 'sidecar' && startGate(other) === 'startupProbe';
  const gate = isGated ? undefined : bestGate(other, version, image === undefined ? undefined : builtImage(image)?.stage);
  const hasOwn = other.field.get('startupProbe').present;
  if (!isGated && gate === undefined && !hasOwn) return [];
  const gated = (): FixOutcome => {
    if (isGated) return edits([]);
    if (other.role === 'app') return toNativeSidecar(workload, other, gate);
    return gate === undefined ? edits([]) : set(other.field.get('startupProbe'), gate, { after: ['ports'], before: ['readinessProbe', 'livenessProbe'] });
  };
  // Up to the first character of what follows and not to the line before it: that character has its indentation already.
  const rest = { span: { start, end: end + 1 }, newText: script.charAt(end) };
  return [{ key: 'replace-wait', title: message(texts.fix, { other: other.title }), safety: 'suggestion', outcome: () => both(splice(body, [rest]), gated()) }];
}

/** Two edits of different containers. */
function both(one: FixOutcome, two: FixOutcome): FixOutcome {
  if (one.kind === 'refused') return one;
  return two.kind === 'refused' ? two : edits([...one.edits, ...two.edits]);
}
