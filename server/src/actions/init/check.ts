import type { Init } from '../../engine/catalog/inits.ts';
import { baseImage } from '../../engine/dockerfile/base-image.ts';
import { stageFacts, type Fact, type StageFacts } from '../../engine/dockerfile/facts.ts';
import type { Stage } from '../../engine/dockerfile/model.ts';
import { startOf, type Start } from '../../engine/dockerfile/start.ts';
import { parseDockerfile } from '../../engine/dockerfile/view.ts';
import { initOf } from '../../engine/shell/argv.ts';
import { applyEdits, type TextEdit } from '../../engine/text/span.ts';
import { scriptShell } from './handover.ts';

/**
 * Reads the text as the edits leave it: the init is process 1 of the final stage, the same program runs behind it with the same
 * arguments, and the stage has the same user, directory, variables, ports and so on as before.
 */
export function keepsMeaning(before: Start, edits: readonly TextEdit[], init: Init): boolean {
  const { file } = before.stage;
  const after = parseDockerfile(applyEdits(file.source.text, edits));
  const stage = after.stages.at(-1);
  const start = stage === undefined ? undefined : startOf(stage);
  if (stage === undefined || start === undefined) return false;
  return (
    after.problems.length <= file.problems.length &&
    file.stages.every((each) => after.stages.some((other) => other.name === each.name && other.from.imageText === each.from.imageText)) &&
    initOf(start.argv) === init.name &&
    runsTheSame(before, start) &&
    settings(stage) === settings(before.stage)
  );
}

/** The same program with the same arguments, values taken off their quotes; or, behind a variable, the same words as written. */
function runsTheSame(before: Start, after: Start): boolean {
  const words = ({ argv }: Start): string => JSON.stringify([argv.program, ...argv.args.filter((arg) => arg !== scriptShell)]);
  if (before.argv.program !== undefined && words(before) === words(after)) return true;
  const [was, is] = [written(before), written(after)];
  return was.length > 0 && is.slice(-was.length).join(' ') === was.join(' ');
}

/** The words of the last command of a shell text. */
function written({ script }: Start): readonly string[] {
  const words = script?.commands().at(-1)?.words.map(({ text }) => text) ?? [];
  return words.filter((word, index) => word !== scriptShell && !(index === 0 && word === 'exec'));
}

/** What a stage is set to beside what it starts, comparable. */
export function settings(stage: Stage): string {
  const facts = stageFacts(stage);
  const { workdir, exposed, volumes, healthcheck, stopsignal } = facts;
  return JSON.stringify([
    facts.user === undefined ? baseImage(stage)?.user : facts.user.value,
    workdir,
    values(facts.env),
    exposed.map(({ port, protocol }) => [port, protocol]),
    volumes.map(({ value }) => value),
    healthcheck?.instruction.args,
    stopsignal?.value,
    values(facts.labels),
    facts.shell?.value,
  ]);
}

function values(map: StageFacts['env']): readonly (readonly [string, Fact<string | undefined>['value']])[] {
  return [...map].map(([name, { value }]) => [name, value]);
}
