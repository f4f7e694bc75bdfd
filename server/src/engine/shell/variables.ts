import { sourceSpan } from '../text/offset-map.ts';
import type { Span } from '../text/span.ts';
import type { Script, Word } from './model.ts';

/** A variable that a script reads. */
export interface VariableUse {
  readonly name: string;
  readonly span: Span;
}

/**
 * The variables that a script takes from its environment, in order: those it sets itself are left out, and those it is
 * prepared to find empty (`${X:-8080}`, `[ -n "$X" ]`). Nothing, where it reads another file that may set any.
 */
export function variablesRead(script: Script): readonly VariableUse[] {
  const commands = script.commands();
  if (commands.some(({ name }) => name?.value === '.' || name?.value === 'source' || name?.value === 'eval')) return [];
  const words = commands.flatMap((command) => [
    ...command.words, ...command.assignments.flatMap(({ value }) => (value === undefined ? [] : [value])), ...command.redirects.flatMap(({ target }) => (target === undefined ? [] : [target])),
  ]);
  const uses = words.filter(({ hasExpansion }) => hasExpansion).flatMap((word) => usesIn(word, script));
  return uses.filter(({ name }) => !isSet(script, name) && !isOptional(script, name)).sort((a, b) => a.span.start - b.span.start);
}

function usesIn({ text, local }: Word, { map }: Script): readonly VariableUse[] {
  const uses: VariableUse[] = [];
  let inDouble = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === '"') inDouble = !inDouble;
    else if (char === "'" && !inDouble) {
      const end = text.indexOf("'", at + 1);
      if (end < 0) break;
      at = end;
    } else if (char === '$') {
      const [whole = '', braced, plain] = /^\$(?:\{(\w+)\}|([A-Za-z_]\w*))/.exec(text.slice(at, at + 200)) ?? [];
      const name = braced ?? plain;
      if (name !== undefined) uses.push({ name, span: sourceSpan(map, { start: local.start + at, end: local.start + at + whole.length }) });
    }
  }
  return uses;
}

/** By an assignment, a loop or `read`, anywhere in the script. */
function isSet({ text }: Script, name: string): boolean {
  return new RegExp(`(?:^|[\\s;&|({])${name}=|\\bfor\\s+${name}\\b|\\bread\\s[^;|&\\n]*\\b${name}\\b|\\$\\{${name}:?=`).test(text);
}

function isOptional({ text }: Script, name: string): boolean {
  return new RegExp(`\\$\\{${name}:?[-+?]|-[nz]\\s+"?\\$\\{?${name}\\b`).test(text);
}
