import { standTogether } from '../yaml/branches.ts';
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
 * The TCP routes from Services to a container. A name leads to the first container that has it, and to no other.
 * Declaring a port is optional in Kubernetes, so a number that no container of the Pod declares is taken for the Pod's
 * app container where there is only one.
 * Source of the order: kubernetes/kubernetes, pkg/api/v1/pod/util.go, FindPort (containers, then native sidecars).
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
  const inOrder = [...apps, ...running.filter(({ role }) => role === 'sidecar')];
  const isFirst = (target: IntOrString): boolean =>
    inOrder.find((other) => declares(other, target) && (other === container || standTogether(other.field, container.field))) === container;
  const isOwn = (target: IntOrString): boolean =>
    (declares(container, target) && (typeof target === 'number' || isFirst(target))) ||
    (typeof target === 'number' &&
      apps.length === 1 &&
      apps[0] === container &&
      !running.some((other) => declares(other, target)));
  return mayRoute(services, labels)
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

/** A repository has a thousand Services and as many workloads: they are not asked one by one, each about each. */
const tables = new WeakMap<readonly ServiceFact[], ReadonlyMap<string, readonly number[]>>();

/** The Services one of whose selector's terms is among the labels, in their order. */
function mayRoute(services: readonly ServiceFact[], labels: ReadonlyMap<string, string>): readonly ServiceFact[] {
  const table = tables.get(services) ?? byTerm(services);
  tables.set(services, table);
  const found = [...labels].flatMap(([key, value]) => table.get(term(key, value)) ?? []);
  return found.sort((a, b) => a - b).flatMap((index) => services[index] ?? []);
}

/** Each Service under the first term of its selector. */
function byTerm(services: readonly ServiceFact[]): ReadonlyMap<string, readonly number[]> {
  const table = new Map<string, number[]>();
  services.forEach((service, index) => {
    const key = firstTerm(service);
    if (key === undefined) return;
    const known = table.get(key);
    if (known === undefined) table.set(key, [index]);
    else known.push(index);
  });
  return table;
}

/** The same Services are told to file after file, in other lists. */
const firstTerms = new WeakMap<ServiceFact, string>();

function firstTerm(service: ServiceFact): string | undefined {
  const known = firstTerms.get(service);
  if (known !== undefined) return known;
  const [first] = Object.entries(service.selector);
  if (first === undefined) return undefined;
  const made = term(...first);
  firstTerms.set(service, made);
  return made;
}

function term(key: string, value: string): string {
  return `${key}=${value}`;
}
