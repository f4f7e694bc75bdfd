import { addHealthcheckProbe } from '../../../actions/probe-in-manifest.ts';
import { editsElsewhere, type Fix } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { stageFacts } from '../../../engine/dockerfile/facts.ts';
import type { Instruction, Stage } from '../../../engine/dockerfile/model.ts';
import { stageNamed } from '../../../engine/dockerfile/view.ts';
import { dockerfileRule } from '../../../engine/rule-kinds.ts';
import { healthcheckFact } from '../../../engine/workspace/image-facts.ts';
import type { ImageUser } from '../../../engine/workspace/image-users.ts';
import { fileUri } from '../../../engine/workspace/paths.ts';

const texts = {
  ignored: {
    en: 'Kubernetes does not read HEALTHCHECK: nothing asks container "{container}" of {object} in {file}, which runs this image, whether it is well. Add a probe to the manifest.',
    zh: 'Kubernetes 不读取 HEALTHCHECK：{file} 中 {object} 的容器“{container}”运行此镜像，但没有任何机制检查其健康状况。请在清单中添加探针。',
  },
  ignoredBySeveral: {
    en: 'Kubernetes does not read HEALTHCHECK: nothing asks the {count} containers that run this image, "{container}" of {object} in {file} among them, whether they are well. Add probes to the manifests.',
    zh: 'Kubernetes 不读取 HEALTHCHECK：有 {count} 个容器运行此镜像（包括 {file} 中 {object} 的“{container}”），但没有任何机制检查其健康状况。请在清单中添加探针。',
  },
  fix: { en: 'Add readinessProbe like this HEALTHCHECK to {object} in {file}', zh: '按此 HEALTHCHECK 为 {file} 中的 {object} 添加 readinessProbe' },
  fixSeveral: { en: 'Add readinessProbe like this HEALTHCHECK to {count} containers, in {file} and elsewhere', zh: '按此 HEALTHCHECK 为 {count} 个容器添加 readinessProbe（{file} 等处）' },
};

/**
 * Only where a file says that the image is built from this Dockerfile, and a manifest runs it as it was built, without any probe.
 * Source: kubernetes/kubernetes pull request 50796: the kubelet switches HEALTHCHECK off.
 */
export default dockerfileRule(
  {
    id: 'dockerfile/healthcheck-not-a-probe',
    guideline: 'readiness',
    title: { en: 'A manifest runs this image, and Kubernetes does not read its HEALTHCHECK.', zh: '有清单运行此镜像，而 Kubernetes 不读取其 HEALTHCHECK。' },
    severities: ['information'],
    fix: 'suggestion',
    reads: ['containers'],
    yieldsTo: [],
    mayReveal: [],
  },
  function* (file, context) {
    if (!file.instructions.some(({ keyword }) => keyword === 'HEALTHCHECK')) return;
    const users = new Map<Instruction, ImageUser[]>();
    for (const user of context.imageUsers) {
      const instruction = healthcheckIn(user.target === undefined ? file.stages.at(-1) : stageNamed(file, user.target));
      if (instruction !== undefined) users.set(instruction, [...(users.get(instruction) ?? []), user]);
    }
    for (const [instruction, all] of users) {
      const healthcheck = healthcheckFact(instruction);
      const [first] = all;
      if (first === undefined || healthcheck.kind === 'none' || (healthcheck.kind === 'command' && healthcheck.command === undefined)) continue;
      const elsewhere = all.map(({ file: manifest, container }) => ({
        uri: fileUri(manifest),
        change: (text: string) => addHealthcheckProbe(text, container, { exposed: [], healthcheck }),
      }));
      const values = { ...valuesOf(first), count: all.length };
      const fix: Fix = {
        key: 'add-probe',
        title: message(all.length === 1 ? texts.fix : texts.fixSeveral, values),
        safety: 'suggestion',
        outcome: () => editsElsewhere(elsewhere),
      };
      yield {
        span: instruction.keywordSpan,
        place: `stage ${instruction.stage?.name ?? String(instruction.stage?.index)}:HEALTHCHECK`,
        severity: 'information',
        message: message(all.length === 1 ? texts.ignored : texts.ignoredBySeveral, values),
        fixes: [fix],
      };
    }
  },
);

/** The HEALTHCHECK of what a stage makes, from itself or those it is built on. */
function healthcheckIn(stage: Stage | undefined): Instruction | undefined {
  return stage === undefined ? undefined : stageFacts(stage).healthcheck?.instruction;
}

function valuesOf({ file, container }: ImageUser): { readonly file: string; readonly container: string; readonly object: string } {
  return { file: file.split('/').slice(-2).join('/'), container: container.name, object: container.place };
}
