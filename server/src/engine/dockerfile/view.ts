import { SourceText } from '../text/source.ts';
import { blocks } from './blocks.ts';
import { readHead } from './directives.ts';
import type { Unplaced } from './instruction.ts';
import type { Base, Comment, Dockerfile, Problem, Stage } from './model.ts';
import { placeInStages } from './stages.ts';

export type { Dockerfile, Instruction, Stage } from './model.ts';

/**
 * Reads a Dockerfile as BuildKit 0.26 reads it. Never throws: whatever the text, there is a view of it, and what a
 * build would stop at is in `problems`.
 */
export function parseDockerfile(text: string): Dockerfile {
  const source = new SourceText(text);
  const { directives, escape, end, problems: headProblems } = readHead(source);
  const problems: Problem[] = [...headProblems];
  const comments: Comment[] = [];
  const unplaced: Unplaced[] = [];
  for (const block of blocks(text, end, escape)) {
    comments.push(...block.comments);
    unplaced.push(...block.instructions);
    problems.push(...block.problems);
  }
  const file: { -readonly [K in keyof Dockerfile]: Dockerfile[K] } = {
    source, escape, directives, comments, problems, instructions: [], globalArgs: [], stages: [],
  };
  const placed = placeInStages(unplaced, file);
  file.instructions = placed.instructions;
  file.globalArgs = placed.globalArgs;
  file.stages = placed.stages;
  file.problems = [...problems, ...placed.problems].sort((a, b) => a.span.start - b.span.start);
  return file;
}

/** What a stage starts from in the end, `FROM <stage>` followed. */
export function rootBase(stage: Stage): Exclude<Base, { readonly kind: 'stage' }> {
  let { base } = stage;
  // Ends: a stage starts only from one that stands above it.
  while (base.kind === 'stage') base = base.stage.base;
  return base;
}

/** The stage and those it is built on, itself first. */
export function lineage(stage: Stage): readonly Stage[] {
  const stages = [stage];
  for (let { base } = stage; base.kind === 'stage'; base = base.stage.base) stages.push(base.stage);
  return stages;
}

/** The stage that `--from=text` means: a name, compared without case, or a number. The last of one name counts. */
export function stageNamed(file: Dockerfile, text: string): Stage | undefined {
  if (/^\d+$/.test(text)) return file.stages[Number(text)];
  return file.stages.findLast((stage) => stage.name?.toLowerCase() === text.toLowerCase());
}
