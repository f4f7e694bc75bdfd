import { otherHandlers } from '../../../actions/other-handler.ts';
import { type Message, message } from '../../../engine/core/message.ts';
import { portsOf } from '../../../engine/kubernetes/roles.ts';
import { supports } from '../../../engine/kubernetes/versions.ts';
import { type Container, type Workload } from '../../../engine/kubernetes/workload.ts';
import { containerRule } from '../../../engine/rule-kinds.ts';
import type { Field } from '../../../engine/yaml/field.ts';

const texts = {
  app: {
    en: 'The startupProbe of sidecar "{name}" asks port {port} of "{app}", which starts only when it has succeeded: the Pod never starts. Ask the sidecar itself.',
    zh: '边车容器“{name}”的 startupProbe 检查的是“{app}”的端口 {port}，而“{app}”要等它成功后才会启动：Pod 永远无法启动。请改为检查边车自身。',
  },
  remote: {
    en: 'The startupProbe of sidecar "{name}" asks {host}: as long as that is away, no new Pod starts. Ask the sidecar itself.',
    zh: '边车容器“{name}”的 startupProbe 检查的是 {host}：只要它不可用，新的 Pod 就无法启动。请改为检查边车自身。',
  },
};

const local = /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?|0\.0\.0\.0)$/;

/** The kubelet starts nothing behind a native sidecar before its startupProbe has succeeded. Source: KEP-753. */
export default containerRule(
  {
    id: 'kubernetes/startup-probe-deadlock',
    guideline: 'patterns',
    title: { en: 'The gate of a sidecar waits for what starts behind it, or for another service.', zh: '边车容器的启动探针在等待其后才启动的容器，或等待其他服务。' },
    severities: ['warning', 'information'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* ({ manifest, workload, container }, { version }) {
    if (container.role !== 'sidecar' || !supports(version, 'nativeSidecar')) return;
    const probe = container.field.get('startupProbe');
    if (probe.kind !== 'map') return;
    const asked = askedBy(probe, container);
    const app = asked.port === undefined || asked.host !== undefined ? undefined : behind(workload, container, asked.port);
    const said: Message | undefined =
      app !== undefined ? message(texts.app, { name: container.title, port: asked.port ?? 0, app: app.title }) : asked.host === undefined ? undefined : message(texts.remote, { name: container.title, host: asked.host });
    if (said === undefined) return;
    const own = portsOf(container);
    const isOwn = (target: string): boolean => own.has(Number(target)) || container.ports.some(({ name }) => name === target);
    yield {
      span: probe.keySpan ?? probe.span,
      place: `${manifest.place}:${probe.path}`,
      severity: app === undefined ? 'information' : 'warning',
      message: said,
      fixes: otherHandlers(container, 'startupProbe', version, ({ handler, target }) => handler === 'exec' || isOwn(target)),
    };
  },
);

/** Whom the probe asks: a port of the Pod, or another host. */
function askedBy(probe: Field, container: Container): { readonly port?: number; readonly host?: string } {
  for (const key of ['httpGet', 'tcpSocket', 'grpc']) {
    const handler = probe.at(key);
    if (handler.kind !== 'map') continue;
    const host = handler.at('host').text;
    if (host !== undefined && !local.test(host)) return { host };
    const port = handler.at('port');
    const number = port.int ?? container.ports.find(({ name }) => name !== undefined && name === port.text)?.number;
    return number === undefined ? {} : { port: number };
  }
  return addressed(probe.at('exec', 'command').items().map(({ text }) => text ?? '').join(' '));
}

/** The address in a command: of a URL, behind `-h` and `-p`, or of `nc` and `pg_isready`. Names with variables are nobody's. */
function addressed(line: string): { readonly port?: number; readonly host?: string } {
  const url = /\b(?:https?|tcp|postgres(?:ql)?|redis|amqp):\/\/(?:[^@\s/"']*@)?(\[[^\]]+\]|[\w.-]+)(?::(\d+))?/.exec(line) ?? /\bnc\b(?:\s+-\w+)*\s+([\w.-]+)\s+(\d+)/.exec(line);
  const [, host = /(?:^|\s)(?:-h|--host)[ =]([\w.-]+)/.exec(line)?.[1], port = /(?:^|\s)(?:-p|--port)[ =](\d+)/.exec(line)?.[1]] = url ?? [];
  if (host !== undefined && !local.test(host)) return { host };
  return host === undefined || port === undefined ? {} : { port: Number(port) };
}

/** The container behind a sidecar that has a port which the sidecar has not. */
function behind({ containers }: Workload, sidecar: Container, port: number): Container | undefined {
  const isOf = (container: Container): boolean => container.ports.some(({ number }) => number === port);
  if (isOf(sidecar)) return undefined;
  return containers.find((each) => each.role === 'app' && isOf(each));
}
