import { migrate } from '../../../actions/api-versions/migrate.ts';
import { type Fix, refused } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { type Manifest, titleOf } from '../../../engine/kubernetes/manifest.ts';
import { type RemovedVersion, removedVersion } from '../../../engine/kubernetes/removed-versions.ts';
import { manifestRule } from '../../../engine/rule-kinds.ts';
import { conditionsOf, isRepeated } from '../../../engine/yaml/branches.ts';

const texts = {
  found: {
    en: 'Kubernetes 1.{removed} and later do not serve {kind} as {apiVersion}, so "{name}" is refused. Use {to}.',
    zh: 'Kubernetes 1.{removed} 及更高版本不再提供 {apiVersion} 的 {kind}，“{name}”会被拒绝。请使用 {to}。',
  },
  gone: {
    en: 'Kubernetes 1.25 and later have no {kind}, so "{name}" is refused. Use Pod Security admission (labels of the namespace) or a policy engine.',
    zh: 'Kubernetes 1.25 及更高版本已没有 {kind}，“{name}”会被拒绝。请使用 Pod 安全准入（命名空间标签）或策略引擎。',
  },
  part: {
    en: 'This looks like a part of an object (a patch), which does not show all that {to} changes. Change it together with its base, by hand.',
    zh: '这看起来只是对象的一部分（补丁），无法看出迁移到 {to} 需要的全部变更。请与基础清单一起手动修改。',
  },
  change: { en: 'Change apiVersion to {to}', zh: '将 apiVersion 改为 {to}' },
  migrate: { en: 'Migrate to {to}', zh: '迁移到 {to}' },
};

/** Conditions that choose by what the cluster serves; charts keep an old version behind them for old clusters. */
const choosesVersion = /capabilities|semver|version|\bpsp|podsecuritypolic/i;

/** Source: kubernetes.io, "Deprecated API Migration Guide" (the table is in `removed-versions.ts`). */
export default manifestRule(
  {
    id: 'kubernetes/removed-api-version',
    guideline: 'validity',
    title: { en: 'The API version of an object is served no longer.', zh: '对象使用的 API 版本已不再提供。' },
    severities: ['error'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* (manifest, { version }) {
    const { kind, apiVersion, root } = manifest;
    const row = apiVersion === undefined ? undefined : removedVersion(apiVersion, kind, version);
    const field = root.get('apiVersion');
    if (row === undefined || isRepeated(field) || conditionsOf(field).some((condition) => choosesVersion.test(condition))) return;
    const to = row.to.find(([, since]) => version >= since)?.[0];
    yield {
      span: field.span,
      place: `${manifest.place}:apiVersion`,
      severity: 'error',
      message: message(to === undefined ? texts.gone : texts.found, { kind, apiVersion: row.apiVersion, name: titleOf(manifest), removed: row.removed, to: to ?? '' }),
      fixes: to === undefined ? [] : [fixOf(manifest, row, to)],
    };
  },
);

function fixOf(manifest: Manifest, { change }: RemovedVersion, to: string): Fix {
  const text = change === 'none' ? texts.change : texts.migrate;
  return { key: 'migrate', title: message(text, { to }), safety: 'suggestion', outcome: () => (manifest.partial && change !== 'none' ? refused(message(texts.part, { to })) : migrate(manifest, to, change)) };
}
