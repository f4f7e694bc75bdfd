import { argvOf } from '../shell/argv.ts';
import type { Script, SimpleCommand, Word } from '../shell/model.ts';
import { parseScript } from '../shell/script.ts';
import { endsOf } from '../shell/script-end.ts';
import { variablesRead } from '../shell/variables.ts';

/** What an entrypoint script tells about the signals that reach its program. */
export interface ScriptFacts {
  /** Behind `#!`; undefined where there is none. */
  readonly interpreter: string | undefined;
  /**
   * How its last command hands the process over: `arguments` for `exec "$@"`, `program` for `exec` of something else;
   * undefined where the shell stays.
   */
  readonly handsOver: 'arguments' | 'program' | undefined;
  /** The commands that it may end in while its shell stays and waits for them. */
  readonly ends: readonly ScriptEnd[];
  /** The programs that its commands call, as written; undefined among them for one that a variable names. */
  readonly calls: readonly (string | undefined)[];
  /** Runs commands of its own before it ends: more than `set` and the like. */
  readonly setsUp: boolean;
  /** The variables that it takes from its environment and may not find empty, each where it is read first. None of a script that reads others. */
  readonly reads: readonly ScriptRead[];
}

/** A variable that a script reads. */
export interface ScriptRead {
  readonly name: string;
  /** From one. */
  readonly line: number;
}

/** A command that a script ends in. */
export interface ScriptEnd {
  /** From one. */
  readonly line: number;
  /** As written, for people. */
  readonly text: string;
  /** Its words: {@link allArguments} for those the script was given, undefined for what only a running shell knows. */
  readonly words: readonly (string | undefined)[];
}

/** Stands for the arguments of the script, which a running shell puts here. */
export const allArguments = '"$@"';

/** Does the script run what it is given, whether it hands over to it or waits for it? */
export function runsArguments({ handsOver, ends }: ScriptFacts): boolean {
  return handsOver === 'arguments' || ends.some(({ words: [first] }) => first === allArguments);
}

/** A longer script is no entrypoint. */
const longest = 65_536;
const longestText = 80;
const mostCalls = 500;
const mostReads = 100;

/** Undefined for scripts of other languages, and for those too long to read. */
export function scriptFacts(text: string): ScriptFacts | undefined {
  if (!isShellScript(text)) return undefined;
  const interpreter = interpreterOf(text);
  const script = parseScript(text);
  const commands = script.commands();
  const last = commands.at(-1);
  const isExec = last?.name?.value === 'exec' && last.words.length > 1;
  const handsOver = !isExec ? undefined : last.words.some(isArguments) ? 'arguments' : 'program';
  const setsUp = commands.slice(0, -1).some(({ name }) => name !== undefined && !/^(?:set|echo|:|true|\[|test|cd|exec|shift)$/.test(name.text));
  const calls = new Set(commands.flatMap((each) => (each.name === undefined ? [] : argvOf(each))).map(({ program }) => program));
  return { interpreter, handsOver, calls: [...calls].slice(0, mostCalls), ends: endsIn(text, script).map(({ end }) => end), setsUp, reads: readsOf(text, script) };
}

function readsOf(text: string, script: Script): readonly ScriptRead[] {
  // `export $(…)` may set anything.
  const isOpen = script.errors.length > 0 || script.commands().some(({ name, words }) => name?.value === 'export' && words.some((word) => word.text.startsWith('$')));
  const found = new Map<string, ScriptRead>();
  for (const { name, span } of isOpen ? [] : variablesRead(script)) {
    if (found.size === mostReads) break;
    if (!found.has(name)) found.set(name, { name, line: lineOf(text, span.start) });
  }
  return [...found.values()];
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Is the text one that a POSIX shell reads, as far as its first line tells? */
export function isShellScript(text: string): boolean {
  const interpreter = interpreterOf(text);
  return text.length <= longest && (interpreter === undefined || /(?:^|[/\s])(?:ba|da|a|k|z)?sh(?:\s|$)/.test(interpreter));
}

function interpreterOf(text: string): string | undefined {
  return /^\ufeff?#![ \t]*([^\r\n]*)/.exec(text)?.[1]?.trim();
}

/** The commands that a script ends in, with what is told of each. None for scripts of other languages. */
export function scriptEnds(text: string): readonly { readonly command: SimpleCommand; readonly end: ScriptEnd }[] {
  return isShellScript(text) ? endsIn(text, parseScript(text)) : [];
}

function endsIn(text: string, script: Script): ReturnType<typeof scriptEnds> {
  // A script that changes its own arguments was given others than those it runs.
  const isMoved = script.commands().some(({ name, words }) => name?.value === 'shift' || (name?.value === 'set' && words[1]?.value === '--'));
  return endsOf(script).map((command) => {
    const shown = command.text.replace(/(?:\\\r?\n|\s)+/g, ' ');
    return {
      command,
      end: {
        line: lineOf(text, command.span.start),
        text: shown.length > longestText ? `${shown.slice(0, longestText - 1)}…` : shown,
        words: command.words.map((word) => (isArguments(word) ? (isMoved ? undefined : allArguments) : valueOf(word))),
      },
    };
  });
}

function isArguments({ text }: Word): boolean {
  return /^"?\$(?:@|\{@\})"?$/.test(text);
}

/** Of `$JAVA_HOME/bin/java` at least the name is known. */
function valueOf({ value, text }: Word): string | undefined {
  return value ?? /\/([\w.-]+)"?$/.exec(text)?.[1];
}
