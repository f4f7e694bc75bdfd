import { argvOf } from '../shell/argv.ts';
import { parseScript } from '../shell/script.ts';

/** What an entrypoint script tells about the signals that reach its program. */
export interface ScriptFacts {
  /** Behind `#!`; undefined where there is none. */
  readonly interpreter: string | undefined;
  /**
   * How its last command hands the process over: `arguments` for `exec "$@"`, `program` for `exec` of something else;
   * undefined where the shell stays.
   */
  readonly handsOver: 'arguments' | 'program' | undefined;
  /** The programs that its commands call, as written; undefined among them for one that a variable names. */
  readonly calls: readonly (string | undefined)[];
}

/** A longer script is no entrypoint. */
const longest = 65_536;
const mostCalls = 500;

/** Undefined for scripts of other languages, and for those too long to read. */
export function scriptFacts(text: string): ScriptFacts | undefined {
  if (text.length > longest) return undefined;
  const interpreter = /^\ufeff?#![ \t]*([^\r\n]*)/.exec(text)?.[1]?.trim();
  if (interpreter !== undefined && !/(?:^|[/\s])(?:ba|da|a|k|z)?sh(?:\s|$)/.test(interpreter)) return undefined;
  const commands = parseScript(text).commands();
  const last = commands.at(-1);
  const isExec = last?.name?.value === 'exec' && last.words.length > 1;
  const handsOver = !isExec ? undefined : last.words.some(({ text: word }) => /^"?\$(?:@|\{@\})"?$/.test(word)) ? 'arguments' : 'program';
  const calls = new Set(commands.flatMap((each) => (each.name === undefined ? [] : argvOf(each))).map(({ program }) => program));
  return { interpreter, handsOver, calls: [...calls].slice(0, mostCalls) };
}
