import type { Field } from '../yaml/field.ts';
import type { ProbeSpec } from './types.ts';
import type { Container } from './workload.ts';

export type ProbeKey = 'livenessProbe' | 'readinessProbe' | 'startupProbe';
export const probeKeys: readonly ProbeKey[] = ['livenessProbe', 'readinessProbe', 'startupProbe'];

export type HandlerKey = 'httpGet' | 'tcpSocket' | 'grpc' | 'exec';
export const handlerKeys: readonly HandlerKey[] = ['httpGet', 'tcpSocket', 'grpc', 'exec'];

export interface WrittenProbe {
  readonly key: ProbeKey;
  readonly probe: Field<ProbeSpec>;
}

/** The probes that are written for a container that may have some; init containers may not (`kubernetes/init-container-probe`). */
export function probesOf({ field, role }: Container): readonly WrittenProbe[] {
  if (role === 'init' || role === 'ephemeral') return [];
  return probeKeys.map((key) => ({ key, probe: field.get(key) })).filter(({ probe }) => probe.present);
}

/** Who asks for a port: a probe, or a hook of the container's lifecycle. */
export type PortAsker = ProbeKey | 'postStart' | 'preStop';

export interface AskedPort {
  readonly asker: PortAsker;
  readonly port: Field;
}

/** The ports that probes and lifecycle hooks of a container ask, as they are written. gRPC takes numbers only and is not among them. */
export function askedPorts(container: Container): readonly AskedPort[] {
  const hooks = container.role === 'init' || container.role === 'ephemeral' ? [] : (['postStart', 'preStop'] as const);
  const askers: readonly (readonly [PortAsker, Field])[] = [
    ...probesOf(container).map(({ key, probe }) => [key, probe] as const),
    ...hooks.map((key) => [key, container.field.get('lifecycle').get(key)] as const),
  ];
  return askers.flatMap(([asker, holder]) =>
    (['httpGet', 'tcpSocket'] as const).map((handler) => ({ asker, port: holder.at(handler, 'port') })).filter(({ port }) => port.present),
  );
}

/** The names that a container gives its ports, as written; undefined where some of them cannot be read. */
export function declaredPortNames({ field }: Container): readonly string[] | undefined {
  const ports = field.get('ports');
  if (ports.absent || ports.isNull) return [];
  const items = ports.items();
  if (ports.kind !== 'sequence' || ports.at(items.length).state === 'unknown') return undefined;
  const names: string[] = [];
  for (const item of items) {
    const name = item.get('name');
    if (name.absent || name.isNull) continue;
    if (name.text === undefined) return undefined;
    names.push(name.text);
  }
  return names;
}
