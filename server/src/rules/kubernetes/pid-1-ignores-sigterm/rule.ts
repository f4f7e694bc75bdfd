import { type ContainerInit, initOfImage, initsOfStage, missingIn } from '../../../actions/init/container-init.ts';
import { knownProgram } from '../../../engine/catalog/programs.ts';
import { edits, editsElsewhere, type Fix, type FixOutcome, refused, type Severity } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { mayHaveVariable } from '../../../engine/kubernetes/command-line.ts';
import { changeWords } from '../../../engine/kubernetes/change-words.ts';
import { type Invocation, invocationOf } from '../../../engine/kubernetes/invocation.ts';
import { graceOf } from '../../../engine/kubernetes/process-one.ts';
import type { Container, Workload } from '../../../engine/kubernetes/workload.ts';
import { containerRule, type KubernetesContext } from '../../../engine/rule-kinds.ts';
import { lastCommand } from '../../../engine/shell/hand-over.ts';
import { isWaiting } from '../../../engine/shell/idle.ts';
import type { Span, TextEdit } from '../../../engine/text/span.ts';
import { fileUri, nameOf } from '../../../engine/workspace/paths.ts';
import { insertItem, set } from '../../../engine/yaml/edit.ts';
import { splice } from '../../../engine/yaml/splice.ts';
import { inSteps } from '../../../engine/yaml/steps.ts';

const texts = {
  serves: {
    en: 'As process 1 of container "{name}", "{program}" ignores SIGTERM and is killed only after {grace} s. Run it under an init such as tini, or set shareProcessNamespace: true.',
    zh: '“{program}”作为容器“{name}”的 1 号进程会忽略 SIGTERM，{grace} 秒后才会被强制终止。请在 tini 等 init 进程下运行它，或设置 shareProcessNamespace: true。',
  },
  waits: {
    en: 'As process 1 of container "{name}", "{program}" ignores SIGTERM, so deleting the Pod takes {grace} s. Let a shell wait for it, or set shareProcessNamespace: true.',
    zh: '“{program}”作为容器“{name}”的 1 号进程会忽略 SIGTERM，删除该 Pod 需要等待 {grace} 秒。请用 shell 等待它，或设置 shareProcessNamespace: true。',
  },
  run: { en: 'Run under {init}', zh: '在 {init} 下运行' },
  install: { en: 'Run under {init}, installed by {file}', zh: '在 {init} 下运行（由 {file} 安装）' },
  gone: {
    en: 'The Dockerfile of the image has changed, and {init} cannot be put into it any more.',
    zh: '该镜像的 Dockerfile 已变更，无法再加入 {init}。',
  },
  share: { en: 'Set shareProcessNamespace: true', zh: '设置 shareProcessNamespace: true' },
  wait: { en: 'Let a shell wait for "{program}" and end on SIGTERM', zh: '用 shell 等待“{program}”，收到 SIGTERM 时退出' },
};

/** `dash`, `bash` and busybox `ash` run a trap as soon as `wait` is interrupted, and not before a command in the foreground ends. */
const trap = "trap 'exit 0' TERM INT; ";

/** A process that only waits, or one that serves, and that is known to have no handler for SIGTERM. */
interface Deaf {
  readonly program: string;
  readonly span: Span;
  readonly severity: Severity;
  readonly wait: (() => FixOutcome) | undefined;
}

/**
 * The kernel drops signals that process 1 has no handler for. Programs: `catalog/programs.ts`, measured. Interpreters are
 * left out, because what they run may have a handler.
 */
export default containerRule(
  {
    id: 'kubernetes/pid-1-ignores-sigterm',
    guideline: 'init-process',
    title: { en: 'A program without a handler for SIGTERM is process 1.', zh: '不处理 SIGTERM 的程序作为 1 号进程运行。' },
    severities: ['warning', 'information', 'hint'],
    fix: 'suggestion',
    reads: ['images'],
    yieldsTo: ['kubernetes/background-process'],
    mayReveal: ['kubernetes/no-readiness-probe'],
  },
  function* ({ manifest, workload, container }, context) {
    const invocation = invocationOf(container);
    const grace = invocation === undefined ? undefined : graceOf(manifest, workload, container, invocation);
    if (invocation === undefined || grace === undefined) return;
    const deaf = deafIn(container, invocation, grace);
    if (deaf === undefined) return;
    const { program, span, wait } = deaf;
    // A bare Pod that only waits is for somebody to look in, and goes when they are done.
    const severity = deaf.severity === 'information' && manifest.kind === 'Pod' ? 'hint' : deaf.severity;
    const args = { name: container.title, program, grace };
    yield {
      span,
      place: `${manifest.place}:${container.field.get('command').path}`,
      severity,
      message: message(severity === 'warning' ? texts.serves : texts.waits, args),
      fixes: [
        ...(wait === undefined ? [] : [{ key: 'wait', title: message(texts.wait, { program }), safety: 'suggestion', outcome: wait } satisfies Fix]),
        ...underInit(container, context),
        share(workload),
      ],
    };
  },
);

/**
 * An init in front of the command, where the image has one or its Dockerfile can get one: the command takes the place of
 * the ENTRYPOINT, so an init there does not help. Elsewhere nobody knows whether there is one to start.
 */
function underInit(container: Container, { builtImage }: KubernetesContext): readonly Fix[] {
  const command = container.field.get('command');
  if (command.items().length === 0) return [];
  const image = container.field.get('image').text ?? '';
  const { dockerfile = '', target } = builtImage(image) ?? {};
  // Asked again for every fix, because the Dockerfile may be another one by then.
  const offers = (): readonly ContainerInit[] => {
    const stage = builtImage(image)?.readStage();
    return stage !== undefined ? initsOfStage(stage) : container.image === undefined ? [] : [initOfImage(container.image) ?? []].flat();
  };
  return offers().map(({ name, edits: missing }) => ({
    key: 'run-under-init',
    title: message(missing.length === 0 ? texts.run : texts.install, { init: name, file: nameOf(dockerfile) }),
    safety: 'suggestion',
    outcome: () => {
      const init = offers().find((each) => each.name === name);
      if (init === undefined) return refused(message(texts.gone, { init: name }));
      const own = inSteps(command, init.words.map((word, index) => (field) => insertItem(field, index, word)));
      if (own.kind === 'refused' || init.edits.length === 0) return own;
      const change = (missing: readonly TextEdit[] | undefined): FixOutcome => (missing === undefined ? refused(message(texts.gone, { init: name })) : edits(missing));
      return editsElsewhere([{ uri: fileUri(dockerfile), change: (text) => change(missingIn(text, target, init)) }], own.edits);
    },
  }));
}

function share({ podSpec }: Workload): Fix {
  const outcome = (): FixOutcome => set(podSpec.get('shareProcessNamespace'), true, { after: ['restartPolicy', 'serviceAccountName', 'securityContext'] });
  return { key: 'share-process-namespace', title: message(texts.share), safety: 'suggestion', outcome };
}

function deafIn(container: Container, invocation: Invocation, grace: number): Deaf | undefined {
  const { argv, items, words, shell } = invocation;
  // These stay and have their own ways with signals.
  if (argv.name === undefined || argv.wrappers.some(({ kind, name }) => kind === 'runner' || name === 'sudo')) return undefined;
  const last = shell === undefined ? undefined : lastCommand(shell.script);
  if (shell !== undefined && last === undefined) return undefined;
  const known = knownProgram(argv.name, argv.args);
  const waits = isWaiting(argv.name, argv.args, grace + 1);
  if (known?.handling !== 'ignores' || !(waits || known.serves === 'always')) return undefined;
  if (known.unless.some(([name]) => mayHaveVariable(container, name))) return undefined;
  const program = waits ? [argv.name, ...argv.args].join(' ') : known.label;
  const span = last?.span ?? items[words.length - argv.args.length - 1]?.span ?? container.field.span;
  return { program, span, severity: waits ? 'information' : 'warning', wait: waits ? waitFor(container, invocation) : undefined };
}

/** `sleep infinity` becomes `trap 'exit 0' TERM INT; sleep infinity & wait`: what has `sleep` has a shell, too. */
function waitFor({ field }: Container, { argv, items, words, shell }: Invocation): (() => FixOutcome) | undefined {
  const last = shell === undefined ? undefined : lastCommand(shell.script);
  if (shell !== undefined && last !== undefined) {
    const { start, end } = last.local;
    if (last.name?.value === 'exec' || last.connector === '&&') return undefined;
    return () => splice(shell.body, [{ span: { start, end: start }, newText: trap }, { span: { start: end, end }, newText: ' & wait' }]);
  }
  // With `args` of its own a shell would read only the first word of them as its text.
  if (field.get('command').items().length !== items.length || words.some((word) => word === undefined || !/^[\w@%+=:,./-]+$/.test(word))) return undefined;
  return () => changeWords(items, { ...argv, wrappers: [] }, [{ at: 0, remove: items.length, insert: ['sh', '-c', `${trap}${words.join(' ')} & wait`] }]);
}
