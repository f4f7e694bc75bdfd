import type { InitName } from '../../../engine/catalog/inits.ts';
import type { Fix, Severity } from '../../../engine/core/finding.ts';
import { message, type Text } from '../../../engine/core/message.ts';
import { initInFront } from '../../../engine/dockerfile/init-in-front.ts';
import { isWindows } from '../../../engine/dockerfile/platform.ts';
import { isDevelopmentFile, isDevelopmentStage } from '../../../engine/dockerfile/purpose.ts';
import { looksLikeService } from '../../../engine/dockerfile/service.ts';
import { shutdownOf, wantsInit, type Shutdown } from '../../../engine/dockerfile/shutdown.ts';
import { startOf, type Start } from '../../../engine/dockerfile/start.ts';
import { dockerfileRule } from '../../../engine/rule-kinds.ts';
import { initsFor, runUnderInit } from '../../../actions/run-under-init.ts';

const texts: Readonly<Record<Shutdown['kind'] | 'fix', Text>> = {
  shell: {
    en: 'A shell stays process 1 in front of "{program}" and passes no SIGTERM on, so the container is killed after the grace period. Use the exec form, under an init such as dumb-init.',
    zh: '“{program}”前面的 shell 会一直是 1 号进程，且不会转发 SIGTERM，容器只能等宽限期结束后被强制杀死。请改用 exec 形式，并在 dumb-init 等 init 进程下运行。',
  },
  ignores: {
    en: '"{program}" has no handler for SIGTERM, and process 1 does not end without one: the container is killed after the grace period. Run it under an init such as dumb-init.',
    zh: '“{program}”没有处理 SIGTERM，作为 1 号进程会忽略该信号，容器只能等宽限期结束后被强制杀死。请在 dumb-init 等 init 进程下运行它。',
  },
  depends: {
    en: 'As process 1 "{program}" ignores SIGTERM unless its code handles it, and leaves orphaned processes as zombies. Run it under an init such as dumb-init.',
    zh: '“{program}”作为 1 号进程时，除非代码自行处理，否则会忽略 SIGTERM，也不会回收孤儿进程，使其成为僵尸进程。请在 dumb-init 等 init 进程下运行它。',
  },
  hides: {
    en: '"{program}" puts a shell between process 1 and the app, so SIGTERM does not reach the app and it is cut off. Run it under an init such as dumb-init.',
    zh: '“{program}”在 1 号进程与应用之间隔了一层 shell，SIGTERM 无法到达应用，应用会被直接终止。请在 dumb-init 等 init 进程下运行它。',
  },
  waits: {
    en: '"{program}" is process 1 in place of the app and leaves orphaned processes as zombies. Run it under an init such as dumb-init.',
    zh: '“{program}”代替应用成为 1 号进程，且不会回收孤儿进程，使其成为僵尸进程。请在 dumb-init 等 init 进程下运行它。',
  },
  abandons: {
    en: '"{program}" ends at once on SIGTERM and takes the app down with it before the app can shut down. Start the app itself, under an init such as dumb-init.',
    zh: '“{program}”收到 SIGTERM 后会立即退出，应用还来不及关闭就被一并终止。请在 dumb-init 等 init 进程下直接启动应用本身。',
  },
  forgets: {
    en: '"{program}" is a script that stays process 1 and passes no SIGTERM on to its server. Start the server itself in the foreground.',
    zh: '“{program}”是一个脚本，会一直是 1 号进程，且不会把 SIGTERM 转发给它启动的服务。请直接以前台方式启动该服务。',
  },
  fix: { en: 'Run under {init}', zh: '在 {init} 下运行' },
};

/**
 * Only where the start command is known to lose SIGTERM, and only for what looks like a service: a script that runs and
 * ends needs no init. Severity follows the program and the shell of the base image (`programs.ts`, `shutdown.ts`).
 */
export default dockerfileRule(
  {
    id: 'dockerfile/no-init-process',
    guideline: 'init-process',
    title: { en: 'A service runs as process 1 without an init.', zh: '服务作为 1 号进程运行，没有使用 init 进程。' },
    severities: ['warning', 'information'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: ['dockerfile/json-form-typo', 'dockerfile/background-process', 'dockerfile/init-around-shell', 'dockerfile/unexpanded-variable', 'dockerfile/entrypoint-without-exec'],
    mayReveal: [],
  },
  function* ({ stages }, { path }) {
    const stage = stages.at(-1);
    const start = stage === undefined ? undefined : startOf(stage);
    if (stage === undefined || start === undefined || isWindows(stage) || isDevelopmentFile(path) || isDevelopmentStage(stage) || initInFront(start) !== undefined) return;
    const shutdown = shutdownOf(start);
    const severity = shutdown === undefined ? undefined : weigh(start, shutdown);
    if (shutdown === undefined || severity === undefined || !wantsInit(shutdown)) return;
    const { instruction, span } = start.anchor;
    yield {
      span,
      place: `stage ${stage.name ?? String(stage.index)}:${instruction.keyword}`,
      severity,
      message: message(texts[shutdown.kind], { program: shutdown.program }),
      fixes: initsFor(start).map((name) => fix(start, name)),
    };
  },
);

function fix(start: Start, init: InitName): Fix {
  return { key: init, title: message(texts.fix, { init }), safety: 'suggestion', outcome: () => runUnderInit(start, init) };
}

function weigh(start: Start, { kind, serves }: Shutdown): Severity | undefined {
  if (serves === 'never') return undefined;
  if (serves !== 'always' && !looksLikeService(start)) return undefined;
  if (kind === 'depends' || kind === 'waits') return 'information';
  // An unknown base image may start an init; only a shell that stays is deaf behind that too.
  return start.inherited === undefined && kind !== 'shell' ? 'information' : 'warning';
}
