import { parseArgs } from 'node:util';
import { severities, type Severity } from '../engine/core/finding.ts';
import { localeOf, type Locale } from '../engine/core/message.ts';
import { type Io, type Say, sayIn, UsageError } from './io.ts';
import { nearest } from '../engine/core/nearest.ts';
import { texts } from './texts.ts';

export const commands = ['check', 'timeline', 'rules', 'explain', 'lsp'] as const;
export type CommandName = (typeof commands)[number];

export interface CheckOptions {
  readonly command: 'check';
  readonly paths: readonly string[];
  readonly format: 'pretty' | 'json';
  readonly fix: 'none' | 'safe' | 'unsafe';
  readonly stdinFilename: string | undefined;
  readonly failOn: Severity | 'never';
  /** Findings weaker than this are neither shown nor fixed nor counted. */
  readonly severity: Severity;
  readonly quiet: boolean;
  /** Take files that .gitignore names, too. */
  readonly noIgnore: boolean;
  /** Findings that a comment ignores are told all the same. */
  readonly noInlineIgnore: boolean;
  /** The configuration for all files, in place of the nearest one of each. */
  readonly config: string | undefined;
}

export const timelineFormats = ['text', 'json', 'svg', 'mermaid'] as const;
const failures = ['crash', 'hang', 'never'] as const;

export interface TimelineOptions {
  readonly command: 'timeline';
  /** `-` for standard input. */
  readonly path: string;
  readonly format: (typeof timelineFormats)[number];
  readonly stdinFilename: string | undefined;
  /** Only the workload of this name; undefined: all. */
  readonly name: string | undefined;
  /** A container that is to fail. */
  readonly failing: { readonly container: string; readonly how: (typeof failures)[number] } | undefined;
}

export type Command =
  | CheckOptions
  | TimelineOptions
  | { readonly command: 'rules'; readonly json: boolean }
  | { readonly command: 'explain'; readonly id: string }
  | { readonly command: 'lsp' }
  | { readonly command: 'help'; readonly of: CommandName | undefined }
  | { readonly command: 'version' };

/** What every command understands, found before anything can go wrong. */
export interface Common {
  readonly locale: Locale;
  readonly color: 'auto' | 'always' | 'never';
  readonly debug: boolean;
}

interface Option {
  readonly type: 'boolean' | 'string';
  readonly short?: string;
  readonly values?: readonly string[];
}

const commonOptions: Readonly<Record<string, Option>> = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
  color: { type: 'string', values: ['auto', 'always', 'never'] },
  lang: { type: 'string', values: ['en', 'zh'] },
  debug: { type: 'boolean' },
};

const optionsOf: Readonly<Record<CommandName, Readonly<Record<string, Option>>>> = {
  check: {
    format: { type: 'string', short: 'f', values: ['pretty', 'json'] },
    fix: { type: 'boolean' },
    unsafe: { type: 'boolean' },
    'stdin-filename': { type: 'string' },
    'fail-on': { type: 'string', values: [...severities, 'never'] },
    severity: { type: 'string', values: severities },
    quiet: { type: 'boolean', short: 'q' },
    'no-ignore': { type: 'boolean' },
    'no-inline-ignore': { type: 'boolean' },
    config: { type: 'string', short: 'c' },
  },
  timeline: {
    format: { type: 'string', short: 'f', values: timelineFormats },
    name: { type: 'string', short: 'n' },
    fail: { type: 'string' },
    'stdin-filename': { type: 'string' },
  },
  rules: { json: { type: 'boolean' } },
  explain: {},
  lsp: { stdio: { type: 'boolean' } },
};

const everyOption = Object.assign({}, commonOptions, ...Object.values(optionsOf)) as Readonly<Record<string, Option>>;

/** The language, the colours and `--debug`, from whatever of the arguments can be understood. */
export function commonOf(argv: readonly string[], { env, platform }: Pick<Io, 'env' | 'platform'>): Common {
  const { values } = parseArgs({ args: [...argv], options: parserOptions(), strict: false, allowPositionals: true });
  const named = [values['lang'], env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => typeof value === 'string' && value !== '');
  const system = platform === 'win32' ? new Intl.DateTimeFormat().resolvedOptions().locale : undefined;
  return {
    locale: localeOf(typeof named === 'string' ? named : system),
    color: values['color'] === 'always' || values['color'] === 'never' ? values['color'] : 'auto',
    debug: values['debug'] === true,
  };
}

/** @throws UsageError for arguments that cannot be understood. */
export function parseCommand(argv: readonly string[], locale: Locale): Command {
  const say = sayIn(locale);
  const { tokens } = parseArgs({ args: [...argv], options: parserOptions(), strict: false, allowPositionals: true, tokens: true });
  const positionals = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const given = tokens.flatMap((token) => (token.kind === 'option' ? [token] : []));
  const asksHelp = positionals[0] === 'help' || given.some(({ name }) => name === 'help');
  const [name, ...rest] = positionals[0] === 'help' ? positionals.slice(1) : positionals;
  const command = commands.find((each) => each === name);
  if (asksHelp && (name === undefined || command !== undefined)) return { command: 'help', of: command };
  if (given.some((option) => option.name === 'version')) return { command: 'version' };
  if (name === undefined) {
    const [first] = given.filter((option) => commonOptions[option.name] === undefined);
    if (first === undefined) return { command: 'help', of: undefined };
    throw usage(say, '', say(texts.unknownOption, { name: first.rawName }), [say(texts.didYouMeanCheck, { name: first.rawName })]);
  }
  if (command === undefined) throw unknownCommand(say, name);
  const options = readOptions(say, command, given);
  return assemble(say, command, rest, options);
}

interface Token {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
}

/** The options by name; of one given twice the last counts. */
function readOptions(say: Say, command: CommandName, given: readonly Token[]): ReadonlyMap<string, string> {
  const known = { ...commonOptions, ...optionsOf[command] };
  const values = new Map<string, string>();
  for (const { name, rawName, value } of given) {
    const option = known[name];
    if (option === undefined) {
      const guess = nearest(name, Object.keys(known));
      throw usage(say, `${command} `, say(texts.unknownOption, { name: rawName }), guess === undefined ? [] : [say(texts.didYouMean, { name: `--${guess}` })]);
    }
    if (option.type === 'boolean') {
      if (value !== undefined) throw usage(say, `${command} `, say(texts.noValue, { name: rawName }));
      values.set(name, 'true');
      continue;
    }
    if (value === undefined || value === '' || (value.startsWith('-') && value !== '-')) throw usage(say, `${command} `, say(texts.needsValue, { name: rawName }));
    if (option.values?.includes(value) === false) {
      throw usage(say, `${command} `, say(texts.badValue, { name: rawName, value, values: option.values.join(', ') }));
    }
    values.set(name, value);
  }
  return values;
}

function assemble(say: Say, command: CommandName, rest: readonly string[], options: ReadonlyMap<string, string>): Command {
  if (command === 'check') return checkOptions(say, rest, options);
  const [first, second] = rest;
  const extra = command === 'explain' || command === 'timeline' ? second : first;
  if (extra !== undefined) throw usage(say, `${command} `, say(texts.extraArgument, { name: extra }));
  if (command === 'rules') return { command, json: options.has('json') };
  if (command === 'lsp') return { command };
  if (command === 'timeline') return timelineOptions(say, first, options);
  if (first === undefined) throw usage(say, 'explain ', say(texts.explainWhat), [say(texts.listRules)]);
  return { command, id: first };
}

function checkOptions(say: Say, rest: readonly string[], options: ReadonlyMap<string, string>): CheckOptions {
  const stdinFilename = options.get('stdin-filename');
  const paths = rest.length > 0 ? rest : [stdinFilename === undefined ? '.' : '-'];
  if (options.has('unsafe') && !options.has('fix')) throw usage(say, 'check ', say(texts.unsafeNeedsFix));
  if (paths.includes('-') ? paths.some((path) => path !== '-') : stdinFilename !== undefined) {
    throw usage(say, 'check ', say(texts.stdinAlone));
  }
  return {
    command: 'check',
    paths: [...new Set(paths)],
    format: options.get('format') === 'json' ? 'json' : 'pretty',
    fix: options.has('unsafe') ? 'unsafe' : options.has('fix') ? 'safe' : 'none',
    stdinFilename,
    failOn: options.get('fail-on') === 'never' ? 'never' : severityOf(options.get('fail-on'), 'information'),
    severity: severityOf(options.get('severity'), 'hint'),
    quiet: options.has('quiet'),
    noIgnore: options.has('no-ignore'),
    noInlineIgnore: options.has('no-inline-ignore'),
    config: options.get('config'),
  };
}

function timelineOptions(say: Say, path: string | undefined, options: ReadonlyMap<string, string>): TimelineOptions {
  const stdinFilename = options.get('stdin-filename');
  const from = path ?? (stdinFilename === undefined ? undefined : '-');
  if (from === undefined) throw usage(say, 'timeline ', say(texts.timelineOf));
  if (from !== '-' && stdinFilename !== undefined) throw usage(say, 'timeline ', say(texts.stdinAlone));
  return {
    command: 'timeline',
    path: from,
    format: timelineFormats.find((each) => each === options.get('format')) ?? 'text',
    stdinFilename,
    name: options.get('name'),
    failing: failingOf(say, options.get('fail')),
  };
}

/** `proxy=hang`; a name alone crashes. */
function failingOf(say: Say, written: string | undefined): TimelineOptions['failing'] {
  if (written === undefined) return undefined;
  const [container = '', way = 'crash'] = written.split('=');
  const how = failures.find((each) => each === way);
  if (how === undefined || container === '') throw usage(say, 'timeline ', say(texts.badFailure, { value: written }));
  return { container, how };
}

function severityOf(value: string | undefined, otherwise: Severity): Severity {
  return severities.find((severity) => severity === value) ?? otherwise;
}

function parserOptions(): Record<string, { type: 'boolean' | 'string'; short?: string }> {
  return Object.fromEntries(
    Object.entries(everyOption).map(([name, { type, short }]) => [name, short === undefined ? { type } : { type, short }]),
  );
}

function unknownCommand(say: Say, name: string): UsageError {
  const guess = nearest(name, commands);
  const path = /[./\\*]/.test(name) || name === '-';
  return usage(say, '', say(texts.unknownCommand, { name }), [
    ...(path ? [say(texts.didYouMeanCheck, { name })] : []),
    ...(guess === undefined ? [] : [say(texts.didYouMean, { name: `podwright ${guess}` })]),
  ]);
}

function usage(say: Say, command: string, what: string, hints: readonly string[] = []): UsageError {
  return new UsageError([what, ...hints, say(texts.seeHelp, { command })].join('\n'));
}
