import type { InitManager } from '../../engine/catalog/inits.ts';
import type { Instruction, Stage } from '../../engine/dockerfile/model.ts';

/** What a RUN line says to install one package and leave nothing else behind. */
export const installCommands: Readonly<Record<InitManager, (name: string) => string>> = {
  apt: (name) => `apt-get update && apt-get install -y --no-install-recommends ${name} && rm -rf /var/lib/apt/lists/*`,
  apk: (name) => `apk add --no-cache ${name}`,
};

/** A line to be written into a stage: its keyword is in lower case where the stage's FROM is. */
export function inStyle(stage: Stage, line: string): string {
  const { keywordSpan } = stage.from.instruction;
  const written = stage.file.source.slice(keywordSpan);
  return written === written.toLowerCase() ? line.replace(/^[A-Z]+/, (keyword) => keyword.toLowerCase()) : line;
}

/** FROM and the settings directly behind it, which a package manager may need: a proxy, a front end. */
export function headOf(stage: Stage): Instruction {
  let head = stage.from.instruction;
  for (const instruction of stage.instructions) {
    if (!['ARG', 'ENV', 'SHELL', 'LABEL', 'MAINTAINER'].includes(instruction.keyword)) break;
    head = instruction;
  }
  return head;
}
