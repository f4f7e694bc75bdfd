import { edits, type FixOutcome, refused } from '../engine/core/finding.ts';
import { message } from '../engine/core/message.ts';
import { baseImage } from '../engine/dockerfile/base-image.ts';
import { insertAfter } from '../engine/dockerfile/edit.ts';
import { stageFacts } from '../engine/dockerfile/facts.ts';
import type { Stage } from '../engine/dockerfile/model.ts';
import { runOf } from '../engine/dockerfile/run.ts';
import { lineage } from '../engine/dockerfile/view.ts';
import { inStyle } from './init/lines.ts';

const owner = {
  en: 'The image runs as "{user}", and nothing in the file makes {path} for that user: the volume would belong to root. Make the directory and change its owner first.',
  zh: '镜像以用户“{user}”运行，而文件中没有为该用户创建 {path}，卷会归 root 所有。请先创建该目录并修改其所有者。',
};

/**
 * Declares a directory a volume, behind everything that the build may still write there: the legacy builder throws away what
 * comes after. Refuses where the volume would shut out the user that the image runs as.
 */
export function declareVolume(stage: Stage, path: string): FixOutcome {
  const user = stageFacts(stage).user?.value ?? baseImage(stage)?.user;
  const isRoot = user === undefined || /^(?:root|0)(?::|$)/.test(user);
  if (!isRoot && !isMade(stage, path)) return refused(message(owner, { user, path }));
  const last = stage.instructions.findLast(({ keyword }) => ['RUN', 'COPY', 'ADD', 'WORKDIR'].includes(keyword)) ?? stage.from.instruction;
  return edits([insertAfter(last, [inStyle(stage, `VOLUME [${JSON.stringify(path)}]`)])]);
}

/** Does a RUN of these stages make the directory and give it to somebody? */
function isMade(stage: Stage, path: string): boolean {
  return lineage(stage).some((each) => each.instructions.some((instruction) => {
    const text = runOf(instruction)?.script?.text ?? '';
    return /\b(?:chown|install|chmod)\b/.test(text) && text.includes(path);
  }));
}
