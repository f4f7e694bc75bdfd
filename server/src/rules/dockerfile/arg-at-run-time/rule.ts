import type { FixOutcome } from '../../../engine/core/finding.ts';
import { edits, refused } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { type BuildOnly, buildOnly } from '../../../engine/dockerfile/carried.ts';
import { type Command, shellScriptOf } from '../../../engine/dockerfile/command.ts';
import { insertAfter, insertBefore } from '../../../engine/dockerfile/edit.ts';
import { stageFacts } from '../../../engine/dockerfile/facts.ts';
import { isWindows } from '../../../engine/dockerfile/platform.ts';
import { startOf } from '../../../engine/dockerfile/start.ts';
import { dockerfileRule } from '../../../engine/rule-kinds.ts';
import { variablesRead } from '../../../engine/shell/variables.ts';
import { startedScript } from '../../../engine/workspace/started-script.ts';

const texts = {
  empty: {
    en: '"{name}" is an ARG, which has a value only while the image is built: when {keyword} runs, it is empty. Pass it on with ENV.',
    zh: '“{name}”是 ARG，只在构建镜像时有值；{keyword} 运行时它为空。请用 ENV 传递该值。',
  },
  secret: {
    en: '"{name}" is an ARG, which has a value only while the image is built: when {keyword} runs, it is empty. Give it to the container when that starts.',
    zh: '“{name}”是 ARG，只在构建镜像时有值；{keyword} 运行时它为空。请在启动容器时提供该值。',
  },
  script: {
    en: 'The script "{script}" reads "{name}" (line {line}), an ARG, which has a value only while the image is built. Pass it on with ENV, or give it to the container.',
    zh: '脚本“{script}”读取“{name}”（第 {line} 行），而它是 ARG，只在构建镜像时有值。请用 ENV 传递该值，或在启动容器时提供。',
  },
  fix: { en: 'Pass {name} on with ENV', zh: '用 ENV 传递 {name}' },
  stored: {
    en: 'By its name {name} is a secret, and ENV would store it in the image for everybody who can pull it; pass it when the container starts.',
    zh: '从名称看，{name} 是机密信息，写入 ENV 会存进镜像，任何能拉取镜像的人都能看到；请在启动容器时传入。',
  },
};

const secret = /TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIAL|PRIVATE|(?:API|ACCESS|AUTH|SIGNING|ENCRYPTION)_?KEY|(?:^|_)(?:PASS|PWD|AUTH)(?:_|$)/i;

/** Only names that the last stage, or the head of the file, declares as ARG: others may come with `docker run -e`. */
export default dockerfileRule(
  {
    id: 'dockerfile/arg-at-run-time',
    guideline: 'validity',
    title: { en: 'The start command uses an ARG, which is empty at run time.', zh: '启动命令使用了 ARG，而它在运行时为空。' },
    severities: ['warning', 'information'],
    fix: 'suggestion',
    reads: ['build'],
    yieldsTo: [],
    // A PORT shows that the container serves.
    mayReveal: ['dockerfile/no-init-process'],
  },
  function* ({ stages }, { build }) {
    const stage = stages.at(-1);
    const start = stage === undefined ? undefined : startOf(stage);
    if (stage === undefined || isWindows(stage)) return;
    const said = new Set<string>();
    for (const command of [start?.entrypoint, start?.cmd, stageFacts(stage).healthcheck?.command]) {
      const script = command === undefined ? undefined : shellScriptOf(command);
      if (command === undefined || script === undefined) continue;
      const { keyword } = command.instruction;
      const uses = variablesRead(script);
      for (const { name, span } of uses.filter((use, at) => uses.findIndex((other) => other.name === use.name) === at)) {
        const found = buildOnly(stage, name);
        if (found === undefined) continue;
        said.add(name);
        yield {
          span,
          place: `stage ${stage.name ?? String(stage.index)}:${keyword}:${name}`,
          severity: 'warning',
          message: message(secret.test(name) ? texts.secret : texts.empty, { name, keyword }),
          fixes: [{ key: 'env', title: message(texts.fix, { name }), safety: 'suggestion', outcome: () => carry(command, name, found) }],
        };
      }
    }
    // Only information: what starts the container may set what its script reads.
    const script = start === undefined ? undefined : startedScript(start, build);
    for (const { name, line } of script?.facts.reads ?? []) {
      const found = said.has(name) ? undefined : buildOnly(stage, name);
      if (script === undefined || found === undefined) continue;
      const { command, path } = script;
      yield {
        span: command.span,
        place: `stage ${stage.name ?? String(stage.index)}:script:${name}`,
        severity: 'information',
        message: message(secret.test(name) ? texts.secret : texts.script, { name, line, keyword: path, script: path.slice(path.lastIndexOf('/') + 1) }),
        fixes: [{ key: 'env', title: message(texts.fix, { name }), safety: 'suggestion', outcome: () => carry(command, name, found) }],
      };
    }
  },
);

/** Right behind the ARG, or, where that stands above the first FROM, once more in the stage. */
function carry({ instruction }: Command, name: string, { arg }: BuildOnly): FixOutcome {
  if (secret.test(name)) return refused(message(texts.stored, { name }));
  const { file, keywordSpan } = arg ?? instruction;
  const isLower = /^[a-z]/.test(file.source.slice(keywordSpan));
  const env = `${isLower ? 'env' : 'ENV'} ${name}=$${name}`;
  return edits([arg === undefined ? insertBefore(instruction, [`${isLower ? 'arg' : 'ARG'} ${name}`, env]) : insertAfter(arg, [env])]);
}
