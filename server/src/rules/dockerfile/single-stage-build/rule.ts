import type { Fix } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { isWindows } from '../../../engine/dockerfile/platform.ts';
import { dockerfileRule } from '../../../engine/rule-kinds.ts';
import { canBeApart } from '../../../actions/compilers-apart.ts';
import { shippedCompilers } from '../../../actions/shipped-compilers.ts';
import { type Conversion, conversions, isForBuilding, isWorthSaying, singleStage } from '../../../actions/multi-stage/conversion.ts';

const texts = {
  runs: {
    en: 'The image runs "{program}" but also ships the {ecosystem} toolchain and the sources it was built from. Build in one stage and copy the result to a small one.',
    zh: '镜像只运行“{program}”，却同时带上了 {ecosystem} 工具链和源代码。请在一个阶段中构建，再将产物复制到精简的最终阶段。',
  },
  bundles: {
    en: 'The image that runs "{program}" also ships the sources and everything its build needed. Build in one stage and copy the result to a small one.',
    zh: '运行“{program}”的镜像同时带上了源代码和构建所需的全部内容。请在一个阶段中构建，再将产物复制到精简的最终阶段。',
  },
  native: {
    en: 'The image that runs "{program}" also ships the compilers for packages it depends on. Install them in one stage and copy the result to a small one.',
    zh: '运行“{program}”的镜像同时带上了编译依赖包所用的编译器。请在一个阶段中安装依赖，再将结果复制到精简的最终阶段。',
  },
  installs: {
    en: 'The image that runs "{program}" also ships what only the installation of its packages needs. Install them in one stage and copy the result to a clean one.',
    zh: '运行“{program}”的镜像同时带上了仅在安装依赖时才需要的内容。请在一个阶段中安装依赖，再将结果复制到干净的最终阶段。',
  },
  builds: {
    en: 'The {ecosystem} project is built in the image that runs it, so sources and build tools are shipped. Build in one stage and copy the result to a small one.',
    zh: '{ecosystem} 项目直接在运行镜像中构建，源代码和构建工具因此一并发布。请在一个阶段中构建，再将产物复制到精简的最终阶段。',
  },
  fix: { en: 'Convert to multi-stage build', zh: '转换为多阶段构建' },
  fixOn: { en: 'Convert to multi-stage build on {base}', zh: '转换为基于 {base} 的多阶段构建' },
  built: { en: 'Built here', zh: '在此构建' },
  libraries: {
    en: 'Libraries of this image that the program is linked to (ldd shows them) have to be installed in the final stage, too',
    zh: '程序若链接了此镜像中的库（可用 ldd 查看），还需在最终阶段安装它们',
  },
  context: {
    en: 'What the program reads of these files at run time has to be copied to the final stage, too',
    zh: '程序运行时若要读取其中的文件，还需将其复制到最终阶段',
  },
};

/**
 * Speaks only where the file itself shows both: a definite build command, and a start command that runs what it makes.
 * 62 % of the single-stage files that install compilers remove them in the same RUN, so that installing one says nothing.
 */
export default dockerfileRule(
  {
    id: 'dockerfile/single-stage-build',
    guideline: 'multi-stage',
    title: { en: 'The image is built and run in the same stage.', zh: '构建与运行使用了同一个阶段。' },
    severities: ['warning', 'information'],
    fix: 'suggestion',
    reads: ['build'],
    yieldsTo: [],
    // The small image's shell is known where that of the builder is not.
    mayReveal: ['dockerfile/no-init-process'],
  },
  function* (file, { path, build }) {
    const stage = file.stages.at(-1);
    if (stage === undefined || stage.from.imageText === '' || isWindows(stage)) return;
    if (isForBuilding(stage, path)) return;
    const single = singleStage(stage, build);
    if (single === undefined || !isWorthSaying(single)) return;
    const { runs, ecosystem, step, invocation, sdk, isNative } = single;
    const ways = conversions(single);
    // Where only the compilers can be kept apart, build-tools-in-final-stage says so, and does it.
    const compilers = isNative === true || single.installs === true ? shippedCompilers(stage) : undefined;
    if (compilers !== undefined && ways.every(({ base }) => base === undefined) && canBeApart(compilers, build)) return;
    const whole = step.instruction.stage?.instructions.find(({ keyword, args }) => (keyword === 'COPY' || keyword === 'ADD') && /^\.\/?\s/.test(args));
    const [text, program] = runs === undefined ? [texts.builds, ''] : isNative === true ? [texts.native, runs] : single.installs === true ? [texts.installs, runs] : [sdk && ecosystem !== 'Node.js' ? texts.runs : texts.bundles, runs];
    yield {
      span: stage.from.imageSpan,
      place: `stage:${stage.name ?? String(stage.index)}`,
      severity: sdk && runs !== undefined && isNative !== true ? 'warning' : 'information',
      message: message(text, { ecosystem, program }),
      fixes: ways.map(fixOf),
      related: [
        { span: invocation.command?.span ?? step.instruction.span, message: message(texts.built) },
        ...(single.hidesLibraries === true ? [{ span: stage.from.imageSpan, message: message(texts.libraries) }] : []),
        ...(whole === undefined ? [] : [{ span: whole.span, message: message(texts.context) }]),
      ],
    };
  },
);

function fixOf({ key, base, outcome }: Conversion): Fix {
  const title = base === undefined ? message(texts.fix) : message(texts.fixOn, { base });
  return { key, title, safety: 'suggestion', outcome };
}
