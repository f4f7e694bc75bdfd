import { identityMap, sourceSpan, type MappedText } from '../text/offset-map.ts';
import type { Span } from '../text/span.ts';
import type { Heredocs } from './heredoc.ts';
import { jsonArray } from './json-array.ts';
import { splitFlags, splitKeyword } from './lex.ts';
import type { LogicalLine } from './lines.ts';
import type { Comment, Instruction, Problem } from './model.ts';

/** Keywords the builder knows. */
export const keywords: ReadonlySet<string> = new Set([
  'ADD', 'ARG', 'CMD', 'COPY', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'FROM', 'HEALTHCHECK', 'LABEL', 'MAINTAINER', 'ONBUILD',
  'RUN', 'SHELL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR',
]);

/** Keywords whose arguments may announce here-documents, unless they are a JSON array. */
const withHeredocs: ReadonlySet<string> = new Set(['ADD', 'COPY', 'RUN']);

/** Keywords that mean something without arguments. */
const withoutArguments: ReadonlySet<string> = new Set(['CMD', 'ENTRYPOINT', 'RUN']);

/** An instruction before its stage is known. */
export type Unplaced = Omit<Instruction, 'stage' | 'index' | 'file' | 'trigger'> & { readonly trigger: Unplaced | undefined };

interface Reading {
  readonly escape: string;
  /** The trigger of an ONBUILD, which has none itself: the builder refuses a chain of them. */
  readonly triggered: boolean;
  readonly above: readonly Comment[];
  readonly heredocs: () => Heredocs;
  readonly report: (problem: Problem) => void;
}

/** Takes a logical line apart; what a build would stop at goes to `report`. */
export function readInstruction(line: LogicalLine, escape: string, report: (problem: Problem) => void): Unplaced {
  return read(line.joined, line.end, { escape, triggered: false, above: line.above, heredocs: line.heredocs, report });
}

function read(line: MappedText, lineEnd: number, reading: Reading): Unplaced {
  const { keyword: word, rest } = splitKeyword(line);
  const keyword = word.text.toUpperCase();
  const keywordSpan = whole(word);
  const { flags, args } = splitFlags(rest, reading.escape);
  const triggers = keyword === 'ONBUILD' && rest.text !== '' && !reading.triggered;
  const trigger = triggers ? read(args, lineEnd, { ...reading, above: [], triggered: true }) : undefined;
  const takesHeredocs = withHeredocs.has(keyword) && args.text.includes('<<') && jsonArray(args).kind === 'none';
  const { found, unterminated } = takesHeredocs ? reading.heredocs() : { found: trigger?.heredocs ?? [], unterminated: false };
  const end = found.at(-1)?.endSpan.end ?? lineEnd;
  const behind = flags.at(-1)?.span.end ?? keywordSpan.end;
  const instruction: Unplaced = {
    keyword,
    keywordSpan,
    span: { start: keywordSpan.start, end },
    argsSpan: args.text === '' ? { start: behind, end: behind } : whole(args),
    args: args.text,
    argsMap: args.text === '' ? identityMap(0, behind) : args.map,
    flags,
    heredocs: found,
    comments: reading.above,
    trigger,
  };
  for (const problem of problemsOf(instruction, unterminated)) reading.report(problem);
  return instruction;
}

function problemsOf(instruction: Unplaced, unterminated: boolean): readonly Problem[] {
  const { keyword, keywordSpan, args, argsSpan } = instruction;
  if (!keywords.has(keyword)) return [{ code: 'unknown-instruction', span: keywordSpan }];
  if (unterminated) return [{ code: 'unterminated-heredoc', span: argsSpan }];
  if (args === '' && !withoutArguments.has(keyword)) return [{ code: 'missing-arguments', span: keywordSpan }];
  const json = jsonKeywords.has(keyword) && jsonArray({ text: args, map: instruction.argsMap }).kind === 'not-strings';
  return json ? [{ code: 'json-not-strings', span: argsSpan }] : [];
}

const jsonKeywords: ReadonlySet<string> = new Set(['ADD', 'CMD', 'COPY', 'ENTRYPOINT', 'RUN', 'SHELL', 'VOLUME']);

function whole({ text, map }: MappedText): Span {
  return sourceSpan(map, { start: 0, end: text.length });
}
