import type { Text } from '../../core/message.ts';
import { supports } from '../versions.ts';
import type { Order } from './order.ts';
import type { Plan, Planned } from './plan.ts';
import { fill } from './words.ts';

export type NoteKind =
  | 'refused' | 'never-ends' | 'never-starts' | 'false-gate' | 'uncounted' | 'pre-stop-first' | 'slow-probe' | 'unknown-number' | 'unknown-role' | 'readiness-gates' | 'unordered-stop';

/** What is worth knowing about the times. */
export interface Note {
  readonly kind: NoteKind;
  /** Undefined where it is about the Pod. */
  readonly container: string | undefined;
  readonly text: Text;
}

const texts: Readonly<Record<NoteKind, Text>> = {
  refused: {
    en: 'Kubernetes {version} refuses the Pod: "{name}" has fields that it does not know there.',
    zh: 'Kubernetes {version} 会拒绝该 Pod：“{name}”含有此处不支持的字段。',
  },
  'never-ends': {
    en: 'Kubernetes {version} knows no native sidecars: it waits in vain for the end of "{name}".',
    zh: 'Kubernetes {version} 不支持原生边车：会一直等待“{name}”结束。',
  },
  'never-starts': {
    en: '"{name}" never starts: it sleeps {seconds} s, longer than its startupProbe lets it live.',
    zh: '“{name}”永远无法启动：它先休眠 {seconds} 秒，超过了 startupProbe 允许的时间。',
  },
  'false-gate': {
    en: 'The {probe} of "{name}" orders nothing: the containers behind it start as soon as its process runs. A startupProbe would keep them waiting.',
    zh: '“{name}”的 {probe} 不影响启动顺序：其进程一运行，后面的容器就会启动。需要 startupProbe 才能让它们等待。',
  },
  uncounted: { en: 'The time that "{name}" works is not counted: nothing in the file limits it.', zh: '未计入“{name}”的运行时间：文件中没有对它的限制。' },
  'pre-stop-first': {
    en: 'The preStop hook of "{name}" runs when the Pod begins to end, beside the app, not behind it.',
    zh: '“{name}”的 preStop 钩子在 Pod 开始终止时就会运行，与应用同时，而不是在应用之后。',
  },
  'slow-probe': {
    en: 'The {probe} of "{name}" may take longer (timeoutSeconds) than its period: the worst case counts with the longer one.',
    zh: '“{name}”的 {probe} 超时时间（timeoutSeconds）大于检查周期：最坏情况按较长者计算。',
  },
  'unknown-number': { en: 'The file does not show all numbers of the {probe} of "{name}".', zh: '文件未给出“{name}”的 {probe} 的全部数值。' },
  'unknown-role': { en: 'A template decides whether "{name}" is a native sidecar; it is taken for one.', zh: '“{name}”是否为原生边车由模板决定；此处按原生边车处理。' },
  'readiness-gates': { en: 'The Pod has readinessGates: it is ready when others say so, too.', zh: '该 Pod 设有 readinessGates：还需等待外部条件才会就绪。' },
  'unordered-stop': { en: 'Before Kubernetes 1.29, all containers are told to end at the same time.', zh: '在 Kubernetes 1.29 之前，所有容器会同时收到终止信号。' },
};

/** In the order of the containers. */
export function notesOf(plan: Plan, { starts }: Order): readonly Note[] {
  const { version } = plan;
  const ofContainers = plan.containers.flatMap((planned, at) => notesOn(planned, plan, starts[at]?.falseGates.map(({ key }) => key) ?? []));
  const isUnordered = !supports(version, 'nativeSidecar') && plan.containers.some(({ neverEnds }) => neverEnds);
  return [
    ...ofContainers,
    ...(hasReadinessGates(plan) ? [{ kind: 'readiness-gates', container: undefined, text: texts['readiness-gates'] } as const] : []),
    ...(isUnordered ? [{ kind: 'unordered-stop', container: undefined, text: texts['unordered-stop'] } as const] : []),
  ];
}

function notesOn(planned: Planned, plan: Plan, falseGates: readonly string[]): readonly Note[] {
  const { name, kind, startup, silent, isGuess, preStop } = planned;
  const note = (of: NoteKind, more: Readonly<Record<string, string | number>> = {}): Note => ({ kind: of, container: name, text: fill(texts[of], { name, version: `1.${String(plan.version)}`, ...more }) });
  const probe = startup?.key ?? '';
  return [
    ...(isRefused(planned, plan) ? [note('refused')] : []),
    ...(planned.neverEnds ? [note('never-ends')] : []),
    ...(isGuess ? [note('unknown-role')] : []),
    ...(falseGates.length === 0 ? [] : [note('false-gate', { probe: falseGates.join(' / ') })]),
    ...(isUncounted(planned) ? [note('uncounted')] : []),
    ...(isDoomed(planned) ? [note('never-starts', { seconds: silent })] : []),
    ...(startup !== undefined && !startup.isSure ? [note('unknown-number', { probe })] : []),
    ...(startup?.isSure === true && startup.timeout.worst > startup.period.worst ? [note('slow-probe', { probe })] : []),
    ...(kind === 'sidecar' && preStop !== undefined ? [note('pre-stop-first')] : []),
  ];
}

/** Does the Pod wait for others to call it ready, too? */
export function hasReadinessGates({ workload }: Plan): boolean {
  return workload.podSpec.at('readinessGates').items().length > 0;
}

/** Init containers whose work has no limit: times are counted without it. */
export function isUncounted({ kind, onlySleeps, neverEnds }: Planned): boolean {
  return kind === 'init' && !onlySleeps && !neverEnds;
}

/** Does it surely sleep past the last attempt of its startupProbe? */
function isDoomed({ startup, silent }: Planned): boolean {
  if (startup === undefined) return false;
  const { delay, period, timeout, failures } = startup;
  return silent > delay.worst + period.worst + (failures.worst - 1) * Math.max(period.worst, timeout.worst) + timeout.worst;
}

/**
 * Does the API server refuse the container as it stands? Probes and hooks of init containers that are no sidecars;
 * restart policies of single containers before they were known.
 * Source: pkg/apis/core/validation/validation.go, validateInitContainers (`Forbidden: may not be set for init containers`,
 * `Unsupported value` of restartPolicy); KEP-753; KEP-5307.
 */
export function isRefused({ container: { field, role } }: Planned, { version }: Pick<Plan, 'version'>): boolean {
  const isSidecar = role === 'sidecar' && supports(version, 'nativeSidecar');
  const hasProbe = (['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle'] as const).some((key) => field.get(key).present && !field.get(key).isNull);
  if ((role === 'init' || role === 'sidecar') && !isSidecar && hasProbe) return true;
  const policy = field.get('restartPolicy');
  return policy.present && !policy.isNull && policy.text !== undefined && role !== 'sidecar' && role !== 'unknown' && !supports(version, 'containerRestartRules');
}
