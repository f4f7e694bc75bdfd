import { basename, dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { configNames } from '../engine/core/config-keys.ts';
import { globFilter } from '../engine/core/glob.ts';
import type { RuleSet } from '../engine/rule-kinds.ts';
import { ruleIds, Session } from '../engine/session.ts';
import { configFindings } from '../engine/session/own.ts';
import { readConfig } from '../engine/workspace/config-file.ts';
import { isIgnoredBy } from '../engine/workspace/nearest-config.ts';
import { fileKey } from '../engine/workspace/paths.ts';
import { WorkspaceIndex } from '../engine/workspace/workspace-index.ts';
import { type ReadFailure, readText } from '../host/node.ts';
import type { CheckOptions } from './args.ts';
import { type Candidate, type Found, reasonOf, show } from './collect.ts';
import { examine, type Examiner, type Input, kindOfText, reportOn } from './examine.ts';
import type { FileReport, Render, Trouble } from './format/report.ts';
import type { Io } from './io.ts';
import { asWritten, writeAll } from './other-files.ts';
import { type Read, readAhead } from './read-ahead.ts';
import { configOf, readSurroundings, type Surroundings } from './surroundings.ts';
import { texts } from './texts.ts';
import { type Told, toldOf } from './told.ts';

/** The configuration of `--config`. */
export interface Given {
  readonly path: string;
  readonly text: string;
}

export interface RunTools extends Pick<Io, 'cwd' | 'breathe'> {
  readonly rules: RuleSet;
  readonly given: Given | undefined;
  readonly render: Render;
  readonly tell: (told: Told) => void;
}

/** What checking files takes, whichever thread does it. */
export interface Run extends Omit<RunTools, 'rules' | 'given'> {
  readonly options: CheckOptions;
  readonly session: Session;
  readonly ids: readonly string[];
  /** Configuration files that were looked at, so that each is told of once. */
  readonly configs: Set<string>;
  /** Does the configuration of `--config` ignore a path? Undefined where none was given. */
  readonly isGivenIgnored: ((path: string) => boolean) | undefined;
}

export function startRun(options: CheckOptions, { rules, given, ...tools }: RunTools): Run {
  const ids = ruleIds(rules);
  const config = given === undefined ? undefined : readConfig(given.text, ids).config;
  const session = new Session(rules, new WorkspaceIndex(ids), {
    inlineIgnores: !options.noInlineIgnore,
    ...(config === undefined ? {} : { config }),
    // What is on the disk, the index has read; only a text from elsewhere is news to it.
    tells: options.paths.includes('-'),
  });
  return { ...tools, options, session, ids, configs: new Set(), isGivenIgnored: config === undefined ? undefined : ignoredBy(given?.path ?? '', config.ignore) };
}

/** The patterns of the configuration of `--config` count from its own folder. */
function ignoredBy(file: string, patterns: readonly string[]): (path: string) => boolean {
  const filter = globFilter(patterns);
  return (path) => isIgnoredBy(fileKey(dirname(file)), filter, fileKey(path));
}

/** Tells what is wrong in a configuration that counts. One in which nothing is wrong is no file that was checked. */
export function checkConfig(run: Run, path: string): void {
  const { options, cwd, configs, render, tell } = run;
  const once = fileKey(path);
  if (configs.has(once)) return;
  configs.add(once);
  const file = readText(path);
  const shown = show(cwd, path);
  if (file.kind !== 'text') {
    tell({ kind: 'trouble', trouble: failure(shown, file), once });
    return;
  }
  const report = reportOn(shown, file.text, configFindings(readConfig(file.text, run.ids).problems), options);
  if (report.findings.length > 0) tell({ ...toldOf(report, render), once });
}

/** Is the file to be checked, as its configuration says? That configuration's own mistakes are told first. */
export function isWanted(run: Run, path: string, shown: string, named: boolean): boolean {
  const nearest = run.isGivenIgnored === undefined ? configOf(run.session.index, path) : undefined;
  if (nearest?.file !== undefined) checkConfig(run, nearest.file);
  const isIgnored = nearest?.isIgnored ?? run.isGivenIgnored?.(path) === true;
  if (isIgnored && named) tellNote(run, { path: shown, text: texts.ignored });
  return !isIgnored;
}

/** Reads what the files around those to check tell. Returns the reader for {@link checkFound}. */
export async function readAround({ session, breathe, isGivenIgnored }: Run, found: readonly Found[], surroundings: Surroundings): Promise<Read> {
  const read = readAhead(found.flatMap((each) => (each.kind === 'file' ? [each.path] : [])));
  await readSurroundings(session.index, surroundings, { read, breathe, withConfigs: isGivenIgnored === undefined });
  return read;
}

/** Checks what stands at one place and tells what came of it. */
export async function checkFound(run: Run, found: Found, read: Read): Promise<void> {
  if (found.kind === 'problem') tellTrouble(run, { path: found.shown, ...found.reason });
  else await checkFile(run, found, read);
}

/** Checks one file and tells what came of it; with `--fix` the file is rewritten. */
async function checkFile(run: Run, { path, shown, named }: Candidate, read: Read): Promise<void> {
  if (configNames.some((name) => name === basename(path))) {
    if (run.isGivenIgnored === undefined) checkConfig(run, path);
    return;
  }
  const file = read(path);
  if (file.kind !== 'text') {
    // A file that was only come across may be anything; one that was named, or cannot be opened, leaves a gap.
    if (named || file.kind === 'failed') tellTrouble(run, failure(shown, file));
    else tellNote(run, failure(shown, file));
    return;
  }
  const kind = kindOfText(path, file.text, named);
  if (kind === undefined) {
    if (named) tellNote(run, { path: shown, text: texts.notOurs });
    return;
  }
  if (!isWanted(run, path, shown, named)) return;
  const { options } = run;
  const input = { ...file, path, shown, kind };
  const report = await examine(input, examinerOf(run, read), options);
  const { text } = report.source;
  const others = report.changed.map(asWritten);
  if (text === file.text && others.length === 0) {
    if (report.unfaithful) tellNote(run, { path: shown, text: texts.notUtf8 });
    tellReport(run, report);
    return;
  }
  const unwritten = writeAll([...others, ...(text === file.text ? [] : [{ path, before: file.text, after: text }])]);
  if (unwritten === undefined) {
    await tellFixed(run, { ...input, text }, report, read);
    return;
  }
  const { code } = unwritten;
  const where = unwritten.path === path ? shown : show(run.cwd, unwritten.path);
  tellTrouble(run, code === 'CHANGED' ? { path: where, text: texts.changed } : { path: where, text: texts.unwritable, code });
  tellReport(run, await examine(input, examinerOf(run, read), { ...options, fix: 'none' }));
}

/** Tells of a file that was written, or whose fixes wrote others: what those say now may be other news for it. */
async function tellFixed(run: Run, input: Input, report: FileReport, read: Read): Promise<void> {
  const { session: { index }, options } = run;
  index.update(pathToFileURL(input.path).href, input.text, 'disk');
  if (report.changed.length === 0) {
    tellReport(run, report);
    return;
  }
  for (const each of report.changed) {
    const { path, after } = asWritten(each);
    read.forget?.(path);
    index.update(each.uri, after, 'disk');
  }
  const { fixed, changed } = report;
  tellReport(run, { ...(await examine(input, examinerOf(run, read), { ...options, fix: 'none' })), fixed, changed });
}

export function examinerOf({ session, breathe, cwd }: Run, read: Read, mayChangeOthers = true): Examiner {
  return { session, breathe, cwd, read, mayChangeOthers };
}

export function tellReport({ render, tell }: Pick<Run, 'render' | 'tell'>, report: FileReport): void {
  tell(toldOf(report, render));
}

/** Something that makes the run fail: what it says is not the whole truth about what it was asked to check. */
export function tellTrouble({ tell }: Pick<Run, 'tell'>, trouble: Trouble): void {
  tell({ kind: 'trouble', trouble });
}

export function tellNote({ options, tell }: Pick<Run, 'options' | 'tell'>, what: Trouble): void {
  if (!options.quiet) tell({ kind: 'trouble', trouble: { ...what, note: true } });
}

export function failure(path: string, file: ReadFailure): Trouble {
  if (file.kind === 'failed') return { path, ...reasonOf(file.code) };
  const reasons = { binary: texts.binary, utf16: texts.utf16, 'too-big': texts.tooBig, 'not-a-file': texts.notAFile };
  return { path, text: reasons[file.kind] };
}
