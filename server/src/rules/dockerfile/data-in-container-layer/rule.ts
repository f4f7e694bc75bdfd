import { declareVolume } from '../../../actions/declare-volume.ts';
import { message, type Text } from '../../../engine/core/message.ts';
import { isWindows } from '../../../engine/dockerfile/platform.ts';
import { isDevelopmentFile, isDevelopmentStage } from '../../../engine/dockerfile/purpose.ts';
import { isMistyped } from '../../../engine/dockerfile/shutdown.ts';
import { startOf } from '../../../engine/dockerfile/start.ts';
import { storedData, type StoredData } from '../../../engine/dockerfile/stored-data.ts';
import { dockerfileRule } from '../../../engine/rule-kinds.ts';

const texts: Readonly<Record<StoredData['keeps'] | 'fix', Text>> = {
  store: {
    en: '"{by}" keeps its data in {path}, which the image does not declare a volume: it is written to the container\'s own layer and goes with it. Declare a VOLUME.',
    zh: '“{by}”的数据保存在 {path}，但镜像没有将其声明为卷，数据会写入容器自身的可写层，并随容器一起消失。请声明 VOLUME。',
  },
  cache: {
    en: '"{by}" writes to {path}, which the image does not declare a volume: what is there goes with the container. Declare a VOLUME.',
    zh: '“{by}”会写入 {path}，但镜像没有将其声明为卷，内容会随容器一起消失。请声明 VOLUME。',
  },
  named: {
    en: '{by} names {path} for data, which the image does not declare a volume: what is written goes with the container. Declare a VOLUME.',
    zh: '{by} 指定将数据保存在 {path}，但镜像没有将其声明为卷，写入的内容会随容器一起消失。请声明 VOLUME。',
  },
  fix: { en: 'Declare {path} a VOLUME', zh: '将 {path} 声明为 VOLUME' },
};

/**
 * Only what this file itself sets up: official images of databases declare their volumes. A directory that the build fills is
 * part of the image. Source: Dockerfile reference, VOLUME.
 */
export default dockerfileRule(
  {
    id: 'dockerfile/data-in-container-layer',
    guideline: 'volumes',
    title: { en: 'An image keeps data in a directory that is no volume.', zh: '镜像将数据保存在未声明为卷的目录中。' },
    severities: ['information', 'hint'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* ({ stages }, { path: file }) {
    const stage = stages.at(-1);
    const start = stage === undefined ? undefined : startOf(stage);
    if (stage === undefined || start === undefined || isMistyped(start)) return;
    if (isWindows(stage) || isDevelopmentFile(file) || isDevelopmentStage(stage)) return;
    const data = storedData(start);
    if (data === undefined) return;
    const { path, keeps, by, span } = data;
    yield {
      span,
      place: `stage ${stage.name ?? String(stage.index)}:data ${path}`,
      severity: keeps === 'store' ? 'information' : 'hint',
      message: message(texts[keeps], { path, by }),
      fixes: [{ key: 'volume', title: message(texts.fix, { path }), safety: 'suggestion', outcome: () => declareVolume(stage, path) }],
    };
  },
);
