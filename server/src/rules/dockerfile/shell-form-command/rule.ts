import { execFormOf, execInPlace, withoutShell } from '../../../actions/exec-form.ts';
import type { Fix, FixOutcome } from '../../../engine/core/finding.ts';
import { message, type Text } from '../../../engine/core/message.ts';
import { isWindows } from '../../../engine/dockerfile/platform.ts';
import { isDevelopmentFile, isDevelopmentStage } from '../../../engine/dockerfile/purpose.ts';
import { shellInFront, type ShellInFront } from '../../../engine/dockerfile/shell-in-front.ts';
import { isMistyped } from '../../../engine/dockerfile/shutdown.ts';
import { startOf, type Start } from '../../../engine/dockerfile/start.ts';
import { dockerfileRule } from '../../../engine/rule-kinds.ts';

const texts = {
  stays: {
    en: 'A shell stays process 1 in front of "{program}" and passes no SIGTERM on, so the container is killed after the grace period. Use the exec form.',
    zh: '“{program}”前面的 shell 会一直是 1 号进程，且不会转发 SIGTERM，容器只能等宽限期结束后被强制杀死。请改用 exec 形式。',
  },
  behind: {
    en: 'The shell of "sh -c" stays process 1 in front of "{program}" and passes no SIGTERM on, so the container is killed after the grace period. Put exec in front of it.',
    zh: '“{program}”前面的“sh -c”会一直是 1 号进程，且不会转发 SIGTERM，容器只能等宽限期结束后被强制杀死。请在它前面加上 exec。',
  },
  may: {
    en: 'If the shell of "{image}" is dash, as on Debian and Ubuntu, it stays process 1 and passes no SIGTERM on to "{program}". Use the exec form.',
    zh: '如果“{image}”中的 shell 是 dash（Debian 和 Ubuntu 即如此），它会一直是 1 号进程，SIGTERM 无法到达“{program}”。请改用 exec 形式。',
  },
  noShell: {
    en: 'The shell form needs a shell to start "{program}", and "{image}" has none. Use the exec form.',
    zh: 'shell 形式需要 shell 来启动“{program}”，而“{image}”中没有 shell。请改用 exec 形式。',
  },
  ignores: {
    en: 'ENTRYPOINT in shell form ignores CMD and all arguments of docker run. Use the exec form.',
    zh: 'shell 形式的 ENTRYPOINT 会忽略 CMD 以及 docker run 的所有参数。请改用 exec 形式。',
  },
  arguments: {
    en: 'CMD in shell form gives "{program}" the arguments /bin/sh, -c and this text as one word. Use the exec form.',
    zh: 'shell 形式的 CMD 传给“{program}”的参数是 /bin/sh、-c 以及作为一个整体的这段文本。请改用 exec 形式。',
  },
  exec: { en: 'Write in exec form', zh: '改写为 exec 形式' },
  inPlace: { en: 'Put exec in front of the program', zh: '在程序前面加上 exec' },
} satisfies Readonly<Record<ShellInFront['kind'] | 'exec' | 'inPlace', Text>>;

/** Which shells stay: `engine/shell/hand-over.ts`, measured. What needs an init besides is told by no-init-process. */
export default dockerfileRule(
  {
    id: 'dockerfile/shell-form-command',
    guideline: 'init-process',
    title: { en: 'A shell stands between the container and its program.', zh: '容器与其程序之间隔着 shell。' },
    severities: ['warning', 'information', 'hint'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: ['dockerfile/json-form-typo', 'dockerfile/background-process', 'dockerfile/init-around-shell', 'dockerfile/no-init-process', 'dockerfile/unexpanded-variable', 'dockerfile/entrypoint-without-exec'],
    mayReveal: [],
  },
  function* ({ stages }, { path }) {
    const stage = stages.at(-1);
    const start = stage === undefined ? undefined : startOf(stage);
    if (stage === undefined || start === undefined || isWindows(stage) || isDevelopmentFile(path) || isDevelopmentStage(stage) || isMistyped(start)) return;
    const found = shellInFront(start);
    const { span, instruction } = start.anchor.form === 'exec' && start.cmd?.form === 'shell' ? start.cmd : start.anchor;
    // `CMD --port 80`: the builder takes the word for a flag, and stops.
    if (found === undefined || instruction.flags.length > 0) return;
    yield {
      span,
      place: `stage ${stage.name ?? String(stage.index)}:${instruction.keyword}`,
      severity: found.severity,
      message: message(texts[found.kind], { program: found.program, image: stage.from.imageText }),
      fixes: fixesOf(start, found),
    };
  },
);

function fixesOf(start: Start, { kind }: ShellInFront): readonly Fix[] {
  const shell = start.anchor.form === 'shell' ? start.anchor : start.cmd?.form === 'shell' ? start.cmd : undefined;
  const inPlace = shell === undefined || (kind !== 'stays' && kind !== 'may') ? undefined : execInPlace(shell);
  const fix = (key: 'exec' | 'inPlace', outcome: () => FixOutcome): Fix => ({ key, title: message(texts[key]), safety: 'suggestion', outcome });
  if (shell === undefined) return [fix('inPlace', () => withoutShell(start))];
  return [
    fix('exec', () => execFormOf(shell)),
    ...(inPlace === undefined || start.ignored !== undefined ? [] : [fix('inPlace', () => inPlace)]),
  ];
}
