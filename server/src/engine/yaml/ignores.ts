import { edits as outcomeOf, type FixOutcome, refused } from '../core/finding.ts';
import { ignoreComment, mayIgnore } from '../core/ignore-comment.ts';
import { message } from '../core/message.ts';
import type { Ignore } from '../core/suppress.ts';
import { addRule, ignoreLine, ignoreTexts } from '../core/write-ignore.ts';
import type { Span, TextEdit } from '../text/span.ts';
import type { YamlDocument } from './document.ts';
import { Field } from './field.ts';
import { columnOf, eolAt, leading, lineEnd, lineStart, nextLine, startsLine } from './lines.ts';
import { type Node, type Slot, slotsOf } from './node.ts';
import type { Tree } from './tree.ts';
import { isAsIntended } from './verify.ts';

/**
 * The ignore comments of a document and what each covers. Offsets are those of the document, so they can be kept with it.
 *
 * A comment covers the node that begins on the next line which holds neither comment nor nothing: the outermost entry
 * or item of that line with all that is in it, so that a comment above `- name: app` covers the container. Above the
 * first line of a document it covers the document.
 */
export function ignoresOf(document: YamlDocument): readonly Ignore[] {
  if (!mayIgnore(document.text)) return [];
  const { tree } = Field.placeOf(document.root);
  // Comments that follow each other stand above the same line, which is looked for once.
  let above = { start: -1, end: -1 };
  const contentBelow = (line: number): number => {
    if (line < above.start || line > above.end) above = { start: line, end: lineBelow(tree.text, line) };
    return above.end;
  };
  return document.comments.flatMap((span): readonly Ignore[] => {
    const comment = ignoreComment(document.text, trimmed(document.text, span));
    if (comment === undefined) return [];
    const isAlone = /^\ufeff?[ \t]*$/.test(leading(tree.text, span.start));
    const removal = removalOf(tree.text, comment.span, isAlone);
    if (comment.kind === 'file') return [{ ...comment, scope: undefined, misplaced: undefined, removal }];
    if (!isAlone) return [{ ...comment, scope: undefined, misplaced: 'behind', removal }];
    const scope = scopeBelow(tree, span.end, contentBelow);
    return [{ ...comment, scope, misplaced: scope === undefined ? 'nothing-below' : undefined, removal }];
  });
}

/** The action *Ignore here*: a comment above the line that `offset` belongs to, or one more rule in the comment there. */
export function ignoreHere(document: YamlDocument, offset: number, rule: string): FixOutcome {
  const { tree } = Field.placeOf(document.root);
  const { text, root } = tree;
  if (tree.problems.length > 0) return refused(message(ignoreTexts.broken));
  if (root === undefined) return refused(message(ignoreTexts.nowhere));
  const slot = lineHolder(tree, root, offset);
  const first = lineStart(text, slot?.start ?? root.start);
  const target = scopeBelow(tree, first);
  if (target === undefined || !/^ *$/.test(leading(text, slot?.start ?? first))) return refused(message(ignoreTexts.nowhere));
  const there = ignoresOf(document).find(({ scope }) => scope?.start === target.start && scope.end === target.end);
  if (there !== undefined) return outcomeOf(addRule(there, rule));
  const indent = ' '.repeat(slot === undefined ? 0 : columnOf(text, slot.start));
  return harmless(tree, { span: { start: first, end: first }, newText: indent + ignoreLine(rule, 'below') + eolAt(text, first) });
}

/** The action *Ignore in this file*, for the first document of a stream: a comment at its top, or one more rule in one that is there. */
export function ignoreInFile(document: YamlDocument, rule: string): FixOutcome {
  const { tree } = Field.placeOf(document.root);
  const there = ignoresOf(document).find(({ kind }) => kind === 'file');
  if (there !== undefined) return outcomeOf(addRule(there, rule));
  const start = lineStart(tree.text, 0);
  return outcomeOf([{ span: { start, end: start }, newText: ignoreLine(rule, 'file') + eolAt(tree.text, 0) }]);
}

function harmless(tree: Tree, edit: TextEdit): FixOutcome {
  const isSame = isAsIntended(tree, [edit], { at: undefined, change: (before) => before });
  return isSame ? outcomeOf([edit]) : refused(message(ignoreTexts.nowhere));
}

/** What begins on the first line at or behind `offset` that holds content. */
function scopeBelow({ text, root }: Tree, offset: number, contentBelow = (line: number) => lineBelow(text, line)): Span | undefined {
  if (root === undefined) return undefined;
  const line = contentBelow(offset === lineStart(text, offset) ? offset : nextLine(text, offset));
  if (line >= text.length) return undefined;
  const content = line + (/^[ \t]*/.exec(text.slice(line, lineEnd(text, line)))?.[0].length ?? 0);
  if (content <= root.start && lineStart(text, root.start) === line) return { start: 0, end: text.length };
  const slot = outermostAt(root, content);
  return slot === undefined ? undefined : { start: slot.start, end: slot.end };
}

/** The line at or behind `line` that holds more than a comment; the length of the text where none does. */
function lineBelow(text: string, line: number): number {
  let at = line;
  while (at < text.length && isTrivial(text.slice(at, lineEnd(text, at)))) at = nextLine(text, at);
  return at;
}

function isTrivial(line: string): boolean {
  return /^[ \t]*(?:#.*)?$/.test(line) || /^(?:---|%.*)[ \t]*(?:#.*)?$/.test(line);
}

/** The outermost entry or item that begins at `offset`. */
function outermostAt(root: Node, offset: number): Slot | undefined {
  for (let node = root; ; ) {
    const slot = slotAround(node, offset);
    if (slot === undefined || slot.start === offset) return slot;
    node = slot.value;
  }
}

/** The innermost entry or item around `offset` that has the head of its line for itself; flow collections hold none. */
function lineHolder({ text }: Tree, root: Node, offset: number): Slot | undefined {
  let found: Slot | undefined;
  let node: Node | undefined = root;
  while (node !== undefined && (node.kind === 'map' || node.kind === 'sequence') && node.style === 'block') {
    const slot: Slot | undefined = slotAround(node, offset);
    if (slot !== undefined && startsLine(text, slot.start)) found = slot;
    node = slot?.value;
  }
  return found;
}

function slotAround(node: Node, offset: number): Slot | undefined {
  return slotsOf(node).findLast(({ start, end }) => start <= offset && offset <= end);
}

function removalOf(text: string, { start, end }: Span, isAlone: boolean): Span {
  if (isAlone) return { start: lineStart(text, start), end: nextLine(text, end) };
  let from = start;
  while (text[from - 1] === ' ' || text[from - 1] === '\t') from -= 1;
  return { start: from, end };
}

/** Without the carriage return that some comments end with. */
function trimmed(text: string, { start, end }: Span): Span {
  return text.charCodeAt(end - 1) === 13 ? { start, end: end - 1 } : { start, end };
}
