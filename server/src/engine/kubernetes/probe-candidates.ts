import type { Field } from '../yaml/field.ts';
import type { YamlValue } from '../yaml/render.ts';
import { isProbeable } from './routes.ts';
import type { IntOrString, ProbeSpec } from './types.ts';
import type { KubernetesVersion } from './versions.ts';
import { supports } from './versions.ts';
import type { Container, Port } from './workload.ts';

/** A probe that could work for a container, with where the idea comes from. */
export interface ProbeCandidate {
  /** `http`, `tcp`, `grpc`, `exec`: the handler. */
  readonly handler: 'http' | 'tcp' | 'grpc' | 'exec';
  /** What is probed, for people: a port's name or number, or a command's first word. */
  readonly target: string;
  /** The path of an HTTP probe; `/` is a guess unless `copiedFrom` is there. */
  readonly path?: string;
  /** The existing probe whose handler this is. */
  readonly copiedFrom?: 'livenessProbe' | 'startupProbe';
  /** The probe as it goes into the file. */
  readonly probe: Readonly<Record<string, YamlValue>>;
}

const httpNames = /^(?:https?|web|www|ui|api|rest|health|healthz|healthcheck|ready|readyz|http2|h2c)(?:[-_.]|\d|$)|https?$/i;
const tlsNames = /^(?:https|tls)|https$/i;
const grpcNames = /grpc/i;
const metricsNames = /metric|prom|monitor|debug|pprof|jmx|admin|mgmt|management/i;
const httpNumbers = new Set([80, 443, 3000, 5000, 8000, 8080, 8443, 9090]);
const tlsNumbers = new Set([443, 8443]);

/** Is the port there to be scraped or debugged rather than to serve the container's users? Told by its name alone. */
export function isMetricsPort(port: Port): boolean {
  return port.name !== undefined && metricsNames.test(port.name);
}

/**
 * Probes that fit a container, best first: the handler of a probe it has already; then each port, those that a Service
 * targets first, then those whose name tells that they serve, metrics ports last. On every port `tcpSocket` comes
 * first, because it cannot name a wrong path; `httpGet` and `grpc` follow where name or number speak for them.
 * @param targeted ports of the container that a Service routes to, as the Service names them
 */
export function probeCandidates(
  container: Container,
  targeted: readonly IntOrString[],
  version: KubernetesVersion,
): readonly ProbeCandidate[] {
  const copied = (['livenessProbe', 'startupProbe'] as const).flatMap((key) => {
    const candidate = copyOf(container.field.get(key), key);
    return candidate === undefined ? [] : [candidate];
  });
  const ports = probePorts(container, targeted).flatMap((port) => onPort(port, version));
  const seen = new Set<string>();
  return [...copied, ...ports].filter(({ handler, target, path }) => {
    const key = `${handler} ${target} ${path ?? ''}`;
    return !seen.has(key) && seen.add(key);
  });
}

interface ProbePort {
  readonly name: string | undefined;
  readonly number: number | undefined;
}

/** The container's ports in the order in which they are worth probing; undeclared ones are those only Services name. */
function probePorts(container: Container, targeted: readonly IntOrString[]): readonly ProbePort[] {
  const declared = container.ports.filter(isProbeable);
  const isTarget = (port: Port): boolean => targeted.some((target) => target === port.name || target === port.number);
  const rank = (port: Port): number => {
    if (isTarget(port)) return 0;
    if (isMetricsPort(port)) return 3;
    return port.name !== undefined && (httpNames.test(port.name) || grpcNames.test(port.name)) ? 1 : 2;
  };
  const undeclared = targeted
    .filter((target) => typeof target === 'number' && !declared.some((port) => port.number === target))
    .map((target) => ({ name: undefined, number: Number(target) }));
  const numbers = declared.length + undeclared.length === 0 ? spokenPorts(container) : [];
  return [
    ...[...declared].sort((a, b) => rank(a) - rank(b)),
    ...undeclared,
    ...numbers.map((number) => ({ name: undefined, number })),
  ];
}

/** Ports that only the environment or the arguments name: `PORT=8080`, `--port=8080`, `--listen :8080`. */
export function spokenPorts(container: Container): readonly number[] {
  const env = container.field.get('env').items()
    .filter((item) => /^(?:HTTP_|SERVER_|APP_|LISTEN_)?PORT$/.test(item.get('name').text ?? ''))
    .map((item) => item.get('value').text ?? '');
  const words = [...container.field.get('command').items(), ...container.field.get('args').items()]
    .map((item) => item.text ?? '');
  const flags = words.flatMap((word, index) => {
    const flag = /^--?(?:(?:http|server|listen|web)[-.])?(?:port|addr|address|listen|bind|listen-address)(?:=(.*))?$/.exec(word);
    return flag === null ? [] : [flag[1] ?? words[index + 1] ?? ''];
  });
  return [...env, ...flags].flatMap((value) => {
    // The kubelet probes the Pod's address: what listens on loopback alone it cannot reach.
    if (/^(?:https?:\/\/)?(?:127\.|localhost\b|\[::1\])/.test(value)) return [];
    const number = Number(/^(?:.*:)?(\d{2,5})$/.exec(value)?.[1] ?? '0');
    return number > 0 && number < 65536 ? [number] : [];
  });
}

function onPort({ name, number }: ProbePort, version: KubernetesVersion): readonly ProbeCandidate[] {
  const port = name ?? number;
  if (port === undefined) return [];
  const target = String(port);
  const found: ProbeCandidate[] = [{ handler: 'tcp', target, probe: { tcpSocket: { port } } }];
  if (name !== undefined ? grpcNames.test(name) : number === 50051) {
    // A gRPC probe takes a number, never a name (core/v1 types.go, GRPCAction).
    if (number !== undefined && supports(version, 'grpcProbe')) {
      found.push({ handler: 'grpc', target, probe: { grpc: { port: number } } });
    }
  } else if (speaksHttp(name, number)) {
    const tls = (name !== undefined && tlsNames.test(name)) || (number !== undefined && tlsNumbers.has(number));
    const httpGet = { path: '/', port, ...(tls ? { scheme: 'HTTPS' } : {}) };
    found.push({ handler: 'http', target, path: '/', probe: { httpGet } });
  }
  return found;
}

function speaksHttp(name: string | undefined, number: number | undefined): boolean {
  return (name !== undefined && (httpNames.test(name) || metricsNames.test(name))) || (number !== undefined && httpNumbers.has(number));
}

/**
 * The handler of a probe that the container has, and its time-out, because the same answer takes the same time.
 * Delays and thresholds stay behind: they were chosen for another purpose, and `terminationGracePeriodSeconds` is
 * refused on a readinessProbe (pkg/apis/core/validation).
 */
function copyOf(probe: Field<ProbeSpec>, copiedFrom: 'livenessProbe' | 'startupProbe'): ProbeCandidate | undefined {
  if (probe.borrowed) return undefined;
  const timeout = probe.get('timeoutSeconds').int;
  const times = timeout === undefined ? {} : { timeoutSeconds: timeout };
  const http = probe.get('httpGet');
  const port = http.get('port').int ?? http.get('port').text;
  for (const [handler, key] of [['http', 'httpGet'], ['tcp', 'tcpSocket'], ['grpc', 'grpc'], ['exec', 'exec']] as const) {
    const field = probe.get(key);
    const value = field.kind === 'map' ? field.plain() : undefined;
    if (value === undefined) continue;
    const path = handler === 'http' ? http.get('path').text : undefined;
    const words = probe.get('exec').get('command').items();
    const target = handler === 'exec' ? (words[0]?.text ?? '') : String(port ?? field.at('port').int ?? field.at('port').text ?? '');
    return { handler, target, ...(path === undefined ? {} : { path }), copiedFrom, probe: { [key]: value, ...times } };
  }
  return undefined;
}
