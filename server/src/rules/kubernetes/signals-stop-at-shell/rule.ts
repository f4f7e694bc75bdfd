import { distributionOfImage, shellOfFamily } from '../../../engine/catalog/image-family.ts';
import { knownProgram } from '../../../engine/catalog/programs.ts';
import type { ShellKind } from '../../../engine/catalog/shell-kind.ts';
import type { Severity } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { invocationOf } from '../../../engine/kubernetes/invocation.ts';
import { graceOf } from '../../../engine/kubernetes/process-one.ts';
import { containerRule } from '../../../engine/rule-kinds.ts';
import { argvOf } from '../../../engine/shell/argv.ts';
import { setupless } from '../../../engine/shell/builtins.ts';
import { isReplaceable, lastCommand, shellStays } from '../../../engine/shell/hand-over.ts';
import { isWaiting } from '../../../engine/shell/idle.ts';
import type { Script } from '../../../engine/shell/model.ts';
import { splice } from '../../../engine/yaml/splice.ts';

const texts = {
  stays: {
    en: 'The shell stays process 1 of container "{name}" and passes no SIGTERM on, so "{program}" is killed after {grace} s without a chance to shut down. Put exec in front of it.',
    zh: '容器“{name}”的 1 号进程始终是 shell，且不会转发 SIGTERM，“{program}”来不及正常退出，{grace} 秒后会被强制终止。请在它前面加上 exec。',
  },
  may: {
    en: 'If the shell of its image is dash, as on Debian and Ubuntu, it stays process 1 of container "{name}" and passes no SIGTERM on to "{program}". Put exec in front of it.',
    zh: '如果镜像中的 shell 是 dash（Debian 和 Ubuntu 即如此），容器“{name}”的 1 号进程会一直是 shell，SIGTERM 无法到达“{program}”。请在它前面加上 exec。',
  },
  exec: { en: 'Put exec in front of "{program}"', zh: '在“{program}”前面加上 exec' },
};

/** Which shells stay: `engine/shell/hand-over.ts`, measured. Where the image does not tell its shell, it is only a hint. */
export default containerRule(
  {
    id: 'kubernetes/signals-stop-at-shell',
    guideline: 'init-process',
    title: { en: 'A shell keeps SIGTERM from the program it runs.', zh: 'shell 使其运行的程序收不到 SIGTERM。' },
    severities: ['warning', 'hint'],
    fix: 'suggestion',
    reads: ['images'],
    yieldsTo: ['kubernetes/background-process', 'kubernetes/pid-1-ignores-sigterm'],
    mayReveal: [],
  },
  function* ({ manifest, workload, container }, { builtImage }) {
    const invocation = invocationOf(container);
    if (invocation?.shell === undefined || invocation.argv.wrappers[0]?.kind !== 'shell') return;
    const grace = graceOf(manifest, workload, container, invocation);
    const { body, script } = invocation.shell;
    const command = lastCommand(script);
    const word = command?.name;
    if (grace === undefined || command === undefined || word === undefined || !isReplaceable(script, word)) return;
    const { name, args, wrappers } = argvOf(command);
    // A program that would not listen either, or that does its work and ends, gains nothing by `exec`.
    if (isWaiting(name, args, 0) || wrappers.some(({ kind }) => kind === 'runner' || kind === 'init')) return;
    const known = name === undefined ? undefined : knownProgram(name, args);
    if (known?.handling === 'ignores' || known?.serves === 'never' || setupless.has(name ?? '')) return;
    const family = builtImage(container.field.get('image').text ?? '')?.stage?.family ?? (container.image === undefined ? undefined : distributionOfImage(container.image)?.family);
    const severity = weigh(script, invocation.shell.name, family === undefined ? undefined : shellOfFamily[family]);
    if (severity === undefined) return;
    const label = name !== undefined && known?.label.startsWith(name) === true ? known.label : undefined;
    const program = label ?? name ?? word.text;
    yield {
      span: word.span,
      place: `${manifest.place}:${container.field.get('command').path}`,
      severity,
      message: message(severity === 'warning' ? texts.stays : texts.may, { name: container.title, program, grace }),
      fixes: [
        {
          key: 'exec',
          title: message(texts.exec, { program }),
          safety: 'suggestion',
          outcome: () => splice(body, [{ span: { start: word.local.start, end: word.local.start }, newText: 'exec ' }]),
        },
      ],
    };
  },
);

/** @param linked what `/bin/sh` is in the image, where that is known */
function weigh(script: Script, shell: string, linked: ShellKind | undefined): Severity | undefined {
  const kind = shell === 'bash' || shell === 'dash' || shell === 'ash' ? shell : shell.startsWith('busybox') ? 'ash' : shell === 'sh' ? linked : undefined;
  if (kind !== undefined) return shellStays(script, kind) ? 'warning' : undefined;
  return shell === 'sh' && shellStays(script, 'dash') ? 'hint' : undefined;
}
