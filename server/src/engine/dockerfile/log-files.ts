import { insteadOf, isLogFile, logVariable, saysConsole } from '../catalog/log-flags.ts';
import { isWithin } from '../text/posix-path.ts';
import type { Span, TextEdit } from '../text/span.ts';
import { namedLogs, type NamedLog, scriptLogs } from '../shell/log-files.ts';
import { stageFacts } from './facts.ts';
import { logLinks } from './log-links.ts';
import { pairsOf } from './pairs.ts';
import type { Start } from './start.ts';
import { placesOf, startScript } from './start-words.ts';

/** A log that goes into a file of the container. */
export interface LogFile {
  readonly path: string;
  readonly kind: 'flag' | 'redirect' | 'variable' | 'package';
  /** What says so: a flag, `>`, a variable, the program. */
  readonly said: string;
  readonly span: Span;
  /** What to write in its place, or '' to take it away; undefined where it takes more than a word. */
  readonly instead: string | undefined;
  /** `words` of the start command, or edits of its shell's text (in its offsets), or of the file. */
  readonly change: { readonly named: NamedLog } | { readonly script: readonly TextEdit[] } | { readonly file: readonly TextEdit[] } | undefined;
}

/** Where the start command, the variables and the packaged server of an image log into files. */
export function logFiles(start: Start): readonly LogFile[] {
  const { stage, argv } = start;
  const { env, volumes } = stageFacts(stage);
  if ([...env].some(([name, { value }]) => value !== undefined && saysConsole(name, value))) return [];
  const found = startScript(start);
  const said = found === undefined ? wordLogs(start) : scriptLogs(found.script).map(({ changes, ...log }): LogFile => ({ ...log, change: { script: changes } }));
  const packaged = argv.name === undefined ? [] : packageLog(start, argv.name);
  // Whoever leaves root behind the shell may not open root's /dev/stdout again.
  const changesUser = argv.wrappers.some(({ kind }) => kind === 'user');
  return [...said, ...variableLogs(start), ...packaged]
    .filter(({ path }) => !volumes.some(({ value }) => value === undefined || isWithin(path, value)))
    .map((log) => (changesUser && log.instead?.startsWith('/dev/') === true && log.kind !== 'redirect' ? { ...log, change: undefined } : log));
}

function wordLogs(start: Start): readonly LogFile[] {
  const { words, argv } = start;
  const places = placesOf(start);
  return namedLogs(argv.name, words).flatMap((named): readonly LogFile[] => {
    const place = places[named.valueAt];
    const span = place?.command.wordSpans[place.at];
    if (place === undefined || span === undefined) return [];
    const { name, instead } = named.target;
    const isSure = instead !== undefined && (instead !== '' || places[named.at]?.command === place.command);
    return [{ path: named.path, kind: 'flag', said: name, span, instead, change: isSure ? { named } : undefined }];
  });
}

function variableLogs({ stage }: Start): readonly LogFile[] {
  return [...stageFacts(stage).env].flatMap(([variable, { value, instruction }]): readonly LogFile[] => {
    const target = logVariable(variable);
    const pair = pairsOf(instruction).findLast(({ name }) => name === variable);
    if (target === undefined || value === undefined || pair?.valueSpan === undefined || !value.startsWith('/') || !isLogFile(value)) return [];
    const instead = insteadOf(target, value);
    // That a directory has a name says little: what runs in the foreground mostly makes no use of it.
    if (instead === undefined) return [];
    const { span, valueSpan } = pair;
    const isPlain = instruction.file.source.slice(valueSpan) === value;
    return [{ path: value, kind: 'variable', said: variable, span, instead, change: isPlain ? { file: [{ span: valueSpan, newText: instead }] } : undefined }];
  });
}

/** The server logs where its package says, and nobody sees it. What the command itself follows is seen. */
function packageLog(start: Start, program: string): readonly LogFile[] {
  const links = logLinks(start, program);
  const [file] = links?.places.files ?? [];
  if (links === undefined || file === undefined) return [];
  const [path] = file;
  const folder = path.slice(0, path.lastIndexOf('/'));
  if (start.argv.args.some((arg) => arg === undefined || links.places.unless.test(arg)) || start.script?.text.includes(folder) === true) return [];
  return [{ path: folder, kind: 'package', said: program, span: start.anchor.span, instead: '/dev/stdout', change: links.edit === undefined ? undefined : { file: [links.edit] } }];
}
