import { conversions } from '../../../actions/controllers/conversions.ts';
import { fitting, runsOnce } from '../../../actions/controllers/fitting.ts';
import type { Severity } from '../../../engine/core/finding.ts';
import { message, type Text } from '../../../engine/core/message.ts';
import { idles } from '../../../engine/kubernetes/command-line.ts';
import type { Environment } from '../../../engine/kubernetes/environment.ts';
import { isHook, isRecord, isStaticPod, type Manifest, titleOf } from '../../../engine/kubernetes/manifest.ts';
import type { Workload } from '../../../engine/kubernetes/workload.ts';
import { manifestRule } from '../../../engine/rule-kinds.ts';

const texts = {
  lost: {
    en: 'Pod "{name}" has no controller: when its node fails or is drained, nothing starts it again. Convert it to a {kind}.',
    zh: 'Pod“{name}”没有控制器：节点故障或被排空后，不会有任何组件重新启动它。请将其转换为 {kind}。',
  },
  once: {
    en: 'Pod "{name}" runs once and has no controller: if its node fails, the work is left undone. A Job would start it again.',
    zh: 'Pod“{name}”只运行一次且没有控制器：如果节点故障，工作就会中断。Job 会重新启动它。',
  },
  aside: {
    en: 'Pod "{name}" has no controller, so it goes with its node. Convert it to a {kind} if it is meant to stay.',
    zh: 'Pod“{name}”没有控制器，会随节点一起消失。如需长期保留，请将其转换为 {kind}。',
  },
};

/** Files from which the kubelet, not the API server, takes Pods; and templates that another system fills in. */
const staticPath = /\/etc\/kubernetes\/manifests\/|static[-_]?pods?\b/i;
const templateName = /pod[-_]?template[^/]*$/i;

/**
 * Severity follows what the Pod is for: one that runs on is lost with its node; one that ends, that only waits for
 * somebody to look in, is for development, or was taken from a cluster as it was, may be meant so.
 * Source: kubernetes.io, configuration best practices, "Naked Pods"; concepts/workloads/controllers/job, "Bare Pods".
 */
export default manifestRule(
  {
    id: 'kubernetes/bare-pod',
    guideline: 'controllers',
    title: { en: 'A Pod has no controller.', zh: 'Pod 没有控制器管理。' },
    severities: ['warning', 'hint'],
    fix: 'suggestion',
    reads: ['services'],
    yieldsTo: [],
    mayReveal: ['kubernetes/grace-period-too-short', 'kubernetes/no-job-deadline', 'kubernetes/no-readiness-probe'],
  },
  function* (manifest, { path, facts, environmentOf }) {
    const { workload } = manifest;
    if (manifest.kind !== 'Pod' || workload === undefined || isExempt(manifest, path)) return;
    const [severity, text] = weigh(manifest, workload, environmentOf(manifest));
    const field = manifest.metadata.get('name');
    yield {
      span: field.present ? field.span : manifest.root.get('kind').span,
      place: manifest.place,
      severity,
      message: message(text, { name: titleOf(manifest), kind: fitting(manifest, workload)[0] ?? '' }),
      fixes: conversions(manifest, workload, facts.services),
    };
  },
);

/** Somebody else made the Pod or will: a controller, the kubelet, a hook, the system that fills in a template. */
function isExempt(manifest: Manifest, path: string): boolean {
  const { metadata, root } = manifest;
  const isNameless = metadata.get('name').absent && metadata.get('generateName').absent;
  if (manifest.apiVersion !== 'v1' || manifest.partial || isNameless || root.get('spec').opaque) return true;
  if (!metadata.get('ownerReferences').absent || isHook(manifest) || isStaticPod(manifest)) return true;
  // Kueue takes in groups of plain Pods, and counts them by these.
  if (metadata.get('labels').keys().some((key) => key.startsWith('kueue.x-k8s.io/'))) return true;
  return staticPath.test(path) || templateName.test(path);
}

function weigh(manifest: Manifest, workload: Workload, environment: Environment): readonly [Severity, Text] {
  const { podSpec, containers } = workload;
  if (runsOnce(podSpec)) return ['hint', texts.once];
  const apps = containers.filter(({ role }) => role === 'app');
  const isLookedInto = apps.every((container) => idles(container) || container.field.at('tty').bool === true || container.field.at('stdin').bool === true);
  const isRepeated = manifest.metadata.get('name').absent;
  return isLookedInto || isRepeated || isRecord(manifest) || environment === 'development' ? ['hint', texts.aside] : ['warning', texts.lost];
}
