import type { Fix } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { commandWords, variablesOf } from '../../../engine/kubernetes/command-line.ts';
import { type LogFile, logFiles } from '../../../engine/kubernetes/log-files.ts';
import { mostContainers } from '../../../engine/kubernetes/roles.ts';
import { mountsOf } from '../../../engine/kubernetes/volumes.ts';
import type { Container, Workload } from '../../../engine/kubernetes/workload.ts';
import { containerRule } from '../../../engine/rule-kinds.ts';
import { splice } from '../../../engine/yaml/splice.ts';

const texts = {
  found: {
    en: '"{name}" and "{other}" write the same log, {path} in volume "{volume}": their lines mix, and when one turns the file over, the other loses lines. Give each a file of its own.',
    zh: '“{name}”和“{other}”写入同一个日志文件（卷“{volume}”中的 {path}）：日志行会混在一起，一方轮转文件时另一方会丢失日志。请让它们各写各的文件。',
  },
  fix: { en: 'Write {path} instead', zh: '改为写入 {path}' },
};

export default containerRule(
  {
    id: 'kubernetes/shared-log-file',
    guideline: 'patterns',
    title: { en: 'Two containers write the same log file.', zh: '两个容器写入同一个日志文件。' },
    severities: ['warning'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* ({ manifest, workload, container }) {
    if (!runs(container) || workload.containers.length < 2 || workload.containers.length > mostContainers) return;
    const before = workload.containers.slice(0, workload.containers.findIndex(({ field }) => field === container.field)).filter(runs);
    for (const log of logFiles(container)) {
      const place = placeOf(container, log);
      if (place === undefined) continue;
      const other = before.find((each) => logFiles(each).some((theirs) => placeOf(each, theirs)?.id === place.id));
      if (other === undefined) continue;
      yield {
        span: log.span,
        place: `${manifest.place}:${log.field.path}:${log.said}`,
        severity: 'warning',
        message: message(texts.found, { name: container.title, other: other.title, path: place.path, volume: place.volume }),
        fixes: ownFile(workload, container, log),
      };
    }
  },
);

/** Init containers write one after the other. */
function runs({ role }: Container): boolean {
  return role === 'app' || role === 'sidecar';
}

interface Place {
  readonly id: string;
  readonly volume: string;
  /** Within the volume. */
  readonly path: string;
}

/** The volume that a path leads into, and where there; undefined for the container's own layer, and where the Pod's name is part of it. */
function placeOf(container: Container, { path }: LogFile): Place | undefined {
  const mounts = mountsOf(container).items.filter((mount) => !mount.isDevice && mount.path !== undefined && path.startsWith(`${mount.path}/`));
  const [mount] = mounts.toSorted((a, b) => (b.path?.length ?? 0) - (a.path?.length ?? 0));
  if (mount?.name === undefined || mount.path === undefined || mount.isReadOnly || !mount.field.get('subPathExpr').absent) return undefined;
  const under = mount.field.get('subPath');
  if (!under.absent && under.text === undefined) return undefined;
  const within = `${under.text ?? ''}${path.slice(mount.path.length)}`.replace(/^\//, '');
  return /[$*{]/.test(within) ? undefined : { id: `${mount.name} ${within}`, volume: mount.name, path: within };
}

/** A name of its own, where nobody else is told the old one: who follows the log would not find it any more. */
function ownFile(workload: Workload, container: Container, { field, path }: LogFile): readonly Fix[] {
  const said = workload.containers.filter((each) => [...commandWords(each), ...variablesOf(each).map(({ value }) => value)].some((text) => text.includes(path)));
  const text = field.text ?? '';
  const start = text.indexOf(path);
  if (container.name === '' || said.length > 2 || start < 0 || text.includes(path, start + 1)) return [];
  const cut = path.lastIndexOf('/') + 1;
  const own = `${path.slice(0, cut)}${container.name}-${path.slice(cut)}`;
  return [{ key: 'own-file', title: message(texts.fix, { path: own }), safety: 'suggestion', outcome: () => splice(field, [{ span: { start, end: start + path.length }, newText: own }]) }];
}
