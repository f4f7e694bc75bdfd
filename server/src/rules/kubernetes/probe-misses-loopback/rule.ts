import { message } from '../../../engine/core/message.ts';
import { loopbackPorts } from '../../../engine/kubernetes/loopback-ports.ts';
import { probesOf } from '../../../engine/kubernetes/probes.ts';
import type { Container } from '../../../engine/kubernetes/workload.ts';
import { containerRule } from '../../../engine/rule-kinds.ts';
import type { Field } from '../../../engine/yaml/field.ts';
import { splice } from '../../../engine/yaml/splice.ts';

const texts = {
  found: {
    en: 'The {probe} of "{name}" asks port {port} at the address of the Pod, but its own flags bind that port to 127.0.0.1: nobody answers. Listen on all addresses, or ask by a command inside.',
    zh: '“{name}”的 {probe} 会在 Pod 地址上检查端口 {port}，而其启动参数将该端口绑定到 127.0.0.1：不会有人应答。请监听所有地址，或改用容器内的命令检查。',
  },
  fix: { en: 'Listen on all addresses', zh: '监听所有地址' },
};

/** The kubelet asks the address of the Pod, never loopback, unless `host` says so. Source: pkg/kubelet/prober/prober.go, runProbe. */
export default containerRule(
  {
    id: 'kubernetes/probe-misses-loopback',
    guideline: 'readiness',
    title: { en: 'A probe asks a port that listens on loopback only.', zh: '探针检查的端口只监听回环地址。' },
    severities: ['warning'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: ['kubernetes/no-readiness-probe'],
  },
  function* ({ manifest, workload, container }) {
    const probes = probesOf(container);
    if (probes.length === 0 || workload.podSpec.get('hostNetwork').bool === true) return;
    const hidden = loopbackPorts(container);
    if (hidden.size === 0) return;
    for (const { key, probe } of probes) {
      const handler = [probe.get('httpGet'), probe.get('tcpSocket'), probe.get('grpc')].find(({ kind }) => kind === 'map');
      if (handler === undefined || handler.at('host').present) continue;
      const port = handler.at('port');
      const number = port.int ?? container.ports.find(({ name }) => name !== undefined && name === port.text)?.number;
      if (number === undefined || !hidden.has(number)) continue;
      const bound = boundBy(container, number);
      yield {
        span: port.span,
        place: `${manifest.place}:${probe.path}`,
        severity: 'warning',
        message: message(texts.found, { name: container.title, probe: key, port: number }),
        fixes: bound === undefined ? [] : [{ key: 'listen', title: message(texts.fix), safety: 'suggestion', outcome: () => splice(bound.field, [{ span: bound.span, newText: '0.0.0.0' }]) }],
      };
    }
  },
);

/** The loopback address before the port, where both stand in one word. */
function boundBy({ field }: Container, port: number): { readonly field: Field; readonly span: { readonly start: number; readonly end: number } } | undefined {
  const address = new RegExp(`(?:^|[=/ ])(127(?:\\.\\d+){3}|localhost|\\[::1\\]):${String(port)}$`, 'd');
  for (const word of [...field.get('command').items(), ...field.get('args').items()]) {
    const at = address.exec(word.text ?? '')?.indices?.[1];
    if (at !== undefined) return { field: word, span: { start: at[0], end: at[1] } };
  }
  return undefined;
}
