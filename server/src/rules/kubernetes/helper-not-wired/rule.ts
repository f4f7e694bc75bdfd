import type { Fix } from '../../../engine/core/finding.ts';
import { message, type Message } from '../../../engine/core/message.ts';
import { bypassOf } from '../../../engine/kubernetes/bypass.ts';
import { appBeside, mostContainers, roleOf } from '../../../engine/kubernetes/roles.ts';
import { mountedNames, mountsOf, volumesOf } from '../../../engine/kubernetes/volumes.ts';
import { watchedBy } from '../../../engine/kubernetes/watched.ts';
import type { Container } from '../../../engine/kubernetes/workload.ts';
import { containerRule, type ContainerView } from '../../../engine/rule-kinds.ts';
import { append } from '../../../engine/yaml/edit.ts';
import type { Field } from '../../../engine/yaml/field.ts';
import { splice } from '../../../engine/yaml/splice.ts';

const texts = {
  empty: {
    en: '"{name}" reads volume "{volume}", which no other container mounts: it is always empty. Mount it where the files are written.',
    zh: '“{name}”读取卷“{volume}”，但没有其他容器挂载它：卷始终为空。请在写入文件的容器中挂载它。',
  },
  unread: {
    en: '"{name}" watches {path}, but no other container mounts volume "{volume}": nobody reads what it tells of.',
    zh: '“{name}”监视 {path}，但没有其他容器挂载卷“{volume}”：没有容器会读取这些文件。',
  },
  nowhere: {
    en: '"{name}" watches {path}, where it has no volume: nothing changes there.',
    zh: '“{name}”监视 {path}，但该处没有挂载任何卷：那里不会有任何变化。',
  },
  passed: {
    en: '"{app}" connects to {host} by itself ({variable}) and passes by "{name}", which listens at localhost:{port}.',
    zh: '“{app}”通过 {variable} 直接连接 {host}，绕过了监听 localhost:{port} 的“{name}”。',
  },
  mount: { en: 'Mount "{volume}" on "{app}" at {path}', zh: '将“{volume}”挂载到“{app}”的 {path}' },
  point: { en: 'Let {variable} name localhost:{port}', zh: '将 {variable} 改为 localhost:{port}' },
};

export default containerRule(
  {
    id: 'kubernetes/helper-not-wired',
    guideline: 'patterns',
    title: { en: 'A helper and the app do not meet.', zh: '辅助容器与应用没有连接起来。' },
    severities: ['warning', 'information'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: ['kubernetes/sidecar-start-not-gated', 'kubernetes/late-sidecar'],
  },
  function* (view) {
    const { workload, container } = view;
    if ((container.role !== 'app' && container.role !== 'sidecar') || !workload.isPodSpec || workload.containers.length < 2 || workload.containers.length > mostContainers) return;
    yield* volumeFindings(view);
    yield* passedBy(view);
  },
);

interface Found {
  readonly span: Field['span'];
  readonly place: string;
  readonly severity: 'warning' | 'information';
  readonly message: Message;
  readonly fixes: readonly Fix[];
}

function* volumeFindings({ manifest, workload, container }: ContainerView): Iterable<Found> {
  const volumes = volumesOf(manifest, workload);
  if (volumes.isOpen || mountedNames(workload) === undefined) return;
  const at = (field: Field): string => `${manifest.place}:${field.path}`;
  const others = workload.containers.filter(({ field }) => field !== container.field);
  // Two volumes of one ConfigMap are the same files.
  const same = (name: string): ReadonlySet<string | undefined> => {
    const source = volumes.items.find((volume) => volume.name === name)?.field;
    const config = source?.at('configMap', 'name').text ?? source?.at('secret', 'secretName').text;
    return new Set([name, ...volumes.items.filter(({ field }) => config !== undefined && (field.at('configMap', 'name').text ?? field.at('secret', 'secretName').text) === config).map((volume) => volume.name)]);
  };
  const isShared = (name: string): boolean => others.some((other) => mountsOf(other).items.some((mount) => same(name).has(mount.name)));
  const mounts = mountsOf(container).items;
  for (const { field, name, path, isReadOnly } of mounts) {
    if (name === undefined || !isReadOnly || isShared(name)) continue;
    if (volumes.items.find((volume) => volume.name === name)?.source !== 'emptyDir') continue;
    yield { span: field.get('name').span, place: at(field), severity: 'warning', message: message(texts.empty, { name: container.title, volume: name }), fixes: mountFix(view(workload, container), name, path, false) };
  }
  if (roleOf(workload, container).scenario !== 'config-helper/file-reload') return;
  for (const { field, path } of watchedBy(container)) {
    const mount = mounts.find((each) => each.path !== undefined && (path === each.path || path.startsWith(`${each.path}/`)));
    if (mount === undefined) {
      yield { span: field.span, place: at(field), severity: 'warning', message: message(texts.nowhere, { name: container.title, path }), fixes: [] };
    } else if (mount.name !== undefined && !isShared(mount.name)) {
      yield { span: field.span, place: at(field), severity: 'warning', message: message(texts.unread, { name: container.title, path, volume: mount.name }), fixes: mountFix(view(workload, container), mount.name, mount.path, true) };
    }
  }
}

type Pair = Pick<ContainerView, 'workload' | 'container'>;

function view(workload: Pair['workload'], container: Container): Pair {
  return { workload, container };
}

/** The volume on the app where the helper has it, if there is one app and nothing else in that place. */
function mountFix({ workload, container }: Pair, volume: string, path: string | undefined, readOnly: boolean): readonly Fix[] {
  const [only, second] = workload.containers.filter(({ role, field }) => role === 'app' && field !== container.field);
  const app = appBeside(workload, container) ?? (second === undefined ? only : undefined);
  if (app === undefined || path === undefined || mountsOf(app).items.some((mount) => mount.path === path)) return [];
  const mounts = app.field.get('volumeMounts');
  return [{
    key: 'mount',
    title: message(texts.mount, { volume, app: app.title, path }),
    safety: 'suggestion',
    outcome: () => append(mounts, { name: volume, mountPath: path, ...(readOnly ? { readOnly } : {}) }),
  }];
}

function* passedBy({ manifest, workload, container }: ContainerView): Iterable<Found> {
  const { scenario } = roleOf(workload, container);
  if (scenario !== 'ambassador/connection-pool' && scenario !== 'ambassador/database-proxy') return;
  const bypass = bypassOf(workload, container);
  if (bypass === undefined) return;
  const { app, field, variable, host, port, span } = bypass;
  yield {
    span: field.span,
    place: `${manifest.place}:${field.path}`,
    severity: 'information',
    message: message(texts.passed, { app: app.title, host, variable, name: container.title, port }),
    fixes: [{ key: 'point', title: message(texts.point, { variable, port }), safety: 'suggestion', outcome: () => splice(field, [{ span, newText: `localhost:${String(port)}` }]) }],
  };
}
