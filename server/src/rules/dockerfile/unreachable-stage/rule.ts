import type { FixOutcome } from '../../../engine/core/finding.ts';
import { edits, refused } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { deleteStage } from '../../../engine/dockerfile/edit.ts';
import type { Dockerfile, Stage } from '../../../engine/dockerfile/model.ts';
import { hasTooManyStages, referencesOf } from '../../../engine/dockerfile/references.ts';
import { dockerfileRule } from '../../../engine/rule-kinds.ts';

const texts = {
  unused: {
    en: 'No stage uses this one and it has no name to be built by, so BuildKit skips it. Copy from it, name it, or remove it.',
    zh: '没有任何阶段使用此阶段，它也没有可供指定构建的名称，BuildKit 会跳过它。请从中复制文件、为其命名，或将其删除。',
  },
  hidden: {
    en: 'A later stage is called "{name}" too, so that this one can no longer be meant, and BuildKit skips it. Rename one of them, or remove this one.',
    zh: '后面还有一个阶段也叫“{name}”，此阶段无法再被引用，BuildKit 会跳过它。请重命名其中一个，或删除此阶段。',
  },
  fix: { en: 'Remove the stage', zh: '删除该阶段' },
  numbered: {
    en: 'Stages below are named by number (--from={number}), and removing this one would shift them; give them names first.',
    zh: '后面的阶段按编号引用（--from={number}），删除此阶段会使编号错位；请先为这些阶段命名。',
  },
  commented: {
    en: 'Comments stand in this stage and would go with it; remove it by hand, or give it a name.',
    zh: '该阶段中有注释，会被一并删除；请手动删除该阶段，或为其命名。',
  },
};

/**
 * Stages with a name of their own are built by `--target`, in CI or a Compose file, and are left alone. BuildKit builds
 * what the target needs and nothing else, so that the tests of such a stage never run.
 */
export default dockerfileRule(
  {
    id: 'dockerfile/unreachable-stage',
    guideline: 'multi-stage',
    title: { en: 'A stage is never built.', zh: '有阶段永远不会被构建。' },
    severities: ['information'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* (file) {
    if (hasTooManyStages(file)) return;
    for (const stage of file.stages) {
      if (stage.isFinal || stage.from.imageText === '' || !isUnreachable(stage)) continue;
      yield {
        span: stage.from.instruction.span,
        place: `stage ${String(stage.index)}`,
        severity: 'information',
        message: message(stage.name === undefined ? texts.unused : texts.hidden, { name: stage.name ?? '' }),
        fixes: [{ key: 'remove', title: message(texts.fix), safety: 'suggestion', outcome: () => remove(file, stage) }],
      };
    }
  },
);

function isUnreachable(stage: Stage): boolean {
  const { file, name, index } = stage;
  const isMeant = name !== undefined && !file.stages.some((other) => other.index > index && other.name?.toLowerCase() === name.toLowerCase());
  return !isMeant && !referencesOf(file).some(({ target }) => target === stage);
}

function remove(file: Dockerfile, stage: Stage): FixOutcome {
  const shifted = referencesOf(file).find(({ by, text }) => by !== 'FROM' && /^\d+$/.test(text) && Number(text) > stage.index);
  if (shifted !== undefined) return refused(message(texts.numbered, { number: shifted.text }));
  const removal = deleteStage(stage);
  return file.comments.some(({ span }) => span.start >= removal.span.start && span.end <= removal.span.end) ? refused(message(texts.commented)) : edits([removal]);
}
