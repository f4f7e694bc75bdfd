/**
 * Fixtures: fenced code blocks of Markdown files, with what must be found written inside them. See README.md beside this file.
 */
import type { Severity } from '../../server/src/engine/core/finding.ts';

export type FixtureKind = 'yaml' | 'dockerfile';
export type Role = 'bad' | 'fixed' | 'good';

/** One finding that a block demands. Offsets are UTF-16 code units of the block's `text`. */
export interface Expectation {
  /** Line in the Markdown file, from one. */
  readonly at: number;
  readonly start: number;
  readonly end: number;
  readonly severity: Severity;
  /** The rule's id; the folder's own rule where the line names none. */
  readonly rule: string | undefined;
  /** Part of the English message. */
  readonly text: string | undefined;
}

export interface Flags {
  readonly crlf: boolean;
  readonly bom: boolean;
  readonly finalNewline: boolean;
  /** `no-fix`: the findings of this block offer no fix at all. */
  readonly noFix: boolean;
  /** `refused`, `refused="part of the reason"`: the fix must refuse. The string is empty where any reason will do. */
  readonly refused: string | undefined;
  /** The key of the fix a `fixed` or `refused` block speaks of; the first fix of each finding where it is missing. */
  readonly fix: string | undefined;
  /** The English title of that fix, whole. */
  readonly title: string | undefined;
  /** The name (or path) the file would have. */
  readonly file: string | undefined;
}

export interface Block {
  readonly kind: FixtureKind;
  readonly role: Role;
  readonly flags: Flags;
  /** Line of the fence in the Markdown file, from one. */
  readonly at: number;
  /** The nearest heading above. */
  readonly heading: string;
  /** What is linted: expectation lines removed, line ends and BOM as the flags say. */
  readonly text: string;
  readonly expected: readonly Expectation[];
  /** Did the block hold expectation lines? */
  readonly marked: boolean;
  /** The other files of its workspace, by path. */
  readonly beside: Files;
}

/** Texts of files by their paths. */
export type Files = Readonly<Record<string, string>>;

/** A `bad` block with the `fixed` blocks that follow it, or a `good` block alone. */
export interface Case {
  readonly block: Block;
  readonly fixed: readonly Block[];
}

/**
 * The executable blocks of a Markdown file, in order. Fences without one of the words `bad`, `fixed` and `good` are prose.
 * @throws Error, naming the line, where a fixture is not well formed.
 */
export function parseBlocks(markdown: string, path: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = markdown.split(/\r?\n/);
  let heading = '';
  let beside: Files = {};
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const title = /^#{1,6}\s+(.*)$/.exec(line);
    if (title !== null) {
      heading = title[1] ?? '';
      beside = {};
    }
    const fence = /^(\s*)(`{3,}|~{3,})\s*(.*)$/.exec(line);
    if (fence === null) continue;
    const [, indent = '', ticks = '', info = ''] = fence;
    const close = lines.findIndex((other, at) => at > index && other.trim().startsWith(ticks) && /^[`~]+$/.test(other.trim()));
    const end = close === -1 ? lines.length : close;
    const [language = '', ...words] = tokens(info);
    const role = words.find((word): word is Role => word === 'bad' || word === 'fixed' || word === 'good');
    const own = language === 'yaml' || language === 'dockerfile' ? language : undefined;
    const where = `${path}:${String(index + 1)}`;
    if (role !== undefined) {
      const above = role === 'fixed' ? blocks.findLast((block) => block.role === 'bad') : undefined;
      // What a fix makes of a file beside it may be in any language.
      const kind = above?.kind ?? own;
      if (kind === undefined) throw new Error(`${where}: an executable block must be "yaml" or "dockerfile", not "${language}"`);
      if (indent !== '') throw new Error(`${where}: an executable block must not be indented`);
      if (close === -1) throw new Error(`${where}: this block is never closed`);
      const named = parseFlags(words.filter((word) => word !== role), undefined, where);
      const isOther = named.file !== undefined && above?.beside[named.file] !== undefined;
      const flags = isOther ? named : parseFlags(words.filter((word) => word !== role), above?.flags, where);
      blocks.push({ kind, role, flags, at: index + 1, heading, beside, ...parseBody(lines.slice(index + 1, end), index + 2, flags, path) });
    } else if (words.includes('beside')) {
      const { file } = parseFlags(words.filter((word) => word !== 'beside'), undefined, where);
      if (file === undefined) throw new Error(`${where}: a "beside" block needs file=…`);
      beside = { ...beside, [file]: lines.slice(index + 1, end).map((each) => `${each}\n`).join('') };
    }
    index = end;
  }
  return blocks;
}

/** Blocks put together: each `fixed` belongs to the `bad` above it. */
export function parseCases(markdown: string, path: string): readonly Case[] {
  const cases: { block: Block; fixed: Block[] }[] = [];
  for (const block of parseBlocks(markdown, path)) {
    if (block.role !== 'fixed') {
      cases.push({ block, fixed: [] });
      continue;
    }
    const last = cases.at(-1);
    if (last?.block.role !== 'bad') throw new Error(`${path}:${String(block.at)}: a "fixed" block must follow a "bad" one`);
    last.fixed.push(block);
  }
  return cases;
}

function tokens(info: string): string[] {
  return info.match(/[^\s"]+="[^"]*"|\S+/g) ?? [];
}

function parseFlags(words: readonly string[], inherited: Flags | undefined, where: string): Flags {
  const values = new Map<string, string>();
  for (const word of words) {
    const [, name = '', quoted, bare] = /^([a-z-]+)(?:="(.*)"|=(\S+))?$/.exec(word) ?? [];
    const takesValue = quoted !== undefined || bare !== undefined;
    const known = ['crlf', 'bom', 'no-final-newline', 'no-fix'].includes(name)
      ? !takesValue
      : ['fix', 'title', 'file'].includes(name)
        ? takesValue
        : name === 'refused';
    if (!known) throw new Error(`${where}: unknown flag "${word}"`);
    values.set(name, quoted ?? bare ?? '');
  }
  return {
    crlf: values.has('crlf') || inherited?.crlf === true,
    bom: values.has('bom') || inherited?.bom === true,
    finalNewline: !values.has('no-final-newline') && inherited?.finalNewline !== false,
    noFix: values.has('no-fix'),
    refused: values.get('refused'),
    fix: values.get('fix'),
    title: values.get('title'),
    file: values.get('file') ?? inherited?.file,
  };
}

interface Mark extends Omit<Expectation, 'start' | 'end'> {
  readonly line: number;
  readonly from: number;
  /** Exclusive; counted on the line `lines` further down. `undefined`: at the end of that line. */
  readonly to: number | undefined;
  readonly lines: number;
}

function parseBody(
  body: readonly string[],
  firstLine: number,
  flags: Flags,
  path: string,
): Pick<Block, 'text' | 'expected' | 'marked'> {
  const kept: string[] = [];
  const marks: Mark[] = [];
  body.forEach((line, index) => {
    if (!/^\s*#~/.test(line)) {
      kept.push(line);
      return;
    }
    const mark = parseMark(line, kept.length - 1, firstLine + index);
    if (mark === undefined) throw new Error(`${path}:${String(firstLine + index)}: cannot read this expectation: ${line.trim()}`);
    if (kept.length === 0) throw new Error(`${path}:${String(firstLine + index)}: an expectation needs a line above it`);
    marks.push(mark);
  });
  const eol = flags.crlf ? '\r\n' : '\n';
  const lineStart = (line: number): number =>
    kept.slice(0, line).reduce((sum, other) => sum + other.length + eol.length, flags.bom ? 1 : 0);
  const expected = marks.map((mark) => {
    const last = mark.line + mark.lines;
    const end = lineStart(last) + (mark.to ?? (kept[last] ?? '').length);
    return { at: mark.at, start: lineStart(mark.line) + mark.from, end, severity: mark.severity, rule: mark.rule, text: mark.text };
  });
  const text = (flags.bom ? '\ufeff' : '') + kept.join(eol) + (flags.finalNewline && kept.length > 0 ? eol : '');
  return { text, expected: expected.sort((a, b) => a.start - b.start || a.end - b.end), marked: marks.length > 0 };
}

/** `#~   ^^^^ severity rule-id: part of the message`; `#~|` counts the columns from behind the bar. */
function parseMark(line: string, above: number, at: number): Mark | undefined {
  const bar = line.indexOf('#~|');
  const ruler = bar === -1 ? line.replace('#~', '  ') : line.slice(bar + 3);
  const match =
    /^\s*(\^+)(?:>(\d+)(?::(\d+))?)?\s+(error|warning|information|hint)(?:\s+([a-z]+\/[a-z0-9-]+))?(?::\s*(.*?))?\s*$/.exec(ruler);
  if (match === null) return undefined;
  const [, carets = '', lines, column, severity, rule, text] = match;
  const from = ruler.indexOf('^');
  const to = lines === undefined ? from + carets.length : column === undefined ? undefined : Number(column);
  return { at, line: above, from, to, lines: Number(lines ?? 0), severity: severity as Severity, rule, text };
}
