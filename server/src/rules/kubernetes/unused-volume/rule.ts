import { message } from '../../../engine/core/message.ts';
import type { Manifest } from '../../../engine/kubernetes/manifest.ts';
import type { ObjectMeta } from '../../../engine/kubernetes/types.ts';
import { danglingMounts, mountedNames, volumesOf } from '../../../engine/kubernetes/volumes.ts';
import type { Workload } from '../../../engine/kubernetes/workload.ts';
import { manifestRule } from '../../../engine/rule-kinds.ts';
import { remove } from '../../../engine/yaml/edit.ts';
import type { Field } from '../../../engine/yaml/field.ts';

const texts = {
  found: {
    en: 'No container mounts volume "{name}". Mount it, or remove it.',
    zh: '没有容器挂载卷“{name}”。请挂载该卷，或将其删除。',
  },
  remove: { en: 'Remove volume "{name}"', zh: '删除卷“{name}”' },
};

/**
 * The kubelet passes over volumes that no container mounts. Source: kubernetes/kubernetes,
 * pkg/kubelet/volumemanager/populator, processPodVolumes ("Volume is not used in the pod, ignore it").
 * Only built-in kinds are looked at: operators put containers of their own into Pods, which may mount anything.
 */
export default manifestRule(
  {
    id: 'kubernetes/unused-volume',
    guideline: 'volumes',
    title: { en: 'A Pod defines a volume that no container mounts.', zh: 'Pod 定义了没有容器挂载的卷。' },
    severities: ['hint'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* (manifest) {
    const { workload } = manifest;
    if (manifest.partial || workload?.definition === undefined || workload.podSpec.get('volumes').kind !== 'sequence') return;
    const mounted = mountedNames(workload);
    if (mounted === undefined) return;
    const all = volumesOf(manifest, workload);
    // A mount that finds no volume is likely meant for the volume that finds no mount: one cause, one finding.
    if (danglingMounts(workload, all).length > 0 || gainsContainers(workload)) return;
    const list = workload.podSpec.get('volumes');
    for (const { field, name, source } of all.items) {
      if (name === undefined || mounted.has(name) || source === 'volumeClaimTemplate' || isSpokenOf(name, manifest, workload)) continue;
      yield {
        span: field.at('name').span,
        place: `${manifest.place}:${field.path}`,
        severity: 'hint',
        message: message(texts.found, { name }),
        fixes: [
          {
            key: 'remove',
            title: message(texts.remove, { name }),
            safety: 'suggestion',
            outcome: () => remove(list.items().length === 1 ? list : field),
          },
        ],
      };
    }
  },
);

const injected = /inject|sidecar/i;

/** Does a webhook put containers into the Pod, as its labels and annotations say? */
function gainsContainers({ podMetadata }: Workload): boolean {
  return [podMetadata.get('labels'), podMetadata.get('annotations')].some((map) => map.keys().some((key) => injected.test(key) && !['false', 'disabled'].includes(map.at(key).text ?? '')));
}

/** Does an annotation speak of the volume? Backups (`backup.velero.io/backup-volumes`) and webhooks name those they mean. */
function isSpokenOf(name: string, manifest: Manifest, { podMetadata }: Workload): boolean {
  const names = (metadata: Field<ObjectMeta>): boolean => {
    const annotations = metadata.get('annotations');
    return annotations.keys().some((key) => key !== 'kubectl.kubernetes.io/last-applied-configuration' && annotations.at(key).text?.split(/[^\w.-]+/).includes(name) === true);
  };
  return names(podMetadata) || names(manifest.metadata);
}
