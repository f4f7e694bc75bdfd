import type { Fix } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { manifestRule } from '../../../engine/rule-kinds.ts';
import { repeatedKeys } from '../../../engine/yaml/duplicates.ts';

const texts = {
  lost: {
    en: '"{key}" stands twice in this map. kubectl and Helm take the last one without a word, Kustomize and Flux refuse the file. Keep one of them.',
    zh: '此映射中“{key}”出现了两次。kubectl 和 Helm 会直接采用最后一个，Kustomize 和 Flux 则会拒绝该文件。请只保留一个。',
  },
  same: {
    en: '"{key}" stands twice in this map with the same value, which Kustomize and Flux refuse. Remove one of them.',
    zh: '此映射中“{key}”以相同的值出现了两次，Kustomize 和 Flux 会拒绝该文件。请删除其中一个。',
  },
  first: { en: 'It stands here before', zh: '之前出现在此处' },
  removeCopy: { en: 'Remove the copy', zh: '删除重复项' },
  keepLast: { en: 'Keep the last "{key}", which is in effect now', zh: '保留最后一个“{key}”（当前生效）' },
  keepFirst: { en: 'Keep the first "{key}"', zh: '保留第一个“{key}”' },
};

/**
 * YAML does not allow a key twice (YAML 1.2.2, 3.2.1.1); readers differ. kubectl and Helm convert to JSON through
 * sigs.k8s.io/yaml, where the last one wins, so that strict validation by the API server never sees the first. Kustomize
 * and what is built on it (Flux, `kubectl apply -k`) refuse: "mapping key … already defined" (kubernetes-sigs/kustomize#3480).
 * Where both values are equal, nothing but the second key is lost.
 */
export default manifestRule(
  {
    id: 'kubernetes/duplicate-key',
    guideline: 'validity',
    title: { en: 'A key stands twice in one map.', zh: '同一映射中有重复的键。' },
    severities: ['warning', 'information'],
    fix: 'safe',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* (manifest) {
    for (const pair of repeatedKeys(manifest.root)) {
      const key = pair.name;
      const fixes: readonly Fix[] = pair.isSame
        ? [{ key: 'remove-copy', title: message(texts.removeCopy), safety: 'safe', outcome: pair.removeLater }]
        : [
            { key: 'keep-last', title: message(texts.keepLast, { key }), safety: 'suggestion', outcome: pair.removeEarlier },
            { key: 'keep-first', title: message(texts.keepFirst, { key }), safety: 'suggestion', outcome: pair.removeLater },
          ];
      yield {
        span: pair.later,
        place: `${manifest.place}:${pair.path}`,
        severity: pair.isSame ? 'information' : 'warning',
        message: message(pair.isSame ? texts.same : texts.lost, { key }),
        fixes,
        related: [{ span: pair.earlier, message: message(texts.first) }],
      };
    }
  },
);
