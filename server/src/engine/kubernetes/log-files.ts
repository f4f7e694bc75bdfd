import { insteadOf, isLogFile, logVariable, saysConsole } from '../catalog/log-flags.ts';
import { edits, type FixOutcome } from '../core/finding.ts';
import { namedLogs, scriptLogs } from '../shell/log-files.ts';
import type { Span } from '../text/span.ts';
import type { Field } from '../yaml/field.ts';
import { splice } from '../yaml/splice.ts';
import { changeWords } from './change-words.ts';
import { invocationOf, type Invocation, type ShellBody } from './invocation.ts';
import type { Container } from './workload.ts';

/** A log that goes into a file. */
export interface LogFile {
  readonly path: string;
  /** What says so: a flag, a variable, `>`. */
  readonly said: string;
  readonly kind: 'flag' | 'redirect' | 'variable';
  /** The field that says it, and where. */
  readonly field: Field;
  readonly span: Span;
  /** What to write in its place, or '' to take it away; undefined where it takes more than a word. */
  readonly instead: string | undefined;
  readonly outcome: () => FixOutcome;
}

/** Where a container's command, arguments and variables say that it logs into files. */
export function logFiles(container: Container): readonly LogFile[] {
  const invocation = invocationOf(container);
  const env = container.field.get('env').items();
  if (env.some((item) => saysConsole(item.at('name').text ?? '', item.at('value').text ?? ''))) return [];
  const variables = env.flatMap(variableFile);
  if (invocation === undefined) return variables;
  const { shell } = invocation;
  return [...(shell === undefined ? wordFiles(invocation, container.image?.name) : scriptFiles(shell)), ...variables];
}

function nothing(): FixOutcome {
  return edits([]);
}

/** @param image its name tells the program where only options of it are written */
function wordFiles({ items, words, argv }: Invocation, image: string | undefined): readonly LogFile[] {
  const program = words[0]?.startsWith('-') === true ? image : argv.name;
  return namedLogs(program, words).flatMap(({ target, path, at, valueAt, from }) => {
    const field = items[valueAt];
    if (field === undefined) return [];
    const { instead } = target;
    const offset = words.length - argv.args.length - 1;
    const outcome =
      instead === undefined
        ? nothing
        : instead === ''
          ? () => changeWords(items, argv, [{ at: at - offset, remove: valueAt - at + 1, insert: [] }])
          : () => splice(field, [{ span: { start: from, end: from + path.length }, newText: instead }]);
    return [{ path, said: target.name, kind: 'flag', field, span: field.span, instead, outcome }];
  });
}

function scriptFiles({ body, script }: ShellBody): readonly LogFile[] {
  return scriptLogs(script).map(({ changes, ...log }) => ({ ...log, field: body, outcome: () => splice(body, changes) }));
}

function variableFile(item: Field): readonly LogFile[] {
  const target = logVariable(item.at('name').text ?? '');
  const field = item.at('value');
  const path = field.text;
  if (target === undefined || path === undefined || !path.startsWith('/') || !isLogFile(path)) return [];
  const instead = insteadOf(target, path);
  const outcome = (): FixOutcome => splice(field, [{ span: { start: 0, end: path.length }, newText: instead ?? '' }]);
  return [{ path, said: target.name, kind: 'variable', field, span: field.span, instead, outcome }];
}
