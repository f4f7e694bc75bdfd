import type { Span } from '../text/span.ts';
import { sleepSeconds } from './idle.ts';
import type { Script } from './model.ts';
import { simpleCommands } from './script.ts';

/** What a script waits for before it does anything else. */
export interface LeadingWait {
  /** `sleep 10`, or a loop that asks until somebody answers. */
  readonly kind: 'sleep' | 'loop';
  /** Seconds of a sleep; 0 for a loop. */
  readonly seconds: number;
  /** The port on loopback that the loop asks for; undefined for another host, and for a sleep. */
  readonly port: number | undefined;
  /** In the source. */
  readonly span: Span;
  /** The wait up to what follows it, in the text of the script. */
  readonly local: Span;
}

/** Programs that a loop asks a server with, and the port they take where none is written. */
const askers: Readonly<Record<string, number | undefined>> = { nc: undefined, ncat: undefined, netcat: undefined, curl: 80, wget: 80, pg_isready: 5432, psql: 5432, 'redis-cli': 6379, mysqladmin: 3306, mysql: 3306, grpc_health_probe: undefined };
/** What may stand in such a loop beside the question. */
const idle: ReadonlySet<string> = new Set(['sleep', 'echo', 'printf', 'true', ':', 'date', 'test', '[']);

/** The wait at the beginning of a script; undefined where it does something else first, nothing afterwards, or cannot be read. */
export function leadingWait({ text, statements, errors }: Script): LeadingWait | undefined {
  const [first] = statements;
  const [pipeline] = first?.pipelines ?? [];
  const [command] = pipeline?.commands ?? [];
  if (errors.length > 0 || first === undefined || first.background || pipeline === undefined || command === undefined) return undefined;
  const start = text.search(/\S/);
  if (command.kind === 'simple') {
    const match = /^sleep[ \t]+[^\s;&|#]+[ \t]*(?:#[^\n]*)?(?:&&|;|\n)\s*(?=\S)/.exec(text.slice(start));
    const seconds = command.name?.value === 'sleep' ? sleepSeconds(command.words.slice(1).map(({ value }) => value)) : undefined;
    return match === null || seconds === undefined || !Number.isFinite(seconds) ? undefined : { kind: 'sleep', seconds, port: undefined, span: pipeline.span, local: { start, end: start + match[0].length } };
  }
  const commands = command.body.flatMap(simpleCommands);
  const asking = commands.filter(({ name }) => name?.value !== undefined && Object.hasOwn(askers, name.value));
  const [question, second] = asking;
  if (command.type !== 'loop' || question === undefined || second !== undefined || !commands.every((each) => each === question || idle.has(each.name?.value ?? ''))) return undefined;
  if (!/^(?:until|while)\b/.test(text.slice(start)) || !commands.some(({ name }) => name?.value === 'sleep')) return undefined;
  const match = /^[\s\S]*?[;\n\s]done\b[ \t]*(?:&&|;|\n)\s*(?=\S)/.exec(text.slice(start));
  // The first `done` is that of the loop: there is no loop inside it.
  return match === null ? undefined : { kind: 'loop', seconds: 0, port: askedPort(question.text, askers[question.name?.value ?? '']), span: pipeline.span, local: { start, end: start + match[0].length } };
}

function askedPort(command: string, usual: number | undefined): number | undefined {
  const host = /(?:^|[\s/@=])(?:localhost|127\.0\.0\.1|\[::1\])(?<rest>[:/\s][^\n]*|$)/.exec(command);
  if (host === null) return undefined;
  const port = /^(?::|[ \t]+)(\d{2,5})(?!\d)/.exec(host.groups?.['rest'] ?? '')?.[1] ?? /\s-[pP][ \t=]*(\d{2,5})(?!\d)/.exec(command)?.[1];
  return port === undefined ? usual : Number(port);
}
