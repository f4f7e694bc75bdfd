import { Lexer } from 'yaml';
import type { Span } from '../text/span.ts';

/** Why a document is not parsed at all: it would cost too much, or end the process. */
export type Excess = 'nesting' | 'tokens' | 'anchors';

export interface Lexed {
  /** The lexer's tokens, for the parser. */
  readonly tokens: readonly string[];
  /** Every comment from its `#` to its line end, in order. */
  readonly comments: readonly Span[];
}

export const limits = { nesting: 200, tokens: 100_000, anchors: 1_000 } as const;

const scalarFollows = '\u001f';
const documentBegins = '\u0002';
const flowBreaksOff = '\u0018';

/** A block collection that is open at some line: sequences may stand at the column of the map that holds them. */
interface Level {
  readonly column: number;
  readonly sequence: boolean;
}

/** After these a `:` belongs to a key that was counted already. */
const endsNode = /^(?:scalar|["'*\]}])/;

/**
 * The tokens of a document, or the reason why it must not be parsed.
 *
 * The `yaml` package descends one call per level: a few thousand levels end the whole process, also from a worker, and
 * no exception can be caught. Its lexer is a loop, so the depth can be counted here before anything descends. The count is
 * never lower than the true depth: every token that could begin a collection is counted at its column.
 */
export function lex(text: string): Lexed | Excess {
  const tokens: string[] = [];
  const comments: Span[] = [];
  const levels: Level[] = [];
  let flow = 0;
  let anchors = 0;
  let offset = 0;
  let lineStart = 0;
  let atScalar = false;
  let before = '';
  for (const token of new Lexer().lex(text)) {
    tokens.push(token);
    if (tokens.length > limits.tokens) return 'tokens';
    const kind: string = atScalar ? 'scalar' : (token[0] ?? '');
    atScalar = kind === scalarFollows;
    switch (kind) {
      case scalarFollows:
      case documentBegins:
        continue; // these two and the next have no place in the text
      case flowBreaksOff:
        flow = 0;
        continue;
      case '\n':
      case '\r':
        lineStart = offset + token.length;
        break;
      case '\ufeff':
        lineStart = 1;
        break;
      case ' ':
      case '\t':
        break;
      case '#':
        comments.push({ start: offset, end: offset + token.length });
        break;
      case '&':
        anchors += 1;
        if (anchors > limits.anchors) return 'anchors';
        break;
      case ']':
      case '}':
        flow = Math.max(0, flow - 1);
        break;
      default:
        if (flow === 0 && (kind !== ':' || !endsNode.test(before))) descend(levels, offset - lineStart, token === '-');
        if (kind === '[' || kind === '{') flow += 1;
        if (token.includes('\n')) lineStart = offset + token.lastIndexOf('\n') + 1;
    }
    if (levels.length + flow > limits.nesting) return 'nesting';
    if (kind !== ' ' && kind !== '\t') before = kind;
    offset += token.length;
  }
  return { tokens, comments };
}

function descend(levels: Level[], column: number, sequence: boolean): void {
  for (let top = levels.at(-1); top !== undefined; top = levels.at(-1)) {
    if (top.column < column || (top.column === column && (sequence || !top.sequence))) break;
    levels.pop();
  }
  const top = levels.at(-1);
  if (top === undefined || top.column < column || top.sequence !== sequence) levels.push({ column, sequence });
}
