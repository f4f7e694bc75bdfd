import type { FixOutcome } from '../../../engine/core/finding.ts';
import { edits, refused } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { replaceSpan } from '../../../engine/dockerfile/edit.ts';
import { isWindows } from '../../../engine/dockerfile/platform.ts';
import { isDevelopmentFile, isDevelopmentStage } from '../../../engine/dockerfile/purpose.ts';
import { dockerfileRule } from '../../../engine/rule-kinds.ts';
import type { BuildContext } from '../../../engine/workspace/build-context.ts';
import { foldersOfData } from '../../../actions/multi-stage/context-files.ts';
import { directoryOf } from '../../../actions/multi-stage/paths.ts';
import { type ShippedSources, shippedSources } from '../../../actions/shipped-sources.ts';

const texts = {
  stage: {
    en: 'The final image runs "{program}" alone, but this copies the sources and everything else the build left in {directory}. Copy the built artifact only.',
    zh: '最终镜像只运行“{program}”，这里却复制了源代码以及构建留在 {directory} 中的所有内容。请只复制构建产物。',
  },
  context: {
    en: 'The final image runs "{program}", which another stage has built, and this adds the whole source tree to it. Copy only what the program reads.',
    zh: '最终镜像运行由另一个阶段构建的“{program}”，这里却又加入了整个源代码目录。请只复制程序需要读取的文件。',
  },
  fix: { en: 'Copy {artifact} only', zh: '只复制 {artifact}' },
  built: { en: 'Built here; what the program reads at run time has to be copied, too', zh: '在此构建；程序运行时要读取的文件也需复制' },
  reads: {
    en: 'The program may read "{file}" from this directory when it runs; copy that and the artifact by hand.',
    zh: '程序运行时可能会读取该目录中的“{file}”；请手动复制它和构建产物。',
  },
  used: {
    en: '{keyword} further down may use other files of this directory; copy those and the artifact by hand.',
    zh: '后面的 {keyword} 可能会用到该目录中的其他文件；请手动复制这些文件和构建产物。',
  },
};

/** Folders and files of a project that programs read when they run. */
const data = ['config', 'configs', 'conf', 'etc', 'templates', 'views', 'static', 'public', 'assets', 'web', 'data', 'locales', 'migrations', 'resources'];
const settings = /^(?:config|settings|application|app)(?:[.-][\w-]+)*\.(?:ya?ml|json|toml)$/i;

/** Only for programs that a compiler made, as far as the file shows: interpreters read their sources. */
export default dockerfileRule(
  {
    id: 'dockerfile/source-in-final-stage',
    guideline: 'multi-stage',
    title: { en: 'The final stage holds the sources of a compiled program.', zh: '最终阶段包含已编译程序的源代码。' },
    severities: ['information'],
    fix: 'suggestion',
    reads: ['build'],
    yieldsTo: [],
    mayReveal: [],
  },
  function* ({ stages }, { path, build }) {
    const stage = stages.at(-1);
    if (stage === undefined || stages.length < 2 || isWindows(stage) || isDevelopmentFile(path) || isDevelopmentStage(stage)) return;
    const found = shippedSources(stage);
    if (found === undefined) return;
    const { copy, program, artifact, made } = found;
    const directory = copy.sources[0]?.text ?? '';
    yield {
      span: copy.instruction.span,
      place: `stage ${stage.name ?? String(stage.index)}:COPY sources`,
      severity: 'information',
      message: message(artifact === undefined ? texts.context : texts.stage, { program, directory }),
      fixes: artifact === undefined ? [] : [{
        key: 'artifact', title: message(texts.fix, { artifact: artifact.from }), safety: 'suggestion', outcome: () => copyArtifact(found, artifact, build),
      }],
      related: [{ span: made.invocation.command?.span ?? copy.instruction.span, message: message(texts.built) }],
    };
  },
);

function copyArtifact({ copy, args, site }: ShippedSources, { from, to }: NonNullable<ShippedSources['artifact']>, build: BuildContext): FixOutcome {
  const { instruction, sources: [source], destination, form } = copy;
  const user = instruction.stage?.instructions.find(({ keyword, index, args: text }) =>
    index > instruction.index && (keyword === 'RUN' || (keyword === 'HEALTHCHECK' && text.split(/[\s"',]+/).some((word) => word.startsWith('./') || word.startsWith(`${directoryOf(to)}/`)))));
  if (user !== undefined) return refused(message(texts.used, { keyword: user.keyword }));
  const named = args.find((arg) => arg === undefined || isFile(arg));
  const copied = site.steps.flatMap((step) => step.copy?.sources ?? []).find(({ text }) => data.includes(text.replace(/^\.?\/|\/$/g, '')));
  const listed = foldersOfData(build)[0] ?? data.find((folder) => build.names(folder).length > 0) ?? build.names().find((name) => settings.test(name));
  const file = args.includes(undefined) ? '$' : (named ?? copied?.text ?? listed);
  if (file !== undefined) return refused(message(texts.reads, { file }));
  if (source === undefined || destination === undefined) return edits([]);
  const text = (path: string): string => (form === 'exec' ? JSON.stringify(path) : path);
  return edits([replaceSpan(source.span, text(from)), replaceSpan(destination.span, text(to))]);
}

/** An argument that names a file: a relative path, or a name with an extension. Addresses are none. */
function isFile(arg: string): boolean {
  const value = arg.replace(/^-+[\w-]+=?/, '');
  return !/^\w+:\/\/|:\d+$|^[\d.:]+$|^\//.test(value) && (value.includes('/') || /\.[a-z]\w*$/i.test(value));
}
