import { type FixOutcome, refused } from '../engine/core/finding.ts';
import { message, type Text } from '../engine/core/message.ts';
import type { Container, Workload } from '../engine/kubernetes/workload.ts';
import { set } from '../engine/yaml/edit.ts';

const reasons = {
  noShell: {
    en: 'Nothing shows that {image} holds a shell and nc, which the hook would need.',
    zh: '无法确定 {image} 中有钩子所需的 shell 和 nc。',
  },
  order: {
    en: '"{name}" stands behind "{other}" in the list, which does not wait for it; move it before.',
    zh: '“{name}”在列表中位于“{other}”之后，对方不会等待它；请将其移到前面。',
  },
  hook: { en: '"{name}" has a postStart hook already; add the wait to it.', zh: '“{name}”已有 postStart 钩子；请在其中加入等待。' },
} satisfies Readonly<Record<string, Text>>;

/** Seconds until the hook gives up and the container is started anew. */
const patience = 60;

/** A postStart hook that ends when a port of the container answers, so that the ordinary containers behind it wait. Bounded. */
export function waitInPostStart({ containers }: Workload, container: Container, other: Container, port: number): FixOutcome {
  const apps = containers.filter(({ role }) => role === 'app');
  const [own, theirs] = [container, other].map(({ field }) => apps.findIndex((each) => each.field === field));
  const hook = container.field.at('lifecycle', 'postStart');
  if (!hook.absent) return refused(message(reasons.hook, { name: container.title }));
  if ((own ?? 0) > (theirs ?? 0)) return refused(message(reasons.order, { name: container.title, other: other.title }));
  const { image } = container;
  // BusyBox has both; of other images nobody knows.
  if (image === undefined || (image.name !== 'busybox' && !/(?:^|[-.])alpine/.test(image.tag ?? ''))) return refused(message(reasons.noShell, { image: image?.text ?? container.title }));
  const script = `for i in $(seq ${String(patience)}); do nc -z 127.0.0.1 ${String(port)} && exit 0; sleep 1; done; exit 1`;
  return set(hook, { exec: { command: ['/bin/sh', '-c', script] } }, { after: ['ports', 'livenessProbe', 'readinessProbe', 'startupProbe', 'resources'] });
}
