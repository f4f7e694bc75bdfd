import type { Fix } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { nearest } from '../../../engine/core/nearest.ts';
import { addItem, claimTemplate, emptyDir } from '../../../engine/kubernetes/new-volume.ts';
import { claimTemplatesOf, type Dangling, danglingMounts, type Listed, mountsOf, type Volume, volumesOf } from '../../../engine/kubernetes/volumes.ts';
import { manifestRule } from '../../../engine/rule-kinds.ts';
import { set } from '../../../engine/yaml/edit.ts';

const texts = {
  found: {
    en: 'Container "{container}" mounts volume "{name}", which its Pod does not define, so the API server refuses it. Define the volume, or correct the name.',
    zh: '容器“{container}”挂载了卷“{name}”，但其 Pod 没有定义该卷，API 服务器会拒绝。请定义该卷，或更正名称。',
  },
  near: {
    en: 'Container "{container}" mounts volume "{name}", which its Pod does not define, so the API server refuses it. Mount "{near}" instead, or define it.',
    zh: '容器“{container}”挂载了卷“{name}”，但其 Pod 没有定义该卷，API 服务器会拒绝。请改为挂载“{near}”，或定义该卷。',
  },
  custom: {
    en: 'Container "{container}" mounts volume "{name}", which its Pod template does not define, so its Pods cannot be created. Define the volume, or correct the name.',
    zh: '容器“{container}”挂载了卷“{name}”，但其 Pod 模板没有定义该卷，因此无法创建 Pod。请定义该卷，或更正名称。',
  },
  rename: { en: 'Mount "{near}" instead', zh: '改为挂载“{near}”' },
  emptyDir: { en: 'Define "{name}" as an emptyDir', zh: '将“{name}”定义为 emptyDir' },
  template: { en: 'Define "{name}" in volumeClaimTemplates (10Gi)', zh: '在 volumeClaimTemplates 中定义“{name}”（10Gi）' },
};

/**
 * A mount names a volume of the Pod, or a claim template of the StatefulSet. Source: kubernetes/kubernetes,
 * pkg/apis/core/validation/validation.go, ValidateVolumeMounts ("Not found") and validateVolumeDevices.
 */
export default manifestRule(
  {
    id: 'kubernetes/undefined-volume',
    guideline: 'validity',
    title: { en: 'A container mounts a volume that its Pod does not define.', zh: '容器挂载了 Pod 未定义的卷。' },
    severities: ['error', 'warning', 'information'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    // The volume that was meant goes on without a mount; a new emptyDir may hold what should last.
    mayReveal: ['kubernetes/unused-volume', 'kubernetes/data-in-container-layer'],
  },
  function* (manifest) {
    if (manifest.partial) return;
    for (const workload of manifest.workloads) {
      const volumes = volumesOf(manifest, workload);
      for (const dangling of danglingMounts(workload, volumes)) {
        const { container, mount, name } = dangling;
        const near = meant(dangling, volumes);
        const field = mount.field.get('name');
        const args = { container: container.title, name };
        const templates = claimTemplatesOf(manifest, workload);
        const fixes: Fix[] = [];
        if (near !== undefined) fixes.push({ key: 'rename', title: message(texts.rename, { near }), safety: 'suggestion', outcome: () => set(field, near) });
        // What is only read was filled by somebody: a Secret, a ConfigMap, another container.
        if (templates !== undefined && !mount.isReadOnly) {
          fixes.push({ key: 'claim-template', title: message(texts.template, args), safety: 'suggestion', outcome: () => addItem(templates, claimTemplate(name), []) });
        }
        if (!mount.isDevice && !mount.isReadOnly) {
          const list = workload.podSpec.get('volumes');
          fixes.push({ key: 'empty-dir', title: message(texts.emptyDir, args), safety: 'suggestion', outcome: () => addItem(list, emptyDir(name), []) });
        }
        yield {
          span: field.span,
          place: `${manifest.place}:${mount.field.path}`,
          // The API server checks the Pod templates of its own kinds; custom resources are found out when their Pods are made.
          severity: workload.custom === undefined ? 'error' : 'warning',
          message: near !== undefined ? message(texts.near, { ...args, near }) : message(workload.custom === undefined ? texts.found : texts.custom, args),
          fixes,
        };
      }
    }
  },
);

/** The volume that the mount is for: the one with a name like it, or the only one whose name holds the other. */
function meant({ container, mount, name }: Dangling, { items }: Listed<Volume>): string | undefined {
  const own = new Set(mountsOf(container).items.map((each) => each.name));
  const free = items
    .flatMap((volume) => (mount.isDevice && volume.source !== 'persistentVolumeClaim' && volume.source !== 'volumeClaimTemplate' ? [] : (volume.name ?? [])))
    .filter((each) => !own.has(each));
  const near = nearest(name, free);
  if (near !== undefined) return near;
  const [only, ...others] = free.filter((each) => holds(each, name) || holds(name, each));
  return others.length === 0 ? only : undefined;
}

/** Is one name a part of the other, between its dashes (`config` of `web-config`)? */
function holds(long: string, short: string): boolean {
  return `-${long}-`.includes(`-${short}-`);
}
