import type { Script } from '../shell/model.ts';
import type { Span } from '../text/span.ts';
import { commandOf, type Command } from './command.ts';
import { memo } from './memo.ts';
import type { Flag, Heredoc, Instruction } from './model.ts';

/** `RUN --mount=…`. Values are as written, variables included. */
export interface Mount {
  /** `bind` where none is written. */
  readonly type: string;
  readonly target: string | undefined;
  readonly source: string | undefined;
  readonly id: string | undefined;
  /** Stage or image. */
  readonly from: string | undefined;
  readonly sharing: string | undefined;
  readonly span: Span;
}

export interface Run {
  readonly instruction: Instruction;
  readonly command: Command;
  readonly form: Command['form'];
  /** The shell text; for the exec form undefined. */
  readonly script: Script | undefined;
  readonly interpreter: string | undefined;
  readonly mounts: readonly Mount[];
  readonly heredocs: readonly Heredoc[];
}

/** Undefined for every other instruction. */
export const runOf = memo((instruction: Instruction): Run | undefined => {
  if (instruction.keyword !== 'RUN') return undefined;
  const command = commandOf(instruction);
  if (command === undefined) return undefined;
  const { form, interpreter } = command;
  return {
    instruction,
    command,
    form,
    get script(): Script | undefined {
      return command.script;
    },
    interpreter,
    mounts: instruction.flags.filter((flag) => flag.name === 'mount').map(mountOf),
    heredocs: instruction.heredocs,
  };
});

function mountOf({ value = '', span }: Flag): Mount {
  // Fields are CSV; a quoted field with a comma inside is one of those nobody writes, and it only loses a detail here.
  const fields = new Map(value.split(',').map((field) => {
    const equals = field.indexOf('=');
    return [field.slice(0, equals < 0 ? undefined : equals).trim().toLowerCase(), equals < 0 ? '' : field.slice(equals + 1)] as const;
  }));
  const first = (...names: readonly string[]): string | undefined => names.map((name) => fields.get(name)).find((found) => found !== undefined);
  return {
    type: first('type')?.toLowerCase() ?? 'bind',
    target: first('target', 'dst', 'destination'),
    source: first('source', 'src'),
    id: first('id'),
    from: first('from'),
    sharing: first('sharing'),
    span,
  };
}
