import { isMoving, pinsOf } from '../../../engine/catalog/image-tags.ts';
import type { ImageRef } from '../../../engine/catalog/image-ref.ts';
import { isLocalName } from '../../../engine/catalog/official-images.ts';
import type { Fix } from '../../../engine/core/finding.ts';
import { type Message, message } from '../../../engine/core/message.ts';
import { type ImageUse, imageUses, isTaggedElsewhere, isTestPod } from '../../../engine/kubernetes/image-uses.ts';
import { groupOf } from '../../../engine/kubernetes/kinds.ts';
import type { Manifest } from '../../../engine/kubernetes/manifest.ts';
import { manifestRule } from '../../../engine/rule-kinds.ts';
import { set } from '../../../engine/yaml/edit.ts';
import { pinTitle } from '../../../actions/pin-image.ts';

const texts = {
  untagged: {
    en: 'Container "{name}" runs {image} without a tag, so the version that starts is whatever was published last. Pin a version tag or a digest.',
    zh: '容器“{name}”使用的镜像 {image} 没有标签，启动的将是最近发布的任意版本。请固定版本标签或摘要。',
  },
  latest: {
    en: 'Container "{name}" runs {image}, so the version that starts is whatever was published last. Pin a version tag or a digest.',
    zh: '容器“{name}”使用 {image}，启动的将是最近发布的任意版本。请固定版本标签或摘要。',
  },
  stale: {
    en: 'Container "{name}" runs {image} but keeps what a node already has (imagePullPolicy: IfNotPresent), so nodes may run different versions. Pin a version tag or a digest.',
    zh: '容器“{name}”使用 {image}，却沿用节点上已有的镜像（imagePullPolicy: IfNotPresent），各节点可能运行不同的版本。请固定版本标签或摘要。',
  },
  local: {
    en: 'Container "{name}" runs {image} without a tag, and Docker Hub has no such official image. Unless a tool puts another name in its place, name registry and version.',
    zh: '容器“{name}”使用的镜像 {image} 没有标签，Docker Hub 上也没有这个官方镜像。除非有工具会替换该名称，否则请写明镜像仓库和版本。',
  },
  revision: {
    en: 'Container "{name}" runs {image}, so each new revision takes whatever was published last. Pin a version tag or a digest.',
    zh: '容器“{name}”使用 {image}，每个新修订版都会采用最近发布的任意版本。请固定版本标签或摘要。',
  },
  volume: {
    en: 'Volume "{name}" mounts {image}, so its content is whatever was published last. Pin a version tag or a digest.',
    zh: '卷“{name}”挂载 {image}，其内容将是最近发布的任意版本。请固定版本标签或摘要。',
  },
};

/**
 * Untagged images and `latest`, in production. With imagePullPolicy Never nothing is pulled: the image was loaded by hand.
 * A third of the containers in public manifests are like that, most of them where something else writes the tag: a bare
 * name that no registry has is only information.
 */
export default manifestRule(
  {
    id: 'kubernetes/latest-tag',
    guideline: 'image-tags',
    title: { en: 'An image has no tag, or the tag latest.', zh: '镜像没有标签，或使用 latest 标签。' },
    severities: ['warning', 'information'],
    fix: 'suggestion',
    reads: ['images', 'overlays'],
    yieldsTo: [],
    mayReveal: [],
  },
  function* (manifest, context) {
    for (const use of manifest.workloads.flatMap(imageUses)) {
      if (!isMoving(use.ref) || use.policy.text === 'Never' || isTestPod(manifest)) continue;
      if (context.environmentOf(manifest) === 'development' || isTaggedElsewhere(use, context)) continue;
      yield {
        span: use.image.span,
        place: `${manifest.place}:${use.image.path}`,
        severity: isLocal(use.ref) || isResolved(manifest) ? 'information' : 'warning',
        message: isResolved(manifest) && use.by !== 'volume' ? message(texts.revision, { name: use.title, image: use.ref.text }) : messageOf(use),
        fixes: pinsOf(use.ref).map((pinned) => pin(use, pinned)),
      };
    }
  },
);

/**
 * Knative Serving writes the digest into each revision, so all Pods of one run the same image.
 * Source: knative.dev, docs/serving/tag-resolution.
 */
function isResolved({ apiVersion }: Manifest): boolean {
  return apiVersion !== undefined && groupOf(apiVersion) === 'serving.knative.dev';
}

/** With `:latest` somebody means what is written. */
function isLocal(ref: ImageRef): boolean {
  return ref.tag === undefined && isLocalName(ref);
}

function messageOf({ by, title: name, ref, policy }: ImageUse): Message {
  const args = { name, image: ref.text };
  if (by === 'volume') return message(texts.volume, args);
  if (isLocal(ref)) return message(texts.local, args);
  if (policy.text === 'IfNotPresent') return message(texts.stale, args);
  return message(ref.tag === undefined ? texts.untagged : texts.latest, args);
}

function pin({ image }: ImageUse, pinned: string): Fix {
  return {
    key: 'pin',
    title: pinTitle(pinned),
    safety: 'suggestion',
    outcome: () => set(image, pinned),
  };
}
