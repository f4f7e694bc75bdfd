import { changeWord, spliceScript } from '../../../actions/start-edits.ts';
import { edits, type Fix, type Severity } from '../../../engine/core/finding.ts';
import { message, type Text } from '../../../engine/core/message.ts';
import { type LogFile, logFiles } from '../../../engine/dockerfile/log-files.ts';
import { isWindows } from '../../../engine/dockerfile/platform.ts';
import { isDevelopmentFile, isDevelopmentStage } from '../../../engine/dockerfile/purpose.ts';
import { isMistyped } from '../../../engine/dockerfile/shutdown.ts';
import { type Start, startOf } from '../../../engine/dockerfile/start.ts';
import { startScript } from '../../../engine/dockerfile/start-words.ts';
import { dockerfileRule } from '../../../engine/rule-kinds.ts';
import type { NamedLog } from '../../../engine/shell/log-files.ts';
import type { TextEdit } from '../../../engine/text/span.ts';

const texts = {
  said: {
    en: 'The log goes to {path} inside the container, where docker logs and kubectl logs do not see it and it is lost with the container. Send it to stdout.',
    zh: '日志写入容器内的 {path}，docker logs 和 kubectl logs 都无法看到，容器删除后日志也随之丢失。请输出到标准输出。',
  },
  package: {
    en: '"{said}" from its package logs to files in {path}, where docker logs and kubectl logs do not see them. Link them to stdout and stderr.',
    zh: '软件包安装的“{said}”将日志写入 {path} 下的文件，docker logs 和 kubectl logs 都无法看到。请将它们链接到标准输出和标准错误。',
  },
  replace: { en: 'Write to {target} instead of {path}', zh: '改为写入 {target}，不再写入 {path}' },
  remove: { en: 'Remove {said} and log to stdout', zh: '删除 {said}，将日志输出到标准输出' },
  link: { en: 'Link the logs to stdout and stderr', zh: '将日志链接到标准输出和标准错误' },
} satisfies Readonly<Record<string, Text>>;

const severities: Readonly<Record<LogFile['kind'], Severity>> = { flag: 'information', redirect: 'information', package: 'information', variable: 'hint' };

/**
 * What reads the logs of containers reads their stdout and stderr. Where the file keeps a log on a volume, links it to a
 * device, or shows it again with `tail`, somebody has thought of that. Source: docs.docker.com, engine/logging.
 */
export default dockerfileRule(
  {
    id: 'dockerfile/log-to-file',
    guideline: 'logs',
    title: { en: 'An image starts a program that logs to a file.', zh: '镜像启动的程序将日志写入文件。' },
    severities: ['information', 'hint'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* ({ stages }, { path: file }) {
    const stage = stages.at(-1);
    const start = stage === undefined ? undefined : startOf(stage);
    if (stage === undefined || start === undefined || isMistyped(start)) return;
    if (isWindows(stage) || isDevelopmentFile(file) || isDevelopmentStage(stage)) return;
    for (const log of logFiles(start)) {
      const { kind, path, said, span } = log;
      yield {
        span,
        place: `stage ${stage.name ?? String(stage.index)}:log ${path}`,
        severity: severities[kind],
        message: message(kind === 'package' ? texts.package : texts.said, { path, said }),
        fixes: fixesOf(start, log),
      };
    }
  },
);

function fixesOf(start: Start, { kind, said, path, instead, change }: LogFile): readonly Fix[] {
  if (instead === undefined || change === undefined) return [];
  const changes = (): readonly TextEdit[] => {
    if ('file' in change) return change.file;
    if ('named' in change) return wordEdits(start, change.named, instead);
    const found = startScript(start);
    return found === undefined ? [] : spliceScript(found.command, found.script, change.script);
  };
  const outcome: Fix['outcome'] = () => edits(changes());
  if (kind === 'package') return [{ key: 'link', title: message(texts.link), safety: 'suggestion', outcome }];
  const removes = instead === '' || kind === 'redirect';
  const title = removes ? message(texts.remove, { said: kind === 'redirect' ? `${said} ${path}` : said }) : message(texts.replace, { target: instead, path });
  return [{ key: removes ? 'remove' : 'stdout', title, safety: 'suggestion', outcome }];
}

/** The flag and its value go, or another value comes: in the same word behind `=`, or in the next one. */
function wordEdits(start: Start, { at, valueAt, from }: NamedLog, instead: string): readonly TextEdit[] {
  if (instead !== '') return changeWord(start, { at: valueAt, remove: 1, insert: [`${(start.words[valueAt] ?? '').slice(0, from)}${instead}`] });
  return changeWord(start, { at, remove: valueAt - at + 1, insert: [] });
}
