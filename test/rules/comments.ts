import { Lexer } from 'yaml';
import type { Span } from '../../server/src/engine/text/span.ts';
import type { FixtureKind } from './fixture.ts';

export interface Comment {
  readonly span: Span;
  readonly text: string;
}

/** The comments of a text, found without the engine's own readers. */
export function commentsOf(kind: FixtureKind, text: string): readonly Comment[] {
  return kind === 'yaml' ? yamlComments(text) : lineComments(text);
}

function yamlComments(text: string): readonly Comment[] {
  const comments: Comment[] = [];
  let at = 0;
  let scalar = false;
  for (const token of new Lexer().lex(text)) {
    // Control tokens of the lexer: document start, flow error, "a scalar follows". They stand for no text.
    if (token === '\u0002' || token === '\u0018' || token === '\u001f') {
      scalar = token === '\u001f';
      continue;
    }
    if (!scalar && token.startsWith('#')) comments.push({ span: { start: at, end: at + token.length }, text: token.trimEnd() });
    scalar = false;
    at += token.length;
  }
  return comments;
}

/** In a Dockerfile, lines whose first character is `#`; those of heredocs too, which a fix must keep just as well. */
function lineComments(text: string): readonly Comment[] {
  return [...text.matchAll(/^[ \t\ufeff]*(#.*)$/gm)].map((match) => {
    const comment = (match[1] ?? '').trimEnd();
    const start = match.index + match[0].indexOf('#');
    return { span: { start, end: start + comment.length }, text: comment };
  });
}
