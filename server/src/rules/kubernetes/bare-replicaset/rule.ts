import { convertReplicaSet } from '../../../actions/controllers/convert-replica-set.ts';
import { message } from '../../../engine/core/message.ts';
import { isHook, titleOf } from '../../../engine/kubernetes/manifest.ts';
import { manifestRule } from '../../../engine/rule-kinds.ts';

const texts = {
  found: {
    en: '{kind} "{name}" replaces no Pod when its template changes: an update reaches nobody until the old Pods are deleted by hand. A Deployment rolls updates out.',
    zh: '{kind}“{name}”的模板变更后不会替换已有的 Pod，只有手动删除旧 Pod 后更新才会生效。Deployment 会自动滚动更新。',
  },
  convert: { en: 'Convert to Deployment', zh: '转换为 Deployment' },
};

/** A Deployment puts this label on what it makes (apps/v1, DefaultDeploymentUniqueLabelKey). */
const madeByDeployment = 'pod-template-hash';

/**
 * Source: kubernetes.io, concepts/workloads/controllers/replicaset, "When to use a ReplicaSet", and
 * replicationcontroller: "A Deployment that configures a ReplicaSet is now the recommended way to set up replication."
 */
export default manifestRule(
  {
    id: 'kubernetes/bare-replicaset',
    guideline: 'controllers',
    title: { en: 'A ReplicaSet or ReplicationController has no Deployment.', zh: 'ReplicaSet 或 ReplicationController 没有 Deployment 管理。' },
    severities: ['information'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* (manifest) {
    const { kind, workload, metadata, root, partial } = manifest;
    if ((kind !== 'ReplicaSet' && kind !== 'ReplicationController') || workload === undefined || partial) return;
    const isMade = !metadata.get('ownerReferences').absent || workload.podMetadata.get('labels').has(madeByDeployment);
    if (isMade || isHook(manifest) || workload.definition === undefined) return;
    const name = metadata.get('name');
    yield {
      span: name.present ? name.span : root.get('kind').span,
      place: manifest.place,
      severity: 'information',
      message: message(texts.found, { kind, name: titleOf(manifest) }),
      fixes: [{ key: 'convert-to-deployment', title: message(texts.convert), safety: 'suggestion', outcome: () => convertReplicaSet(manifest, workload) }],
    };
  },
);
