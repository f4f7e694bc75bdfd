import { foregroundFix, withoutBuildUse } from '../../../actions/foreground.ts';
import type { Fix, Severity } from '../../../engine/core/finding.ts';
import { message, type Text } from '../../../engine/core/message.ts';
import type { Report } from '../../../engine/core/rule.ts';
import { type BackgroundUse, backgroundUse, buildUse } from '../../../engine/dockerfile/background-use.ts';
import { stageFacts } from '../../../engine/dockerfile/facts.ts';
import { isWindows } from '../../../engine/dockerfile/platform.ts';
import { isDevelopmentFile, isDevelopmentStage } from '../../../engine/dockerfile/purpose.ts';
import { isMistyped } from '../../../engine/dockerfile/shutdown.ts';
import { startOf } from '../../../engine/dockerfile/start.ts';
import { lineage, type Stage } from '../../../engine/dockerfile/view.ts';
import { dockerfileRule } from '../../../engine/rule-kinds.ts';

const texts: Readonly<Record<BackgroundUse['kind'] | 'follows' | 'build', Text>> = {
  ends: {
    en: '"{program}" goes to the background and nothing else keeps the container running, so it ends at once. Run it in the foreground.',
    zh: '“{program}”转入后台后，容器中再没有前台进程，会立即退出。请让它在前台运行。',
  },
  hidden: {
    en: 'The container only waits while "{program}" runs in its background, so nobody notices when "{program}" dies. Run it in the foreground.',
    zh: '容器的前台只是在等待，“{program}”运行在后台，它退出后无人知晓。请让它在前台运行。',
  },
  follows: {
    en: 'The container only follows {file} while "{program}" runs in its background, so nobody notices when "{program}" dies. Let it log to stdout in the foreground.',
    zh: '容器的前台只是在跟踪 {file}，“{program}”运行在后台，它退出后无人知晓。请让它在前台运行，并将日志输出到标准输出。',
  },
  beside: {
    en: '"{program}" runs in the background of the container, and nothing restarts it when it dies. Give it a container of its own.',
    zh: '“{program}”在容器的后台运行，退出后不会被重启。请将它放到单独的容器中。',
  },
  aside: {
    en: '"{program}" runs in the background of the container, and nothing restarts it when it dies. If it is to run on, give it a container of its own.',
    zh: '“{program}”在容器的后台运行，退出后不会被重启。如果它需要持续运行，请将它放到单独的容器中。',
  },
  literal: {
    en: 'No shell runs this command, so "&" is only an argument of "{program}". Remove it.',
    zh: '该命令不经过 shell，“&”只会作为参数传给“{program}”。请将其删除。',
  },
  supervisor: {
    en: '"{program}" lives on when a program that it runs does not, and from outside only "{program}" is seen. Give each program a container of its own, or add a HEALTHCHECK or probe for what serves.',
    zh: '由“{program}”运行的程序即使退出，“{program}”仍会存活，而外部只能看到“{program}”。请将各程序放到单独的容器中，或为真正提供服务的程序添加 HEALTHCHECK 或探针。',
  },
  build: {
    en: '"{program}" is started while the image is built, and ends with this RUN: containers start without it. Start it in CMD or ENTRYPOINT.',
    zh: '“{program}”在构建镜像时启动，并随此 RUN 一起结束，容器启动时它并未运行。请在 CMD 或 ENTRYPOINT 中启动它。',
  },
};
const fixTexts = {
  foreground: { en: 'Run "{program}" in the foreground', zh: '让“{program}”在前台运行' },
  literal: { en: 'Remove "&"', zh: '删除“&”' },
  build: { en: 'Remove "{program}" from the build', zh: '从构建中删除“{program}”' },
};

const severities: Readonly<Record<BackgroundUse['kind'], Severity>> = {
  ends: 'warning', hidden: 'warning', literal: 'warning', beside: 'information', aside: 'hint', supervisor: 'hint',
};

/**
 * A container lives as long as the process that its command starts, and nobody looks at another. Which programs leave for the
 * background, and with which words they stay: `catalog/daemons.ts`; what services of the system run: `catalog/system-services.ts`.
 */
export default dockerfileRule(
  {
    id: 'dockerfile/background-process',
    guideline: 'foreground',
    title: { en: 'A start command leaves its program in the background.', zh: '启动命令将程序留在后台运行。' },
    severities: ['warning', 'information', 'hint'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: ['dockerfile/json-form-typo'],
    // What the command leaves behind hides how it takes signals and where it logs.
    mayReveal: ['dockerfile/no-init-process', 'dockerfile/log-to-file'],
  },
  function* ({ stages }, { path }) {
    const stage = stages.at(-1);
    if (stage === undefined || isWindows(stage) || isDevelopmentFile(path) || isDevelopmentStage(stage)) return;
    yield* built(stage);
    const start = startOf(stage);
    if (start === undefined || isMistyped(start)) return;
    const use = backgroundUse(start);
    // A health check looks at what really serves.
    const isChecked = stageFacts(stage).healthcheck?.command !== undefined;
    if (use === undefined || (use.kind === 'supervisor' && isChecked)) return;
    const { kind, program, span } = use;
    const file = use.left?.follows;
    const outcome = foregroundFix(start, use);
    const title = kind === 'literal' ? message(fixTexts.literal) : message(fixTexts.foreground, { program });
    const fixes: readonly Fix[] = outcome === undefined ? [] : [{ key: kind === 'literal' ? 'remove-ampersand' : 'foreground', title, safety: 'suggestion', outcome }];
    yield {
      span,
      place: `stage ${stage.name ?? String(stage.index)}:${start.anchor.instruction.keyword}${kind === 'beside' || kind === 'aside' || kind === 'supervisor' ? '&' : ''}`,
      severity: kind === 'hidden' && isChecked ? 'information' : severities[kind],
      message: message(texts[file === undefined ? kind : 'follows'], { program, file: file ?? '' }),
      fixes,
    };
  },
);

/** What RUN instructions start in vain. */
function* built(stage: Stage): Generator<Report> {
  for (const instruction of lineage(stage).flatMap((each) => each.instructions)) {
    const use = buildUse(instruction, stage);
    if (use === undefined) continue;
    const { program, command } = use;
    const outcome = withoutBuildUse(instruction, use);
    const fixes: readonly Fix[] = outcome === undefined ? [] : [{ key: 'remove', title: message(fixTexts.build, { program }), safety: 'suggestion', outcome }];
    yield { span: command.span, place: `instruction ${String(instruction.index)}`, severity: 'information', message: message(texts.build, { program }), fixes };
  }
}
