import type { Manifest } from './manifest.ts';
import type { IntOrString, ServiceSpec } from './types.ts';

/** What a Service tells about the Pods it routes to. */
export interface ServiceFact {
  readonly name: string;
  readonly namespace: string | undefined;
  /** Never empty: a Service without a selector routes to nothing that a manifest shows. */
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly ServicePortFact[];
  /** Stands in another part of the repository, where the same labels may mean another app. */
  readonly isFar?: boolean;
}

export interface ServicePortFact {
  readonly port: number;
  /** A port's number or its name in the container; the Service's own port where none is written. */
  readonly target: IntOrString;
  readonly protocol: string;
}

/** The fact of a Service object; undefined for other objects, for ExternalName, for one that
 * publishes Pods that are not ready, and where the selector cannot be read. */
export function serviceFact(manifest: Manifest): ServiceFact | undefined {
  if (manifest.kind !== 'Service' || (manifest.apiVersion !== undefined && manifest.apiVersion !== 'v1')) return undefined;
  const spec = manifest.root.at('spec').as<ServiceSpec>();
  if (spec.get('type').text === 'ExternalName') return undefined;
  // Such a Service sends traffic to Pods that are not ready, and wants to: readiness holds nothing back.
  if (spec.get('publishNotReadyAddresses').bool === true) return undefined;
  const selectorField = spec.get('selector');
  const selector: Record<string, string> = {};
  for (const key of selectorField.keys()) {
    const value = selectorField.at(key).text;
    if (value === undefined) return undefined;
    selector[key] = value;
  }
  if (Object.keys(selector).length === 0) return undefined;
  const ports = spec.get('ports').items().flatMap((item) => {
    const port = item.get('port').int;
    if (port === undefined) return [];
    const targetPort = item.get('targetPort');
    const target = targetPort.absent || targetPort.isNull ? port : (targetPort.int ?? targetPort.text);
    return target === undefined ? [] : [{ port, target, protocol: item.get('protocol').text ?? 'TCP' }];
  });
  return { name: manifest.name ?? '', namespace: manifest.namespace, selector, ports };
}

/**
 * Does a Service route to Pods with these labels in this namespace? All of the selector must be found among the
 * labels. A namespace that one side leaves open is set from outside (kubectl -n, an overlay), so it matches any; but
 * between distant parts of a repository only a namespace that both name ties them together.
 */
export function selects(
  service: ServiceFact,
  labels: ReadonlyMap<string, string>,
  namespace: string | undefined,
): boolean {
  if (service.isFar === true && (namespace === undefined || service.namespace !== namespace)) return false;
  if (service.namespace !== undefined && namespace !== undefined && service.namespace !== namespace) return false;
  return Object.entries(service.selector).every(([key, value]) => labels.get(key) === value);
}
