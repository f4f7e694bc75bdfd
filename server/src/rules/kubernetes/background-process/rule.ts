import type { Fix, Severity } from '../../../engine/core/finding.ts';
import { message, type Text } from '../../../engine/core/message.ts';
import { type BackgroundUse, backgroundUses } from '../../../engine/kubernetes/background-use.ts';
import { probeCandidates } from '../../../engine/kubernetes/probe-candidates.ts';
import { routesTo } from '../../../engine/kubernetes/routes.ts';
import { type ContainerView, containerRule, type KubernetesContext } from '../../../engine/rule-kinds.ts';
import { set } from '../../../engine/yaml/edit.ts';

const texts: Readonly<Record<BackgroundUse['kind'] | 'follows', Text>> = {
  ends: {
    en: '"{program}" goes to the background and leaves container "{name}" without a process, so the container ends at once. Run it in the foreground.',
    zh: '“{program}”转入后台后，容器“{name}”中再没有前台进程，容器会立即退出。请让它在前台运行。',
  },
  hidden: {
    en: 'Container "{name}" only waits while "{program}" runs in its background, so Kubernetes does not notice when "{program}" dies. Run it in the foreground, or add a livenessProbe.',
    zh: '容器“{name}”的前台只是在等待，“{program}”运行在后台，它退出后 Kubernetes 无从得知。请让它在前台运行，或添加 livenessProbe。',
  },
  beside: {
    en: '"{program}" runs in the background of container "{name}", and nothing restarts it when it dies. Give it a container of its own.',
    zh: '“{program}”在容器“{name}”的后台运行，退出后不会被重启。请将它放到单独的容器中。',
  },
  aside: {
    en: '"{program}" runs in the background of container "{name}", and nothing restarts it when it dies. If it is to run on, give it a container of its own.',
    zh: '“{program}”在容器“{name}”的后台运行，退出后不会被重启。如果它需要持续运行，请将它放到单独的容器中。',
  },
  follows: {
    en: 'Container "{name}" only follows {file} while "{program}" runs in its background, so Kubernetes does not notice when "{program}" dies. Let it log to stdout in the foreground, or add a livenessProbe.',
    zh: '容器“{name}”的前台只是在跟踪 {file}，“{program}”运行在后台，它退出后 Kubernetes 无从得知。请让它在前台运行并将日志输出到标准输出，或添加 livenessProbe。',
  },
  init: {
    en: 'Init container "{name}" starts "{program}" in the background, and ends it together with itself. Run it in a container of the Pod.',
    zh: '初始化容器“{name}”在后台启动“{program}”，它会随该初始化容器一起结束。请将它放到 Pod 的普通容器中运行。',
  },
  hook: {
    en: 'The postStart hook of container "{name}" starts "{program}" in the background, and nothing restarts it when it dies. Give it a container of its own.',
    zh: '容器“{name}”的 postStart 钩子在后台启动“{program}”，退出后不会被重启。请将它放到单独的容器中。',
  },
  literal: {
    en: 'No shell runs the command of container "{name}", so "&" is only an argument of "{program}". Remove it.',
    zh: '容器“{name}”的命令不经过 shell，“&”只会作为参数传给“{program}”。请将其删除。',
  },
  supervisor: {
    en: '"{program}" lives on when a program it runs in container "{name}" does not, and Kubernetes sees only "{program}". Add a livenessProbe for what really serves.',
    zh: '容器“{name}”中由“{program}”运行的程序即使退出，“{program}”仍会存活，而 Kubernetes 只能看到“{program}”。请为真正提供服务的程序添加 livenessProbe。',
  },
};
const fixTexts = {
  foreground: { en: 'Run "{program}" in the foreground', zh: '让“{program}”在前台运行' },
  literal: { en: 'Remove "&"', zh: '删除“&”' },
  tcp: { en: 'Add livenessProbe: TCP port {target}', zh: '添加 livenessProbe：TCP 端口 {target}' },
  http: { en: 'Add livenessProbe: GET {path} on port {target}', zh: '添加 livenessProbe：端口 {target} 上的 GET {path}' },
  exec: { en: 'Add livenessProbe: run {target}', zh: '添加 livenessProbe：执行 {target}' },
  grpc: { en: 'Add livenessProbe: gRPC health check on port {target}', zh: '添加 livenessProbe：端口 {target} 的 gRPC 健康检查' },
};

const severities: Readonly<Record<BackgroundUse['kind'], Severity>> = {
  ends: 'warning', hidden: 'warning', literal: 'warning', beside: 'information', aside: 'hint', init: 'hint', hook: 'hint', supervisor: 'hint',
};

/**
 * The kubelet watches the process that the command starts, and no other. Which programs leave for the background, and
 * with which words they stay: `catalog/daemons.ts`.
 */
export default containerRule(
  {
    id: 'kubernetes/background-process',
    guideline: 'foreground',
    title: { en: 'A container leaves its program in the background.', zh: '容器将程序留在后台运行。' },
    severities: ['warning', 'information', 'hint'],
    fix: 'suggestion',
    reads: ['services', 'images'],
    yieldsTo: [],
    mayReveal: ['kubernetes/no-readiness-probe', 'kubernetes/pid-1-ignores-sigterm'],
  },
  function* (view, context) {
    const { manifest, workload, container } = view;
    for (const use of backgroundUses(workload, container)) {
      const { kind, program, span, follows } = use;
      const isHidden = kind === 'hidden' || kind === 'supervisor';
      // Then somebody does look after what serves.
      if (isHidden && !container.field.get('livenessProbe').absent) continue;
      const place = container.field.get(kind === 'hook' ? 'lifecycle' : 'command').path;
      // What the container does besides is another matter: rules about its own program still speak.
      const beside = kind === 'aside' ? '&' : '';
      const args = { name: container.title, program, file: follows ?? '' };
      yield { span, place: `${manifest.place}:${place}${beside}`, severity: severities[kind], message: message(texts[follows === undefined ? kind : 'follows'], args), fixes: [...foreground(use), ...(isHidden ? liveness(view, context) : [])] };
    }
  },
);

function foreground({ kind, program, foreground: outcome }: BackgroundUse): readonly Fix[] {
  if (outcome === undefined || kind === 'init') return [];
  const title = kind === 'literal' ? message(fixTexts.literal) : message(fixTexts.foreground, { program });
  return [{ key: kind === 'literal' ? 'remove-ampersand' : 'foreground', title, safety: 'suggestion', outcome }];
}

/** One probe for what serves: the likeliest. */
function liveness({ manifest, workload, container }: ContainerView, { facts, version, builtImage }: KubernetesContext): readonly Fix[] {
  const targeted = routesTo(facts.services, manifest, workload, container).map(({ target }) => target);
  const field = container.field.get('livenessProbe');
  return probeCandidates(container, { targeted, version, made: builtImage(container.field.get('image').text ?? '')?.stage }).slice(0, 1).map((candidate) => {
    const { handler, target, path = '/' } = candidate;
    return { key: 'add-liveness', title: message(fixTexts[handler], { target, path }), safety: 'suggestion', outcome: () => set(field, candidate.probe, { after: ['ports', 'readinessProbe', 'startupProbe'] }) };
  });
}
