import { copyOf } from '../../engine/dockerfile/copy.ts';
import { insertAfter, insertBefore } from '../../engine/dockerfile/edit.ts';
import type { Instruction, Stage } from '../../engine/dockerfile/model.ts';
import { runOf } from '../../engine/dockerfile/run.ts';
import type { TextEdit } from '../../engine/text/span.ts';
import { headOf, inStyle, installCommands } from './lines.ts';

/** Where the copy lies: the root exists in every image, scratch included. */
export const staticPath = '/tini';

/**
 * Takes Debian's `tini-static`, which needs no library, from a stage of its own, for images that no package manager serves.
 * A COPY belongs to root whatever the user, so USER does not matter. Source: `dpkg -c` of tini 0.19.0 of Debian 12 and
 * 13; dumb-init is linked dynamically there. Undefined where a stage is named by its number, which would change.
 */
export function staticTini(stage: Stage): readonly TextEdit[] | undefined {
  const { file, from } = stage;
  const numbered = file.instructions.some((instruction) => references(instruction).some((text) => /^\d+$/.test(text) && Number(text) >= stage.index));
  if (numbered) return undefined;
  const names = new Set(file.stages.map(({ name }) => name?.toLowerCase()));
  const name = ['init', 'tini', 'tini-init'].find((each) => !names.has(each));
  if (name === undefined) return undefined;
  const platform = from.platform === undefined ? '' : `--platform=${from.platform} `;
  const lines = [`FROM ${platform}debian:trixie-slim AS ${name}`, `RUN ${installCommands.apt('tini')}`].map((line) => inStyle(stage, line));
  // The head of a file belongs to the file, not to its first instruction.
  const belowComments = file.instructions[0] === from.instruction;
  return [
    insertBefore(from.instruction, [...lines, ''], { belowComments }),
    insertAfter(headOf(stage), [inStyle(stage, `COPY --from=${name} /usr/bin/tini-static ${staticPath}`)]),
  ];
}

/** The stages and images an instruction names by `--from`. */
function references(instruction: Instruction): readonly string[] {
  const mounts = runOf(instruction)?.mounts.map(({ from }) => from) ?? [];
  return [copyOf(instruction)?.from?.text, ...mounts].filter((text) => text !== undefined);
}
