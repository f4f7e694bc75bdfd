import { padEnd, widthOf } from './format/columns.ts';
import type { Style } from './format/style.ts';
import type { Say } from './io.ts';
import { texts } from './texts.ts';

export interface MarkdownOptions {
  readonly style: Style;
  readonly say: Say;
  readonly columns: number;
}

const labels: Readonly<Record<string, (typeof texts)[keyof typeof texts]>> = {
  bad: texts.badExample,
  fixed: texts.fixedExample,
  good: texts.goodExample,
};

/**
 * A rule page for a terminal: the Markdown that rule pages use (headings, paragraphs, lists, tables, fences, emphasis,
 * code, links), refilled to the terminal's width. Code is left as it is.
 */
export function renderMarkdown(markdown: string, options: MarkdownOptions): string {
  const lines = markdown.split(/\r?\n/);
  const out: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    const fence = /^(`{3,})\s*(\S*)\s*(\S*)/.exec(line);
    if (fence !== null) {
      const end = lines.findIndex((other, index) => index > at && other.startsWith(fence[1] ?? '```'));
      const stop = end === -1 ? lines.length : end;
      out.push(...codeBlock(lines.slice(at + 1, stop), fence[3] ?? '', options), '');
      at = stop + 1;
      continue;
    }
    const block = [line];
    while (continues(block, lines[at + block.length])) block.push(lines[at + block.length] ?? '');
    at += block.length;
    if (line.trim() === '') {
      if (out.length > 0 && out.at(-1) !== '') out.push('');
    } else out.push(...textBlock(block, options));
  }
  return `${out.join('\n').trimEnd()}\n`;
}

function continues(block: readonly string[], next: string | undefined): boolean {
  const [first = ''] = block;
  if (next === undefined || next.trim() === '' || first.trim() === '') return false;
  if (first.startsWith('|')) return next.startsWith('|');
  return !first.startsWith('#') && !/^(?:#|`{3}|\||\s*(?:[-*]|\d+\.)\s)/.test(next);
}

function codeBlock(code: readonly string[], word: string, { style, say }: MarkdownOptions): readonly string[] {
  const label = labels[word];
  const head = label === undefined ? [] : [style.dim(`    # --- ${say(label)} ---`)];
  return [...head, ...code.map((line) => (line === '' ? '' : `    ${line}`))];
}

function textBlock(block: readonly string[], options: MarkdownOptions): readonly string[] {
  const [first = ''] = block;
  const { style, columns } = options;
  const heading = /^#+\s+(.*)$/.exec(first);
  if (heading !== null) return [style.bold(heading[1] ?? '')];
  if (first.startsWith('|')) return table(block, options);
  const [, mark = ''] = /^(\s*(?:[-*]|\d+\.)\s+)/.exec(first) ?? [];
  const text = joinLines([first.slice(mark.length), ...block.slice(1)].map((line) => line.trim()));
  const bullet = mark.replace('*', '-');
  const body = fill(text, Math.max(20, columns - bullet.length));
  return body.map((line, index) => (index === 0 ? bullet : ' '.repeat(bullet.length)) + inline(line, style));
}

/** Lines put together again; between two Chinese characters no blank belongs. */
function joinLines(lines: readonly string[]): string {
  return lines.reduce((text, line) => {
    const glue = /[\p{Script=Han}，。；：、）」”]$/u.test(text) && /^[\p{Script=Han}（「“，。]/u.test(line) ? '' : ' ';
    return text + glue + line;
  });
}

/** Breaks a text into lines of at most `width` columns: at blanks, and between Chinese characters. */
function fill(text: string, width: number): readonly string[] {
  const pieces = text.match(/`[^`]*`[，。；：、！？）]*|\[[^\]]*\]\([^)]*\)\S*|[\p{Script=Han}“（][，。；：、！？）”]*|[^\s\p{Script=Han}`[“（]+|\s+|./gu) ?? [];
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    if (line !== '' && piece.trim() !== '' && widthOf(plain(line + piece)) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    if (line !== '' || piece.trim() !== '') line += piece;
  }
  return [...lines, line.trimEnd()];
}

function table(rows: readonly string[], { style }: MarkdownOptions): readonly string[] {
  const cells = rows
    .filter((row) => !/^\|[\s:|-]+\|\s*$/.test(row))
    .map((row) => row.replace(/^\||\|\s*$/g, '').split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|')));
  const count = Math.max(...cells.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) => Math.max(...cells.map((row) => widthOf(plain(row[column] ?? '')))));
  return cells.map((row, index) => {
    const line = row.map((cell, column) => inline(cell, style) + padEnd(plain(cell), widths[column] ?? 0).slice(plain(cell).length));
    return index === 0 ? style.bold(line.join('  ').trimEnd()) : line.join('  ').trimEnd();
  });
}

function plain(text: string): string {
  return unmark(text, (code) => `\`${code}\``, (words) => words);
}

function inline(text: string, style: Style): string {
  return unmark(text, (code) => style.code(`\`${code}\``), style.bold);
}

/** Emphasis loses its stars, a link shows its address; code keeps its ticks, which still read well without colours. */
function unmark(text: string, code: (text: string) => string, strong: (text: string) => string): string {
  return text.replace(
    /`([^`]+)`|\[([^\]]+)\]\(([^)]+)\)|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*/g,
    (_, ticked?: string, label?: string, address?: string, bold?: string, italic?: string) => {
      if (ticked !== undefined) return code(ticked);
      if (label !== undefined) return `${label} <${address ?? ''}>`;
      return bold === undefined ? (italic ?? '') : strong(bold);
    },
  );
}
