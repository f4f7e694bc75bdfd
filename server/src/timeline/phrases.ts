import type { Text } from '../engine/core/message.ts';
import { type Estimate, isNever } from '../engine/kubernetes/startup/estimate.ts';
import type { PodResources } from '../engine/kubernetes/startup/resources.ts';
import type { Start } from '../engine/kubernetes/startup/order.ts';
import type { Stop } from '../engine/kubernetes/startup/termination.ts';
import type { Timeline } from '../engine/kubernetes/startup/simulate.ts';
import { compose, fill, join, listed, seconds, span } from '../engine/kubernetes/startup/words.ts';
import { cpuText, memoryText } from '../engine/kubernetes/quantity.ts';

/** What the pictures say beside names and numbers. */
export const labels = {
  start: { en: 'Start', zh: '启动' },
  stop: { en: 'Stop', zh: '停止' },
  waiting: { en: 'waiting', zh: '等待' },
  starting: { en: 'starting', zh: '启动中' },
  working: { en: 'works, then ends', zh: '执行后结束' },
  running: { en: 'running', zh: '运行中' },
  atWorst: { en: 'thin bars: at the worst', zh: '细条：最坏情况' },
  perhaps: { en: 'at the worst not yet', zh: '最坏情况下尚未启动' },
  ready: { en: 'ready', zh: '就绪' },
  gate: { en: 'gate', zh: '启动关卡' },
  noGate: { en: 'no gate', zh: '无关卡' },
  falseGate: { en: 'looks like a gate and is none', zh: '看似关卡，实则无效' },
  failing: { en: 'fails', zh: '故障' },
  shared: { en: 'shared: {name}', zh: '共享卷：{name}' },
  hook: { en: 'preStop', zh: 'preStop' },
  ending: { en: 'time to end, after SIGTERM', zh: '收到 SIGTERM 后的退出时限' },
  killed: { en: 'SIGKILL', zh: 'SIGKILL' },
  compressed: { en: 'seconds, denser to the right', zh: '秒（越往右越密）' },
  linear: { en: 'seconds', zh: '秒' },
  requests: { en: 'Requests: {amounts}', zh: '资源请求：{amounts}' },
  limits: { en: 'Limits: {amounts}', zh: '资源限制：{amounts}' },
  noAmounts: { en: 'none', zh: '无' },
  notShown: { en: '{resource} not shown', zh: '{resource} 未给出' },
  notes: { en: 'Notes', zh: '说明' },
  failure: { en: 'What if', zh: '故障推演' },
  kubernetes: { en: 'Kubernetes {version}', zh: 'Kubernetes {version}' },
} as const satisfies Readonly<Record<string, Text>>;

const texts = {
  never: { en: 'never', zh: '永不' },
  likely: { en: '{span}, likely {likely}', zh: '{span}（通常约 {likely}）' },
  init: { en: 'starts at {start}', zh: '{start}后启动' },
  up: { en: 'starts at {start}, up at {started}', zh: '{start}后启动，{started}后完成启动' },
  ready: { en: '{rest}, ready at {ready}', zh: '{rest}，{ready}后就绪' },
  stuck: { en: 'starts at {start}, never comes up', zh: '{start}后启动，始终无法完成启动' },
  neverReady: { en: '{rest}, never ready', zh: '{rest}，始终未就绪' },
  neverStarts: { en: 'never starts', zh: '永远不会启动' },
  waitsFor: { en: '{rest}; waits for the {gate} of {name}', zh: '{rest}；等待{name}的 {gate}' },
  waitsForNothing: { en: '{rest}; waits for nothing but the process of {name}', zh: '{rest}；仅等待{name}的进程启动' },
  waitsForEnd: { en: '{rest}; waits for the end of {name}', zh: '{rest}；等待{name}结束' },
  stops: { en: 'SIGTERM at {sigterm}, SIGKILL at {sigkill}', zh: '{sigterm}后收到 SIGTERM，{sigkill}后收到 SIGKILL' },
  hooked: { en: 'preStop takes {hook}, {rest}', zh: 'preStop 耗时 {hook}，{rest}' },
} as const satisfies Readonly<Record<string, Text>>;

/** `5 s`, `5 to 97 s, likely 10 s`, `never`. */
export function estimate(of: Estimate): Text {
  if (isNever(of)) return texts.never;
  if (of.earliest === of.worst) return seconds(of.worst);
  return compose(texts.likely, { span: span(of), likely: seconds(of.likely) });
}

/** The start of a container as a sentence without a full stop. */
export function startPhrase({ kind, start, started, ready, blockedBy }: Start, before: Start | undefined): Text {
  if (isNever(start)) return texts.neverStarts;
  const at = { start: estimate(start), started: estimate(started) };
  const isUpAtOnce = started.earliest === start.earliest && started.worst === start.worst;
  const up = compose(kind === 'init' || isUpAtOnce ? texts.init : isNever(started) ? texts.stuck : texts.up, at);
  const isOwnReady = ready !== undefined && !isNever(started) && (ready.likely !== started.likely || ready.worst !== started.worst);
  const whole = !isOwnReady ? up : isNever(ready) ? compose(texts.neverReady, { rest: up }) : compose(texts.ready, { rest: up, ready: estimate(ready) });
  if (blockedBy === undefined || before === undefined) return whole;
  const { gate } = before;
  const text = gate === 'exit' ? texts.waitsForEnd : gate === 'none' ? texts.waitsForNothing : texts.waitsFor;
  return compose(text, { rest: whole, name: listed([blockedBy]), gate: fill({ en: gate, zh: gate }) });
}

export function stopPhrase({ preStop, sigterm, sigkill }: Stop): Text {
  const rest = compose(texts.stops, { sigterm: estimate(sigterm), sigkill: estimate(sigkill) });
  return preStop === undefined ? rest : compose(texts.hooked, { hook: estimate(preStop), rest });
}

/** `Requests: 150m CPU, 192Mi`, and the limits. */
export function resourceLines({ requests, limits }: PodResources): readonly Text[] {
  const amounts = ({ cpu, memory }: PodResources['requests'], none: number): Text => {
    const shown = (amount: number | undefined, resource: string, text: (amount: number) => string): readonly Text[] =>
      amount === undefined ? [fill(labels.notShown, { resource })] : amount === none ? [] : [fill({ en: text(amount), zh: text(amount) })];
    const all = [...shown(cpu, 'CPU', (amount) => `${cpuText(amount)} CPU`), ...shown(memory, 'memory', memoryText)];
    return all.length === 0 ? labels.noAmounts : join(all, { en: ', ', zh: '，' });
  };
  return [compose(labels.requests, { amounts: amounts(requests, 0) }), compose(labels.limits, { amounts: amounts(limits, Infinity) })];
}

/** The container whose gate each container waits for, by index. */
export function blockers({ containers }: Pick<Timeline, 'containers'>): readonly (number | undefined)[] {
  return containers.map(({ blockedBy }, at) => {
    const found = blockedBy === undefined ? -1 : containers.slice(0, at).findLastIndex(({ name }) => name === blockedBy);
    return found < 0 ? undefined : found;
  });
}
