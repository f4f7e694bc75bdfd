import type { Field } from '../yaml/field.ts';
import type { YamlValue } from '../yaml/render.ts';
import { type HandlerKey, handlerKeys, type ProbeKey, type WrittenProbe } from './probes.ts';
import { isProbeable } from './routes.ts';
import type { IntOrString, ProbeSpec } from './types.ts';
import { type KubernetesVersion, supports } from './versions.ts';
import type { Container, Workload } from './workload.ts';

/** What is wrong with a value or a handler of a probe. */
export type ProblemKind =
  | 'two-handlers'
  | 'not-a-number'
  | 'negative'
  | 'success-threshold'
  | 'readiness-grace'
  | 'no-grace'
  | 'quoted-port'
  | 'grpc-name'
  | 'port-range'
  | 'no-port'
  | 'handler-shape'
  | 'no-command'
  | 'command-shape'
  | 'scheme'
  | 'tcp-request'
  | 'loopback-host'
  | 'too-old';

/** One way to put it right. `isSure`: nothing else can be meant, and nothing has run with what is there. */
export type Repair = { readonly isSure: boolean; readonly field: Field } & (
  | { readonly kind: 'set'; readonly value: YamlValue }
  | { readonly kind: 'remove' }
  | { readonly kind: 'rename'; readonly name: HandlerKey }
  | { readonly kind: 'wrap'; readonly name: string }
);

export interface ProbeProblem {
  readonly kind: ProblemKind;
  readonly field: Field;
  /** Best first. */
  readonly repairs: readonly Repair[];
}

/** What problems are judged by, beside the probe. */
export interface ProblemSetting {
  readonly container: Container;
  readonly workload: Workload;
  readonly version: KubernetesVersion;
}

const numbers = ['initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'successThreshold', 'failureThreshold', 'terminationGracePeriodSeconds'] as const;

/**
 * Everything in a probe that the API server refuses, or kubectl for it, but a missing handler. Zero is taken for "not written".
 * Source: kubernetes/kubernetes, pkg/apis/core/validation/validation.go (validateProbe, validateLivenessProbe,
 * validateReadinessProbe, validateStartupProbe, validateHandler and what it calls), pkg/apis/core/v1/defaults.go (SetDefaults_Probe).
 */
export function problemsOf({ key, probe }: WrittenProbe, setting: ProblemSetting): readonly ProbeProblem[] {
  if (probe.kind !== 'map') return [];
  const written = handlerKeys.filter((handler) => probe.get(handler).present && !probe.get(handler).isNull);
  return [
    ...(key === 'startupProbe' && !supports(setting.version, 'startupProbe') ? [{ kind: 'too-old', field: probe, repairs: [] } as const] : []),
    ...twoHandlers(probe, written),
    ...numbers.flatMap((name) => numberProblem(key, name, probe.get(name))),
    ...written.flatMap((handler) => handlerProblems(handler, probe.get(handler), setting)),
  ].filter(({ field }) => !field.borrowed);
}

function removal(field: Field, isSure: boolean): Repair {
  return { kind: 'remove', field, isSure };
}

/** In a template two handlers may stand in two branches. */
function twoHandlers(probe: Field<ProbeSpec>, written: readonly HandlerKey[]): readonly ProbeProblem[] {
  const second = written[1];
  if (second === undefined || probe.raw?.includes('{{') === true || probe.opaque) return [];
  const repairs = written.length > 2 ? [] : written.toReversed().map((handler) => removal(probe.get(handler), false));
  return [{ kind: 'two-handlers', field: probe.get(second), repairs }];
}

function numberProblem(key: ProbeKey, name: (typeof numbers)[number], field: Field): readonly ProbeProblem[] {
  const value = field.scalar;
  if (name === 'terminationGracePeriodSeconds' && key === 'readinessProbe') {
    return field.present && !field.isNull && !field.opaque ? [{ kind: 'readiness-grace', field, repairs: [removal(field, true)] }] : [];
  }
  if (value === undefined || value === null) return [];
  if (field.int === undefined) {
    const right = typeof value === 'string' ? secondsOf(value, name.endsWith('Seconds')) : undefined;
    return [{ kind: 'not-a-number', field, repairs: [right === undefined ? removal(field, false) : { kind: 'set', field, value: right, isSure: true }] }];
  }
  if (name === 'terminationGracePeriodSeconds') return field.int < 1 ? [{ kind: 'no-grace', field, repairs: [removal(field, false)] }] : [];
  if (field.int < 0) return [{ kind: 'negative', field, repairs: [removal(field, false)] }];
  if (name === 'successThreshold' && key !== 'readinessProbe' && field.int > 1) {
    return [{ kind: 'success-threshold', field, repairs: [{ kind: 'set', field, value: 1, isSure: true }] }];
  }
  return [];
}

/** `"10"`, and a duration such as `10s` or `1m` where seconds are asked for. */
function secondsOf(text: string, isDuration: boolean): number | undefined {
  const [, digits, unit] = /^\s*(\d{1,6})\s*(s|m|)\s*$/.exec(text) ?? [];
  if (digits === undefined || (unit !== '' && !isDuration)) return undefined;
  return Number(digits) * (unit === 'm' ? 60 : 1);
}

function handlerProblems(handler: HandlerKey, field: Field, { container, workload, version }: ProblemSetting): readonly ProbeProblem[] {
  if (field.opaque) return [];
  const problems: ProbeProblem[] = [];
  if (handler === 'grpc' && !supports(version, 'grpcProbe')) problems.push({ kind: 'too-old', field, repairs: [] });
  if (field.kind !== 'map') return [...problems, ...shapeProblem(handler, field)];
  if (handler === 'exec') return [...problems, ...commandProblem(field.at('command'))];
  problems.push(...portProblem(handler, field.at('port'), container), ...hostProblem(field.at('host'), workload));
  const scheme = field.at('scheme');
  if (handler === 'httpGet' && scheme.text !== undefined && !['HTTP', 'HTTPS', ''].includes(scheme.text)) {
    const right = ['HTTP', 'HTTPS'].find((each) => each === scheme.text?.toUpperCase());
    problems.push({ kind: 'scheme', field: scheme, repairs: [right === undefined ? removal(scheme, false) : { kind: 'set', field: scheme, value: right, isSure: true }] });
  }
  const request = ['path', 'scheme', 'httpHeaders'].map((key) => field.at(key)).find((each) => each.present);
  if (handler === 'tcpSocket' && request !== undefined) {
    const ask: readonly Repair[] = field.parent?.has('httpGet') === true ? [] : [{ kind: 'rename', field, name: 'httpGet', isSure: false }];
    problems.push({ kind: 'tcp-request', field: request, repairs: [...ask, removal(request, false)] });
  }
  return problems;
}

function shapeProblem(handler: HandlerKey, field: Field): readonly ProbeProblem[] {
  const problem = { kind: 'handler-shape', field } as const;
  if (field.kind === 'sequence') return [{ ...problem, repairs: handler === 'exec' ? [{ kind: 'wrap', field, name: 'command', isSure: true }] : [] }];
  if (field.scalar === undefined) return [];
  const takesPort = (handler === 'tcpSocket' || handler === 'grpc') && isPort(field.int);
  return [{ ...problem, repairs: takesPort ? [{ kind: 'set', field, value: { port: field.int }, isSure: true }] : [] }];
}

function commandProblem(command: Field): readonly ProbeProblem[] {
  if (command.absent || (command.kind === 'sequence' && command.isEmpty)) return [{ kind: 'no-command', field: command, repairs: [] }];
  const { text } = command;
  if (text === undefined) return [];
  // Words without anything a shell would read are the same with and without one.
  const isPlain = /^[\w./=:@%+,-]+(?: [\w./=:@%+,-]+)*$/.test(text);
  const value = isPlain ? text.split(' ') : ['/bin/sh', '-c', text];
  return [{ kind: 'command-shape', field: command, repairs: text === '' ? [] : [{ kind: 'set', field: command, value, isSure: isPlain }] }];
}

/** The kubelet asks from the node, so loopback is the node's own, unless the Pod lives in the node's network. Source: pkg/probe/http/request.go. */
function hostProblem(host: Field, { isPodSpec, podSpec }: Workload): readonly ProbeProblem[] {
  if (!isPodSpec || !/^(?:localhost|127(?:\.\d+){3}|\[?::1\]?|0\.0\.0\.0)$/i.test(host.text ?? '')) return [];
  const network = podSpec.at('hostNetwork');
  return network.absent || network.bool === false ? [{ kind: 'loopback-host', field: host, repairs: [removal(host, false)] }] : [];
}

function isPort(number: number | undefined): number is number {
  return number !== undefined && number > 0 && number < 65536;
}

function portProblem(handler: 'httpGet' | 'tcpSocket' | 'grpc', port: Field, { ports }: Container): readonly ProbeProblem[] {
  const open = ports.filter(isProbeable);
  const asked = (each: (typeof open)[number]): IntOrString | undefined => (handler === 'grpc' ? each.number : (each.name ?? each.number));
  const targets = open.map(asked).filter((target) => target !== undefined);
  const choices = targets.slice(0, 4).map((value): Repair => ({ kind: 'set', field: port, value, isSure: false }));
  if (port.absent || port.isNull) return [{ kind: 'no-port', field: port, repairs: choices }];
  if (port.int !== undefined) return isPort(port.int) ? [] : [{ kind: 'port-range', field: port, repairs: choices }];
  const { text } = port;
  if (text === undefined) return [];
  const isDigits = /^\d{1,6}$/.test(text);
  if (handler !== 'grpc' && !isDigits) return [];
  const number = isDigits ? Number(text) : open.find(({ name }) => name === text)?.number;
  const right: readonly Repair[] = isPort(number) ? [{ kind: 'set', field: port, value: number, isSure: true }] : [];
  return [{ kind: isDigits ? 'quoted-port' : 'grpc-name', field: port, repairs: [...right, ...(right.length > 0 ? [] : choices)] }];
}
