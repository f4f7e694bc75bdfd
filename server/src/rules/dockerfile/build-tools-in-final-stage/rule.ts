import { message } from '../../../engine/core/message.ts';
import { isWindows } from '../../../engine/dockerfile/platform.ts';
import { isDevelopmentFile, isDevelopmentStage } from '../../../engine/dockerfile/purpose.ts';
import { dockerfileRule } from '../../../engine/rule-kinds.ts';
import { compilerFixes } from '../../../actions/compilers-apart.ts';
import { shippedCompilers } from '../../../actions/shipped-compilers.ts';

const texts = {
  kept: {
    en: 'The image that runs "{program}" keeps the compiler ({packages}) it was built with. Build in a stage of its own and copy the result, or remove the packages in the same RUN.',
    zh: '运行“{program}”的镜像保留了构建时使用的编译器（{packages}）。请在单独的阶段中构建并复制结果，或在同一条 RUN 中移除这些软件包。',
  },
  use: { en: 'Needed here', zh: '在此处使用' },
};

/**
 * Only where the file shows both that a compiler stays and what it was for: 62 % of the single-stage files that install
 * one remove it in the same RUN. Where single-stage-build can split the stage, it speaks instead.
 */
export default dockerfileRule(
  {
    id: 'dockerfile/build-tools-in-final-stage',
    guideline: 'multi-stage',
    title: { en: 'The final stage keeps a compiler that only the build needed.', zh: '最终阶段保留了仅构建时需要的编译器。' },
    severities: ['information'],
    fix: 'suggestion',
    reads: ['build'],
    yieldsTo: ['dockerfile/single-stage-build'],
    mayReveal: [],
  },
  function* ({ stages, instructions }, { path, build }) {
    const stage = stages.at(-1);
    if (stage === undefined || isWindows(stage) || isDevelopmentFile(path) || isDevelopmentStage(stage)) return;
    const found = instructions.some(({ keyword }) => keyword === 'ONBUILD') ? undefined : shippedCompilers(stage);
    const [first] = found?.compilers ?? [];
    if (found === undefined || first === undefined) return;
    const { program, compilers, use } = found;
    yield {
      span: first.span,
      place: `stage:${stage.name ?? String(stage.index)}`,
      severity: 'information',
      message: message(texts.kept, { program, packages: compilers.map(({ name }) => name).join(', ') }),
      fixes: compilerFixes(found, build),
      ...(use.command === undefined ? {} : { related: [{ span: use.command.span, message: message(texts.use) }] }),
    };
  },
);
