import type { Fix } from '../../engine/core/finding.ts';
import { message, type Message } from '../../engine/core/message.ts';
import type { Manifest } from '../../engine/kubernetes/manifest.ts';
import { selects, type ServiceFact } from '../../engine/kubernetes/service.ts';
import { podLabels, type Workload } from '../../engine/kubernetes/workload.ts';
import { convertPod } from './convert-pod.ts';
import { droppedFrom } from './dropped.ts';
import { type Controller, fitting } from './fitting.ts';

const texts = {
  plain: { en: 'Convert to {kind}', zh: '转换为 {kind}' },
  dropping: { en: 'Convert to {kind}, without {dropped}', zh: '转换为 {kind}（去掉 {dropped}）' },
  needing: { en: 'Convert to {kind}, which needs a headless Service "{service}"', zh: '转换为 {kind}（需要无头 Service“{service}”）' },
  both: {
    en: 'Convert to {kind}, which needs a headless Service "{service}", without {dropped}',
    zh: '转换为 {kind}（需要无头 Service“{service}”，并去掉 {dropped}）',
  },
};

/** The fixes that give a Pod a controller, best first. What a controller cannot have is named in the title. */
export function conversions(manifest: Manifest, workload: Workload, services: readonly ServiceFact[]): readonly Fix[] {
  const service = serviceOf(manifest, workload, services);
  return fitting(manifest, workload).map((kind) => {
    const serviceName = service ?? manifest.name ?? '';
    const said = droppedFrom(manifest, workload.podSpec, kind).said.map(({ key }) => String(key)).join(', ');
    return {
      key: `convert-to-${kind.toLowerCase()}`,
      title: titleOf(kind, said, kind === 'StatefulSet' && service === undefined ? serviceName : ''),
      safety: 'suggestion',
      outcome: () => convertPod(manifest, workload, kind, serviceName),
    };
  });
}

function titleOf(kind: Controller, dropped: string, service: string): Message {
  if (service === '') return dropped === '' ? message(texts.plain, { kind }) : message(texts.dropping, { kind, dropped });
  return dropped === '' ? message(texts.needing, { kind, service }) : message(texts.both, { kind, service, dropped });
}

/** A Service that selects the Pod, for a StatefulSet to name. */
function serviceOf(manifest: Manifest, workload: Workload, services: readonly ServiceFact[]): string | undefined {
  const labels = podLabels(workload);
  if (labels === undefined || labels.size === 0) return undefined;
  return services.find((service) => service.name !== '' && selects(service, labels, manifest.namespace))?.name;
}
