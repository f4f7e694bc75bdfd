import { movingKind, pinsOf } from '../../../engine/catalog/image-tags.ts';
import { isPlaceholder } from '../../../engine/catalog/image-ref.ts';
import { isLocalName } from '../../../engine/catalog/official-images.ts';
import type { Fix, Severity } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { isDevelopersFile, isDevelopmentStage } from '../../../engine/dockerfile/purpose.ts';
import { hasTooManyStages, type Reference, referencesOf } from '../../../engine/dockerfile/references.ts';
import { type DockerfileContext, dockerfileRule } from '../../../engine/rule-kinds.ts';
import { pinReference, pinTitle } from '../../../actions/pin-image.ts';

const texts = {
  untagged: {
    en: '{image} has no tag, so every build takes whatever was published last. Pin a version tag or a digest.',
    zh: '{image} 没有标签，每次构建都会使用最近发布的任意版本。请固定版本标签或摘要。',
  },
  latest: {
    en: '{image} means whatever was published last, so the same Dockerfile builds another image tomorrow. Pin a version tag or a digest.',
    zh: '{image} 指向最近发布的任意版本，同一个 Dockerfile 明天构建出的镜像可能就不同。请固定版本标签或摘要。',
  },
  local: {
    en: '{image} has no tag, and Docker Hub has no such official image. Unless it is built on the same machine, name registry and version.',
    zh: '{image} 没有标签，Docker Hub 上也没有这个官方镜像。除非它在同一台机器上构建，否则请写明镜像仓库和版本。',
  },
  alias: {
    en: '{image} moves on to newer versions by itself. Pin a version tag or a digest to decide when.',
    zh: '{image} 会自动指向更新的版本。若要自行决定升级时机，请固定版本标签或摘要。',
  },
  release: {
    en: '{image} moves on to the next Debian release, and has no version tags. Name the release, or pin a digest.',
    zh: '{image} 会自动切换到下一个 Debian 发行版，且没有版本标签。请在名称中写明发行版，或固定摘要。',
  },
};

/**
 * Images without a version, in every stage and wherever one is copied or mounted from. Nobody pulls a bare name that
 * Docker Hub does not have, so that one is only information, and nothing at all where `--build-context` may supply it.
 */
export default dockerfileRule(
  {
    id: 'dockerfile/latest-tag',
    guideline: 'image-tags',
    title: { en: 'A base image has no tag, or one that moves.', zh: '基础镜像没有标签，或使用了会变动的标签。' },
    severities: ['warning', 'information', 'hint'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: ['dockerfile/undefined-stage'],
    mayReveal: [],
  },
  function* (file, context) {
    if (hasTooManyStages(file)) return;
    if (isForDevelopers(context)) return;
    for (const reference of referencesOf(file)) {
      const { image, by, stage, span, place } = reference;
      const kind = image === undefined || isPlaceholder(image) || isDevelopmentStage(stage) ? undefined : movingKind(image);
      if (image === undefined || kind === undefined) continue;
      const isLocal = image.tag === undefined && isLocalName(image);
      if (isLocal && by !== 'FROM') continue;
      const severity: Severity = kind !== 'latest' ? 'hint' : isLocal ? 'information' : 'warning';
      const text = kind !== 'latest' ? texts[kind] : isLocal ? texts.local : image.tag === undefined ? texts.untagged : texts.latest;
      yield { span, place, severity, message: message(text, { image: image.text }), fixes: pinsOf(image).map((pinned) => pin(reference, pinned)) };
    }
  },
);

/** An environment that the configuration names counts more than the file's name. */
function isForDevelopers({ path, environment, config }: DockerfileContext): boolean {
  return environment === 'development' || (config.environment === 'auto' && isDevelopersFile(path));
}

function pin(reference: Reference, pinned: string): Fix {
  return { key: 'pin', title: pinTitle(pinned), safety: 'suggestion', outcome: () => pinReference(reference, pinned) };
}
