import type { Span } from '../text/span.ts';
import type { OffsetMap } from '../text/offset-map.ts';

/** One word of a command. Every `span` in this file is in offsets of the source, every `local` in offsets of the script's own text. */
export interface Word {
  /** As written, quotes included. */
  readonly text: string;
  /** With quotes removed; undefined where only a running shell knows it. */
  readonly value: string | undefined;
  /** Holds a variable, a substitution, arithmetic, a tilde, or a quoting that not every shell reads alike (`$'…'`). */
  readonly hasExpansion: boolean;
  /** Holds an unquoted pattern (`*`, `?`, `[…]`) or brace expansion. `value` is the pattern itself. */
  readonly hasGlob: boolean;
  /** Some part of it stands in quotes. */
  readonly quoted: boolean;
  readonly span: Span;
  readonly local: Span;
}

/** `NAME=value` before a command, or alone. */
export interface Assignment {
  readonly name: string;
  readonly text: string;
  /** What is assigned; undefined for arrays. */
  readonly value: Word | undefined;
  readonly span: Span;
  readonly local: Span;
}

export interface Redirect {
  /** `>`, `>>`, `<`, `>&`, `<&`, `&>`, `<<`, `<<-`, `<<<` … */
  readonly operator: string;
  /** The number before the operator; undefined where none is written. */
  readonly descriptor: number | undefined;
  /** File or descriptor; for a here-document its delimiter. */
  readonly target: Word | undefined;
  /** The operator and its target; of a here-document without its body. */
  readonly span: Span;
  readonly local: Span;
}

/** How a command follows the one before it in its list. A new line counts as `;`. */
export type Connector = '&&' | '||' | ';' | '&' | '|';

export type Enclosure =
  | 'top'
  | 'subshell'
  | 'group'
  | 'loop'
  | 'if'
  | 'case'
  | 'function'
  | 'coproc';

/** A program or builtin with its words. */
export interface SimpleCommand {
  readonly kind: 'simple';
  /** The program; undefined for a line of assignments or redirections only. */
  readonly name: Word | undefined;
  /** The program and its arguments. */
  readonly words: readonly Word[];
  readonly assignments: readonly Assignment[];
  readonly redirects: readonly Redirect[];
  /** Started with `&`, itself or as part of a list. */
  readonly background: boolean;
  /** Undefined for the first command of its list. */
  readonly connector: Connector | undefined;
  /** The innermost compound command it stands in. */
  readonly inside: Enclosure;
  readonly span: Span;
  readonly local: Span;
  /** As written in the joined text. */
  readonly text: string;
}

/** `( … )`, `{ … }`, loops, `if`, `case`, functions, `[[ … ]]`. */
export interface CompoundCommand {
  readonly kind: 'compound';
  readonly type: Exclude<Enclosure, 'top'> | 'test';
  /** The function's name. */
  readonly name: Word | undefined;
  /** Every list inside, in source order: conditions and branches alike. */
  readonly body: readonly Statement[];
  /** The lists in which it may end, without the conditions that choose: of `if`, `case` and `{ … }`. None of the others. */
  readonly branches: readonly (readonly Statement[])[];
  readonly redirects: readonly Redirect[];
  readonly span: Span;
}

/** Commands joined by `|`; mostly one. */
export interface Pipeline {
  readonly connector: '&&' | '||' | undefined;
  readonly negated: boolean;
  readonly commands: readonly (SimpleCommand | CompoundCommand)[];
  readonly span: Span;
}

/** What stands between `;`, `&` and line ends: pipelines joined by `&&` and `||`. */
export interface Statement {
  readonly pipelines: readonly Pipeline[];
  readonly background: boolean;
  readonly span: Span;
}

export interface ShellError {
  /** The parser's own words, for logs; not for users. */
  readonly message: string;
  readonly span: Span;
}

/** A parsed shell text. */
export interface Script {
  readonly text: string;
  readonly map: OffsetMap;
  readonly statements: readonly Statement[];
  /** Every simple command in source order, those in compound commands included, those in `$(…)` not. */
  readonly commands: () => readonly SimpleCommand[];
  readonly errors: readonly ShellError[];
}
