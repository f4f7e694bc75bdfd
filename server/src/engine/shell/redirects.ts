import type { TextEdit } from '../text/span.ts';
import type { Pipeline, Redirect, Script, SimpleCommand, Statement } from './model.ts';

/** Output that goes into a file. */
export interface OutputFile {
  readonly redirect: Redirect;
  /** All redirections of that command. */
  readonly all: readonly Redirect[];
  /** Undefined for a loop, a group and the like. */
  readonly command: SimpleCommand | undefined;
}

/** Every redirection of output into a file whose name is known, in source order. */
export function outputFiles({ statements }: Script): readonly OutputFile[] {
  const ofPipeline = ({ commands }: Pipeline): readonly OutputFile[] =>
    commands.flatMap((command) => {
      const all = command.redirects;
      const own = all.filter(({ operator, target }) => /^(?:&?>>?|>\|)$/.test(operator) && target?.value !== undefined);
      const inner = command.kind === 'compound' ? command.body.flatMap(ofStatement) : [];
      return [...inner, ...own.map((redirect) => ({ redirect, all, command: command.kind === 'simple' ? command : undefined }))];
    });
  const ofStatement = (statement: Statement): readonly OutputFile[] => statement.pipelines.flatMap(ofPipeline);
  return statements.flatMap(ofStatement);
}

/** Takes a redirection away, the blank before it, and those behind it that follow it (`2>&1`). In offsets of the script. */
export function withoutRedirect(all: readonly Redirect[], redirect: Redirect): readonly TextEdit[] {
  const gone = all.filter((each) => each === redirect || (each.local.start > redirect.local.start && each.operator === '>&' && each.target?.value === '1'));
  return gone.map(({ local }) => ({ span: { start: local.start - 1, end: local.end }, newText: '' }));
}
