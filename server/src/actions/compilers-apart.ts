import { type Fix, refused, type FixOutcome } from '../engine/core/finding.ts';
import { message } from '../engine/core/message.ts';
import type { BuildContext } from '../engine/workspace/build-context.ts';
import { moveToStage } from './multi-stage/move.ts';
import { purgeCompilers } from './purge-compilers.ts';
import type { ShippedCompilers } from './shipped-compilers.ts';

const texts = {
  move: { en: 'Compile in a stage of its own', zh: '在单独的阶段中编译' },
  purge: { en: 'Remove the compiler in the same RUN', zh: '在同一条 RUN 中移除编译器' },
  inherited: {
    en: 'The compiler is installed in the stage that this one is built on; give that stage a build stage by hand.',
    zh: '编译器安装在本阶段所基于的阶段中；请手动为其拆分出构建阶段。',
  },
  doubtful: {
    en: 'Whether "{command}" needs the compiler cannot be told.',
    zh: '无法判断“{command}”是否需要编译器。',
  },
};

/**
 * Both ways to keep compilers out of the image, what can be done first. A stage of its own wins more: it leaves behind what the
 * installation writes besides.
 */
export function compilerFixes(found: ShippedCompilers, build?: BuildContext): readonly Fix[] {
  const all = [
    { key: 'own-stage', title: message(texts.move), outcome: whenSure(found, () => ownStage(found, build)) },
    { key: 'same-run', title: message(texts.purge), outcome: whenSure(found, () => purgeCompilers(found)) },
  ];
  const ready = all.filter(({ outcome }) => outcome.kind === 'edits');
  return [...ready, ...all.filter((each) => !ready.includes(each))].map(({ key, title, outcome }) => ({ key, title, safety: 'suggestion', outcome: () => outcome }));
}

/** Is there a way that need not be refused? */
export function canBeApart(found: ShippedCompilers, build?: BuildContext): boolean {
  return compilerFixes(found, build)[0]?.outcome().kind === 'edits';
}

function whenSure({ install, users, doubtful }: ShippedCompilers, make: () => FixOutcome): FixOutcome {
  if (!install.own || users.some(({ own }) => !own)) return refused(message(texts.inherited));
  return doubtful === undefined ? make() : refused(message(texts.doubtful, { command: doubtful }));
}

function ownStage({ site, install, users }: ShippedCompilers, build: BuildContext | undefined): FixOutcome {
  const last = users.at(-1) ?? install;
  const span = { start: install.instruction.span.start, end: last.instruction.span.end };
  return moveToStage(site.stage, span, build) ?? refused(message(texts.inherited));
}
