import type { Fix } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { roleOf } from '../../../engine/kubernetes/roles.ts';
import { type Mount, mountsOf, volumesOf } from '../../../engine/kubernetes/volumes.ts';
import type { Container, Workload } from '../../../engine/kubernetes/workload.ts';
import { containerRule } from '../../../engine/rule-kinds.ts';
import { remove, set } from '../../../engine/yaml/edit.ts';
import { inSteps, keysOf, rootOf } from '../../../engine/yaml/steps.ts';

const texts = {
  found: {
    en: '"{keeper}" keeps volume "{volume}" current, but "{name}" mounts {subPath} of it by subPath, and that never changes while the container runs. Mount the directory.',
    zh: '“{keeper}”会更新卷“{volume}”，但“{name}”以 subPath 挂载其中的 {subPath}，它在容器运行期间永远不会变化。请挂载整个目录。',
  },
  fix: { en: 'Mount the whole directory at {path}', zh: '将整个目录挂载到 {path}' },
};

/** Volumes that the kubelet writes: it exchanges a directory, and a subPath stays with the old one. */
const published: ReadonlySet<string | undefined> = new Set(['configMap', 'secret', 'projected', 'downwardAPI']);
/** Helpers that tell the app of new files in such volumes. */
const reloaders: ReadonlySet<string | undefined> = new Set(['config-helper/file-reload', 'sidecar/config-reload']);
/** Helpers that put a new file in the place of the old one. Source: hashicorp/consul-template, renderer/file_ownership.go, AtomicWrite. */
const replacers: ReadonlySet<string | undefined> = new Set(['config-helper/config-centre', 'config-helper/secrets']);

/** Source: kubernetes.io, concepts/configuration/configmap, "Mounted ConfigMaps are updated automatically". */
export default containerRule(
  {
    id: 'kubernetes/subpath-never-updates',
    guideline: 'patterns',
    title: { en: 'A file that a helper keeps current is mounted by subPath.', zh: '由辅助容器更新的文件以 subPath 方式挂载。' },
    severities: ['warning'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* ({ manifest, workload, container }) {
    if (container.role !== 'app' && container.role !== 'sidecar') return;
    const mounts = mountsOf(container).items;
    const volumes = volumesOf(manifest, workload).items;
    for (const mount of mounts) {
      const subPath = mount.field.get('subPath');
      const source = volumes.find(({ name }) => name === mount.name)?.source;
      if (mount.name === undefined || subPath.text === undefined || subPath.text === '') continue;
      const keeper = keeperOf(workload, container, mount.name, source, subPath.text);
      if (keeper === undefined) continue;
      const { by, path } = keeper;
      yield {
        span: subPath.keySpan ?? subPath.span,
        place: `${manifest.place}:${mount.field.path}`,
        severity: 'warning',
        message: message(texts.found, { keeper: by.title, name: container.title, volume: mount.name, subPath: subPath.text }),
        fixes: path !== undefined && isFileOf(mount, path, subPath.text) && !mounts.some((other) => other.path === path) ? [whole(mount, path)] : [],
      };
    }
  },
);

/** Who renews what is in the volume, and where it has it. */
function keeperOf(workload: Workload, { field }: Container, volume: string, source: string | undefined, subPath: string): { readonly by: Container; readonly path: string | undefined } | undefined {
  // In a volume of the Pod a directory changes as it should; a name with an ending is a file.
  const helpers = published.has(source) ? reloaders : source === 'emptyDir' && /\.[a-z]+$/i.test(subPath) ? replacers : undefined;
  if (helpers === undefined) return undefined;
  for (const by of workload.containers) {
    if (by.field === field || (by.role !== 'app' && by.role !== 'sidecar') || !helpers.has(roleOf(workload, by).scenario)) continue;
    const theirs = mountsOf(by).items.find(({ name }) => name === volume);
    if (theirs !== undefined) return { by, path: theirs.field.get('subPath').absent ? theirs.path : undefined };
  }
  return undefined;
}

/** The helper has the directory where the app looks for the file: then nothing else lies there. */
function isFileOf({ path }: Mount, directory: string, subPath: string): boolean {
  return !subPath.includes('/') && path === `${directory}/${subPath}`;
}

function whole({ field }: Mount, path: string): Fix {
  const at = keysOf(field);
  return {
    key: 'mount-directory',
    title: message(texts.fix, { path }),
    safety: 'suggestion',
    outcome: () => inSteps(rootOf(field), [(root) => set(root.at(...at, 'mountPath'), path), (root) => remove(root.at(...at, 'subPath'))]),
  };
}
