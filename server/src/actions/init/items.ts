import type { Command } from '../../engine/dockerfile/command.ts';
import type { TextEdit } from '../../engine/text/span.ts';

/** An element of the new array of an exec form: one that stays as it is written, or a new word. */
export type Item = { readonly keep: number } | { readonly word: string };

/** All elements of a command as they are. */
export function itemsOf(command: Command): readonly Item[] {
  return command.words.map((_, keep) => ({ keep }));
}

/** The edits that make these the elements of the array. Elements that stay keep their layout. Kept ones must be in order. */
export function editItems(command: Command, items: readonly Item[]): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let words: string[] = [];
  let before = -1;
  for (const item of [...items, { keep: command.words.length }]) {
    if ('word' in item) {
      words.push(JSON.stringify(item.word));
      continue;
    }
    const edit = between(command, before, item.keep, words);
    if (edit !== undefined) edits.push(edit);
    words = [];
    before = item.keep;
  }
  return edits;
}

/** Puts words in the place of the elements between two that stay. */
function between({ wordSpans }: Command, before: number, after: number, words: readonly string[]): TextEdit | undefined {
  const [first, last] = [wordSpans[before + 1], wordSpans[after - 1]];
  const text = words.join(', ');
  if (after - before > 1 && words.length === 0) {
    // A comma goes with them: the one before, or behind the first of all.
    const next = wordSpans[after]?.start ?? last?.end;
    const span = before < 0 ? { start: first?.start, end: next } : { start: wordSpans[before]?.end, end: last?.end };
    return span.start === undefined || span.end === undefined ? undefined : { span: { start: span.start, end: span.end }, newText: '' };
  }
  if (after - before > 1) {
    return first === undefined || last === undefined ? undefined : { span: { start: first.start, end: last.end }, newText: text };
  }
  if (words.length === 0) return undefined;
  const next = wordSpans[after];
  if (next !== undefined) return { span: { start: next.start, end: next.start }, newText: `${text}, ` };
  const end = wordSpans[before]?.end;
  return end === undefined ? undefined : { span: { start: end, end }, newText: `, ${text}` };
}
