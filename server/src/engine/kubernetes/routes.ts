import type { Manifest } from './manifest.ts';
import { selects, type ServiceFact } from './service.ts';
import type { IntOrString } from './types.ts';
import { type Container, podLabels, type Port, type Workload } from './workload.ts';

/** A Service sends traffic to a port of a container. */
export interface Route {
  readonly service: string;
  /** The port as the Service names it. */
  readonly target: IntOrString;
}

/** Can a probe reach the port? UDP and SCTP ports cannot be probed. */
export function isProbeable(port: Port): boolean {
  return port.protocol === 'TCP' && (port.number !== undefined || port.name !== undefined);
}

/**
 * The TCP routes from Services to a container. Declaring a port is optional in Kubernetes, so a number that no
 * container of the Pod declares is taken for the Pod's app container where there is only one.
 */
export function routesTo(
  services: readonly ServiceFact[],
  manifest: Manifest,
  workload: Workload,
  container: Container,
): readonly Route[] {
  const labels = podLabels(workload);
  if (labels === undefined || labels.size === 0) return [];
  const running = workload.containers.filter(({ role }) => role === 'app' || role === 'sidecar');
  const apps = running.filter(({ role }) => role === 'app');
  const isOwn = (target: IntOrString): boolean =>
    declares(container, target) ||
    (typeof target === 'number' &&
      apps.length === 1 &&
      apps[0] === container &&
      !running.some((other) => declares(other, target)));
  return services
    .filter((service) => selects(service, labels, manifest.namespace))
    .flatMap((service) =>
      service.ports
        .filter(({ protocol, target }) => protocol === 'TCP' && isOwn(target))
        .map(({ target }) => ({ service: service.name, target })),
    );
}

function declares({ ports }: Container, target: IntOrString): boolean {
  return ports.some((port) => isProbeable(port) && (port.name === target || port.number === target));
}
