import { withoutShell } from '../../../actions/exec-form.ts';
import { message } from '../../../engine/core/message.ts';
import type { Command } from '../../../engine/dockerfile/command.ts';
import { isWindows } from '../../../engine/dockerfile/platform.ts';
import { isDevelopmentFile, isDevelopmentStage } from '../../../engine/dockerfile/purpose.ts';
import { looksLikeService } from '../../../engine/dockerfile/service.ts';
import { behindShell, isMistyped, kindOfShell } from '../../../engine/dockerfile/shutdown.ts';
import { startOf, type Start } from '../../../engine/dockerfile/start.ts';
import { dockerfileRule } from '../../../engine/rule-kinds.ts';
import { shellStays } from '../../../engine/shell/hand-over.ts';
import { parseScript } from '../../../engine/shell/script.ts';

const texts = {
  found: {
    en: '"{init}" waits only for the shell it starts, and that dies of SIGTERM at once: "{program}" is cut off before it can shut down. Put exec in front of it, or leave out the shell.',
    zh: '“{init}”只等待它启动的 shell，而 shell 收到 SIGTERM 会立即退出：“{program}”来不及正常关闭就被终止。请在它前面加上 exec，或者去掉 shell。',
  },
  fix: { en: 'Let "{init}" run "{program}" without a shell between', zh: '让“{init}”直接运行“{program}”，中间不隔 shell' },
};

/**
 * Measured on Debian 12 with dumb-init 1.2.5 and tini 0.19, with and without their group options: the handler of a program
 * behind `sh -c` did not run, behind `sh -c "exec …"` it did. Which shells stay: `engine/shell/hand-over.ts`.
 */
export default dockerfileRule(
  {
    id: 'dockerfile/init-around-shell',
    guideline: 'init-process',
    title: { en: 'A shell stands between the init and its program.', zh: 'init 进程与程序之间隔着 shell。' },
    severities: ['warning', 'information'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: ['dockerfile/json-form-typo', 'dockerfile/background-process'],
    mayReveal: [],
  },
  function* ({ stages }, { path }) {
    const stage = stages.at(-1);
    const start = stage === undefined ? undefined : startOf(stage);
    if (stage === undefined || start === undefined || isWindows(stage) || isDevelopmentFile(path) || isDevelopmentStage(stage) || isMistyped(start)) return;
    const { wrappers } = start.argv;
    const init = wrappers[0]?.kind === 'init' ? wrappers[0].name : undefined;
    const script = scriptOf(start);
    const shell = wrappers.find(({ kind }) => kind === 'shell');
    if (init === undefined || shell === undefined || script === undefined || !shellStays(script, kindOfShell(stage, shell.name))) return;
    // What runs beside the program is another matter than what runs in front of it.
    if (script.statements.some(({ background }) => background)) return;
    const { program, serves, handling } = behindShell(script, start.argv);
    // Without a handler there is nothing to cut off, and yarn does not wait for the app in any case.
    if (serves === 'never' || handling === 'ignores' || handling === 'abandons' || handling === 'forgets') return;
    const { instruction, span } = holderOf(start);
    yield {
      span,
      place: `stage ${stage.name ?? String(stage.index)}:${instruction.keyword}`,
      severity: serves === 'always' || looksLikeService(start) ? 'warning' : 'information',
      message: message(texts.found, { init, program }),
      fixes: [{ key: 'exec', title: message(texts.fix, { init, program }), safety: 'suggestion', outcome: () => withoutShell(start) }],
    };
  },
);

/** The text of the shell; of a CMD in shell form behind an ENTRYPOINT that is an init, its own. */
function scriptOf({ cmd, script, words }: Start): Start['script'] {
  if (cmd?.form === 'shell') return cmd.script;
  const last = words.at(-1);
  return script ?? (last === undefined ? undefined : parseScript(last));
}

/** The instruction that the shell stands in. */
function holderOf({ anchor, cmd }: Start): Command {
  return cmd?.form === 'shell' ? cmd : anchor;
}
