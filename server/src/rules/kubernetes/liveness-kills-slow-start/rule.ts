import type { Fix, Severity } from '../../../engine/core/finding.ts';
import { type Message, message } from '../../../engine/core/message.ts';
import { handlerOf, isSameHandler } from '../../../engine/kubernetes/probe-handler.ts';
import { failsWithin, type ProbeTiming, timingOf } from '../../../engine/kubernetes/probe-timing.ts';
import { probesOf } from '../../../engine/kubernetes/probes.ts';
import { sleepBeforeStart } from '../../../engine/kubernetes/slow-start.ts';
import { supports } from '../../../engine/kubernetes/versions.ts';
import type { Container } from '../../../engine/kubernetes/workload.ts';
import { containerRule, type KubernetesContext } from '../../../engine/rule-kinds.ts';
import { set } from '../../../engine/yaml/edit.ts';

const texts = {
  sleeps: {
    en: 'Container "{name}" sleeps {start} s before its program starts, but its livenessProbe restarts it after {budget} s at the latest, again and again. Add a startupProbe.',
    zh: '容器“{name}”在程序启动前先休眠 {start} 秒，而 livenessProbe 最迟 {budget} 秒后就会重启它，如此反复。请添加 startupProbe。',
  },
  waits: {
    en: 'Container "{name}" gets {start} s before it is asked whether it is ready, but a livenessProbe with the same question restarts it after {budget} s at the latest. Add a startupProbe.',
    zh: '容器“{name}”启动 {start} 秒后才会检查是否就绪，而探测方式相同的 livenessProbe 最迟 {budget} 秒后就会重启它。请添加 startupProbe。',
  },
  add: { en: 'Add a startupProbe that waits up to {seconds} s', zh: '添加最多等待 {seconds} 秒的 startupProbe' },
  delay: { en: 'Ask for liveness only after {seconds} s', zh: '{seconds} 秒后才检查存活' },
};

/**
 * A sleep in the command is sure: nothing answers while it lasts. The delay of a readinessProbe is only what its author
 * expects: a Pod that works starts faster, and one of the two is wrong.
 */
export default containerRule(
  {
    id: 'kubernetes/liveness-kills-slow-start',
    guideline: 'readiness',
    title: { en: 'A livenessProbe gives up before the container can have started.', zh: 'livenessProbe 在容器来得及启动之前就判定失败。' },
    severities: ['warning', 'information'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* ({ manifest, container }, context) {
    const liveness = probesOf(container).find(({ key }) => key === 'livenessProbe')?.probe;
    const startup = container.field.get('startupProbe');
    if (liveness?.kind !== 'map' || !(startup.absent || startup.isNull)) return;
    const timing = timingOf(liveness);
    if (timing === undefined) return;
    const budget = failsWithin(timing);
    const shown = shownStart(container, budget);
    if (shown === undefined) return;
    yield {
      span: liveness.keySpan ?? liveness.span,
      place: `${manifest.place}:${liveness.path}`,
      severity: shown.severity,
      message: message(texts[shown.by], { name: container.title, start: shown.seconds, budget }),
      fixes: fixesOf(container, timing, shown.seconds, context),
    };
  },
);

interface ShownStart {
  readonly by: 'sleeps' | 'waits';
  readonly severity: Severity;
  readonly seconds: number;
}

/** The start that the file itself shows, if it takes longer than `budget` seconds. */
function shownStart(container: Container, budget: number): ShownStart | undefined {
  const [liveness, readiness] = [container.field.get('livenessProbe'), container.field.get('readinessProbe')];
  const handler = handlerOf(liveness, container);
  if (handler === undefined) return undefined;
  // A command may well succeed while the program sleeps: the one that tests for a file, for example.
  const slept = handler.key === 'exec' ? 0 : sleepBeforeStart(container);
  if (slept > budget) return { by: 'sleeps', severity: 'warning', seconds: slept };
  const delay = timingOf(readiness)?.initialDelay ?? 0;
  if (delay <= budget || !isSameHandler(handler, handlerOf(readiness, container))) return undefined;
  return { by: 'waits', severity: 'information', seconds: delay };
}

/** Twice the time that the file shows, because machines differ. */
const margin = 2;

function fixesOf(container: Container, { period }: ProbeTiming, seconds: number, { version }: KubernetesContext): readonly Fix[] {
  const [liveness, startup] = [container.field.get('livenessProbe'), container.field.get('startupProbe')];
  const handler = handlerOf(liveness, container)?.written;
  const failures = Math.ceil((seconds * margin) / period);
  const timeout = liveness.get('timeoutSeconds').int;
  const times = { periodSeconds: period, ...(timeout === undefined ? {} : { timeoutSeconds: timeout }), failureThreshold: failures };
  const delay = suggestion('delay-liveness', message(texts.delay, { seconds }), () => set(liveness.get('initialDelaySeconds'), seconds));
  if (handler === undefined || liveness.borrowed || !supports(version, 'startupProbe')) return [delay];
  const after = ['ports', 'readinessProbe', 'livenessProbe'];
  return [suggestion('add-startup-probe', message(texts.add, { seconds: failures * period }), () => set(startup, { ...handler, ...times }, { after })), delay];
}

function suggestion(key: string, title: Message, outcome: Fix['outcome']): Fix {
  return { key, title, safety: 'suggestion', outcome };
}
