// The only place where the engine's offsets and severities meet the protocol's.
import { DiagnosticSeverity } from 'vscode-languageserver';
import type { Position, Range } from 'vscode-languageserver';
import type { Severity } from '../engine/core/finding.ts';
import type { SourceText } from '../engine/text/source.ts';
import type { Span } from '../engine/text/span.ts';

/** The unit in which `Position.character` counts. */
export type Encoding = 'utf-16' | 'utf-8' | 'utf-32';

/** UTF-16 wherever the client offers it or offers nothing: it is what the engine counts in. */
export function chooseEncoding(offered: readonly string[] | undefined): Encoding {
  if (offered === undefined || offered.includes('utf-16')) return 'utf-16';
  return offered.find((encoding) => encoding === 'utf-8' || encoding === 'utf-32') ?? 'utf-16';
}

/** How many units of `encoding` stand before the UTF-16 offset `units` of `line`. */
export function toCharacter(line: string, units: number, encoding: Encoding): number {
  if (encoding === 'utf-16') return units;
  let count = 0;
  for (let at = 0; at < units && at < line.length; ) {
    const code = line.codePointAt(at) ?? 0;
    count += encoding === 'utf-32' ? 1 : bytes(code);
    at += code > 0xffff ? 2 : 1;
  }
  return count;
}

/**
 * The UTF-16 offset in `line` of a position given in `encoding`. A position past the line is its end;
 * one inside a character is that character's beginning.
 */
export function toUnits(line: string, character: number, encoding: Encoding): number {
  if (encoding === 'utf-16') return Math.min(Math.max(0, character), line.length);
  let at = 0;
  let count = 0;
  while (at < line.length) {
    const code = line.codePointAt(at) ?? 0;
    count += encoding === 'utf-32' ? 1 : bytes(code);
    if (count > character) break;
    at += code > 0xffff ? 2 : 1;
  }
  return at;
}

/** The protocol's position of a UTF-16 offset. */
export function toPosition(source: SourceText, offset: number, encoding: Encoding): Position {
  const position = source.positionAt(offset);
  if (encoding === 'utf-16') return position;
  return { line: position.line, character: toCharacter(source.slice(source.line(position.line)), position.character, encoding) };
}

/** The UTF-16 offset of a protocol position; places outside the text count as its nearest end. */
export function toOffset(source: SourceText, position: Position, encoding: Encoding): number {
  if (encoding === 'utf-16') return source.offsetAt(position);
  const line = source.line(Math.max(0, position.line));
  return line.start + toUnits(source.slice(line), position.character, encoding);
}

export function toRange(source: SourceText, span: Span, encoding: Encoding): Range {
  return { start: toPosition(source, span.start, encoding), end: toPosition(source, span.end, encoding) };
}

/** The span of a range; a range written backwards is read forwards. */
export function toSpan(source: SourceText, range: Range, encoding: Encoding): Span {
  const start = toOffset(source, range.start, encoding);
  const end = toOffset(source, range.end, encoding);
  return { start: Math.min(start, end), end: Math.max(start, end) };
}

export function toSeverity(severity: Severity): DiagnosticSeverity {
  switch (severity) {
    case 'error':
      return DiagnosticSeverity.Error;
    case 'warning':
      return DiagnosticSeverity.Warning;
    case 'information':
      return DiagnosticSeverity.Information;
    case 'hint':
      return DiagnosticSeverity.Hint;
  }
}

/** Bytes of a code point in UTF-8. A lone surrogate travels as U+FFFD, which takes three. */
function bytes(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
