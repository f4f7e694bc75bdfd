import { edits as outcomeOf, type FixOutcome, refused } from '../core/finding.ts';
import { ignoreComment, mayIgnore } from '../core/ignore-comment.ts';
import { message } from '../core/message.ts';
import type { Ignore } from '../core/suppress.ts';
import { addRule, ignoreLine, ignoreTexts } from '../core/write-ignore.ts';
import type { Span } from '../text/span.ts';
import { insertBefore } from './edit.ts';
import type { Dockerfile, Instruction } from './model.ts';

/**
 * The ignore comments of a Dockerfile. One covers the instruction that begins on the next line which holds neither
 * comment nor nothing, with its continuations and here-documents. Inside an instruction none counts: the next line
 * there begins nothing that could be named.
 */
export function ignoresOf(file: Dockerfile): readonly Ignore[] {
  const { text } = file.source;
  if (!mayIgnore(text)) return [];
  return file.comments.flatMap(({ span, inside }): readonly Ignore[] => {
    const comment = ignoreComment(text, span);
    if (comment === undefined) return [];
    const removal = removalOf(file, span);
    if (comment.kind === 'file') return [{ ...comment, scope: undefined, misplaced: undefined, removal }];
    if (inside) return [{ ...comment, scope: undefined, misplaced: 'behind', removal }];
    const scope = file.instructions.find((each) => each.span.start > span.end)?.span;
    return [{ ...comment, scope, misplaced: scope === undefined ? 'nothing-below' : undefined, removal }];
  });
}

/** The action *Ignore here*: a comment above the instruction that `offset` stands in, or one more rule in the comment there. */
export function ignoreHere(file: Dockerfile, offset: number, rule: string): FixOutcome {
  const instruction = instructionAt(file, offset);
  if (instruction === undefined) return refused(message(ignoreTexts.nowhere));
  const there = ignoresOf(file).find(({ scope }) => scope?.start === instruction.span.start);
  if (there !== undefined) return outcomeOf(addRule(there, rule));
  return outcomeOf([insertBefore(instruction, [ignoreLine(rule, 'below')], { belowComments: true })]);
}

/** The action *Ignore in this file*: a comment below `# syntax=` and its like, which count only at the very top. */
export function ignoreInFile(file: Dockerfile, rule: string): FixOutcome {
  const { source, directives } = file;
  const there = ignoresOf(file).find(({ kind }) => kind === 'file');
  if (there !== undefined) return outcomeOf(addRule(there, rule));
  const last = directives.at(-1);
  const line = ignoreLine(rule, 'file');
  if (last === undefined) {
    const start = source.text.startsWith('\ufeff') ? 1 : 0;
    return outcomeOf([{ span: { start, end: start }, newText: line + source.eol }]);
  }
  const { end } = source.line(source.lineAt(last.span.start));
  return outcomeOf([{ span: { start: end, end }, newText: source.eol + line }]);
}

function instructionAt({ instructions }: Dockerfile, offset: number): Instruction | undefined {
  return instructions.findLast(({ span }) => span.start <= offset) ?? instructions[0];
}

function removalOf({ source }: Dockerfile, { start, end }: Span): Span {
  const next = source.text.indexOf('\n', end);
  const first = source.lineStart(source.lineAt(start));
  return { start: first === 0 && source.text.startsWith('\ufeff') ? 1 : first, end: next < 0 ? source.length : next + 1 };
}
