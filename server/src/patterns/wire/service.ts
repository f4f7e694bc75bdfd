import type { FixOutcome } from '../../engine/core/finding.ts';
import { type ServiceFact, selects, serviceFact } from '../../engine/kubernetes/service.ts';
import { podLabels } from '../../engine/kubernetes/workload.ts';
import { set } from '../../engine/yaml/edit.ts';
import type { Field } from '../../engine/yaml/field.ts';
import type { FurtherObject, Parts } from '../cut.ts';
import { servedBy } from './ports.ts';
import { isBatch, type Target } from './target.ts';

/** What becomes of the Service that a scenario brings along for a helper in front of the app. */
export interface Routing {
  /** Added, with this selector and these ports alone; undefined where none is. */
  readonly selector: Readonly<Record<string, string>> | undefined;
  /** Ports of Services of the same file that lead to the app, and shall lead to the helper. */
  readonly retargeted: readonly { readonly field: Field; readonly base: number }[];
  /** The name of the helper's port. */
  readonly port: string;
}

/** An adapter speaks another protocol than the app: who asks the app goes on doing so. */
export function routingOf(target: Target, parts: Parts, service: FurtherObject, isAdapter: boolean): Routing | undefined {
  const names = parts.helpers.flatMap(({ container }) => container.ports.flatMap(({ name }) => name ?? []));
  const port = service.manifest.root.at('spec', 'ports').items().flatMap((item) => item.at('targetPort').text ?? []).find((name) => names.includes(name));
  if (port === undefined || isBatch(target)) return undefined;
  const labels = podLabels(target.workload);
  const { namespace } = target.manifest;
  const isOurs = (fact: ServiceFact | undefined): fact is ServiceFact => fact !== undefined && labels !== undefined && selects(fact, labels, namespace);
  const served = servedBy(target);
  const appNames = target.app.ports.filter(({ number }) => number === served).flatMap(({ name }) => name ?? []);
  const own = target.beside.filter(({ manifest }) => isOurs(serviceFact(manifest)));
  if (!isAdapter && (own.length > 0 || target.services.some(isOurs))) {
    const retargeted = own.flatMap(({ manifest, base }) => manifest.root.at('spec', 'ports').items().flatMap((item) => {
      const to = item.at('targetPort');
      const leads = to.absent || to.isNull ? item.at('port').int === served : to.int === served || appNames.includes(to.text ?? '');
      return leads && served !== undefined ? [{ field: to, base }] : [];
    }));
    return { selector: undefined, retargeted, port };
  }
  return { selector: labels === undefined || labels.size === 0 ? undefined : selectorOf(target, labels), retargeted: [], port };
}

/** The labels the workload itself selects its Pods by, else all that they have. */
function selectorOf({ manifest }: Target, labels: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  const match = manifest.root.at('spec', 'selector', 'matchLabels').plain();
  const chosen = typeof match === 'object' && match !== null && !Array.isArray(match) ? Object.keys(match) : [];
  const keys = chosen.length > 0 && chosen.every((key) => labels.has(key)) ? chosen : [...labels.keys()];
  return Object.fromEntries(keys.map((key) => [key, labels.get(key) ?? '']));
}

export function retarget(field: Field, port: string): FixOutcome {
  return set(field, port, { after: ['port'] });
}
