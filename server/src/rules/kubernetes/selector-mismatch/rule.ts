import type { Fix } from '../../../engine/core/finding.ts';
import { message, type Message } from '../../../engine/core/message.ts';
import { type Manifest, titleOf } from '../../../engine/kubernetes/manifest.ts';
import { type Unmet, unmetTerms } from '../../../engine/kubernetes/selector.ts';
import { selects, type ServiceFact } from '../../../engine/kubernetes/service.ts';
import { podLabels, type Workload } from '../../../engine/kubernetes/workload.ts';
import { manifestRule } from '../../../engine/rule-kinds.ts';
import { remove, set } from '../../../engine/yaml/edit.ts';

const texts = {
  missing: {
    en: 'The selector of {kind} "{name}" asks for label "{key}", which its Pods do not have, so the API server refuses it. Give both the same labels.',
    zh: '{kind}“{name}”的选择器要求标签“{key}”，但其 Pod 没有该标签，API 服务器会拒绝。请使两者的标签一致。',
  },
  other: {
    en: 'The selector of {kind} "{name}" does not match its own Pods, whose label "{key}" is "{value}", so the API server refuses it. Give both the same labels.',
    zh: '{kind}“{name}”的选择器与自身的 Pod 不匹配（Pod 的标签“{key}”为“{value}”），API 服务器会拒绝。请使两者的标签一致。',
  },
  rollout: {
    en: 'The selector of Rollout "{name}" asks for another label "{key}" than its Pods have, so Argo Rollouts calls it invalid and starts none. Give both the same labels.',
    zh: 'Rollout“{name}”的选择器要求的标签“{key}”与其 Pod 不一致，Argo Rollouts 会判定它无效，不创建任何 Pod。请使两者的标签一致。',
  },
  label: { en: 'Label the Pods {key}={value}', zh: '为 Pod 设置标签 {key}={value}' },
  selector: { en: 'Select {key}={value}', zh: '选择器改为 {key}={value}' },
  drop: { en: 'Remove "{key}" from the selector', zh: '从选择器中删除“{key}”' },
  here: { en: 'The label of the Pods', zh: 'Pod 的标签' },
};

/** A Job makes its own selector unless it is told not to. */
const checked = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'ReplicationController', 'DeploymentConfig']);

/**
 * A controller whose selector does not match its own template would make Pods without end, so none is allowed.
 * Source: kubernetes/kubernetes, pkg/apis/apps/validation/validation.go: "`selector` does not match template `labels`";
 * pkg/apis/core/validation/validation.go, ValidatePodTemplateSpecForRC, which OpenShift calls for a DeploymentConfig, too.
 * A Rollout is checked by its controller: argoproj/argo-rollouts, pkg/apis/rollouts/validation, ValidateRolloutSpec.
 */
export default manifestRule(
  {
    id: 'kubernetes/selector-mismatch',
    guideline: 'validity',
    title: { en: 'A selector does not match the labels of its own Pods.', zh: '选择器与自身 Pod 的标签不匹配。' },
    severities: ['error'],
    fix: 'suggestion',
    reads: ['services'],
    yieldsTo: [],
    mayReveal: ['kubernetes/no-readiness-probe'],
  },
  function* (manifest, { facts }) {
    const { kind, workload, partial } = manifest;
    const isRollout = workload?.custom?.group === 'argoproj.io' && kind === 'Rollout';
    if (partial || workload === undefined || !(isRollout || (workload.definition !== undefined && checked.has(kind)))) return;
    for (const unmet of unmetTerms(manifest, workload)) {
      const { term, key, label } = unmet;
      yield {
        span: term.kind === 'map' ? term.at('key').span : term.span,
        place: `${manifest.place}:${term.path}`,
        severity: 'error',
        message: message(isRollout ? texts.rollout : label.absent ? texts.missing : texts.other, { kind, name: titleOf(manifest), key, value: label.text ?? '' }),
        fixes: fixesOf(manifest, workload, unmet, facts.services),
        related: label.present ? [{ span: label.span, message: message(texts.here) }] : [],
      };
    }
  },
);

/**
 * The labels of the Pods come first, because a selector can never change once the object is in a cluster; but not where
 * a Service finds the Pods by the labels they have.
 */
function fixesOf(manifest: Manifest, workload: Workload, { term, key, wanted, label }: Unmet, services: readonly ServiceFact[]): readonly Fix[] {
  const fix = (name: string, title: Message, outcome: Fix['outcome']): Fix => ({ key: name, title, safety: 'suggestion', outcome });
  const isExpression = typeof term.key === 'number';
  const { text } = label;
  const toLabel = wanted === undefined ? [] : [fix('label-pods', message(texts.label, { key, value: wanted }), () => set(label, wanted, { before: ['spec'] }))];
  // The API takes no empty selector.
  const others = (term.parent?.keys().length ?? 0) + (term.parent?.items().length ?? 0) - 1;
  const toSelector = text === undefined
    ? others === 0 ? [] : [fix('drop-term', message(texts.drop, { key }), () => remove(term))]
    : isExpression ? [] : [fix('select-pods', message(texts.selector, { key, value: text }), () => set(term, text))];
  return isServed(manifest, workload, key, services) ? [...toSelector, ...toLabel] : [...toLabel, ...toSelector];
}

function isServed({ namespace }: Manifest, workload: Workload, key: string, services: readonly ServiceFact[]): boolean {
  const labels = podLabels(workload);
  return labels !== undefined && services.some((service) => service.selector[key] !== undefined && selects(service, labels, namespace));
}
