import { mergeEdits, type TextEdit } from '../text/span.ts';
import { asArgument } from './exec-form.ts';
import { functionsIn, isReplaceable } from './hand-over.ts';
import type { Script, SimpleCommand, Statement } from './model.ts';

/** Functions that call functions: deeper, nobody would follow. */
const deepest = 8;

/**
 * The simple commands that a script may end in while its shell stays and waits for them: the last one, that of each branch
 * where it chooses, that of a function where it ends in a call. Left out are those that hand over (`exec`) and those that only
 * the shell itself knows. None for scripts that look after what they start (`trap`, `wait`, `$!`), that loop, pipe or go on
 * where a command fails, and for those that cannot be read.
 */
export function endsOf(script: Script): readonly SimpleCommand[] {
  if (script.errors.length > 0 || /\$!|\$\{!\}/.test(script.text)) return [];
  const commands = script.commands();
  if (commands.some(({ name }) => name?.value === 'trap' || name?.value === 'wait')) return [];
  const functions = new Map(functionsIn(script).map((each) => [each.name?.value, each]));
  const calls = (name: string): number => commands.filter((each) => each.name?.value === name).length;
  const ends = endsIn(script.statements, (name, depth) => (depth < deepest && calls(name) === 1 ? functions.get(name)?.body : undefined), 0);
  return ends.filter(({ name }) => name !== undefined && name.value !== 'exec' && isReplaceable(script, name));
}

type Called = (name: string, depth: number) => readonly Statement[] | undefined;

function endsIn(statements: readonly Statement[], called: Called, depth: number): readonly SimpleCommand[] {
  const last = statements.at(-1);
  const pipeline = last?.pipelines.at(-1);
  const [command, piped] = pipeline?.commands ?? [];
  if (last === undefined || command === undefined || piped !== undefined || last.background || pipeline?.negated === true) return [];
  if (last.pipelines.some(({ connector }) => connector === '||')) return [];
  if (command.kind === 'compound') return command.redirects.length > 0 ? [] : command.branches.flatMap((branch) => endsIn(branch, called, depth));
  const body = command.name?.value === undefined ? undefined : called(command.name.value, depth);
  return body === undefined ? [command] : endsIn(body, called, depth + 1);
}

/**
 * The edits that make a command replace its shell. An assignment before a builtin such as `exec` is not exported everywhere, so
 * `env` sets it; undefined where that would mean something else.
 */
export function withExec({ words: [name], assignments }: SimpleCommand): readonly TextEdit[] | undefined {
  const [first] = assignments;
  if (name === undefined) return undefined;
  const at = (first ?? name).span.start;
  const insert = { span: { start: at, end: at }, newText: first === undefined ? 'exec ' : 'exec env ' };
  const rewritten = assignments.map((each) => ({ each, newText: asArgument(each) }));
  if (rewritten.some(({ newText }) => newText === undefined)) return undefined;
  const changed = rewritten.flatMap(({ each, newText }) => (newText === undefined || newText === each.text ? [] : [{ span: each.span, newText }]));
  return mergeEdits([insert, ...changed]);
}
