import { shellScriptOf } from '../../engine/dockerfile/command.ts';
import { stageFacts } from '../../engine/dockerfile/facts.ts';
import { argvOf, resolveArgv } from '../../engine/shell/argv.ts';
import { builtins } from '../../engine/shell/builtins.ts';
import { toExecForm } from '../../engine/shell/exec-form.ts';
import { nameOf } from './paths.ts';
import type { Needs } from './recipe.ts';
import type { Site } from './site.ts';
import type { Start } from './start.ts';

/** The programs that the final image has to have beside the product: shells, inits, what the health check calls. `carried`: RUN, SHELL go along. */
export function toolsOf(site: Site, start: Start, carried: { readonly runs: boolean; readonly shell: boolean }): Pick<Needs, 'shells' | 'avoidable' | 'tools'> {
  const { healthcheck, shell, entrypoint, cmd } = stageFacts(site.stage);
  const check = healthcheck?.command;
  const script = check === undefined ? undefined : shellScriptOf(check);
  const called = [...(script?.commands().map((each) => argvOf(each)) ?? []), ...(check?.form === 'exec' ? [resolveArgv(check.words)] : [])];
  const own = new Set(start.programs.map(({ program }) => program));
  const tools = called.flatMap(({ program, name, wrappers }) => [
    ...wrappers.filter(({ kind }) => kind !== 'shell' && kind !== 'exec').map((each) => each.name),
    ...(name === undefined || builtins.has(name) || own.has(program) ? [] : [program ?? name]),
  ]);
  const carriesShell = shell !== undefined && carried.shell;
  const form = start.formShell === undefined ? [] : [start.formShell];
  // A CMD in shell form behind an ENTRYPOINT is arguments, which nobody should rewrite.
  const avoidable = [entrypoint, cmd].every((each) => each?.form !== 'shell' || (each.script !== undefined && toExecForm(each.script).kind === 'exec'));
  return {
    avoidable: avoidable ? form : [],
    shells: [
      ...new Set([
        ...start.shells,
        ...(avoidable ? [] : form),
        ...(carried.runs ? ['sh'] : []),
        ...(carriesShell ? [nameOf(shell.value[0] ?? 'sh')] : []),
        ...(check?.form === 'shell' ? ['sh'] : []),
        ...called.flatMap(({ wrappers }) => wrappers.filter(({ kind }) => kind === 'shell').map((each) => each.name)),
      ]),
    ],
    tools: [...new Set([...start.wrappers.filter((each) => !each.includes('/') || /^\/(?:usr\/)?s?bin\//.test(each)), ...tools])],
  };
}
