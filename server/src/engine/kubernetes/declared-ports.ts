import type { Field } from '../yaml/field.ts';
import type { ContainerPort } from './types.ts';
import type { Container, Port } from './workload.ts';

/** A port that a container declares. */
export interface DeclaredPort {
  readonly container: Container;
  readonly port: Port;
  readonly field: Field<ContainerPort>;
  readonly number: number;
  readonly protocol: string;
  /** The port of the node it takes, with its address; undefined where it takes none, or one that cannot be read. */
  readonly host: string | undefined;
}

/**
 * The port as it counts where ports clash; none where number or protocol cannot be read.
 * @param isOnHost the Pod is in the network of its node, so that every port is one of the node
 */
export function declaredPort(container: Container, port: Port, isOnHost: boolean): readonly DeclaredPort[] {
  const field = port.field.as<ContainerPort>();
  const protocol = field.get('protocol');
  if (port.number === undefined || !(protocol.absent || protocol.isNull || protocol.text !== undefined)) return [];
  const [hostPort, hostIP] = [field.get('hostPort'), field.get('hostIP')];
  const number = hostPort.int ?? (isOnHost && hostPort.absent ? port.number : undefined);
  const isKnown = number !== undefined && number !== 0 && (hostIP.absent || hostIP.text !== undefined);
  const name = protocol.text ?? 'TCP';
  return [{ container, port, field, number: port.number, protocol: name, host: isKnown ? `${name}/${hostIP.text ?? '0.0.0.0'}/${String(number)}` : undefined }];
}
