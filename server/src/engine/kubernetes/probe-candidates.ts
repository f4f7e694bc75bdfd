import type { Field } from '../yaml/field.ts';
import { commandWords } from './command-line.ts';
import { healthcheckProbe, knownProbe, type MadeImage, missedPort } from './image-probes.ts';
import { loopbackPorts, probeablePorts } from './loopback-ports.ts';
import type { ProbeCandidate } from './probe-candidate.ts';
import type { ProbeKey } from './probes.ts';
import type { IntOrString, ProbeSpec } from './types.ts';
import type { KubernetesVersion } from './versions.ts';
import { supports } from './versions.ts';
import type { Container, Port } from './workload.ts';

const httpNames = /^(?:https?|web|www|ui|api|rest|health|healthz|healthcheck|ready|readyz|http2|h2c)(?:[-_.]|\d|$)|https?$/i;
const tlsNames = /^(?:https|tls)|https$/i;
const grpcNames = /grpc/i;
/** Whole words of a port's name: `promo-api` and `memcached-admin` serve. */
const metricsNames = /(?:^|[-_.])(?:metrics?|prom|prometheus|monitor|monitoring|debug|pprof|jmx|jdwp|mgmt|management)(?:$|[-_.])|metrics$/i;
const httpNumbers = new Set([80, 443, 3000, 5000, 8000, 8080, 8443, 9090]);
const tlsNumbers = new Set([443, 8443]);

/** Is the port there to be scraped or debugged rather than to serve the container's users? Told by its name alone. */
export function isMetricsPort(port: Port): boolean {
  return port.name !== undefined && metricsNames.test(port.name);
}

/** What is known beside the container. */
export interface ProbeSetting {
  readonly version: KubernetesVersion;
  /** Ports of the container that a Service routes to, as the Service names them. */
  readonly targeted: readonly IntOrString[];
  /** What the image's own Dockerfile tells, where the workspace has it. */
  readonly made: MadeImage | undefined;
  /** The probe that is to be written: a readinessProbe where nothing is said. */
  readonly asks?: ProbeKey;
}

/** Whose handler serves another probe best: the one that asks for the least comes first. */
const copyOrder: readonly ProbeKey[] = ['livenessProbe', 'startupProbe', 'readinessProbe'];

/**
 * Probes that fit a container, best first:
 * 1. the command with which the image of a database is asked, unless another command is asked already;
 * 2. the handler of a probe it has already;
 * 3. the request of its HEALTHCHECK, or the one that its known image answers;
 * 4. the port that a known image listens on, though others are declared;
 * 5. each port, those that a Service targets first, then those whose name tells that they serve, metrics ports last;
 *    where nothing names any, those of the environment, the arguments and the Dockerfile's EXPOSE. On every port
 *    `tcpSocket` comes first, because it cannot name a wrong path; `httpGet` and `grpc` follow where name or number
 *    speak for them. What a known image answers only when it is told to stands in the place of the path `/`.
 */
export function probeCandidates(container: Container, { targeted, version, made, asks = 'readinessProbe' }: ProbeSetting): readonly ProbeCandidate[] {
  const copied = copyOrder.filter((key) => key !== asks).flatMap((key) => copyOf(container, key) ?? []);
  const known = asks === 'livenessProbe' ? undefined : knownProbe(container, targeted);
  const sure = known?.isSure === true ? [known.candidate] : [];
  const asked = made === undefined ? [] : healthcheckProbe(container, made);
  const byCommand = sure.filter(({ handler }) => handler === 'exec' && copied[0]?.handler !== 'exec');
  const guessed = known?.isSure === false ? known.candidate : undefined;
  const missed = missedPort(container, targeted);
  const likely = missed === undefined ? [] : [{ name: undefined, number: missed }];
  const ports = [...likely, ...probePorts(container, targeted, made)].flatMap((port) => onPort(port, version, guessed));
  const seen = new Set<string>();
  return [...byCommand, ...copied, ...asked, ...sure, ...ports].filter(({ handler, target, path }) => {
    const key = `${handler} ${target} ${path ?? ''}`;
    return !seen.has(key) && seen.add(key);
  });
}

interface ProbePort {
  readonly name: string | undefined;
  readonly number: number | undefined;
}

/** The container's ports in the order in which they are worth probing; undeclared ones are those only Services name. */
function probePorts(container: Container, targeted: readonly IntOrString[], made: MadeImage | undefined): readonly ProbePort[] {
  const declared = probeablePorts(container);
  const hidden = loopbackPorts(container);
  const isTarget = (port: Port): boolean => targeted.some((target) => target === port.name || target === port.number);
  const rank = (port: Port): number => {
    if (isTarget(port)) return 0;
    if (isMetricsPort(port)) return 3;
    return port.name !== undefined && (httpNames.test(port.name) || grpcNames.test(port.name)) ? 1 : 2;
  };
  const undeclared = targeted
    .filter((target) => typeof target === 'number' && !hidden.has(target) && !declared.some((port) => port.number === target))
    .map((target) => ({ name: undefined, number: Number(target) }));
  const exposed = made?.exposed.filter(({ protocol }) => protocol === 'tcp').map(({ port }) => port) ?? [];
  const numbers = declared.length + undeclared.length === 0 ? [...spokenPorts(container), ...exposed] : [];
  return [
    ...[...declared].sort((a, b) => rank(a) - rank(b)),
    ...undeclared,
    ...numbers.map((number) => ({ name: undefined, number })),
  ];
}

/** Ports that only the environment or the arguments name: `PORT=8080`, `--port=8080`, `--listen :8080`. */
export function spokenPorts(container: Container): readonly number[] {
  const env = container.field.get('env').items()
    .filter((item) => /^(?:HTTP_|APP_|LISTEN_)?PORT$/.test(item.get('name').text ?? ''))
    .map((item) => item.get('value').text ?? '');
  const words = commandWords(container);
  if (speaksToOthers(words)) return [];
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

/**
 * Does a flag beside the port name another host, or loopback? Then the port is the one a client asks (`--host db --port
 * 5432`), or one the kubelet cannot reach, because it probes the Pod's address.
 */
function speaksToOthers(words: readonly string[]): boolean {
  return words.some((word, index) => {
    const flag = /^(?:-h|--?(?:[\w.-]+[-.])?(?:host|hostname|server|address|bind|listen-address|upstream|target|endpoint))(?:=(.*))?$/.exec(word);
    if (flag === null) return false;
    const value = (flag[1] ?? words[index + 1] ?? '').replace(/^\[|\]$/g, '');
    return value !== '' && !value.startsWith('-') && !/^(?:0\.0\.0\.0|::|\*)$|:\d+$|^\$/.test(value);
  });
}

function onPort({ name, number }: ProbePort, version: KubernetesVersion, guessed: ProbeCandidate | undefined): readonly ProbeCandidate[] {
  const port = name ?? number;
  if (port === undefined) return [];
  const target = String(port);
  const found: ProbeCandidate[] = [{ handler: 'tcp', target, probe: { tcpSocket: { port } } }];
  if (guessed?.target === target) {
    found.push(guessed);
  } else if (name !== undefined ? grpcNames.test(name) : number === 50051) {
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

/** Scraped ports speak HTTP by their nature; those of debuggers and of JMX do not. */
function speaksHttp(name: string | undefined, number: number | undefined): boolean {
  const byName = name !== undefined && (httpNames.test(name) || /metric|prom/i.test(name));
  return byName || (number !== undefined && httpNumbers.has(number) && !(name !== undefined && metricsNames.test(name)));
}

/**
 * The handler of a probe that the container has, and its time-out, because the same answer takes the same time.
 * Delays and thresholds stay behind: they were chosen for another purpose, and `terminationGracePeriodSeconds` is
 * refused on a readinessProbe (pkg/apis/core/validation).
 */
function copyOf({ field: spec, ports }: Container, copiedFrom: ProbeKey): ProbeCandidate | undefined {
  const probe: Field<ProbeSpec> = spec.get(copiedFrom);
  if (probe.borrowed) return undefined;
  const timeout = probe.get('timeoutSeconds').int;
  const times = timeout === undefined ? {} : { timeoutSeconds: timeout };
  const http = probe.get('httpGet');
  const port = http.get('port').int ?? http.get('port').text;
  for (const [handler, key] of [['http', 'httpGet'], ['tcp', 'tcpSocket'], ['grpc', 'grpc'], ['exec', 'exec']] as const) {
    const field = probe.get(key);
    const value = field.kind === 'map' ? field.plain() : undefined;
    if (value === undefined || !isComplete(key, field)) continue;
    // A name that no port has is never found: the copy would fail as the original does.
    const named = field.at('port').text;
    if (named !== undefined && spec.get('ports').state !== 'unknown' && !ports.some(({ name }) => name === named)) continue;
    const path = handler === 'http' ? http.get('path').text : undefined;
    const words = probe.get('exec').get('command').items();
    const target = handler === 'exec' ? (words[0]?.text ?? '') : String(port ?? field.at('port').int ?? field.at('port').text ?? '');
    return { handler, target, ...(path === undefined ? {} : { path }), copiedFrom, probe: { [key]: value, ...times } };
  }
  return undefined;
}

/** Has a handler all that the API demands of it (core/v1 types.go, HTTPGetAction and its siblings)? Half a probe is no pattern. */
function isComplete(key: 'httpGet' | 'tcpSocket' | 'grpc' | 'exec', handler: Field): boolean {
  const isText = (field: Field): boolean => (field.text ?? '') !== '';
  const words = handler.at('command').items();
  if (key === 'exec') return words.length > 0 && words.every((word) => word.text !== undefined);
  const port = handler.at('port');
  if (port.int === undefined && (key === 'grpc' || !isText(port))) return false;
  const isOptional = (name: string): boolean => handler.at(name).absent || handler.at(name).text !== undefined;
  if (!['path', 'host', 'scheme', 'service'].every(isOptional)) return false;
  return handler.at('httpHeaders').items().every((header) => isText(header.at('name')) && header.at('value').text !== undefined);
}
