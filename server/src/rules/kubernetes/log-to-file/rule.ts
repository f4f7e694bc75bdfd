import type { Fix, Severity } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { type LogFile, logFiles } from '../../../engine/kubernetes/log-files.ts';
import { volumeAt } from '../../../engine/kubernetes/volume-at.ts';
import type { Container, Workload } from '../../../engine/kubernetes/workload.ts';
import { containerRule } from '../../../engine/rule-kinds.ts';

const texts = {
  lost: {
    en: 'Container "{name}" writes its log to {path}, where kubectl logs does not see it and it is lost with the container. Send it to stdout.',
    zh: '容器“{name}”将日志写入 {path}，kubectl logs 无法看到，容器删除后日志也随之丢失。请输出到标准输出。',
  },
  kept: {
    en: 'Container "{name}" writes its log to {path} on volume "{volume}", where kubectl logs does not see it. Send it to stdout.',
    zh: '容器“{name}”将日志写入卷“{volume}”上的 {path}，kubectl logs 无法看到。请输出到标准输出。',
  },
  replace: { en: 'Write to {target} instead of {path}', zh: '改为写入 {target}，不再写入 {path}' },
  remove: { en: 'Remove {said} and log to stdout', zh: '删除 {said}，将日志输出到标准输出' },
};

/**
 * A file that another container reads (a streaming sidecar, a logging agent) is a pattern, and one on a volume of the
 * node is read by the node's agent. Source: kubernetes.io, concepts/cluster-administration/logging.
 */
export default containerRule(
  {
    id: 'kubernetes/log-to-file',
    guideline: 'logs',
    title: { en: 'A container writes its log to a file.', zh: '容器将日志写入文件。' },
    severities: ['information', 'hint'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* ({ manifest, workload, container }) {
    if (container.role !== 'app' && container.role !== 'sidecar') return;
    for (const log of logFiles(container)) {
      const found = weigh(workload, container, log);
      if (found === undefined) continue;
      const { severity, volume } = found;
      const args = { name: container.title, path: log.path, ...(volume === undefined ? {} : { volume }) };
      yield {
        span: log.span,
        place: `${manifest.place}:${log.field.path}`,
        severity,
        message: message(volume === undefined ? texts.lost : texts.kept, args),
        fixes: fixesOf(log),
      };
    }
  },
);

function weigh(workload: Workload, container: Container, log: LogFile): { readonly severity: Severity; readonly volume: string | undefined } | undefined {
  // The images of nginx link these files to stdout and stderr.
  if (log.path.startsWith('/var/log/nginx/') && container.image?.name.includes('nginx') === true) return undefined;
  const at = workload.isPodSpec ? volumeAt(workload, container, log.path) : undefined;
  if (at === 'unknown') return undefined;
  if (at === undefined) return { severity: log.kind === 'variable' ? 'hint' : 'information', volume: undefined };
  if (at.readers.length > 0 || at.volume?.has('hostPath') === true || at.volume?.opaque === true) return undefined;
  return at.volume?.has('emptyDir') === true ? { severity: 'information', volume: undefined } : { severity: 'hint', volume: at.name };
}

function fixesOf({ kind, instead, outcome, path, said }: LogFile): readonly Fix[] {
  if (instead === undefined) return [];
  const removes = instead === '' || kind === 'redirect';
  const title = removes ? message(texts.remove, { said: kind === 'redirect' ? `${said} ${path}` : said }) : message(texts.replace, { target: instead, path });
  return [{ key: removes ? 'remove' : 'stdout', title, safety: 'suggestion', outcome }];
}
