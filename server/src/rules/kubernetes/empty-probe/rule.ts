import type { Fix } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { nearest } from '../../../engine/core/nearest.ts';
import { probeCandidates } from '../../../engine/kubernetes/probe-candidates.ts';
import { type HandlerKey, handlerKeys, probesOf, type WrittenProbe } from '../../../engine/kubernetes/probes.ts';
import { routesTo } from '../../../engine/kubernetes/routes.ts';
import type { ProbeSpec } from '../../../engine/kubernetes/types.ts';
import { containerRule, type ContainerView, type KubernetesContext } from '../../../engine/rule-kinds.ts';
import { remove, rename, set } from '../../../engine/yaml/edit.ts';
import type { Field } from '../../../engine/yaml/field.ts';
import { moveInto } from '../../../engine/yaml/move-into.ts';

const texts = {
  found: {
    en: 'The {probe} of container "{name}" says nowhere what to ask, so the API server refuses it. Give it httpGet, tcpSocket, grpc or exec.',
    zh: '容器“{name}”的 {probe} 没有写明如何探测，API 服务器会拒绝。请添加 httpGet、tcpSocket、grpc 或 exec。',
  },
  misspelt: {
    en: 'The {probe} of container "{name}" has "{key}", which no probe knows, so the API server refuses it. "{meant}" is meant.',
    zh: '容器“{name}”的 {probe} 中写了探针没有的字段“{key}”，API 服务器会拒绝。应为“{meant}”。',
  },
  nothing: {
    en: 'The {probe} of container "{name}" is empty, which is the same as none. Complete it or remove it.',
    zh: '容器“{name}”的 {probe} 为空，等同于没有该探针。请补全或删除。',
  },
  rename: { en: 'Write {meant}', zh: '改为 {meant}' },
  move: { en: 'Put {keys} into {meant}', zh: '将 {keys} 移入 {meant}' },
  copy: { en: 'Ask like the {probe}', zh: '探测方式与 {probe} 相同' },
  http: { en: 'Ask with GET {path} on port {target}', zh: '探测端口 {target} 上的 GET {path}' },
  tcp: { en: 'Ask TCP port {target}', zh: '探测 TCP 端口 {target}' },
  grpc: { en: 'Ask with a gRPC health check on port {target}', zh: '对端口 {target} 执行 gRPC 健康检查' },
  exec: { en: 'Ask by running {target}', zh: '执行 {target} 进行探测' },
  remove: { en: 'Remove the {probe}', zh: '删除该 {probe}' },
};

/** More ways than this to complete one probe help nobody to choose. */
const offered = 4;

/** What people write for a handler, beside slips of the finger. */
const spoken: Readonly<Record<string, HandlerKey>> = { http: 'httpGet', https: 'httpGet', get: 'httpGet', tcp: 'tcpSocket', socket: 'tcpSocket', command: 'exec' };
const httpFields = ['path', 'port', 'scheme', 'host', 'httpHeaders'];

/**
 * A probe that is there must have a handler; one that is null is not there. Source: kubernetes/kubernetes,
 * pkg/apis/core/validation/validation.go, validateHandler: "must specify a handler type". Knative fills the handler in.
 */
export default containerRule(
  {
    id: 'kubernetes/empty-probe',
    guideline: 'readiness',
    title: { en: 'A probe says nowhere what to ask.', zh: '探针没有写明如何探测。' },
    severities: ['error', 'information'],
    fix: 'safe',
    reads: ['services', 'images'],
    yieldsTo: [],
    mayReveal: ['kubernetes/background-process', 'kubernetes/no-readiness-probe'],
  },
  function* (view, context) {
    const { manifest, workload, container } = view;
    if (workload.probesItself) return;
    for (const written of probesOf(container)) {
      const { key, probe } = written;
      // Who writes `null` wants none; who writes nothing forgot to go on.
      const isForgotten = probe.isNull && probe.raw === '';
      if (!isForgotten && !(probe.kind === 'map' && handlerKeys.every((handler) => isMissing(probe.get(handler))))) continue;
      const slip = isForgotten ? undefined : slipOf(probe);
      const args = { probe: key, name: container.title };
      yield {
        span: slip?.field.keySpan ?? probe.keySpan ?? probe.span,
        place: `${manifest.place}:${probe.path}`,
        severity: isForgotten ? 'information' : 'error',
        message: slip === undefined ? message(isForgotten ? texts.nothing : texts.found, args) : message(texts.misspelt, { ...args, key: String(slip.field.key), meant: slip.meant }),
        fixes: slip === undefined ? [...movesOf(probe), ...completionsOf(view, written, context), removal(written)] : [renaming(slip)],
      };
    }
  },
);

function isMissing(handler: Field): boolean {
  return handler.absent || handler.isNull;
}

interface Slip {
  readonly field: Field;
  readonly meant: HandlerKey;
}

/** A handler under another name. */
function slipOf(probe: Field<ProbeSpec>): Slip | undefined {
  for (const key of probe.keys()) {
    const field = probe.at(key);
    const meant = spoken[key.toLowerCase()] ?? nearest(key, handlerKeys);
    const handler = handlerKeys.find((each) => each === meant);
    if (handler !== undefined && field.kind === 'map' && !probe.has(handler)) return { field, meant: handler };
  }
  return undefined;
}

function renaming({ field, meant }: Slip): Fix {
  return { key: 'rename', title: message(texts.rename, { meant }), safety: 'safe', outcome: () => rename(field, meant) };
}

/** What belongs to a handler may stand one level too high. */
function movesOf(probe: Field<ProbeSpec>): readonly Fix[] {
  const keys = probe.keys();
  const http = httpFields.filter((key) => keys.includes(key));
  const move = (meant: HandlerKey, names: readonly string[], safety: Fix['safety']): Fix => ({
    key: `move-into-${meant}`,
    title: message(texts.move, { keys: names.join(', '), meant }),
    safety,
    outcome: () => moveInto(names.map((name) => probe.at(name)), probe.get(meant)),
  });
  if (keys.includes('command') && probe.at('command').kind === 'sequence') return [move('exec', ['command'], 'safe')];
  if (!http.includes('port')) return [];
  if (http.length > 1 && !(http.length === 2 && http.includes('host'))) return [move('httpGet', http, 'safe')];
  return [move('tcpSocket', http, 'suggestion'), move('httpGet', http, 'suggestion')];
}

function completionsOf({ manifest, workload, container }: ContainerView, { key, probe }: WrittenProbe, context: KubernetesContext): readonly Fix[] {
  const image = container.field.get('image').text;
  const made = image === undefined ? undefined : context.builtImage(image)?.stage;
  const targeted = routesTo(context.facts.services, manifest, workload, container).map(({ target }) => target);
  return probeCandidates(container, { targeted, version: context.version, made, asks: key }).slice(0, offered).flatMap(({ handler, target, path = '/', copiedFrom, probe: whole }) => {
    const meant = handlerKeys.find((each) => each in whole);
    const value = meant === undefined ? undefined : whole[meant];
    if (meant === undefined || value === undefined) return [];
    return {
      key: copiedFrom === undefined ? `complete-${handler}` : 'complete-copied',
      title: copiedFrom === undefined ? message(texts[handler], { target, path }) : message(texts.copy, { probe: copiedFrom }),
      safety: 'suggestion' as const,
      // Times that are written stay; without any the candidate brings its own.
      outcome: () => (probe.isEmpty ? set(probe, whole) : set(probe.get(meant), value)),
    };
  });
}

function removal({ key, probe }: WrittenProbe): Fix {
  return { key: 'remove', title: message(texts.remove, { probe: key }), safety: 'suggestion', outcome: () => remove(probe) };
}
