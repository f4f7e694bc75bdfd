/**
 * A second reader of Dockerfiles, to compare the view with: it knows nothing but lines, as BuildKit's own scanner
 * (parser.go, version 0.26.3), and shares with the view only the question which here-documents a line announces.
 */
import { heredocsIn } from '../../server/src/engine/dockerfile/heredoc.ts';

export interface Scanned {
  readonly instructions: readonly ScannedInstruction[];
  /** Where the comments begin, the directives left out. */
  readonly comments: readonly number[];
}

export interface ScannedInstruction {
  /** Upper case. */
  readonly keyword: string;
  readonly start: number;
  /** Here-documents included. */
  readonly end: number;
  /** Its lines as one, without white space around it. */
  readonly joined: string;
}

interface Line {
  readonly start: number;
  readonly text: string;
}

/** White space as Go sees it. */
const leading = /^[\t\v\f\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]*/;
const trailing = /[\t\v\f\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]*$/;
const trim = (text: string): string => text.replace(leading, '').replace(trailing, '');
const directive = /^#\s*(syntax|escape|check)\s*=\s*(\S.*)$/i;

export function scan(text: string): Scanned {
  const lines = linesOf(text);
  const instructions: ScannedInstruction[] = [];
  const comments: number[] = [];
  let escape = '\\';
  const seen = new Set<string>();
  let index = 0;
  for (let match; (match = directive.exec(trim(lines[index]?.text ?? ''))) !== null; index += 1) {
    const [, name = '', value = ''] = match;
    if (name.toLowerCase() === 'escape' && !seen.has('escape') && /^[\\`]$/.test(value)) escape = value;
    seen.add(name.toLowerCase());
  }
  const continued = escape === '`' ? /^(|.*[^`])`[ \t]*$/s : /^(|.*[^\\])\\[ \t]*$/s;
  while (index < lines.length) {
    let joined = '';
    let start = -1;
    let end = -1;
    for (let open = true, first = true; open && index < lines.length; index += 1, first = false) {
      const line = lines[index] ?? { start: 0, text: '' };
      const indent = leading.exec(line.text)?.[0].length ?? 0;
      const content = line.text.slice(indent);
      if (content.startsWith('#')) comments.push(line.start + indent);
      if (content === '' || content.startsWith('#')) {
        if (first) open = false;
        continue;
      }
      const part = continued.exec(first ? content : line.text)?.[1];
      const added = part ?? (first ? content : line.text);
      if (start < 0 && trim(added) !== '') start = line.start + indent;
      if (start >= 0) end = line.start + line.text.length;
      joined += added;
      open = part !== undefined;
    }
    if (start < 0) continue;
    joined = trim(joined);
    const keyword = (/^[^\t\v\f\r ]+/.exec(joined)?.[0] ?? '').toUpperCase();
    for (const { name, chomp } of announced(joined)) {
      const found = lines.findIndex((line, at) => at >= index && (chomp ? line.text.replace(/^\t+/, '') : line.text) === name);
      if (found < 0) break;
      index = found + 1;
      end = (lines[found]?.start ?? 0) + (lines[found]?.text.length ?? 0);
    }
    instructions.push({ keyword, start, end, joined });
  }
  return { instructions, comments };
}

/** Only a line feed ends a line; carriage returns before it belong to it. A byte order mark is no part of the text. */
function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (let start = text.startsWith('\uFEFF') ? 1 : 0; start < text.length; ) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    lines.push({ start, text: text.slice(start, end).replace(/\r+$/, '') });
    start = end + 1;
  }
  return lines;
}

function announced(line: string): ReturnType<typeof heredocsIn> {
  const match = /^(?:ONBUILD[\t\v\f\r ]+)?(?:RUN|COPY|ADD)[\t\v\f\r ]+(?:--\S+\s+)*(.*)$/is.exec(line);
  return match === null || isJsonArray(match[1] ?? '') ? [] : heredocsIn(match[1] ?? '');
}

function isJsonArray(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}
