import type { DataDirs } from '../catalog/data-dirs.ts';
import { edits, type Fix, type FixOutcome, refused } from '../core/finding.ts';
import { message } from '../core/message.ts';
import { appendDocument } from '../yaml/append-document.ts';
import { hasComments } from '../yaml/comments.ts';
import { remove, set } from '../yaml/edit.ts';
import type { Field } from '../yaml/field.ts';
import type { YamlMap } from '../yaml/render.ts';
import { inRoot, inSteps, rootOf } from '../yaml/steps.ts';
import type { Manifest } from './manifest.ts';
import { addItem, claim, claimTemplate, emptyDir, freeName } from './new-volume.ts';
import type { Mount, Volume } from './volumes.ts';
import { claimTemplatesOf, type Listed, mountsOf } from './volumes.ts';
import type { Container, Workload } from './workload.ts';

const texts = {
  template: { en: 'Keep {path} in a claim of each Pod (volumeClaimTemplates, 10Gi)', zh: '将 {path} 保存到每个 Pod 各自的 PVC（volumeClaimTemplates，10Gi）' },
  claim: { en: 'Keep {path} in a new PersistentVolumeClaim (10Gi)', zh: '将 {path} 保存到新的 PersistentVolumeClaim（10Gi）' },
  emptyDir: { en: 'Mount an emptyDir at {path}', zh: '在 {path} 挂载 emptyDir' },
  move: { en: 'Mount the volume at {path}', zh: '将卷挂载到 {path}' },
  replace: { en: 'Replace the emptyDir by a claim of each Pod (volumeClaimTemplates, 10Gi)', zh: '将 emptyDir 改为每个 Pod 各自的 PVC（volumeClaimTemplates，10Gi）' },
  comment: {
    en: 'The entry of volume "{name}" holds a comment that would be lost. Move it elsewhere first.',
    zh: '卷“{name}”的条目中有注释，替换会使其丢失。请先将注释移到别处。',
  },
  others: {
    en: 'The image needs a directory below the new volume (subPath: {subPath}), but volume "{name}" is mounted in other places, too. Replace it by hand.',
    zh: '该镜像需要使用新卷中的子目录（subPath: {subPath}），但卷“{name}”还挂载在其他位置。请手动替换。',
  },
};

/** A container whose data is to be kept. */
export interface Keeping {
  readonly manifest: Manifest;
  readonly workload: Workload;
  readonly container: Container;
  readonly volumes: Listed<Volume>;
  /** What must be on a volume: at least one path. */
  readonly paths: readonly string[];
  /** What is known of its image. */
  readonly row: Pick<DataDirs, 'subPath' | 'fsGroup'> | undefined;
  /** Nobody else has the data: a volume that lasts comes first. */
  readonly isStore: boolean;
}

type Step = (root: Field) => FixOutcome;

/** The ways to put data on a volume, best first, by what the workload's kind allows. */
export function waysToKeep(keeping: Keeping): readonly Fix[] {
  const { manifest, workload, container, volumes, paths, isStore } = keeping;
  const name = freeName(volumes, ['data', `${container.name === '' ? 'app' : container.name}-data`]);
  const list = workload.podSpec.get('volumes');
  const args = { path: paths[0] ?? '' };
  const dir: Fix = {
    key: 'empty-dir', title: message(texts.emptyDir, args), safety: 'suggestion',
    outcome: () => inSteps(rootOf(list), [...mountSteps(keeping, name, undefined), (root) => addItem(inRoot(list, root), emptyDir(name), [])]),
  };
  const templates = claimTemplatesOf(manifest, workload);
  if (templates !== undefined) {
    const template: Fix = {
      key: 'claim-template', title: message(texts.template, args), safety: 'suggestion',
      outcome: () => inSteps(rootOf(list), [...mountSteps(keeping, name, keeping.row?.subPath), ...groupSteps(keeping), (root) => addItem(inRoot(templates, root), claimTemplate(name), [])]),
    };
    return isStore ? [template] : [template, dir];
  }
  if (!mayClaim(manifest, workload)) return [dir];
  const fix: Fix = { key: 'claim', title: message(texts.claim, args), safety: 'suggestion', outcome: () => claimed(keeping, name) };
  return isStore ? [fix, dir] : [dir, fix];
}

/** One Pod alone may have a claim that only one node can mount; and the claim must find its place in the file. */
function mayClaim({ name, root }: Manifest, { definition }: Workload): boolean {
  if (name === undefined || root.parent !== undefined || (definition?.kind !== 'Deployment' && definition?.kind !== 'Pod')) return false;
  const replicas = root.at('spec', 'replicas');
  return definition.kind === 'Pod' || replicas.absent || replicas.int === 1;
}

/** Two Pods of an update cannot have the claim at the same time, so the old one goes first. */
function claimed(keeping: Keeping, name: string): FixOutcome {
  const { manifest, workload } = keeping;
  const claimName = `${manifest.name ?? 'app'}-${name}`.slice(0, 253);
  const list = workload.podSpec.get('volumes');
  const strategy = manifest.root.at('spec', 'strategy');
  const steps: readonly Step[] = [
    ...(workload.definition?.kind === 'Deployment' && strategy.absent ? [(root: Field) => set(inRoot(strategy, root), { type: 'Recreate' }, { after: ['replicas', 'selector'] })] : []),
    ...mountSteps(keeping, name, keeping.row?.subPath),
    ...groupSteps(keeping),
    (root) => addItem(inRoot(list, root), { name, persistentVolumeClaim: { claimName } }, []),
  ];
  return appendDocument(list, inSteps(rootOf(list), steps), claim(claimName, manifest.namespace));
}

function mountSteps({ container, paths }: Keeping, name: string, subPath: string | undefined): readonly Step[] {
  const mounts: Field = container.field.get('volumeMounts');
  return paths.map((path) => {
    const own = paths.length > 1 ? path.slice(path.lastIndexOf('/') + 1) : subPath;
    const mount: YamlMap = { name, mountPath: path, ...(own === undefined ? {} : { subPath: own }) };
    return (root) => addItem(inRoot(mounts, root), mount, ['ports', 'env', 'envFrom', 'resources']);
  });
}

/** A new file system belongs to root: an image that starts as somebody else gets it by its group. */
function groupSteps({ workload, row }: Keeping): readonly Step[] {
  const group: Field = workload.podSpec.at('securityContext', 'fsGroup');
  return row?.fsGroup !== undefined && group.absent ? [(root) => set(inRoot(group, root), row.fsGroup ?? 0)] : [];
}

/** Mounts the volume where the data really goes. */
export function moveMount({ field }: Mount, path: string, subPath: string | undefined): Fix {
  const isWhole = field.get('subPath').absent && field.get('subPathExpr').absent;
  return {
    key: 'move-mount', title: message(texts.move, { path }), safety: 'suggestion',
    outcome: () => inSteps(rootOf(field), [
      (root) => set(inRoot(field, root).at('mountPath'), path),
      (root) => (subPath === undefined || !isWhole ? edits([]) : set(inRoot(field, root).at('subPath'), subPath, { after: ['mountPath'] })),
    ]),
  };
}

/** Gives each Pod of a StatefulSet a claim in the place of an emptyDir; `mount` is where the data goes. */
export function lastingVolume(keeping: Keeping, mount: Mount, { field, name }: Volume): readonly Fix[] {
  const templates = claimTemplatesOf(keeping.manifest, keeping.workload);
  if (templates === undefined || name === undefined) return [];
  return [{ key: 'claim-template', title: message(texts.replace), safety: 'suggestion', outcome: () => replaced(keeping, mount, { field, name }, templates) }];
}

function replaced({ workload, paths, row, ...rest }: Keeping, { field: mount, path = '' }: Mount, { field, name }: { readonly field: Field; readonly name: string }, templates: Field): FixOutcome {
  const list: Field = workload.podSpec.get('volumes');
  const gone = list.items().length === 1 ? list : field;
  if (hasComments(gone)) return refused(message(texts.comment, { name }));
  // At the top of a new file system stands lost+found, and initdb refuses a directory that is not empty.
  const isWhole = paths.includes(path) && mount.get('subPath').absent && mount.get('subPathExpr').absent;
  const subPath = isWhole ? row?.subPath : undefined;
  const isShared = workload.containers.flatMap((each) => mountsOf(each).items).filter((each) => each.name === name).length > 1;
  if (subPath !== undefined && isShared) return refused(message(texts.others, { name, subPath }));
  return inSteps(rootOf(list), [
    (root) => remove(inRoot(gone, root)),
    (root) => (subPath === undefined ? edits([]) : set(inRoot(mount, root).at('subPath'), subPath, { after: ['mountPath'] })),
    ...groupSteps({ ...rest, workload, paths, row }),
    // Not right behind the volumes: what goes and what comes stay two edits, and every comment its own.
    (root) => addItem(inRoot(templates, root), claimTemplate(name), ['serviceName', 'selector']),
  ]);
}
