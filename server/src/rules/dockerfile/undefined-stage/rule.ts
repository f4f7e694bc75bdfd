import { isLocalName } from '../../../engine/catalog/official-images.ts';
import type { Fix } from '../../../engine/core/finding.ts';
import { edits } from '../../../engine/core/finding.ts';
import { message, type Message } from '../../../engine/core/message.ts';
import { nearest } from '../../../engine/core/nearest.ts';
import { replaceSpan } from '../../../engine/dockerfile/edit.ts';
import { hasTooManyStages, type Reference, referencesOf } from '../../../engine/dockerfile/references.ts';
import { stageNamed } from '../../../engine/dockerfile/view.ts';
import { dockerfileRule } from '../../../engine/rule-kinds.ts';

const texts = {
  number: {
    en: 'There is no stage {name} above this one, so the build stops here. Stages are counted from 0 in the order of their FROM lines.',
    zh: '在此之前没有编号为 {name} 的阶段，构建会在此处停止。阶段按 FROM 的顺序从 0 开始编号。',
  },
  itself: {
    en: 'Stage "{name}" takes files from itself, so the build stops here. Name the stage that makes them.',
    zh: '阶段“{name}”从自身获取文件，构建会在此处停止。请写明生成这些文件的阶段。',
  },
  later: {
    en: 'Stage "{name}" is defined further down, and a stage can only use those above it, so the build stops here. Move that stage up.',
    zh: '阶段“{name}”定义在后面，而一个阶段只能使用它之前的阶段，构建会在此处停止。请将该阶段移到前面。',
  },
  typo: {
    en: 'No stage above is called "{name}", and Docker Hub has no such official image. Stage "{near}" was probably meant.',
    zh: '在此之前没有名为“{name}”的阶段，Docker Hub 上也没有这个官方镜像。想写的很可能是阶段“{near}”。',
  },
  laterBase: {
    en: 'Stage "{name}" is defined further down, so an image of that name would be pulled here, and Docker Hub has no such official image. Move that stage up.',
    zh: '阶段“{name}”定义在后面，因此这里会去拉取同名镜像，而 Docker Hub 上没有这个官方镜像。请将该阶段移到前面。',
  },
  fix: { en: 'Use stage "{near}"', zh: '使用阶段“{near}”' },
};

/**
 * `COPY --from` and `--mount=from=` know the stages of the whole file and refuse those that are not above
 * (BuildKit, dockerfile2llb: "it needs to be defined before current stage", "invalid stage index"); FROM knows only those above and takes
 * every other name for an image. Names that are near no stage may be build contexts, or images of this machine.
 */
export default dockerfileRule(
  {
    id: 'dockerfile/undefined-stage',
    guideline: 'multi-stage',
    title: { en: 'A stage is used that is not defined above.', zh: '使用了前面没有定义的阶段。' },
    severities: ['error', 'warning'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* (file) {
    if (hasTooManyStages(file)) return;
    for (const reference of referencesOf(file)) {
      const { span, place, stage } = reference;
      const near = nearStage(reference);
      const refusal = refusalOf(reference);
      const text = refusal ?? suspicionOf(reference, near);
      if (text === undefined) continue;
      const other = refusal === undefined ? near : stage.index === 1 && /^\d+$/.test(reference.text) ? (file.stages[0]?.name ?? '0') : undefined;
      yield { span, place, severity: refusal === undefined ? 'warning' : 'error', message: text, fixes: other === undefined ? [] : [useStage(reference, other)] };
    }
  },
);

/** Where the builder stops for sure. */
function refusalOf({ by, stage, text, target }: Reference): Message | undefined {
  if (by === 'FROM' || target !== undefined) return undefined;
  const named = stageNamed(stage.file, text);
  if (named === stage) return message(texts.itself, { name: text });
  if (/^\d+$/.test(text)) return message(texts.number, { name: text });
  return named === undefined ? undefined : message(texts.later, { name: text });
}

function suspicionOf({ by, stage, image, text }: Reference, near: string | undefined): Message | undefined {
  if (image?.text !== text || image.digest !== undefined || !isLocalName(image)) return undefined;
  if (by === 'FROM' && image.tag === undefined && stage.file.stages.some(({ index, name }) => index > stage.index && name?.toLowerCase() === text.toLowerCase())) {
    return message(texts.laterBase, { name: text });
  }
  return near === undefined ? undefined : message(texts.typo, { name: text, near });
}

/** The name of a stage above that was most likely meant. */
function nearStage({ stage, text, target }: Reference): string | undefined {
  if (target !== undefined || /[/.:@$\d]/.test(text)) return undefined;
  const names = stage.file.stages.slice(0, stage.index).flatMap(({ name }) => name ?? []);
  const [builder, another] = building.test(text) ? names.filter((name) => building.test(name)) : [];
  return builder === undefined ? nearest(text, names) : another === undefined ? builder : undefined;
}

/** What people call the one stage that builds; they mix these up. Of several, nobody can say which is meant. */
const building = /^build(?:er|ing)?(?:[-_]?(?:stage|step|env|image))?$/i;

function useStage({ span }: Reference, near: string): Fix {
  return { key: 'rename', title: message(texts.fix, { near }), safety: 'suggestion', outcome: () => edits([replaceSpan(span, near)]) };
}
