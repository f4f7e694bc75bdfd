import { applyEdits, type Span, type TextEdit } from './span.ts';

/** A place for people: both numbers count from zero; `character` counts UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/**
 * A text and its lines. Lines end at LF, CRLF or a lone CR, as the Language Server Protocol counts them.
 * Offsets are UTF-16 code units. The line table is made at the first question about lines.
 */
export class SourceText {
  readonly text: string;
  #lineStarts: readonly number[] | undefined;
  /** Line feeds alone end its lines; known with the line table. */
  #isFeedOnly = false;

  constructor(text: string) {
    this.text = text;
  }

  get length(): number {
    return this.text.length;
  }

  get lineCount(): number {
    return this.#starts().length;
  }

  /** The line end this text uses most at its beginning; LF where it has none. */
  get eol(): '\n' | '\r\n' {
    const at = this.text.indexOf('\n');
    return at > 0 && this.text.charCodeAt(at - 1) === 13 ? '\r\n' : '\n';
  }

  slice(span: Span): string {
    return this.text.slice(span.start, span.end);
  }

  /** The line (from zero) that holds `offset`. Offsets outside the text count as its nearest end. */
  lineAt(offset: number): number {
    const starts = this.#starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The span of a line without its line end. Lines outside the text are empty at its end. */
  line(line: number): Span {
    const starts = this.#starts();
    const start = starts[line] ?? this.text.length;
    let end = starts[line + 1] ?? this.text.length;
    if (end > start && this.text.charCodeAt(end - 1) === 10) end -= 1;
    if (end > start && this.text.charCodeAt(end - 1) === 13) end -= 1;
    return { start, end };
  }

  /** Offset of the first character of `line`; the length of the text for a line past the end. */
  lineStart(line: number): number {
    return this.#starts()[line] ?? this.text.length;
  }

  positionAt(offset: number): Position {
    const inside = Math.max(0, Math.min(offset, this.text.length));
    const line = this.lineAt(inside);
    return { line, character: inside - this.lineStart(line) };
  }

  /** The offset of a position; a character past the end of its line counts as that end. */
  offsetAt(position: Position): number {
    if (position.line < 0) return 0;
    const { start, end } = this.line(position.line);
    return Math.min(start + Math.max(0, position.character), end);
  }

  /** The text after edits, as `applyEdits` makes it. Where the lines are counted, only those that the edits touch are counted anew. */
  edited(edits: readonly TextEdit[]): SourceText {
    const made = new SourceText(applyEdits(this.text, edits));
    const starts = this.#lineStarts;
    if (starts === undefined || !this.#isFeedOnly || edits.length === 0 || edits.some(({ newText }) => newText.includes('\r'))) return made;
    const from = edits.reduce((first, { span }) => Math.min(first, span.start), this.length);
    const to = edits.reduce((last, { span }) => Math.max(last, span.end), 0);
    const delta = made.length - this.length;
    const before = this.lineAt(from) + 1;
    const behind = this.lineAt(to) + 1;
    const inside = lineStartsAtFeeds(made.text.slice(from, to + delta)).slice(1);
    // A loop takes a tenth of the time of spreads, and a text has tens of thousands of lines.
    const moved = starts.slice(0, before);
    for (const start of inside) moved.push(start + from);
    for (let line = behind; line < starts.length; line += 1) moved.push((starts[line] ?? 0) + delta);
    made.#lineStarts = moved;
    made.#isFeedOnly = true;
    return made;
  }

  #starts(): readonly number[] {
    if (this.#lineStarts !== undefined) return this.#lineStarts;
    this.#isFeedOnly = !this.text.includes('\r');
    this.#lineStarts = this.#isFeedOnly ? lineStartsAtFeeds(this.text) : lineStarts(this.text);
    return this.#lineStarts;
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}

/** Where only line feeds end lines, the engine's own search is several times as quick as looking at every character. */
function lineStartsAtFeeds(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
