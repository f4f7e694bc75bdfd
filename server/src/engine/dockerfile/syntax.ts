import { DockerfileParser } from 'dockerfile-ast';
import { Util } from 'dockerfile-ast/lib/util.js';
import { recently } from '../text/recent.ts';
import { SourceText, type Position } from '../text/source.ts';
import type { Span } from '../text/span.ts';
import type { Escape } from './model.ts';

/**
 * The one door to `dockerfile-ast` (0.7.1). The library says where instructions, comments and directives stand. What an
 * instruction holds is read from the text itself, for the library's arguments have lost their escapes.
 *
 * Where the library and the builder (BuildKit 0.26) differ, one of the functions marked "Gap" hides from it what it
 * would misread. Hidden text keeps its length, so every offset holds.
 */

/** Where things stand: spans of the whole text, in order. */
export interface Structure {
  /** From the keyword to the end of the last line, or of the text where nothing follows a continuation. */
  readonly instructions: readonly Span[];
  /** From `#` to the end of the line; those between the lines of an instruction too. */
  readonly comments: readonly Span[];
}

// Gap: it asks Node's Buffer whether a text begins with a byte order mark, and a browser has no Buffer. No text it is
// given here begins with one.
Util.isUTF8BOM = () => false;

/**
 * The instructions and comments of a text of whole lines, which begins below the directives and where no instruction is
 * open, and holds no body of a here-document. Undefined where the library fails.
 */
export function structureOf(text: string, escape: Escape): Structure | undefined {
  // The directives were read one by one; an empty line ends them, so that none is found a second time.
  const head = `#escape=${escape}\n\n`;
  const part = gaps.reduce((shown, hide) => hide(shown, escape), text);
  const hidden: Span[] = [];
  const shown = head + hideComments(part, escape, (comment) => hidden.push(comment));
  const source = new SourceText(shown);
  const offset = (position: Position): number => source.offsetAt(position) - head.length;
  const spanOf = (node: Ranged): Span => {
    const range = node.getRange();
    return { start: offset(range.start), end: offset(range.end) };
  };
  return attempt(() => {
    const file = DockerfileParser.parse(shown);
    const comments = file.getComments().map(spanOf);
    const all = hidden.length === 0 ? comments : [...comments, ...hidden].sort((a, b) => a.start - b.start);
    return { instructions: file.getInstructions().map(spanOf), comments: all };
  });
}

/**
 * Reads a line as a directive of whatever name; `valueStart` is an offset in the line. Line by line, because in a row of
 * directives the library stops behind one that has white space in or behind its value.
 */
export function nameAndValue(line: string): DirectiveLine | undefined {
  return directiveOf(line).found;
}

interface DirectiveLine {
  readonly name: string;
  readonly valueStart: number;
}

/** The heads of some files: after most keystrokes, the head is what it was. */
const directiveOf = recently(10_000, (line) => ({ found: readDirective(line) }));

function readDirective(line: string): DirectiveLine | undefined {
  const found = attempt(() => DockerfileParser.parse(hideWhiteSpace(line)).getDirectives()[0]);
  if (found === undefined) return undefined;
  const name = found.getName();
  const valueStart = found.getValueRange().start.character;
  // Gap: it reads `# escape this=x` as a directive named `escape`, and `# escape=` as one with an empty value.
  const equals = line.slice(found.getNameRange().end.character, valueStart).trim() === '=';
  return equals && line.slice(valueStart).trim() !== '' ? { name, valueStart } : undefined;
}

interface Ranged {
  getRange(): { readonly start: Position; readonly end: Position };
}

/** The library is not known to throw; this is so that no editor learns when it does. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const filler = '_';
const blanks = (hidden: string): string => ' '.repeat(hidden.length);

function perEscape(make: (escape: string) => string): Readonly<Record<Escape, RegExp>> {
  return { '\\': new RegExp(make('\\\\'), 'g'), '`': new RegExp(make('`'), 'g') };
}

const noContinuation = perEscape((escape) => `${escape}(?![ \\t]*\\r*(?:\\n|$))|(?<=${escape})${escape}`);
const emptyContinuation = perEscape((escape) => `(?<=^|\\n)[ \\t]*${escape}(?=[ \\t]*\\r?(?:\\n|$))`);
const endOfCutWord = perEscape((escape) => `(?<=[^ \\t\\r\\n])[^ \\t\\r\\n](?=${escape}[ \\t]*\\r?\\n)`);

/** White space beyond ASCII with what follows it, where only white space stands before it in its line. */
const wide = '\\u0085\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000';
const wideIndentation = new RegExp(`[${wide}](?<=(?:^|\\n)[\\t ]*[${wide}])[\\t ${wide}]*`, 'g');

/**
 * Gap: it joins lines at `\\`, and overlooks a continuation right behind another escape. To the builder, a line goes on
 * where it ends in one escape character that stands alone. The others are hidden.
 */
function hideEscapes(text: string, escape: Escape): string {
  return text.replace(noContinuation[escape], filler);
}

/** Gap: a lone carriage return ends a line for it, and nothing but blank and tab indents one. */
function hideWhiteSpace(text: string): string {
  return text.replace(/\r(?!\n)|[\v\f]/g, ' ').replace(wideIndentation, blanks);
}

/** Gap: it takes a line of nothing but the escape character for an instruction. Such a line adds nothing: it is shown empty. */
function hideEmptyContinuations(text: string, escape: Escape): string {
  return text.replace(emptyContinuation[escape], blanks);
}

/**
 * Gap: where a continuation cuts the keyword or touches it, comments behind it become part of the keyword. It is shown
 * with a blank between them, but for a keyword of one letter so far: see {@link hideComments}.
 */
function hideCutKeywords(text: string, escape: Escape): string {
  return text.replace(endOfCutWord[escape], ' ');
}

/**
 * Gap: it does not see the here-documents `<< EOF` and `3<<EOF`, sees one in `"<<EOF"` and in `$((1 <<2))`, and reads to
 * the end of the file where one never ends. Which there are is found out elsewhere; it is shown none.
 */
function hideHeredocs(text: string): string {
  return text.replaceAll('<', filler);
}

/**
 * Gap: it goes through all stages for each comment, which takes seconds in a file of many stages, and takes arguments
 * apart in search of here-documents and JSON, which takes most of its time. Neither answer is needed: it does both for
 * these keywords only.
 */
function hideKeywords(text: string): string {
  return text.replace(/\b(?:FROM|ADD|ARG|CMD|COPY|ENTRYPOINT|ONBUILD|RUN|SHELL|VOLUME)\b/gi, (keyword) => filler.repeat(keyword.length));
}

/** In this order: what a continuation is has to be settled before white space is made plain. */
const gaps: readonly ((text: string, escape: Escape) => string)[] = [
  hideEscapes, hideWhiteSpace, hideEmptyContinuations, hideCutKeywords, hideHeredocs, hideKeywords,
];

/** A line of one letter, continued, and the comments and empty lines below it. */
const cutAtOnce = perEscape((escape) => `(?<![^\\n])([ \\t]*[^ \\t\\r\\n]${escape}[ \\t]*\\r?\\n)((?:[ \\t\\r]*(?:#[^\\n]*)?(?:\\n|$))+)`);

/**
 * Gap: comments below the first letter of a keyword become part of the keyword. They are shown empty and told to
 * `report`; behind a continuation, whatever begins with `#` is a comment.
 */
function hideComments(text: string, escape: Escape, report: (comment: Span) => void): string {
  return text.replace(cutAtOnce[escape], (_, above: string, below: string, index: number) =>
    above + below.replace(/#[^\r\n]*/g, (comment, at: number) => {
      const start = index + above.length + at;
      report({ start, end: start + comment.length });
      return blanks(comment);
    }));
}
