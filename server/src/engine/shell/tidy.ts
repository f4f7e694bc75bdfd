import type { Assignment, Script, SimpleCommand } from './model.ts';

/** A word to be written before a command. */
export interface Insertion {
  readonly before: SimpleCommand;
  readonly insert: string;
  /** New texts for assignments. */
  readonly rewrite?: ReadonlyMap<Assignment, string>;
}

/**
 * The script's text as a person would write it: blanks that continuations left between words shrink to one. Line
 * breaks stay, because they mean something to the shell; so does every character inside a word and every here-document.
 * For scripts of simple commands only: it does not look for words elsewhere.
 */
export function tidy(script: Script, insertion?: Insertion): string {
  const commands = script.commands();
  const verbatim = commands.some((command) => command.redirects.some((each) => /^<<-?$/.test(each.operator)));
  const tokens = commands
    .flatMap((command) => [...command.assignments, ...command.words, ...command.redirects])
    .sort((a, b) => a.local.start - b.local.start);
  let result = '';
  let at = 0;
  const rewritten = new Map([...(insertion?.rewrite ?? [])].map(([assignment, newText]) => [assignment.local.start, newText]));
  for (const { local } of tokens) {
    const gap = script.text.slice(at, local.start);
    result += verbatim ? gap : gap.replace(/[ \t]+/g, ' ');
    if (local.start === insertion?.before.local.start) result += insertion.insert;
    result += rewritten.get(local.start) ?? script.text.slice(local.start, local.end);
    at = local.end;
  }
  return (result + script.text.slice(at)).trim();
}
