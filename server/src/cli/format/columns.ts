import { printable } from '../io.ts';

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const zeroWidth = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Columns of a terminal that a text takes: East Asian wide characters and emoji two, combining marks none. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** One source line as a terminal shows it, and where each of its UTF-16 code units stands. */
export interface Shown {
  readonly text: string;
  /** Column of the code unit at an offset of the line; the last entry is the width. */
  readonly columns: readonly number[];
}

const tabStop = 4;
/** Each of these characters is what it is and takes one column: nearly every line. */
const ascii = /^[ -~]*$/;

/** Expands tabs and makes control characters visible, so that carets can stand under what they mean. */
export function showLine(line: string): Shown {
  if (ascii.test(line)) return { text: line, columns: Array.from({ length: line.length + 1 }, (_, at) => at) };
  const columns: number[] = [];
  let text = '';
  let at = 0;
  for (const character of line) {
    const shown = character === '\t' ? ' '.repeat(tabStop - (at % tabStop)) : character === '\ufeff' ? '' : printable(character);
    columns.push(...Array.from({ length: character.length }, () => at));
    text += shown;
    at += widthOf(shown);
  }
  columns.push(at);
  return { text, columns };
}

/** The columns `from` to `to` of a text; a wide character cut in two becomes a blank. */
export function sliceColumns(text: string, from: number, to: number): string {
  if (ascii.test(text)) return text.slice(from, to);
  let result = '';
  let at = 0;
  for (const character of text) {
    const width = characterWidth(character);
    if (at >= from && at + width <= to) result += character;
    else if (at < to && at + width > from) result += ' '.repeat(Math.min(at + width, to) - Math.max(at, from));
    at += width;
  }
  return result;
}

function characterWidth(character: string): number {
  const code = character.charCodeAt(0);
  if (code < 0x300) return code === 0xad ? 0 : 1;
  if (zeroWidth.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
