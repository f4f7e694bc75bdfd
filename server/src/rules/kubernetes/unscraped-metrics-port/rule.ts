import type { Fix } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { loopbackPorts } from '../../../engine/kubernetes/loopback.ts';
import { portsOf, roleOf } from '../../../engine/kubernetes/roles.ts';
import { routesTo } from '../../../engine/kubernetes/routes.ts';
import type { Container, Workload } from '../../../engine/kubernetes/workload.ts';
import { containerRule } from '../../../engine/rule-kinds.ts';
import { set } from '../../../engine/yaml/edit.ts';

const texts = {
  found: {
    en: 'Nothing leads to the metrics of "{name}" on port {port}: it has no name that a PodMonitor could select, no Service, and no annotation.',
    zh: '没有途径可以采集“{name}”在端口 {port} 上的指标：该端口没有可供 PodMonitor 选择的名称，没有 Service，也没有注解。',
  },
  fix: { en: 'Name port {port} "{title}"', zh: '将端口 {port} 命名为“{title}”' },
};

export default containerRule(
  {
    id: 'kubernetes/unscraped-metrics-port',
    guideline: 'patterns',
    title: { en: 'Nothing leads to the metrics of an exporter.', zh: '没有途径采集导出器的指标。' },
    severities: ['hint'],
    fix: 'suggestion',
    reads: ['services'],
    yieldsTo: [],
    mayReveal: ['kubernetes/sidecar-without-probe'],
  },
  function* ({ manifest, workload, container }, { facts }) {
    if ((container.role !== 'app' && container.role !== 'sidecar') || workload.flavour === 'batch') return;
    const { scenario } = roleOf(workload, container);
    if (scenario !== 'sidecar/metrics' && scenario !== 'adapter/metrics-format') return;
    const port = metricsPort(workload, container);
    if (port === undefined || isAnnotated(workload) || container.ports.some(({ field }) => !field.at('name').absent) || container.field.get('ports').state === 'unknown') return;
    // A collector in the same Pod may ask on loopback.
    if (workload.containers.some((other) => other.field !== container.field && loopbackPorts(other).has(port))) return;
    if (routesTo(facts.services, manifest, workload, container).length > 0) return;
    const name = container.field.get('name');
    yield {
      span: name.present ? name.span : container.field.span,
      place: `${manifest.place}:${container.field.path}`,
      severity: 'hint',
      message: message(texts.found, { name: container.title, port }),
      fixes: named(workload, container, port),
    };
  },
);

/** The port where its image serves metrics, unless the file tells of others. */
function metricsPort(workload: Workload, container: Container): number | undefined {
  const usual = roleOf(workload, container).helper?.ports?.[0];
  const own = portsOf(container);
  const declared = container.ports.flatMap(({ number }) => number ?? []);
  if (usual !== undefined && own.has(usual)) return usual;
  return declared.length === 1 ? declared[0] : undefined;
}

function isAnnotated({ podMetadata }: Workload): boolean {
  const annotations = podMetadata.get('annotations');
  return annotations.state === 'unknown' || (annotations.present && (annotations.kind !== 'map' || annotations.keys().some((key) => /prometheus|metrics|scrape|\.datadoghq\.com|dynatrace/.test(key))));
}

function named(workload: Workload, container: Container, port: number): readonly Fix[] {
  const taken = new Set(workload.containers.flatMap(({ ports }) => ports.flatMap(({ name }) => name ?? [])));
  const title = ['metrics', 'sidecar-metrics', 'helper-metrics'].find((each) => !taken.has(each));
  if (title === undefined) return [];
  const declared = container.ports.find(({ number }) => number === port);
  const ports = container.field.get('ports');
  if (declared === undefined && !ports.absent) return [];
  return [{
    key: 'name',
    title: message(texts.fix, { port, title }),
    safety: 'suggestion',
    outcome: () => (declared === undefined ? set(ports, [{ name: title, containerPort: port }], { after: ['image', 'imagePullPolicy', 'command', 'args', 'env', 'envFrom'] }) : set(declared.field.at('name'), title, { before: ['containerPort'] })),
  }];
}
