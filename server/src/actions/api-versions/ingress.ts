import { rename, set, wrap } from '../../engine/yaml/edit.ts';
import type { Field } from '../../engine/yaml/field.ts';
import { reason } from './reasons.ts';
import { at, byHand, type Migration, type Step } from './step.ts';

type Path = readonly (string | number)[];

/**
 * An Ingress of a beta version as networking.k8s.io/v1: `backend` becomes `defaultBackend`, each backend names its service
 * and port below `service`, and each path gets the path type it had without one.
 * Source: deprecation guide, "Ingress"; pkg/apis/networking/v1beta1/conversion.go.
 */
export function migrateIngress(root: Field): Migration {
  const found: Step[] = [];
  const fallback = root.at('spec', 'backend');
  const paths = root.at('spec', 'rules').items().flatMap((_, rule) => {
    const list: Path = ['spec', 'rules', rule, 'http', 'paths'];
    return root.at(...list).items().map((__, index): Path => [...list, index]);
  });
  if (fallback.present) {
    found.push(at(['spec', 'backend'], (field) => rename(field, 'defaultBackend')));
  }
  for (const [old, path] of [...(fallback.present ? [[['spec', 'backend'], ['spec', 'defaultBackend']] as const] : []), ...paths.map((each) => [[...each, 'backend'], [...each, 'backend']] as const)]) {
    const backend = root.at(...old);
    const migrated = backendSteps(backend, path);
    if (migrated === undefined) return byHand(reason('backend', { path: backend.path }));
    found.push(...migrated);
  }
  for (const path of paths) {
    const { state } = root.at(...path, 'pathType');
    if (state === 'absent') found.push(at([...path, 'pathType'], (field) => set(field, 'ImplementationSpecific', { after: ['path'] })));
  }
  return { kind: 'steps', steps: found };
}

/** Undefined where the port cannot be read. */
function backendSteps(backend: Field, path: Path): readonly Step[] | undefined {
  if (backend.has('resource') || backend.has('service')) return [];
  const port = portOf(backend.at('servicePort'));
  if (port === undefined || !backend.at('serviceName').present) return undefined;
  return [
    at(path, (field) => wrap(field, ['service'])),
    at([...path, 'service', 'serviceName'], (field) => rename(field, 'name')),
    at([...path, 'service', 'servicePort'], (field) => set(field, port)),
    at([...path, 'service', 'servicePort'], (field) => rename(field, 'port')),
  ];
}

function portOf({ int, text }: Field): { readonly number: number } | { readonly name: string } | undefined {
  if (int !== undefined) return { number: int };
  if (text === undefined || text === '') return undefined;
  // A port's name has a letter in it, so this can only be meant as a number.
  return /^\d+$/.test(text) ? { number: Number(text) } : { name: text };
}
