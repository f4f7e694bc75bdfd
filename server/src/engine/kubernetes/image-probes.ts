import { type HealthCheck, healthCheckOf, type HealthHandler } from '../catalog/health-checks.ts';
import { officialName } from '../catalog/image-ref.ts';
import type { YamlMap } from '../yaml/render.ts';
import { commandLine, mayHaveVariable, runsAsBuilt } from './command-line.ts';
import type { ProbeCandidate } from './probe-candidate.ts';
import { loopbackPorts } from './loopback-ports.ts';
import { isProbeable } from './routes.ts';
import type { IntOrString } from './types.ts';
import type { Container } from './workload.ts';

/** What a Dockerfile of the workspace tells of the image that it makes. */
export interface MadeImage {
  readonly exposed: readonly { readonly port: number; readonly protocol: string }[];
  readonly healthcheck:
    | { readonly kind: 'none' }
    | { readonly kind: 'command'; readonly command: readonly string[] | undefined; readonly timing: Readonly<Record<string, string>> }
    | { readonly kind: 'tcp'; readonly port: number; readonly timing: Readonly<Record<string, string>> }
    | {
        readonly kind: 'http';
        readonly scheme: 'http' | 'https';
        readonly port: number;
        readonly path: string;
        /** The flags of HEALTHCHECK as written: `interval: '30s'`. */
        readonly timing: Readonly<Record<string, string>>;
      }
    | undefined;
}

export interface KnownProbe {
  readonly candidate: ProbeCandidate;
  /** The image answers it as it is; otherwise only where it was told to. */
  readonly isSure: boolean;
}

/**
 * The probe of an image that is known (`engine/catalog/health-checks.ts`); undefined where the image is not, or where
 * the container uses it in another way: on other ports, with another program, or behind TLS or a path of its own.
 * What is not sure is a candidate only on a port that is declared.
 * @param targeted ports of the container that a Service routes to, as the Service names them
 */
export function knownProbe(container: Container, targeted: readonly IntOrString[]): KnownProbe | undefined {
  const check = container.image === undefined ? undefined : healthCheckOf(container.image);
  if (check === undefined || check.unless?.test(commandLine(container)) === true) return undefined;
  const declared = container.ports.filter(isProbeable);
  const ports: readonly (IntOrString | undefined)[] = [...targeted, ...declared.flatMap(({ name, number }) => [name, number])];
  const readiness = check.variable !== undefined && mayHaveVariable(container, check.variable.name) ? check.variable.readiness : check.readiness;
  const port = portOf(readiness);
  const number = typeof port === 'string' ? container.ports.find(({ name }) => name === port)?.number : port;
  if (number !== undefined && loopbackPorts(container).has(number)) return undefined;
  const isSilent = ports.length === 0 && container.field.get('ports').absent;
  if (typeof port === 'string' || !isSilent ? ![port, ...check.ports].some((each) => each !== undefined && ports.includes(each)) : !runsAsBuilt(container)) return undefined;
  const isSure = decides(check, commandLine(container));
  if (!isSure && (!('httpGet' in readiness) || !ports.includes(port))) return undefined;
  const candidate = candidateOf(container, readiness, check);
  return { isSure, candidate: isSure ? { ...candidate, origin: 'image' } : candidate };
}

/**
 * The port that an official image listens on, where the container declares only others, or one of these Services sends
 * traffic to another, and nothing in the manifest could have moved it there: no command, arguments, variables or mounted
 * files. A livenessProbe shows where it listens; what has to be told of its ports (`needs`) was told somewhere.
 * @param targeted ports of the container that Services route to, as they name them
 */
export function missedPort({ field, image, ports }: Container, targeted: readonly IntOrString[]): number | undefined {
  const check = image === undefined ? undefined : healthCheckOf(image);
  const [own] = check?.ports ?? [];
  if (image === undefined || officialName(image) === undefined || check?.level !== 'source' || check.needs instanceof RegExp || own === undefined) return undefined;
  if (!(['command', 'args', 'env', 'envFrom', 'volumeMounts', 'livenessProbe', 'startupProbe'] as const).every((key) => field.get(key).absent)) return undefined;
  const isOther = (port: IntOrString | undefined): boolean => typeof port === 'number' && !check.ports.includes(port);
  const declared = ports.filter(isProbeable).map(({ number }) => number);
  const isKnown = declared.length === field.get('ports').items().length && declared.every(isOther);
  return isKnown && (targeted.length === 0 ? declared.length > 0 : targeted.some((target) => isOther(target) || declared.length > 0)) ? own : undefined;
}

/** Only what was read in a source decides, and only where the container shows what it needs. */
function decides({ level, needs }: HealthCheck, said: string): boolean {
  return level === 'source' && needs !== 'configuration' && (needs?.test(said) ?? true);
}

function portOf(handler: HealthHandler): IntOrString | undefined {
  if ('httpGet' in handler) return handler.httpGet.port;
  return 'tcpSocket' in handler ? handler.tcpSocket.port : undefined;
}

function candidateOf(container: Container, handler: HealthHandler, { timing = {} }: HealthCheck): ProbeCandidate {
  const times: YamlMap = { ...timing };
  if ('exec' in handler) {
    const { command } = handler.exec;
    const target = command[1] === '-c' ? command.slice(2) : command;
    return { handler: 'exec', target: target.join(' '), probe: { exec: { command }, ...times } };
  }
  if ('tcpSocket' in handler) {
    const port = asDeclared(container, handler.tcpSocket.port);
    return { handler: 'tcp', target: String(port), probe: { tcpSocket: { port }, ...times } };
  }
  const { path } = handler.httpGet;
  const port = asDeclared(container, handler.httpGet.port);
  return { handler: 'http', target: String(port), path, probe: { httpGet: { path, port }, ...times } };
}

/** The name of a declared port where it has one, so that its number stands in one place only. */
function asDeclared({ ports }: Container, port: IntOrString): IntOrString {
  return ports.find((each) => isProbeable(each) && each.number === port)?.name ?? port;
}

/** What the image's HEALTHCHECK asks, as a probe. Kubernetes itself reads no HEALTHCHECK. */
export function healthcheckProbe(container: Container, { healthcheck }: MadeImage): readonly ProbeCandidate[] {
  if (healthcheck === undefined || healthcheck.kind === 'none') return [];
  const times = timesOf(healthcheck.timing);
  if (healthcheck.kind === 'command') {
    const { command = [] } = healthcheck;
    const target = (command[1] === '-c' ? command.slice(2) : command).join(' ');
    return command.length === 0 ? [] : [{ handler: 'exec', target, origin: 'healthcheck', probe: { exec: { command }, ...times } }];
  }
  const port = asDeclared(container, healthcheck.port);
  if (healthcheck.kind === 'tcp') return [{ handler: 'tcp', target: String(port), origin: 'healthcheck', probe: { tcpSocket: { port }, ...times } }];
  const { path, scheme } = healthcheck;
  const httpGet = { path, port, ...(scheme === 'https' ? { scheme: 'HTTPS' } : {}) };
  return [{ handler: 'http', target: String(port), path, origin: 'healthcheck', probe: { httpGet, ...times } }];
}

/** A readiness probe that asks more rarely keeps Pods out of their Service for as long. */
const longestPeriod = 60;

/**
 * Interval, time-out and retries are the same thing in both. The start period is not: failures in it do not count for
 * Docker, and a Pod that is not ready yet does no harm anyway.
 */
function timesOf(timing: Readonly<Record<string, string>>): YamlMap {
  const period = secondsOf(timing['interval']);
  const timeout = secondsOf(timing['timeout']);
  const retries = Number(/^[1-9]\d{0,3}$/.exec(timing['retries'] ?? '')?.[0] ?? '0');
  return {
    ...(period === undefined || period > longestPeriod ? {} : { periodSeconds: period }),
    ...(timeout === undefined ? {} : { timeoutSeconds: timeout }),
    ...(retries === 0 ? {} : { failureThreshold: retries }),
  };
}

const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001, us: 0.000001, 'µs': 0.000001, ns: 0.000000001 };

/** A duration as Go writes it (`1m30s`, `500ms`) in whole seconds, at least 1; undefined for what is none, and for 0. */
function secondsOf(duration = ''): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:h|m|s|ms|us|µs|ns))+$/.test(duration)) return undefined;
  const parts = [...duration.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)/g)];
  const sum = parts.reduce((total, [, amount, unit = '']) => total + Number(amount) * (units[unit] ?? 0), 0);
  return sum === 0 ? undefined : Math.max(1, Math.round(sum));
}
