import { namedDirectory } from '../../../engine/catalog/named-dirs.ts';
import type { Severity } from '../../../engine/core/finding.ts';
import { message, type MessageArguments } from '../../../engine/core/message.ts';
import type { Report } from '../../../engine/core/rule.ts';
import { commandWords, runsAsBuilt, variablesOf } from '../../../engine/kubernetes/command-line.ts';
import { type Keeping, lastingVolume, moveMount, waysToKeep } from '../../../engine/kubernetes/keep-data.ts';
import { isHook, isStaticPod, type Manifest } from '../../../engine/kubernetes/manifest.ts';
import { effectiveImage, restingPlace, storedData, unknownData } from '../../../engine/kubernetes/stored-data.ts';
import { volumesOf } from '../../../engine/kubernetes/volumes.ts';
import type { Workload } from '../../../engine/kubernetes/workload.ts';
import { containerRule } from '../../../engine/rule-kinds.ts';
import { isWithin } from '../../../engine/text/posix-path.ts';

const texts = {
  store: {
    en: 'Container "{name}" keeps its data in {path}, which is on no volume: it is lost when the container restarts. Mount a volume there.',
    zh: '容器“{name}”的数据保存在 {path}，但该路径不在任何卷上，容器重启后数据就会丢失。请在此挂载卷。',
  },
  cache: {
    en: 'Container "{name}" writes to {path}, which is on no volume: what is there goes with the container. Mount a volume there.',
    zh: '容器“{name}”会写入 {path}，但该路径不在任何卷上，内容会随容器一起消失。请在此挂载卷。',
  },
  shadowed: {
    en: 'Volume "{volume}" is mounted at {at}, but container "{name}" keeps its data in {path}, outside of it. Mount the volume at {path}.',
    zh: '卷“{volume}”挂载在 {at}，但容器“{name}”的数据保存在 {path}，并不在该卷中。请将卷挂载到 {path}。',
  },
  hidden: {
    en: 'The image of container "{name}" declares {own} a volume of its own, which hides that part of volume "{volume}" ({at}): the data is lost with the container. Mount "{volume}" at {path}.',
    zh: '容器“{name}”的镜像将 {own} 声明为自己的卷，遮住了卷“{volume}”（{at}）的这一部分，数据会随容器一起丢失。请将“{volume}”挂载到 {path}。',
  },
  fleeting: {
    en: 'Volume "{volume}" is an emptyDir: the data of container "{name}" is lost with its Pod. Use a claim template.',
    zh: '卷“{volume}”是 emptyDir，容器“{name}”的数据会随 Pod 一起丢失。请使用卷申领模板。',
  },
  declared: {
    en: 'The Dockerfile of container "{name}" declares {path} a volume, but none is mounted there: what is written goes with the container. Mount one.',
    zh: '容器“{name}”的 Dockerfile 将 {path} 声明为卷，但该处没有挂载卷，写入的内容会随容器一起消失。请挂载卷。',
  },
  named: {
    en: 'Container "{name}" is told by {by} to keep data in {path}, which is on no volume: it goes with the container. Mount a volume there.',
    zh: '容器“{name}”通过 {by} 将数据保存在 {path}，但该路径不在任何卷上，数据会随容器一起消失。请在此挂载卷。',
  },
};

/**
 * Severity follows evidence: 82 of 140 containers of such images in public manifests mount nothing, most of them samples,
 * so a store on no volume is information; a volume that was mounted and misses the data is a warning.
 */
export default containerRule(
  {
    id: 'kubernetes/data-in-container-layer',
    guideline: 'volumes',
    title: { en: 'A container writes data that no volume keeps.', zh: '容器写入的数据没有保存在卷中。' },
    severities: ['warning', 'information', 'hint'],
    fix: 'suggestion',
    reads: ['images', 'overlays'],
    yieldsTo: [],
    // An update strategy that is written already may not fit a claim.
    mayReveal: ['kubernetes/rolling-update-on-exclusive-volume'],
  },
  function* ({ manifest, workload, container }, { builtImage, imageChanges }): Iterable<Report> {
    if ((container.role !== 'app' && container.role !== 'sidecar') || !runsOn(manifest, workload)) return;
    const image = container.field.get('image').text;
    if (image === undefined || container.image === undefined) return;
    const name = container.field.get('name');
    const volumes = volumesOf(manifest, workload);
    const report = (severity: Severity, text: keyof typeof texts, args: MessageArguments, fixes: Report['fixes']): Report => ({
      span: name.present ? name.span : container.field.span,
      place: `${manifest.place}:${container.field.path}.volumeMounts`,
      severity,
      message: message(texts[text], { name: container.title, ...args }),
      fixes: fixes ?? [],
    });
    const keeping = (rest: Pick<Keeping, 'paths' | 'row' | 'isStore'>): Keeping => ({ manifest, workload, container, volumes, ...rest });

    const made = runsAsBuilt(container) ? builtImage(image)?.stage : undefined;
    const declared = made?.volumes.find((path) => path.startsWith('/') && restingPlace(container, unknownData([path]), volumes).kind === 'layer');
    if (made !== undefined) {
      if (declared !== undefined) yield report('information', 'declared', { path: declared }, waysToKeep(keeping({ paths: [declared], row: undefined, isStore: true })));
      return;
    }
    const known = effectiveImage(container.image, imageChanges(image));
    if (known === undefined) return;
    if (!known.isCatalogued) {
      const named = namedDirectory(commandWords(container), variablesOf(container));
      if (named === undefined || restingPlace(container, unknownData([named.path]), volumes).kind !== 'layer') return;
      yield report('hint', 'named', { by: named.by, path: named.path }, waysToKeep(keeping({ paths: [named.path], row: undefined, isStore: true })));
      return;
    }
    const data = storedData(container, known.image);
    if (data === undefined) return;
    const { row, paths } = data;
    const isStore = row.keeps === 'store';
    const isSure = isStore && row.level === 'source';
    const rest = restingPlace(container, data, volumes);
    const [path = ''] = paths;
    if (rest.kind === 'layer') {
      yield report(isSure ? 'information' : 'hint', isStore ? 'store' : 'cache', { path }, waysToKeep(keeping({ paths, row, isStore })));
    } else if (rest.kind === 'shadowed') {
      const at = rest.mount.path ?? '';
      // Where the old place has nothing to do with the new one, a setting may be meant to bring them together.
      const fixes = isWithin(path, at) || isWithin(at, path) ? [moveMount(rest.mount, path, row.subPath)] : [];
      const own = row.volumes?.find((each) => isWithin(path, each) && each !== at && isWithin(each, at));
      const args = { path, at, volume: rest.mount.name ?? '' };
      yield report(isSure ? 'warning' : 'hint', own === undefined ? 'shadowed' : 'hidden', own === undefined ? args : { ...args, own }, fixes);
    } else if (rest.kind === 'volume' && isSure && rest.volume?.source === 'emptyDir' && workload.definition?.kind === 'StatefulSet') {
      yield report('hint', 'fleeting', { volume: rest.volume.name ?? '' }, lastingVolume(keeping({ paths, row, isStore }), rest.mount, rest.volume));
    }
  },
);

/** Pods that end by themselves, that hooks start, or that the kubelet runs from a file keep no data of their own. */
function runsOn(manifest: Manifest, { flavour, isPodSpec, podSpec }: Workload): boolean {
  if (!isPodSpec || flavour === 'batch' || manifest.kind === 'PodTemplate' || isHook(manifest) || isStaticPod(manifest)) return false;
  const policy = podSpec.get('restartPolicy');
  return policy.absent || policy.text === 'Always';
}
