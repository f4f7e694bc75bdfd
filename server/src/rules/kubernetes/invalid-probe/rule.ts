import type { Fix, FixOutcome, Severity } from '../../../engine/core/finding.ts';
import { message, type Text } from '../../../engine/core/message.ts';
import { type ProblemKind, problemsOf, type Repair } from '../../../engine/kubernetes/probe-problems.ts';
import { probesOf } from '../../../engine/kubernetes/probes.ts';
import { containerRule } from '../../../engine/rule-kinds.ts';
import { remove, rename, set, wrap } from '../../../engine/yaml/edit.ts';

const texts: Readonly<Record<ProblemKind, Text>> = {
  'two-handlers': {
    en: 'The {probe} of container "{name}" asks in two ways, and the API server allows one. Remove {field} or the other.',
    zh: '容器“{name}”的 {probe} 写了两种探测方式，而 API 服务器只允许一种。请删除 {field} 或另一种。',
  },
  'not-a-number': {
    en: '{field} of the {probe} of container "{name}" takes a whole number without quotes; the API server refuses {value}.',
    zh: '容器“{name}”的 {probe} 中，{field} 只接受不带引号的整数，API 服务器会拒绝 {value}。',
  },
  negative: {
    en: '{field} of the {probe} of container "{name}" may not be negative; the API server refuses {value}.',
    zh: '容器“{name}”的 {probe} 中，{field} 不能为负数，API 服务器会拒绝 {value}。',
  },
  'success-threshold': {
    en: 'A {probe} succeeds the first time or not: the API server refuses successThreshold {value} in container "{name}". It must be 1.',
    zh: '{probe} 只要成功一次即算成功：容器“{name}”中的 successThreshold 只能为 1，API 服务器会拒绝 {value}。',
  },
  'readiness-grace': {
    en: 'A readinessProbe stops nothing, so the API server refuses {field} in it. Remove it from container "{name}".',
    zh: 'readinessProbe 不会终止容器，因此 API 服务器会拒绝其中的 {field}。请从容器“{name}”中删除。',
  },
  'no-grace': {
    en: '{field} of the {probe} of container "{name}" must be at least 1; the API server refuses {value}.',
    zh: '容器“{name}”的 {probe} 中，{field} 至少为 1，API 服务器会拒绝 {value}。',
  },
  'quoted-port': {
    en: 'In quotes {value} is the name of a port, and no name consists of digits: the API server refuses the {probe} of container "{name}". Drop the quotes.',
    zh: '带引号的 {value} 会被当作端口名，而端口名不能全是数字：API 服务器会拒绝容器“{name}”的 {probe}。请去掉引号。',
  },
  'grpc-name': {
    en: 'grpc takes the number of a port; the API server refuses {value} in the {probe} of container "{name}".',
    zh: 'grpc 只接受端口号，API 服务器会拒绝容器“{name}”的 {probe} 中的 {value}。',
  },
  'port-range': {
    en: 'Ports go from 1 to 65535; the API server refuses {value} in the {probe} of container "{name}".',
    zh: '端口号的范围是 1 到 65535，API 服务器会拒绝容器“{name}”的 {probe} 中的 {value}。',
  },
  'no-port': {
    en: 'The {probe} of container "{name}" names no port to ask, so the API server refuses it. Add one.',
    zh: '容器“{name}”的 {probe} 没有写明探测的端口，API 服务器会拒绝。请添加端口。',
  },
  'handler-shape': {
    en: '{field} of the {probe} of container "{name}" takes keys of its own, not a value; the API server refuses it.',
    zh: '容器“{name}”的 {probe} 中，{field} 下应为子字段，不能直接写值，API 服务器会拒绝。',
  },
  'no-command': {
    en: 'The {probe} of container "{name}" has exec without a command, so the API server refuses it. Add the command.',
    zh: '容器“{name}”的 {probe} 使用了 exec 却没有命令，API 服务器会拒绝。请添加 command。',
  },
  'command-shape': {
    en: 'The command of the {probe} of container "{name}" must be a list of words; the API server refuses one text.',
    zh: '容器“{name}”的 {probe} 中，command 必须是列表，API 服务器会拒绝单个字符串。',
  },
  scheme: {
    en: 'The API server takes HTTP and HTTPS, in capital letters; it refuses the scheme {value} in the {probe} of container "{name}".',
    zh: 'API 服务器只接受大写的 HTTP 和 HTTPS，会拒绝容器“{name}”的 {probe} 中的 scheme {value}。',
  },
  'tcp-request': {
    en: 'tcpSocket only connects and knows no {field}: kubectl refuses it in the {probe} of container "{name}". Ask with httpGet, or drop it.',
    zh: 'tcpSocket 只建立连接，没有 {field} 字段：kubectl 会拒绝容器“{name}”的 {probe}。请改用 httpGet，或将其删除。',
  },
  'loopback-host': {
    en: 'The kubelet asks from the node, so {value} is the node itself and not container "{name}". Remove host: the {probe} then asks the Pod.',
    zh: 'kubelet 从节点发起探测，{value} 指向的是节点本身，而不是容器“{name}”。请删除 host，{probe} 就会探测该 Pod。',
  },
  'too-old': {
    en: 'Kubernetes 1.{version} does not know {field}, which container "{name}" uses in its probes. Probe it in another way.',
    zh: 'Kubernetes 1.{version} 不支持容器“{name}”的探针所用的 {field}。请改用其他方式探测。',
  },
};

const titles: Readonly<Record<Repair['kind'], Text>> = {
  set: { en: 'Write {value}', zh: '改为 {value}' },
  remove: { en: 'Remove {field}', zh: '删除 {field}' },
  rename: { en: 'Ask with {value}', zh: '改用 {value} 探测' },
  wrap: { en: 'Write it as {value}', zh: '写成 {value}' },
};

/** What is not refused by every cluster and every client, or by none. */
const warnings: readonly ProblemKind[] = ['tcp-request', 'loopback-host', 'too-old'];

/** One finding for each value; Knative knows the port by itself, and takes 0 for it. */
export default containerRule(
  {
    id: 'kubernetes/invalid-probe',
    guideline: 'validity',
    title: { en: 'A probe holds what the API server refuses, or asks the node instead of the Pod.', zh: '探针中有 API 服务器会拒绝的内容，或探测的是节点而不是 Pod。' },
    severities: ['error', 'warning', 'information'],
    fix: 'safe',
    reads: [],
    yieldsTo: [],
    mayReveal: ['kubernetes/unknown-probe-port'],
  },
  function* ({ manifest, workload, container }, { version }) {
    for (const written of probesOf(container)) {
      for (const { kind, field, repairs: ways } of problemsOf(written, { container, workload, version })) {
        if (workload.probesItself && (kind === 'no-port' || kind === 'port-range')) continue;
        const severity: Severity = warnings.includes(kind) ? 'warning' : 'error';
        const args = { probe: written.key, name: container.title, field: String(field.key), value: field.raw ?? '', version };
        yield { span: field.span, place: `${manifest.place}:${field.path}`, severity, message: message(texts[kind], args), fixes: ways.map(fixOf) };
      }
    }
  },
);

function fixOf(repair: Repair): Fix {
  const { kind, field, isSure } = repair;
  const value = kind === 'set' ? JSON.stringify(repair.value) : kind === 'remove' ? '' : repair.name;
  return {
    key: kind === 'set' ? 'correct' : kind,
    title: message(titles[kind], { field: String(field.key), value }),
    safety: isSure ? 'safe' : 'suggestion',
    outcome: () => outcomeOf(repair),
  };
}

function outcomeOf(repair: Repair): FixOutcome {
  switch (repair.kind) {
    case 'set':
      return set(repair.field, repair.value);
    case 'remove':
      return remove(repair.field);
    case 'rename':
      return rename(repair.field, repair.name);
    case 'wrap':
      return wrap(repair.field, [repair.name]);
  }
}
