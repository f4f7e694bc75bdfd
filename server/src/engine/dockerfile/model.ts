import type { ImageRef } from '../catalog/image-ref.ts';
import type { MappedText, OffsetMap } from '../text/offset-map.ts';
import type { SourceText } from '../text/source.ts';
import type { Span } from '../text/span.ts';

/** What continues a line at its end, as `# escape=` says. */
export type Escape = '\\' | '`';

/** A comment line. */
export interface Comment {
  /** Without `#` and without white space at both ends. */
  readonly text: string;
  /** From `#` to the end of the line. */
  readonly span: Span;
  /** Stands between the lines of an instruction, after a line continuation. */
  readonly inside: boolean;
}

/** `# syntax=…`, `# escape=…` or `# check=…` at the head of the file. */
export interface Directive {
  readonly name: 'syntax' | 'escape' | 'check';
  readonly value: string;
  /** The whole line. */
  readonly span: Span;
  readonly valueSpan: Span;
}

/** `--name=value` or `--name` before the arguments. */
export interface Flag {
  /** Without dashes, lower case. */
  readonly name: string;
  /** Quotes removed, variables not replaced; undefined where there is no `=`. */
  readonly value: string | undefined;
  readonly span: Span;
  /** Behind the `=`; undefined where there is none. */
  readonly valueSpan: Span | undefined;
}

export interface Heredoc {
  /** The word that ends it. */
  readonly name: string;
  /** Written with `<<-`: tabs at the start of its lines are dropped. */
  readonly chomp: boolean;
  /** Unquoted name: the builder (COPY, ADD) or the shell (RUN) replaces variables. */
  readonly expand: boolean;
  /** The lines between, with tabs dropped where `chomp` says so, and with plain line feeds. */
  readonly body: MappedText;
  readonly bodySpan: Span;
  /** The line that ends it, without its line end. */
  readonly endSpan: Span;
}

/** A word of the arguments, split as the builder splits it: at white space. */
export interface ArgumentWord {
  /** As written, quotes included. */
  readonly text: string;
  readonly span: Span;
}

export interface Instruction {
  /** Upper case; for an unknown word what is written, upper case. */
  readonly keyword: string;
  readonly keywordSpan: Span;
  /** From the keyword to the end of its last line without line end, here-documents included. */
  readonly span: Span;
  /** What follows keyword and flags, without white space around it; empty behind the last of them where nothing follows. Here-documents not included. */
  readonly argsSpan: Span;
  /** The arguments as the builder reads them: continuations, comment lines and empty lines removed. */
  readonly args: string;
  readonly argsMap: OffsetMap;
  readonly flags: readonly Flag[];
  readonly heredocs: readonly Heredoc[];
  /** Comment lines directly above, without an empty line between. */
  readonly comments: readonly Comment[];
  /** What an ONBUILD runs later: an instruction of no stage of this file. */
  readonly trigger: Instruction | undefined;
  /** Undefined before the first FROM and for the trigger of an ONBUILD. */
  readonly stage: Stage | undefined;
  /** Place in `Dockerfile.instructions`; a trigger has that of its ONBUILD. */
  readonly index: number;
  readonly file: Dockerfile;
}

/** The parts of a FROM instruction. */
export interface From {
  readonly instruction: Instruction;
  /** As written, variables included; '' in a half-typed line. */
  readonly imageText: string;
  readonly imageSpan: Span;
  /** As written. */
  readonly platform: string | undefined;
  readonly platformSpan: Span | undefined;
  readonly name: string | undefined;
  readonly nameSpan: Span | undefined;
}

/** What a stage starts from. */
export type Base =
  | { readonly kind: 'image'; readonly ref: ImageRef; /** With variables replaced. */ readonly text: string }
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'scratch' }
  /** Holds a variable this file gives no value to, or is no image name. */
  | { readonly kind: 'unresolved'; readonly text: string };

export interface Stage {
  readonly index: number;
  /** As written. Names are compared without case. */
  readonly name: string | undefined;
  readonly from: From;
  readonly base: Base;
  /** All but FROM, in order. */
  readonly instructions: readonly Instruction[];
  /** The last stage of the file: what a build makes when nobody names a target. */
  readonly isFinal: boolean;
  /** From FROM to the end of the last instruction. */
  readonly span: Span;
  readonly file: Dockerfile;
}

export type ProblemCode =
  | 'duplicate-directive'
  | 'invalid-escape'
  | 'unknown-instruction'
  | 'missing-arguments'
  | 'instruction-before-from'
  | 'no-stage'
  | 'malformed-from'
  | 'unterminated-heredoc'
  | 'json-not-strings';

/** Something a build would stop at. Rules decide what to say about it. */
export interface Problem {
  readonly code: ProblemCode;
  readonly span: Span;
}

/** A Dockerfile, read as BuildKit reads it. Spans are UTF-16 offsets of its text. */
export interface Dockerfile {
  readonly source: SourceText;
  readonly escape: Escape;
  readonly directives: readonly Directive[];
  /** All comment lines but the directives. */
  readonly comments: readonly Comment[];
  /** All instructions in order, FROM and those before it included. */
  readonly instructions: readonly Instruction[];
  /** The ARG instructions before the first FROM. */
  readonly globalArgs: readonly Instruction[];
  readonly stages: readonly Stage[];
  readonly problems: readonly Problem[];
}

/** The arguments and the way back to the source, as one value. */
export function argumentsOf(instruction: Instruction): MappedText {
  return { text: instruction.args, map: instruction.argsMap };
}
