import { asArguments, underInit } from '../../../actions/behind-entrypoint.ts';
import type { Fix } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { idles } from '../../../engine/kubernetes/command-line.ts';
import { type Invocation, invocationOf } from '../../../engine/kubernetes/invocation.ts';
import { mayServe } from '../../../engine/kubernetes/readiness.ts';
import type { Workload } from '../../../engine/kubernetes/workload.ts';
import { containerRule } from '../../../engine/rule-kinds.ts';
import { initOf } from '../../../engine/shell/argv.ts';
import { basename } from '../../../engine/shell/invocation.ts';
import type { EntrypointFact } from '../../../engine/workspace/image-facts.ts';
import { runsArguments, type ScriptFacts } from '../../../engine/workspace/script-facts.ts';

const texts = {
  init: {
    en: 'The command of container "{name}" replaces the ENTRYPOINT of its image, so "{program}" runs without the init {init}. Give it as args.',
    zh: '容器“{name}”的 command 取代了镜像的 ENTRYPOINT，因此“{program}”没有在 init 进程 {init} 下运行。请改用 args。',
  },
  missed: {
    en: 'The command of container "{name}" replaces the ENTRYPOINT of its image, so "{program}" runs without the init {init}. Put it in front.',
    zh: '容器“{name}”的 command 取代了镜像的 ENTRYPOINT，因此“{program}”没有在 init 进程 {init} 下运行。请在前面加上它。',
  },
  script: {
    en: 'The command of container "{name}" replaces the ENTRYPOINT of its image, so its setup in "{script}" does not run before "{program}". Give it as args, or leave it so if that is meant.',
    zh: '容器“{name}”的 command 取代了镜像的 ENTRYPOINT，因此在“{program}”之前不会执行“{script}”中的准备工作。请改用 args；如果是有意为之，则无需更改。',
  },
  args: { en: 'Give the command as args, behind the ENTRYPOINT of the image', zh: '将 command 改为 args，放在镜像的 ENTRYPOINT 之后' },
  prefix: { en: 'Put {init} in front of the command', zh: '在 command 前加上 {init}' },
};

/**
 * Only for images that a file says are built here, with an ENTRYPOINT in exec form. `command` replaces ENTRYPOINT, `args` replace CMD.
 * Source: kubernetes.io, tasks/inject-data-application/define-command-argument-container.
 */
export default containerRule(
  {
    id: 'kubernetes/command-bypasses-init',
    guideline: 'init-process',
    title: { en: 'A command takes the place of the init or the setup of an image that is built here.', zh: 'command 取代了本地所构建镜像的 init 进程或准备脚本。' },
    severities: ['information', 'hint'],
    fix: 'suggestion',
    reads: ['images', 'build'],
    yieldsTo: ['kubernetes/pid-1-ignores-sigterm', 'kubernetes/signals-stop-at-shell', 'kubernetes/background-process'],
    mayReveal: [],
  },
  function* ({ manifest, workload, container }, { builtImage, entrypointScript }) {
    const command = container.field.get('command');
    if (!command.present || container.role !== 'app' || !mayServe(manifest, workload) || idles(container)) return;
    const invocation = invocationOf(container);
    const image = container.field.get('image').text;
    if (invocation === undefined || image === undefined || !invocation.replacesEntrypoint) return;
    const built = builtImage(image);
    const entrypoint = built?.stage?.entrypoint;
    if (built === undefined || entrypoint === undefined) return;
    const { path = '', facts: script } = entrypointScript(built) ?? {};
    if (path !== '' && repeats(invocation, path)) return;
    const isMissed = entrypoint.init.length > 0 && initOf(invocation.argv) === undefined && !sharesProcesses(workload);
    const isSetUp = script?.setsUp === true && runsArguments(script);
    if (!isMissed && !isSetUp) return;
    const fits = takesArguments(entrypoint, script);
    const init = basename(entrypoint.init[0]) ?? '';
    const values = { name: container.title, program: invocation.argv.program ?? invocation.words[0] ?? '…', init, script: basename(path) ?? path };
    yield {
      span: command.keySpan ?? command.span,
      place: `${manifest.place}:${command.path}`,
      severity: isMissed ? 'information' : 'hint',
      message: message(!isMissed ? texts.script : fits ? texts.init : texts.missed, values),
      fixes: [
        ...(fits ? [{ key: 'use-args', title: message(texts.args), safety: 'suggestion', outcome: () => asArguments(container) } satisfies Fix] : []),
        ...(isMissed ? [{ key: 'prefix', title: message(texts.prefix, { init }), safety: 'suggestion', outcome: () => underInit(container, isSetUp ? entrypoint.words : entrypoint.init) } satisfies Fix] : []),
      ],
    };
  },
);

/** Does the command start the script of the ENTRYPOINT itself? */
function repeats({ words }: Invocation, script: string): boolean {
  return words.some((word) => basename(word) === basename(script));
}

/** Are the pause container's process 1, and its hands, there for all of the Pod? */
function sharesProcesses({ podSpec }: Workload): boolean {
  return (['shareProcessNamespace', 'hostPID'] as const).some((key) => !podSpec.get(key).absent && podSpec.get(key).bool !== false);
}

/** Does the ENTRYPOINT run what it is given: an init alone, or a script that hands over to its arguments? */
function takesArguments({ words, init }: EntrypointFact, script: ScriptFacts | undefined): boolean {
  return init.length === words.length || (script !== undefined && runsArguments(script));
}
