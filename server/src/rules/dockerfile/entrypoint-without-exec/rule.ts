import { edits, editsElsewhere, type Fix, type FixOutcome, refused, type Severity } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { stageFacts } from '../../../engine/dockerfile/facts.ts';
import { initInFront } from '../../../engine/dockerfile/init-in-front.ts';
import { isWindows } from '../../../engine/dockerfile/platform.ts';
import { isDevelopmentFile, isDevelopmentStage } from '../../../engine/dockerfile/purpose.ts';
import { looksLikeService } from '../../../engine/dockerfile/service.ts';
import { type Start, startOf } from '../../../engine/dockerfile/start.ts';
import { dockerfileRule } from '../../../engine/rule-kinds.ts';
import { withExec } from '../../../engine/shell/script-end.ts';
import { allArguments, type ScriptEnd, scriptEnds } from '../../../engine/workspace/script-facts.ts';
import { type ScriptServer, serverOf } from '../../../engine/workspace/script-server.ts';
import { type StartedScript, startedScript } from '../../../engine/workspace/started-script.ts';

const texts = {
  stays: {
    en: 'The shell of "{script}" stays process 1 and passes no SIGTERM on, so "{program}" (line {line}) is killed after the grace period. Put exec in front of it.',
    zh: '“{script}”的 shell 会一直是 1 号进程，且不会转发 SIGTERM，“{program}”（第 {line} 行）只能等宽限期结束后被强制杀死。请在它前面加上 exec。',
  },
  cutOff: {
    en: '"{init}" waits for the shell of "{script}" only, which ends at once on SIGTERM, so "{program}" (line {line}) is cut off. Put exec in front of it.',
    zh: '“{init}”只等待“{script}”的 shell，而该 shell 收到 SIGTERM 后会立即退出，“{program}”（第 {line} 行）因此被直接终止。请在它前面加上 exec。',
  },
  fix: { en: 'Put exec in front of "{program}" in {script}', zh: '在 {script} 中的“{program}”前加上 exec' },
  changed: { en: 'The script {script} no longer ends in a server that its shell waits for.', zh: '脚本 {script} 已不再以由 shell 等待的服务结尾。' },
  assignment: { en: 'The variable set in front of "{program}" cannot be carried over to exec.', zh: '“{program}”前面设置的变量无法带到 exec 中。' },
};

/**
 * Where the script is in the build context and ends in a server. A shell that runs a script waits for each of its commands, the
 * last one too: measured with dash 0.5.12 and bash 5.2; only of `sh -c` some shells replace themselves. Scripts that set traps or wait are left alone.
 */
export default dockerfileRule(
  {
    id: 'dockerfile/entrypoint-without-exec',
    guideline: 'init-process',
    title: { en: 'An entrypoint script starts its server without exec.', zh: '入口脚本启动服务时没有使用 exec。' },
    severities: ['warning', 'information'],
    fix: 'suggestion',
    reads: ['build'],
    yieldsTo: [],
    mayReveal: ['dockerfile/no-init-process', 'dockerfile/shell-form-command', 'dockerfile/background-process'],
  },
  function* ({ stages }, context) {
    const stage = stages.at(-1);
    const start = stage === undefined ? undefined : startOf(stage);
    if (stage === undefined || start === undefined || isWindows(stage) || isDevelopmentFile(context.path) || isDevelopmentStage(stage)) return;
    const signal = stageFacts(stage).stopsignal;
    if (signal !== undefined && !/^(?:SIG)?TERM$|^15$/i.test(signal.value ?? '')) return;
    const script = startedScript(start, context.build);
    const ends = script?.facts.ends.flatMap((end) => judged(start, end, script.args) ?? []) ?? [];
    const [first] = ends;
    if (script === undefined || first === undefined) return;
    const init = initInFront(start);
    const values = { script: script.path.slice(script.path.lastIndexOf('/') + 1), program: first.server.program, line: first.end.line };
    yield {
      span: script.command.span,
      place: `stage ${stage.name ?? String(stage.index)}:${script.command.instruction.keyword}`,
      severity: init === undefined || ends.some(({ server }) => server.handling === 'ends') ? first.severity : 'information',
      message: init === undefined ? message(texts.stays, values) : message(texts.cutOff, { ...values, init }),
      fixes: [fix(start, script, context.build.uriOf(script.path), values)],
    };
  },
);

function fix(start: Start, script: StartedScript, uri: string, values: { readonly script: string; readonly program: string }): Fix {
  const change = (text: string): FixOutcome => {
    const all = scriptEnds(text).filter(({ end }) => judged(start, end, script.args) !== undefined).map(({ command }) => withExec(command));
    if (all.length === 0) return refused(message(texts.changed, values));
    return all.includes(undefined) ? refused(message(texts.assignment, values)) : edits(all.flatMap((each) => each ?? []));
  };
  return { key: 'exec', title: message(texts.fix, values), safety: 'suggestion', outcome: () => editsElsewhere([{ uri, change }]) };
}

interface Judged {
  readonly end: ScriptEnd;
  readonly server: ScriptServer;
  readonly severity: Severity;
}

/** Undefined where nothing shows that the end of the script is a service. */
function judged(start: Start, end: ScriptEnd, args: StartedScript['args']): Judged | undefined {
  const server = serverOf(end, args);
  if (server === undefined || (server.serves !== 'always' && !looksLikeService(start))) return undefined;
  // Whoever starts the container says what runs.
  const isOpen = args.length === 0 && end.words.length === 1 && end.words[0] === allArguments;
  return { end, server, severity: isOpen ? 'information' : 'warning' };
}
