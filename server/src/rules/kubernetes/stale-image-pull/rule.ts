import { isMoving } from '../../../engine/catalog/image-tags.ts';
import { message } from '../../../engine/core/message.ts';
import { imageUses, isTaggedElsewhere, isTestPod } from '../../../engine/kubernetes/image-uses.ts';
import { manifestRule } from '../../../engine/rule-kinds.ts';
import { set } from '../../../engine/yaml/edit.ts';

const texts = {
  missing: {
    en: 'A node that has {image} keeps that copy (imagePullPolicy: IfNotPresent), so newer builds of "{name}" never reach it. Use Always, or a new tag for each build.',
    zh: '节点上已有 {image} 时会一直沿用（imagePullPolicy: IfNotPresent），“{name}”的新构建不会生效。请使用 Always，或为每次构建使用新标签。',
  },
  never: {
    en: '{image} is never pulled (imagePullPolicy: Never), so "{name}" runs whatever copy its node was loaded with. Use Always unless you load images by hand.',
    zh: '{image} 从不拉取（imagePullPolicy: Never），“{name}”运行的是节点上预先加载的任意副本。除非手动加载镜像，否则请使用 Always。',
  },
  always: { en: 'Set {key}: Always', zh: '设置 {key}: Always' },
};

/**
 * A tag that moves, with a policy that does not look again. Only where the policy is written: left out, it is Always for
 * such tags (kubernetes/kubernetes, pkg/apis/core/v1/defaults.go, SetDefaults_Container).
 * In production the tag itself is the cause, so latest-tag speaks there.
 */
export default manifestRule(
  {
    id: 'kubernetes/stale-image-pull',
    guideline: 'image-tags',
    title: { en: 'An image with a moving tag is not pulled again.', zh: '镜像标签会变动，却不会重新拉取。' },
    severities: ['warning', 'hint'],
    fix: 'suggestion',
    reads: ['images', 'overlays'],
    yieldsTo: ['kubernetes/latest-tag'],
    // In production, an image that is pulled again has no fixed version.
    mayReveal: ['kubernetes/latest-tag'],
  },
  function* (manifest, context) {
    for (const use of manifest.workloads.flatMap(imageUses)) {
      const { image, policy, ref, title: name } = use;
      if (!isMoving(ref) || (policy.text !== 'IfNotPresent' && policy.text !== 'Never')) continue;
      if (isTestPod(manifest) || isTaggedElsewhere(use, context)) continue;
      // Images that are loaded by hand (kind, minikube) need exactly this, so it is no more than a hint there.
      const isHarm = policy.text === 'IfNotPresent' && context.environmentOf(manifest) === 'production';
      yield {
        span: policy.span,
        place: `${manifest.place}:${image.path}`,
        severity: isHarm ? 'warning' : 'hint',
        message: message(policy.text === 'Never' ? texts.never : texts.missing, { name, image: ref.text }),
        fixes: [{
          key: 'pull-always',
          title: message(texts.always, { key: String(policy.key) }),
          safety: 'suggestion',
          outcome: () => set(policy, 'Always'),
        }],
      };
    }
  },
);
