import { runByShell, writeValues } from '../../../actions/expand-words.ts';
import type { Fix } from '../../../engine/core/finding.ts';
import { message, type Message } from '../../../engine/core/message.ts';
import { stageFacts } from '../../../engine/dockerfile/facts.ts';
import { hasShell } from '../../../engine/dockerfile/family.ts';
import { isWindows } from '../../../engine/dockerfile/platform.ts';
import { runOf } from '../../../engine/dockerfile/run.ts';
import { type Unexpanded, unexpandedIn, unexpandedStart } from '../../../engine/dockerfile/unexpanded.ts';
import { dockerfileRule } from '../../../engine/rule-kinds.ts';

const texts = {
  argument: {
    en: 'The exec form replaces no variables: "{program}" gets the characters "{word}" as they stand. Let a shell replace them.',
    zh: 'exec 形式不会替换变量：“{program}”收到的就是“{word}”这几个字符。请交由 shell 替换。',
  },
  program: {
    en: 'The exec form replaces no variables: there is no program of the name "{word}". Write its path, or let a shell replace it.',
    zh: 'exec 形式不会替换变量：不存在名为“{word}”的程序。请写出其路径，或交由 shell 替换。',
  },
  shell: { en: 'Let a shell replace it', zh: '交由 shell 替换' },
  value: { en: 'Write the value of this file', zh: '写出此文件中的取值' },
};

/** Neither the builder nor the container replaces anything in CMD, ENTRYPOINT, RUN and HEALTHCHECK (Dockerfile reference, "Variable substitution"). */
export default dockerfileRule(
  {
    id: 'dockerfile/unexpanded-variable',
    guideline: 'validity',
    title: { en: 'A variable in the exec form that nothing replaces.', zh: 'exec 形式中的变量不会被替换。' },
    severities: ['warning'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: ['dockerfile/json-form-typo'],
    mayReveal: ['dockerfile/no-init-process', 'dockerfile/shell-form-command'],
  },
  function* ({ stages }) {
    for (const stage of stages) {
      if (isWindows(stage)) continue;
      const name = `stage ${stage.name ?? String(stage.index)}`;
      for (const [at, instruction] of stage.instructions.entries()) {
        const run = runOf(instruction);
        const found = run === undefined ? undefined : unexpandedIn(run.command, stage);
        if (found !== undefined) yield report(found, `${name}:RUN:${String(at)}`);
      }
      if (!stage.isFinal) continue;
      const start = unexpandedStart(stage);
      if (start !== undefined) yield report(start, `${name}:${start.start?.anchor.instruction.keyword ?? 'CMD'}`);
      const check = stageFacts(stage).healthcheck?.command;
      const found = check === undefined ? undefined : unexpandedIn(check, stage);
      if (found !== undefined) yield report(found, `${name}:HEALTHCHECK`);
    }
  },
);

function report(found: Unexpanded, place: string): { span: Unexpanded['span']; place: string; severity: 'warning'; message: Message; fixes: readonly Fix[] } {
  const { argv, span, word, isProgram } = found;
  return { span, place, severity: 'warning', message: message(isProgram ? texts.program : texts.argument, { program: argv.name ?? '', word }), fixes: fixesOf(found) };
}

/** Users change variables when they start a container, so a value is second best; but not the path of a program that the build put there. */
function fixesOf(found: Unexpanded): readonly Fix[] {
  const values = writeValues(found);
  const shell: Fix = { key: 'shell', title: message(texts.shell), safety: 'suggestion', outcome: () => runByShell(found) };
  if (values === undefined) return [shell];
  const value: Fix = { key: 'value', title: message(texts.value), safety: 'suggestion', outcome: () => values };
  return found.isProgram || hasShell(found.stage) === false ? [value, shell] : [shell, value];
}
