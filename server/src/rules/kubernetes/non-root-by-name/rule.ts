import { namedUser } from '../../../engine/catalog/named-users.ts';
import { message } from '../../../engine/core/message.ts';
import { containerRule } from '../../../engine/rule-kinds.ts';
import { set } from '../../../engine/yaml/edit.ts';

const texts = {
  found: {
    en: 'Container "{name}" does not start: runAsNonRoot is set, and the user of {image} is a name ("{user}"), which the kubelet cannot tell from root. Set runAsUser: {uid}.',
    zh: '容器“{name}”无法启动：设置了 runAsNonRoot，而 {image} 的用户是名称（“{user}”），kubelet 无法判断其是否为 root。请设置 runAsUser: {uid}。',
  },
  fix: { en: 'Set runAsUser: {uid}', zh: '设置 runAsUser: {uid}' },
};

/**
 * "container has runAsNonRoot and image has non-numeric user (haproxy), cannot verify user is non-root": the container stays in
 * CreateContainerConfigError. Source: pkg/kubelet/kuberuntime/security_context.go, verifyRunAsNonRoot; the images:
 * `catalog/named-users.ts`.
 */
export default containerRule(
  {
    id: 'kubernetes/non-root-by-name',
    guideline: 'validity',
    title: { en: 'An image whose user is a name stands under runAsNonRoot.', zh: '设置了 runAsNonRoot，而镜像的用户是名称。' },
    severities: ['warning'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* ({ manifest, workload, container }) {
    const { field, image, title: name } = container;
    const known = image === undefined ? undefined : namedUser(image);
    if (known === undefined || image === undefined) return;
    const [own, pod] = [field.at('securityContext'), workload.podSpec.at('securityContext')];
    const [nonRoot, inherited] = [own.at('runAsNonRoot'), pod.at('runAsNonRoot')];
    const at = nonRoot.absent ? inherited : nonRoot;
    const user = own.at('runAsUser');
    if (at.bool !== true || !user.absent || !pod.at('runAsUser').absent || own.state === 'unknown' || pod.state === 'unknown') return;
    const { uid } = known;
    yield {
      span: field.get('image').span,
      place: `${manifest.place}:${field.path}`,
      severity: 'warning',
      message: message(texts.found, { name, image: image.text, ...known }),
      fixes: [{ key: 'uid', title: message(texts.fix, { uid }), safety: 'suggestion', outcome: () => set(user, uid, { after: ['runAsNonRoot', 'resources', 'ports', 'image'] }) }],
    };
  },
);
